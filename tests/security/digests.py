"""What stands in the store, node by node: before and after, so that an effect that nobody was to have is named."""

import hashlib
import json
from collections.abc import Iterable

from graph.connection import Graph
from graph.ontology import ONTOLOGY

NODES = """
MATCH (n) RETURN labels(n)[0] AS label, coalesce(n.id, elementId(n)) AS id, properties(n) AS held
"""
EDGES = """
MATCH (a)-[r]->(b)
RETURN type(r) AS kind, coalesce(a.id, '') AS one, coalesce(b.id, '') AS other, properties(r) AS held
"""
LEDGER = frozenset({"AuditEntry", "OutboxEvent", "Guard", "Session", "FormKey", "Draft", "Notice", "Version", "Lease", "Chain", "AuditSeal"})
"""What any permitted act writes beside what it is about."""
COUNTED = frozenset({"MissedDay", "MissedWords", "Session", "SIGNED_IN_AS"})
"""What a look writes after its answer has left: searches that found little, counted without anybody; when a sign-in was last used."""
State = dict[tuple[str, str], str]


def state_of(graph: Graph, without: Iterable[str] = COUNTED) -> State:
    """Every node and every relation with the digest of what it holds."""
    left_out = set(without)
    nodes = graph.read(
        lambda tx: tx.all(NODES, lambda row: ((str(row["label"]), str(row["id"])), digest_of(_held(row["held"])))), reader=("system",), patience=15
    )
    edges = graph.read(
        lambda tx: tx.all(EDGES, lambda row: ((str(row["kind"]), f"{row['one']}>{row['other']}"), digest_of(_held(row["held"])))),
        reader=("system",),
        patience=15,
    )
    found: State = {}
    for key, value in sorted(one for one in (*nodes, *edges) if one[0][0] not in left_out):
        found[key] = found.get(key, "") + value
    return found


def _held(properties: dict[str, object]) -> dict[str, object]:
    """A lock says that somebody waited for their turn, and nothing else: each sign-in takes one."""
    return {name: value for name, value in properties.items() if name != "lock"}


def digest_of(held: object) -> str:
    return hashlib.sha256(json.dumps(held, sort_keys=True, default=str).encode()).hexdigest()[:16]


def differences(before: State, after: State) -> list[tuple[str, str]]:
    return sorted(key for key in before.keys() | after.keys() if before.get(key) != after.get(key))


def untouched_differences(before: State, after: State, touched: set[str]) -> list[tuple[str, str]]:
    """Nodes that were there, are about none of the touched ids, and are no ledger, but are changed or gone."""
    labels = {node.name for node in ONTOLOGY.nodes}
    return [
        (label, id) for label, id in differences(before, after)
        if label in labels and label not in LEDGER and (label, id) in before and id not in touched
    ]  # fmt: skip


def strange_labels(state: State) -> set[str]:
    """Neither node nor relation of the map."""
    known = {node.name for node in ONTOLOGY.nodes} | {edge.name for edge in ONTOLOGY.edges}
    return {label for label, _ in state} - known
