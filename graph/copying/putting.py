"""Rows into an empty store, many at a time."""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator
from typing import Any, TypeVar

from graph.connection import Graph
from graph.copying.rows import CopiedNode, CopiedRelation
from graph.copying.store import create_nodes, create_relations
from graph.errors import GraphError
from graph.schema import Ontology

NODES_AT_ONCE = 1_000
"""Versions hold whole texts, and a message must not grow beyond what a server takes."""
RELATIONS_AT_ONCE = 5_000
PATIENCE = 15.0
Told = Callable[[int], None]
R = TypeVar("R")
K = TypeVar("K", bound=Hashable)


def put_nodes(graph: Graph, ontology: Ontology, nodes: Iterable[CopiedNode], told: Told) -> None:
    """Raises Duplicate where a unique value comes twice."""
    for label, some in gathered(nodes, lambda node: node.label, NODES_AT_ONCE):
        rows = [node.properties for node in some]
        graph.write(lambda tx, label=label, rows=rows: create_nodes(tx, ontology.node(label), rows), patience=PATIENCE)  # type: ignore[misc]
        told(len(some))


def put_relations(graph: Graph, ontology: Ontology, relations: Iterable[CopiedRelation], told: Told) -> None:
    """Raises GraphError where an end is missing."""
    for (source, type_, target), some in gathered(relations, lambda one: (one.source, one.type, one.target), RELATIONS_AT_ONCE):
        rows: list[dict[str, Any]] = [{"a": one.source_key, "b": one.target_key, "properties": one.properties} for one in some]
        ends = ontology.node(source), ontology.node(target)
        made = graph.write(lambda tx, type_=type_, rows=rows, ends=ends: create_relations(tx, ends[0], type_, ends[1], rows), patience=PATIENCE)  # type: ignore[misc]
        if made != len(rows):
            raise GraphError(f"of {len(rows)} relations {type_} only {made} found their ends")
        told(made)


def gathered(rows: Iterable[R], sort: Callable[[R], K], most: int) -> Iterator[tuple[K, list[R]]]:
    """Of one sort each; what is left over comes last."""
    waiting: dict[K, list[R]] = defaultdict(list)
    for row in rows:
        some = waiting[key := sort(row)]
        some.append(row)
        if len(some) == most:
            yield key, waiting.pop(key)
    yield from waiting.items()
