"""Takes data out: one kind, what a search shows, or the whole store as JSON lines."""

import os
from collections.abc import Callable, Iterator
from dataclasses import fields
from itertools import chain, islice
from pathlib import Path
from typing import Any, BinaryIO
from urllib.parse import parse_qsl

import click
from pydantic import TypeAdapter
from werkzeug.datastructures import MultiDict

from graph.copying.lines import as_map
from graph.copying.walking import walk as walk_store
from graph.ontology import ONTOLOGY
from marketplace.cli.options import console, data_option, settings_of
from marketplace.cli.settling import settle
from marketplace.kernel.permissions import SYSTEM
from marketplace.kernel.rooms import walk
from marketplace.kernel.tables import lines_of, write_csv, write_xlsx
from marketplace.opening import open_site
from marketplace.pages.search.state import state_of
from marketplace.relay.following import many_of
from marketplace.rooms import ROOMS
from marketplace.web.drafting import personal_names
from marketplace.web.site import Site
from search.query import DEEPEST, SearchQuery

AS_SYSTEM = (SYSTEM,)
CHUNK = 500
HIDDEN = frozenset({"lock", "audience", "guarded_audience"})
Row = dict[str, Any]


@click.command()
@click.argument("kind", required=False, type=click.Choice(sorted(ROOMS)))
@click.option("--out", required=True, type=click.Path(dir_okay=False, path_type=Path), help="File to write; only its owner may read it.")
@click.option("--format", "form", type=click.Choice(["csv", "xlsx", "jsonl"]), default="jsonl", show_default=True)
@click.option("--filter", "query", help="Only what the search page shows under this address, such as 'kind=achievement&area=酒仙桥街道&q=电池'.")
@data_option
def export(kind: str | None, out: Path, form: str, query: str | None, data: Path | None) -> None:
    """Write all things of KIND as a table without personal fields, or everything as JSON lines (a full copy: keep it safe)."""
    asked = dict(parse_qsl(query.lstrip("?"))) if query is not None else {}
    kind = kind or asked.get("kind")
    if kind not in ROOMS and (form != "jsonl" or query is not None):
        raise click.UsageError("Name a KIND: only everything together, as jsonl, goes without one.")
    with open_site(settings_of(data)) as site:
        rows = everything(site) if kind is None else things(site, kind, query)
        with os.fdopen(os.open(out, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
            count = WRITERS[form](file, rows)
    console.print(f"{count} rows in {out}")


def everything(site: Site) -> Iterator[Row]:
    for label in ONTOLOGY.nodes:
        for nodes, relations in walk_store(site.graph, label):
            yield from map(as_map, nodes)
            yield from map(as_map, relations)


def things(site: Site, kind: str, query: str | None) -> Iterator[Row]:
    """Fields that the ontology calls personal stay inside."""
    room = site.rooms[kind]
    for ids in walk(site.graph, room) if query is None else shown(site, kind, query):
        entities = site.graph.read(lambda tx, ids=ids: many_of(tx, room, ids), reader=AS_SYSTEM, patience=15)  # type: ignore[misc]
        yield from (row_of(kind, one) for one in entities)


def shown(site: Site, kind: str, query: str) -> Iterator[list[str]]:
    """Ids of what the search finds, in its order. Raises ClickException for more than can be paged through."""
    settle(site)
    state = state_of(MultiDict(parse_qsl(query.lstrip("?"))))
    for page in range(1, DEEPEST // CHUNK + 1):
        asked = SearchQuery(
            text=state.text, reader=AS_SYSTEM, filters={**state.filters, "kind": (kind,)}, sort=state.sort, page=page, size=CHUNK, highlight=False,
            synonyms=site.vocabulary.synonyms(),
        )  # fmt: skip
        found = site.index.search(asked)
        if found.total > DEEPEST:
            raise click.ClickException(f"{found.total} things are shown; a filter can write at most {DEEPEST}. Narrow it.")
        if not found.hits:
            return
        yield list(dict.fromkeys(hit.id for hit in found.hits))


def row_of(kind: str, entity: Any) -> Row:
    inside = personal_names(kind.capitalize()) | HIDDEN
    whole: Row = TypeAdapter(type(entity)).dump_python(entity, mode="json")
    return {one.name: without(whole[one.name], inside) for one in fields(entity) if one.name not in inside}


def without(value: Any, names: frozenset[str]) -> Any:
    """Rows within a thing, such as a person's certificates, keep to the same rule."""
    if isinstance(value, dict):
        return {name: without(one, names) for name, one in value.items() if name not in names}
    return [without(one, names) for one in value] if isinstance(value, list) else value


def write_lines(file: BinaryIO, rows: Iterator[Row]) -> int:
    return sum(1 for line in lines_of(rows) if file.write(line.encode()))


def as_table(write: Callable[..., int]) -> Callable[[BinaryIO, Iterator[Row]], int]:
    """The first row says what the columns are."""

    def written(file: BinaryIO, rows: Iterator[Row]) -> int:
        first = list(islice(rows, 1))
        return write(file, list(first[0]) if first else [], (list(row.values()) for row in chain(first, rows)))

    return written


WRITERS = {"jsonl": write_lines, "csv": as_table(write_csv), "xlsx": as_table(write_xlsx)}
