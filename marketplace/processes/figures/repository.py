"""The raw records as they are counted, and the sheets that are made of them: one node for each scope, read whole."""

import json
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from neo4j import Record
from pydantic import TypeAdapter

from graph.connection import Transaction
from graph.records import loaded, reader, value
from marketplace.domains.achievements.model import Status as Work
from marketplace.domains.contracts.model import Status as Contract
from marketplace.domains.needs.model import Status as Need
from marketplace.kernel.roles import HELD
from marketplace.processes.figures.model import Brought, Sheet, Tables

CONCLUDED = (Contract.IN_FORCE, Contract.FULFILLED)
_tables = TypeAdapter(Tables)


@dataclass(frozen=True, slots=True)
class Raw:
    """An achievement or a need where it stands."""

    id: str
    published_at: datetime
    field: str = ""
    area: str = ""
    units: tuple[str, ...] = ()


WORKS = """
MATCH (a:Achievement {status: $published}) WHERE a.published_at IS NOT NULL
OPTIONAL MATCH (a)-[:UNDER]->(o:Organisation)
RETURN a.id AS id, a.published_at AS published_at, a.field AS field, o.area AS area, o.lineage AS units
"""
NEEDS = """
MATCH (n:Need) WHERE n.status IN $statuses AND n.published_at IS NOT NULL
OPTIONAL MATCH (n)-[:UNDER]->(o:Organisation)
RETURN n.id AS id, n.published_at AS published_at, n.field AS field, o.area AS area, o.lineage AS units
"""


def list_works(tx: Transaction) -> list[Raw]:
    return tx.all(WORKS, reader(Raw), published=Work.PUBLISHED)


def list_needs(tx: Transaction) -> list[Raw]:
    return tx.all(NEEDS, reader(Raw), statuses=[Need.PUBLISHED, Need.CLOSED])


ENQUIRED = """
CALL () {
  MATCH (:Enquiry)-[:ABOUT]->(a:Achievement) RETURN a.id AS id
  UNION MATCH (:Enquiry)-[:ABOUT]->(:Listing)-[:OFFERS]->(a:Achievement) RETURN a.id AS id
}
RETURN DISTINCT id
"""
OFFERED = """
CALL () {
  MATCH (:Offer)-[:OFFERED_IN]->(:Enquiry)-[:ABOUT]->(a:Achievement) RETURN a.id AS id
  UNION MATCH (:Offer)-[:OFFERED_IN]->(:Enquiry)-[:ABOUT]->(:Listing)-[:OFFERS]->(a:Achievement) RETURN a.id AS id
}
RETURN DISTINCT id
"""
CONTRACTED = """
CALL () {
  MATCH (c:Contract)-[:CONCERNS]->(a:Achievement) WHERE c.status IN $statuses RETURN a.id AS id
  UNION MATCH (c:Contract)-[:SELLS]->(:Listing)-[:OFFERS]->(a:Achievement) WHERE c.status IN $statuses RETURN a.id AS id
}
RETURN DISTINCT id
"""
ADOPTED = """
MATCH (a:Achievement)-[u:ADOPTED_BY]->(:Enterprise) WHERE u.confirmed RETURN DISTINCT a.id AS id
"""


def ids_enquired(tx: Transaction) -> set[str]:
    return set(tx.all(ENQUIRED, value("id")))


def ids_offered(tx: Transaction) -> set[str]:
    return set(tx.all(OFFERED, value("id")))


def ids_concluded(tx: Transaction) -> set[str]:
    return set(tx.all(CONTRACTED, value("id"), statuses=list(CONCLUDED)))


def ids_fulfilled(tx: Transaction) -> set[str]:
    return set(tx.all(CONTRACTED, value("id"), statuses=[Contract.FULFILLED]))


def ids_adopted(tx: Transaction) -> set[str]:
    return set(tx.all(ADOPTED, value("id")))


FIRST_ANSWERS = """
MATCH (q:Enquiry)-[:ABOUT]->(n:Need) RETURN n.id AS id, min(q.created_at) AS first
"""
FIRST_CONTRACTS = """
MATCH (c:Contract)-[:SOLVES]->(n:Need) WHERE c.status IN $statuses AND c.signed_on IS NOT NULL RETURN n.id AS id, min(c.signed_on) AS first
"""


def first_answers(tx: Transaction) -> dict[str, datetime]:
    return dict(tx.all(FIRST_ANSWERS, _id_and_first))


def first_contracts(tx: Transaction) -> dict[str, Any]:
    """Need → the day on which it was signed."""
    return dict(tx.all(FIRST_CONTRACTS, _id_and_first, statuses=list(CONCLUDED)))


def _id_and_first(row: Record) -> tuple[str, Any]:
    return str(row["id"]), loaded(row["first"])


BROUGHT = """
MATCH (i:Introduction)-[:INTRODUCED_TO]->(n:Need)
WITH n, EXISTS { MATCH (i)-[:LED_TO]->(:Enquiry) } AS opened,
  EXISTS { MATCH (i)-[:LED_TO]->(:Enquiry)<-[:CAME_FROM]-(c:Contract) WHERE c.status IN $statuses } AS led
WITH n.id AS id, count(CASE WHEN opened THEN 1 END) AS opened, count(CASE WHEN led THEN 1 END) AS led
RETURN id, true AS introduced, opened > 0 AS opened, led > 0 AS led
"""


def introductions_to(tx: Transaction) -> dict[str, Brought]:
    """By need."""
    return {one.id: one for one in tx.all(BROUGHT, reader(Brought), statuses=list(CONCLUDED))}


SCOPES = (
    """
MATCH (o:Organisation)<-[h:HOLDS]-(:Account) WHERE """
    + HELD
    + """ RETURN DISTINCT o.id AS id, o.lineage AS lineage
"""
)


def list_scopes(tx: Transaction, now: datetime) -> dict[str, tuple[str, ...]]:
    """Units at which somebody has a role now, with those above them."""
    return dict(tx.all(SCOPES, lambda row: (str(row["id"]), tuple(row["lineage"] or ())), now=now))


HOLD = """
MERGE (g:Guard {id: 'figures'}) SET g.lock = coalesce(g.lock, 0) + 1
WITH g OPTIONAL MATCH (s:FigureSheet {id: $all}) RETURN s.counted_at AS at
"""


def hold_counting(tx: Transaction, all: str) -> datetime | None:
    """Whoever counts takes a turn; when it was counted last."""
    found: datetime | None = tx.one(HOLD, value("at"), all=all)
    return found


WRITE = """
UNWIND $rows AS row MERGE (s:FigureSheet {id: row.id})
SET s += row.said
"""
DROP = """
MATCH (s:FigureSheet) WHERE s.counted_at < $now DELETE s
"""


def write_sheets(tx: Transaction, sheets: list[Sheet], now: datetime) -> None:
    """All of one counting; those of units that nobody asks for any more are gone."""
    rows = [{"id": one.id, "said": _said(one, now)} for one in sheets]
    tx.run(WRITE, rows=rows)
    tx.run(DROP, now=now)


def _said(sheet: Sheet, now: datetime) -> dict[str, Any]:
    return {"counted_at": now, "months": sheet.months, "body": json.dumps(asdict(sheet.tables)), "audience": sheet.audience}


FIND = """
MATCH (s:FigureSheet {id: $id}) WHERE any(token IN s.audience WHERE token IN $reader)
RETURN s.id AS id, s.counted_at AS counted_at, s.months AS months, s.body AS body
"""


def find_sheet(tx: Transaction, id: str) -> Sheet | None:
    """None where nothing was counted yet, or for a scope that is not the reader's."""
    return tx.find(FIND, _sheet, id=id)


def _sheet(row: Record) -> Sheet:
    counted_at: Any = loaded(row["counted_at"])
    return Sheet(str(row["id"]), counted_at, int(row["months"]), _tables.validate_json(row["body"]))
