"""Any number of nodes and relations in the shape of the site's graph, with a fixed seed, so that every run asks the same of the engine."""

import random
from collections.abc import Iterator
from itertools import islice
from typing import Any, NamedTuple

from benchmarks.made_up import SEED
from graph.connection import Graph
from graph.copying.store import create_nodes, create_relations
from graph.ontology import ONTOLOGY
from graph.schema import Node

BATCH = 5_000
PATIENCE = 60.0
LABELS = {"Worker": 50, "Achievement": 30, "Studio": 10, "Enterprise": 10}
"""Per cent of the nodes."""
RELATIONS = {
    ("Worker", "CONTRIBUTED_TO", "Achievement"): 40, ("Worker", "MEMBER_OF", "Studio"): 20, ("Worker", "EMPLOYED_BY", "Enterprise"): 20,
    ("Achievement", "PRODUCED_BY", "Studio"): 10, ("Achievement", "ADOPTED_BY", "Enterprise"): 10,
}  # fmt: skip
"""Per cent of the relations."""


class Made(NamedTuple):
    """What was asked for, by rounding a little less, and the ids of each label."""

    nodes: int
    relations: int
    ids: dict[str, list[str]]


def declared(label: str) -> Node:
    return next(node for node in ONTOLOGY.nodes if node.name == label)


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
        node, rows = declared(label), node_rows(label, all_ids)
        while batch := list(islice(rows, BATCH)):
            graph.write(lambda tx, node=node, batch=batch: create_nodes(tx, node, batch), patience=PATIENCE)  # type: ignore[misc]
    return sum(map(len, ids.values()))


def relation_rows(sources: list[str], targets: list[str], count: int, chance: random.Random) -> Iterator[dict[str, Any]]:
    for position in range(count):
        yield {"a": chance.choice(sources), "b": chance.choice(targets), "properties": {"position": position % 8}}


def make_relations(graph: Graph, ids: dict[str, list[str]], count: int) -> int:
    """Returns how many the store says it made."""
    chance, made = random.Random(SEED), 0
    for (source, kind, target), share in RELATIONS.items():
        a, b = declared(source), declared(target)
        rows = relation_rows(ids[source], ids[target], count * share // 100, chance)
        while batch := list(islice(rows, BATCH)):
            made += graph.write(lambda tx, a=a, kind=kind, b=b, batch=batch: create_relations(tx, a, kind, b, batch), patience=PATIENCE)  # type: ignore[misc]
    return made
