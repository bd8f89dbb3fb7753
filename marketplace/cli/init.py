"""What every site begins with: constraints, the taxonomies, and the tree of units down to the sub-districts."""

import hashlib
import json
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path
from typing import Any

import click
from pydantic import TypeAdapter

from graph.connection import Transaction
from graph.records import value
from marketplace.cli.options import console, data_option, settings_of
from marketplace.domains.organisations.model import Kind, OrganisationText
from marketplace.domains.organisations.repository import find_organisation_id
from marketplace.domains.organisations.service import create_organisation
from marketplace.kernel.actor import SYSTEM_ACTOR
from marketplace.kernel.permissions import SYSTEM
from marketplace.kernel.taxonomy import Term, write_fields, write_occupations, write_skills
from marketplace.kernel.unit_of_work import UnitOfWork, change
from marketplace.opening import open_site
from marketplace.processes.shortage.model import RulesText
from marketplace.processes.shortage.service import propose_rules
from marketplace.web.site import Site

DATA = files("marketplace.demo") / "data"
REAL = (Kind.DISTRICT, Kind.SUBDISTRICT, Kind.AREA, Kind.FUNCTIONAL)
"""Kinds that a site has from its first day; base and industrial unions are entered by officers."""
ROOT = "tree:district"
RULES = "shortage_rules.json"


@click.command()
@data_option
def init(data: Path | None) -> None:
    """Prepare an empty store: constraints, taxonomies, the tree of units. Running it twice changes nothing."""
    with open_site(settings_of(data)) as site:
        made = found(site)
        site.relay.drain()
    console.print(f"Ready. {made} units are new." if made else "Ready. Nothing was missing.")


FOUNDED = """
MATCH (g:Guard {id: 'founding'}) RETURN g.seal AS plan
"""


def found(site: Site) -> int:
    """Returns how many units were made. A later start asks once whether this very plan was carried out."""
    if site.graph.read(lambda tx: tx.find(FOUNDED, value("plan")), reader=(SYSTEM,)) == plan():
        return 0
    return change(site.graph, SYSTEM_ACTOR, site.clock.now(), lay_foundations, patience=15)


def plan() -> str:
    """Which units and rules a site of this version has."""
    return hashlib.sha256(b"".join((DATA / name).read_bytes() for name in ("organisations.jsonl", RULES))).hexdigest()


LOCK = """
MERGE (g:Guard {id: $guard})
SET g.lock = coalesce(g.lock, 0) + 1
SET g.seal = $plan
RETURN g.lock AS turn
"""


def lay_foundations(uow: UnitOfWork) -> int:
    """Two that start at once take turns at the guard; the second finds everything done. Terms that stand are left as an officer edited them."""
    if uow.tx.one(LOCK, value("turn"), guard="founding", plan=plan()) == 1:
        write_terms(uow.tx)
    propose_rules(uow, TypeAdapter(RulesText).validate_json((DATA / RULES).read_bytes()))
    return sum(found_unit(uow, row) for row in rows_of("organisations.jsonl") if row["kind"] in REAL)


def write_terms(tx: Transaction) -> None:
    for name, key, above, write in (
        ("fields", "code", "parent", write_fields), ("occupations", "code", "", write_occupations), ("skills", "ref", "field", write_skills),
    ):  # fmt: skip
        write(tx, [Term(row[key], row["zh"], row["en"], row.get(above) or "") for row in rows_of(f"taxonomies/{name}.jsonl")])


def found_unit(uow: UnitOfWork, row: dict[str, Any]) -> bool:
    key = f"tree:{row['ref']}"
    if find_organisation_id(uow.tx, key) is not None:
        return False
    parents = (find_organisation_id(uow.tx, f"tree:{parent}") for parent in row["parents"])
    text = OrganisationText(
        name=row["name"], short_name=row["short_name"], name_en=row["name_en"], kind=Kind(row["kind"]), code=row.get("code", ""),
        parent_ids=tuple(parent for parent in parents if parent),
    )  # fmt: skip
    create_organisation(uow, text, key)
    return True


def rows_of(name: str) -> Iterator[dict[str, Any]]:
    return (json.loads(line) for line in (DATA / name).read_text(encoding="utf-8").splitlines() if line.strip())
