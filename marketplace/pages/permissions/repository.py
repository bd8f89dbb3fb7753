"""Who an account is, and how its unit stands above a thing; as far as the asker may see."""

from collections import deque
from dataclasses import dataclass
from datetime import datetime

from graph.connection import Transaction
from graph.records import reader
from marketplace.domains.accounts.model import Status


@dataclass(frozen=True, slots=True)
class Named:
    id: str
    name: str


CALLED = """
MATCH (a:Account {login: $text}) WHERE a.status = $active RETURN a.id AS id, a.name AS name
UNION
MATCH (w:Worker {number: $text})<-[:IS_PERSON]-(a:Account)
WHERE a.status = $active AND any(token IN w.audience WHERE token IN $reader) RETURN a.id AS id, a.name AS name
UNION
MATCH (a:Account {id: $text}) WHERE a.status = $active RETURN a.id AS id, a.name AS name
"""
IN_SIGHT = """
MATCH (a:Account {id: $id})
WHERE any(token IN a.audience WHERE token IN $reader)
  OR EXISTS { MATCH (a)-[h:HOLDS]->(p:Organisation)
    WHERE (h.until IS NULL OR h.until > $now) AND any(unit IN p.lineage WHERE 'officer:' + unit IN $reader) }
  OR EXISTS { MATCH (a)-[h:HOLDS]->(p)-[:UNDER]->(o:Organisation)
    WHERE (h.until IS NULL OR h.until > $now) AND any(unit IN o.lineage WHERE 'officer:' + unit IN $reader) }
  OR EXISTS { MATCH (a)-[:IS_PERSON]->(w:Worker)-[:UNDER]->(o:Organisation) WHERE any(unit IN o.lineage WHERE 'officer:' + unit IN $reader) }
RETURN a.id AS id, a.name AS name
"""


def find_account_in_sight(tx: Transaction, text: str, now: datetime) -> Named | None:
    """By exact sign-in name, number or id: one's own, one of the reader's subtree, for an administrator any."""
    found = tx.all(CALLED, reader(Named), text=text, active=Status.ACTIVE) if text else []
    return tx.find(IN_SIGHT, reader(Named), id=found[0].id, now=now) if found else None


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit of the tree and those directly above it."""

    id: str
    name: str
    parents: tuple[str, ...] = ()


LINEAGE = """
MATCH (o:Organisation {id: $id}) WITH o.lineage AS lineage UNWIND lineage AS unit
MATCH (u:Organisation {id: unit}) WHERE any(token IN u.audience WHERE token IN $reader)
RETURN u.id AS id, u.name AS name, [(u)-[r:PART_OF]->(p:Organisation) WHERE r.until IS NULL | p.id] AS parents
"""


def units_between(tx: Transaction, lower: str, upper: str) -> list[Unit]:
    """The shortest way down the tree, the upper unit first; empty where one does not stand above the other."""
    units = {one.id: one for one in tx.all(LINEAGE, reader(Unit), id=lower)}
    ways: deque[tuple[str, ...]] = deque([(lower,)] if lower in units else [])
    while ways:
        way = ways.popleft()
        if way[-1] == upper:
            return [units[id] for id in reversed(way)]
        ways.extend((*way, parent) for parent in sorted(units[way[-1]].parents) if parent in units)
    return []
