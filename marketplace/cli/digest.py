"""One number for the content of a store, whatever the engine and the order: equal before a backup and after its restore."""

import hashlib
import json
from collections.abc import Iterator
from typing import Any

from neo4j import Record

from graph.connection import Transaction
from graph.records import loaded

PASSING = {"Guard", "OutboxEvent", "FormKey", "Session"}
"""What belongs to a running site rather than to its content."""

NODES = """
MATCH (n) RETURN labels(n)[0] AS label, properties(n) AS properties
"""
RELATIONS = """
MATCH (a)-[r]->(b)
RETURN labels(a)[0] AS source, coalesce(a.id, a.code) AS source_id, type(r) AS type, labels(b)[0] AS target, coalesce(b.id, b.code) AS target_id,
       properties(r) AS properties
"""


def list_nodes(tx: Transaction) -> Iterator[dict[str, Any]]:
    """Each as a map of primitives, times as ISO text."""
    return (plain(row) for row in tx.all(NODES, as_map))


def list_relations(tx: Transaction) -> Iterator[dict[str, Any]]:
    return (plain(row) for row in tx.all(RELATIONS, as_map))


def as_map(record: Record) -> Any:
    return loaded(record.data())


def plain(row: Any) -> dict[str, Any]:
    kept: dict[str, Any] = json.loads(json.dumps(row, default=lambda one: one.isoformat(), ensure_ascii=False))
    kept["properties"] = {name: value for name, value in kept["properties"].items() if name != "lock" and value is not None}
    return kept


def digest_of(tx: Transaction) -> str:
    """The sum of the digests of all nodes and relations: no order is needed."""
    nodes = (row for row in list_nodes(tx) if row["label"] not in PASSING)
    relations = (row for row in list_relations(tx) if row["source"] not in PASSING)
    total = sum(number_of(row) for rows in (nodes, relations) for row in rows)
    return f"{total % 2**256:064x}"


def number_of(row: dict[str, Any]) -> int:
    text = json.dumps(row, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return int.from_bytes(hashlib.sha256(text.encode()).digest())
