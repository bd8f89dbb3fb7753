"""Through the whole store in bounded steps: nothing is held but the keys of one label."""

from collections.abc import Iterator

from graph.connection import Graph
from graph.copying.rows import CopiedNode, CopiedRelation
from graph.copying.store import list_keys, read_nodes, read_outgoing
from graph.schema import Node

CHUNK = 1_000
AS_SYSTEM = ("system",)
PATIENCE = 15.0

Chunk = tuple[list[CopiedNode], list[CopiedRelation]]


def walk(graph: Graph, node: Node) -> Iterator[Chunk]:
    """The nodes of a label with the relations that leave them. A walk by `key > last` would read all of the label for each step."""
    keys = graph.read(lambda tx: list_keys(tx, node), reader=AS_SYSTEM, patience=PATIENCE)
    for at in range(0, len(keys), CHUNK):
        some = keys[at : at + CHUNK]
        yield graph.read(
            lambda tx, some=some: (read_nodes(tx, node, some), read_outgoing(tx, node, some)),  # type: ignore[misc]
            reader=AS_SYSTEM,
            patience=PATIENCE,
        )
