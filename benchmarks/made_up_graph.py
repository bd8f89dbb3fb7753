"""Any number of nodes and relations in the shape of the site's graph, with a fixed seed, so that every run asks the same of the engine."""

import random
from collections.abc import Iterator
from itertools import islice
from typing import Any

from benchmarks.made_up import SEED
from graph.connection import Graph
from graph.copying.store import create_nodes, create_relations
from graph.ontology import ONTOLOGY

BATCH = 5_000
PATIENCE = 60.0
Triple = tuple[str, str, str]
LABELS = {"Worker": 50, "Achievement": 30, "Studio": 10, "Enterprise": 10}
"""Per cent of the nodes."""
RELATIONS: dict[Triple, int] = {
    ("Worker", "CONTRIBUTED_TO", "Achievement"): 40, ("Worker", "MEMBER_OF", "Studio"): 20, ("Worker", "EMPLOYED_BY", "Enterprise"): 20,
    ("Achievement", "PRODUCED_BY", "Studio"): 10, ("Achievement", "ADOPTED_BY", "Enterprise"): 10,
}  # fmt: skip
"""Per cent of the relations."""


def ids_of(nodes: int) -> dict[str, list[str]]:
    return {label: [f"{label[:3].lower()}-{number:07d}" for number in range(nodes * share // 100)] for label, share in LABELS.items()}


def node_rows(label: str, ids: list[str]) -> Iterator[dict[str, Any]]:
    """What every thing that is shown carries."""
    title = "title" if label == "Achievement" else "name"
    for number, id in enumerate(ids):
        yield {"id": id, "version": 1, "lock": 0, "number": f"{label[:2].upper()}-2026-{number:06d}", "status": "public",
               "audience": ["public", "system"], title: f"{id} 的改进"}  # fmt: skip


def make_nodes(graph: Graph, ids: dict[str, list[str]]) -> int:
    for label, all_ids in ids.items():
        node, rows = ONTOLOGY.node(label), node_rows(label, all_ids)
        while batch := list(islice(rows, BATCH)):
            graph.write(lambda tx, node=node, batch=batch: create_nodes(tx, node, batch), patience=PATIENCE)  # type: ignore[misc]
    return sum(map(len, ids.values()))


def relation_rows(ids: dict[str, list[str]], kind: Triple, count: int) -> Iterator[dict[str, Any]]:
    """Count is that of all relations; this kind has its share of them."""
    chance, (source, type, target) = random.Random(f"{SEED} {kind}"), kind
    numbered = any(one.name == "position" for one in ONTOLOGY.edge(type).properties)
    for position in range(count * RELATIONS[kind] // 100):
        yield {"a": chance.choice(ids[source]), "b": chance.choice(ids[target]), "properties": {"position": position % 8} if numbered else {}}


def make_relations(graph: Graph, ids: dict[str, list[str]], count: int) -> int:
    """Returns how many the store says it made."""
    made = 0
    for kind in RELATIONS:
        a, type, b = ONTOLOGY.node(kind[0]), kind[1], ONTOLOGY.node(kind[2])
        rows = relation_rows(ids, kind, count)
        while batch := list(islice(rows, BATCH)):
            made += graph.write(lambda tx, a=a, type=type, b=b, batch=batch: create_relations(tx, a, type, b, batch), patience=PATIENCE)  # type: ignore[misc]
    return made
