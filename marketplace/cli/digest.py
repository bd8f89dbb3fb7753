"""One number for the content of a store, whatever the engine and the order: equal before a backup and after its restore."""

import hashlib
import json
from collections.abc import Iterator

from graph.connection import Graph
from graph.copying.lines import Row, as_map
from graph.copying.rows import copied_labels
from graph.copying.walking import walk
from graph.ontology import ONTOLOGY


def digest_of(graph: Graph) -> str:
    """The sum of the digests of all nodes and relations: no order is needed."""
    return f"{sum(map(number_of, rows_of(graph))) % 2**256:064x}"


def rows_of(graph: Graph) -> Iterator[Row]:
    for label in copied_labels(ONTOLOGY):
        for nodes, relations in walk(graph, label):
            yield from nodes
            yield from relations


def number_of(row: Row) -> int:
    text = json.dumps(as_map(row), sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return int.from_bytes(hashlib.sha256(text.encode()).digest())
