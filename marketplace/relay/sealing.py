"""The audit as a chain: each entry's seal holds the one before it, so that editing, deleting or reordering shows."""

import hashlib
import json
from dataclasses import dataclass
from datetime import UTC
from typing import Any

from neo4j import Record

from graph.connection import Transaction
from graph.records import loaded, reader, value
from marketplace.kernel.audit import AuditEntry

HEAD = "audit:head"

LOCK_HEAD = """
MERGE (g:Guard {id: $id})
SET g.lock = coalesce(g.lock, 0) + 1
RETURN coalesce(g.sequence, 0) AS sequence, coalesce(g.seal, '') AS seal
"""
UNSEALED = """
UNWIND $ids AS id
MATCH (e:AuditEntry {id: id}) WHERE e.seal IS NULL
RETURN e.id AS id, e.kind AS kind, e.entity_id AS entity_id, e.verb AS verb, e.account_id AS account_id, e.at AS at, e.fields AS fields,
       e.from_status AS from_status, e.to_status AS to_status, coalesce(e.for_account, '') AS for_account
ORDER BY at, id
"""
ALL_UNSEALED = """
MATCH (e:AuditEntry) WHERE e.seal IS NULL
RETURN e.id AS id ORDER BY id LIMIT $limit
"""
SEAL = """
UNWIND $rows AS row
MATCH (e:AuditEntry {id: row.id})
SET e.sequence = row.sequence, e.previous = row.previous, e.seal = row.seal
"""
MOVE_HEAD = """
MATCH (g:Guard {id: $id}) SET g.sequence = $sequence, g.seal = $seal
"""
HEAD_NOW = """
MATCH (g:Guard {id: $id}) RETURN coalesce(g.sequence, 0) AS sequence, coalesce(g.seal, '') AS seal
"""
CHAIN = """
MATCH (e:AuditEntry) WHERE e.seal IS NOT NULL
RETURN e {.*} AS entry, e.sequence AS sequence, e.previous AS previous, e.seal AS seal ORDER BY sequence
"""


@dataclass(frozen=True, slots=True)
class Link:
    """A sealed entry at its place in the chain."""

    entry: AuditEntry
    sequence: int
    previous: str
    seal: str


def read_head(row: Record) -> tuple[int, str]:
    return int(row["sequence"]), str(row["seal"])


def read_entry(row: Record) -> AuditEntry:
    """By hand, for an import seals thousands at once; what stands here was written from this very dataclass."""
    told: dict[str, Any] = dict(row)
    return AuditEntry(**told | {"at": loaded(told["at"]), "fields": tuple(told["fields"] or ())})


def seal_of(entry: AuditEntry, sequence: int, previous: str) -> str:
    """Over what happened; who may read of it can change with the tree of units. Milliseconds are what every engine keeps."""
    told = {
        "at": entry.at.astimezone(UTC).isoformat(timespec="milliseconds"), "by": entry.account_id, "fields": list(entry.fields),
        "from": entry.from_status, "id": entry.id, "kind": entry.kind, "of": entry.entity_id, "previous": previous, "sequence": sequence,
        "to": entry.to_status, "verb": entry.verb,
    }  # fmt: skip
    if entry.for_account:
        told["for"] = entry.for_account
    return hashlib.sha256(json.dumps(told, sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode()).hexdigest()


def seal_entries(tx: Transaction, ids: list[str]) -> int:
    """Append those of the entries that are not sealed yet; the guard keeps two sealers apart. Returns how many."""
    sequence, previous = tx.one(LOCK_HEAD, read_head, id=HEAD)
    links = []
    for entry in tx.all(UNSEALED, read_entry, ids=ids):
        sequence += 1
        links.append({"id": entry.id, "sequence": sequence, "previous": previous, "seal": (previous := seal_of(entry, sequence, previous))})
    if links:
        tx.run(SEAL, rows=links)
        tx.run(MOVE_HEAD, id=HEAD, sequence=sequence, seal=previous)
    return len(links)


def list_unsealed(tx: Transaction, limit: int = 1_000) -> list[str]:
    """What an earlier leader left behind; walks the whole audit, so it is asked once a term."""
    return tx.all(ALL_UNSEALED, value("id"), limit=limit)


def verify_chain(tx: Transaction) -> list[str]:
    """Every fault in words; none means that nothing sealed was edited, deleted, added or moved."""
    faults, previous, ordinal = list[str](), "", 0
    for link in tx.all(CHAIN, reader(Link)):
        ordinal += 1
        if link.sequence != ordinal:
            faults.append(f"audit: {link.sequence} stands where {ordinal} should")
            ordinal = link.sequence
        if link.previous != previous or link.seal != seal_of(link.entry, link.sequence, link.previous):
            faults.append(f"audit: entry {link.entry.id} is not what was sealed")
        previous = link.seal
    head = tx.find(HEAD_NOW, read_head, id=HEAD) or (0, "")
    if head != (ordinal, previous):
        faults.append(f"audit: the chain ends at {ordinal}, its head says {head[0]}")
    return faults + [f"audit: entry {id} is not sealed" for id in list_unsealed(tx)]
