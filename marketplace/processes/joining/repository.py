"""Entries of the register that may be the very person at the door."""

from dataclasses import dataclass
from datetime import date

from graph.connection import Transaction
from graph.records import reader
from marketplace.domains.organisations.model import Kind
from marketplace.domains.registrations.repository import Place

SAME_NAME = """
MATCH (w:Worker {name: $name}) WHERE any(token IN w.guarded_audience WHERE token IN $reader)
RETURN w.id AS id, w.name AS name, w.number AS number,
  head([(w)-[m:EMPLOYED_BY]->(e:Enterprise) WHERE m.until IS NULL | e.id]) AS employer_id,
  head([(w)-[m:EMPLOYED_BY]->(e:Enterprise) WHERE m.until IS NULL | e.name]) AS employer,
  EXISTS { MATCH (w)<-[:IS_PERSON]-(:Account) } AS has_account
ORDER BY number LIMIT 20
"""


@dataclass(frozen=True, slots=True)
class Entry:
    """Somebody of this name, as officers above see them. `has_account`: somebody signs in as them already."""

    id: str
    name: str
    number: str
    employer_id: str = ""
    employer: str = ""
    has_account: bool = False


def list_entries_named(tx: Transaction, name: str) -> list[Entry]:
    """Among the people whose guarded side the officer may see."""
    return tx.all(SAME_NAME, reader(Entry), name=name)


UNIT_ABOVE = """
MATCH (o:Organisation {id: $id})-[r:PART_OF]->(p:Organisation) WHERE o.kind = $base AND r.until IS NULL
RETURN p.id AS id, p.name AS name, p.lineage AS units, p.area AS area
ORDER BY p.area = '', p.id LIMIT 1
"""


def find_unit_above(tx: Transaction, organisation_id: str) -> Place | None:
    """Of a base union: its sub-district rather than its industry. None for whoever stands higher already."""
    return tx.find(UNIT_ABOVE, reader(Place), id=organisation_id, base=Kind.BASE)


LEAVE_EMPLOYER = """
MATCH (w:Worker {id: $id})-[m:EMPLOYED_BY]->(:Enterprise) WHERE m.until IS NULL
SET m.until = $today
"""
LEAVE_UNION = """
MATCH (w:Worker {id: $id})-[old:UNDER]->(o:Organisation) WHERE o.id <> $unit
MATCH (above:Organisation {id: $unit})
CREATE (w)-[:WAS_UNDER {since: old.since, until: $today}]->(o)
CREATE (w)-[:UNDER {since: $today}]->(above)
DELETE old
"""


def leave_employer(tx: Transaction, worker_id: str, unit_id: str, today: date) -> None:
    """Job and union end, and keep their dates."""
    tx.run(LEAVE_EMPLOYER, id=worker_id, today=today)
    tx.run(LEAVE_UNION, id=worker_id, unit=unit_id, today=today)
