"""Append to the audit's chain what was committed; the chain itself, and how it is verified, stands in the kernel."""

from typing import Any

from neo4j import Record

from graph.connection import Graph, Transaction
from graph.records import loaded
from marketplace.kernel.audit import AuditEntry
from marketplace.kernel.chain import HEAD, list_unsealed, read_head, seal_of
from marketplace.kernel.permissions import SYSTEM
from marketplace.kernel.workdays import local_day

LOCK_HEAD = """
MERGE (g:Guard {id: $id})
SET g.lock = coalesce(g.lock, 0) + 1
RETURN coalesce(g.sequence, 0) AS sequence, coalesce(g.seal, '') AS seal
"""
UNSEALED = """
UNWIND $ids AS id
MATCH (e:AuditEntry {id: id}) WHERE e.seal IS NULL
RETURN e.id AS id, e.kind AS kind, e.entity_id AS entity_id, e.verb AS verb, e.account_id AS account_id, e.at AS at, e.fields AS fields,
       e.from_status AS from_status, e.to_status AS to_status, coalesce(e.purpose, '') AS purpose, coalesce(e.for_account, '') AS for_account
ORDER BY at, id
"""
SEAL = """
UNWIND $rows AS row
MATCH (e:AuditEntry {id: row.id})
SET e.sequence = row.sequence, e.previous = row.previous, e.seal = row.seal
"""
MOVE_HEAD = """
MATCH (g:Guard {id: $id}) SET g.sequence = $sequence, g.seal = $seal
"""


def read_entry(row: Record) -> AuditEntry:
    """By hand, for an import seals thousands at once; what stands here was written from this very dataclass."""
    told: dict[str, Any] = dict(row)
    return AuditEntry(**told | {"at": loaded(told["at"]), "fields": tuple(told["fields"] or ())})


def seal_entries(tx: Transaction, ids: list[str]) -> int:
    """Append those of the entries that are not sealed yet; the guard keeps two sealers apart. Returns how many."""
    sequence, previous = tx.one(LOCK_HEAD, read_head, id=HEAD)
    links, days = list[dict[str, Any]](), dict[str, list[int]]()
    for entry in tx.all(UNSEALED, read_entry, ids=ids):
        sequence += 1
        links.append({"id": entry.id, "sequence": sequence, "previous": previous, "seal": (previous := seal_of(entry, sequence, previous))})
        days.setdefault(local_day(entry.at).isoformat(), []).append(sequence)
    if links:
        tx.run(SEAL, rows=links)
        tx.run(MOVE_HEAD, id=HEAD, sequence=sequence, seal=previous)
        mark_days(tx, days)
    return len(links)


def seal_the_rest(graph: Graph) -> None:
    """What the last leader left unsealed."""
    while ids := graph.read(list_unsealed, reader=(SYSTEM,)):
        graph.write(lambda tx, ids=ids: seal_entries(tx, ids), patience=15)  # type: ignore[misc]


MARK_DAYS = """
UNWIND $rows AS row
MERGE (d:AuditDay {id: row.id})
SET d.first = CASE WHEN coalesce(d.first, row.first) < row.first THEN d.first ELSE row.first END,
    d.last = CASE WHEN coalesce(d.last, row.last) > row.last THEN d.last ELSE row.last END
"""


def mark_days(tx: Transaction, days: dict[str, list[int]]) -> None:
    """Between which numbers the entries of a day in Beijing stand, so that a search by days need not walk all of them."""
    tx.run(MARK_DAYS, rows=[{"id": day, "first": min(numbers), "last": max(numbers)} for day, numbers in days.items()])


__all__ = ["HEAD", "seal_entries", "seal_the_rest"]
