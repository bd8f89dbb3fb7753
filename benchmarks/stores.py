"""Where a benchmark of the graph runs: the embedded engine in a folder that is gone afterwards, or the Neo4j that NEO4J_URI names."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from statistics import quantiles

from graph.connection import Graph, open_graph
from graph.constraints import apply_constraints
from graph.copying.store import is_empty
from graph.dialect import wipe
from graph.embedded import start_embedded, stop_embedded
from graph.ontology import ONTOLOGY


@dataclass(frozen=True, slots=True)
class Store:
    """Enough to open it again, in another process too."""

    name: str
    url: str
    user: str
    password: str = field(repr=False)
    database: str | None

    def open(self) -> Graph:
        return open_graph(self.url, user=self.user, password=self.password, database=self.database)


@contextmanager
def store_of_environment() -> Iterator[Store]:
    """One engine a run: two that work at once would measure each other."""
    if uri := os.environ.get("NEO4J_URI"):
        yield Store(
            "Neo4j", uri, os.environ.get("NEO4J_USER", "neo4j"), os.environ.get("NEO4J_PASSWORD", ""), os.environ.get("NEO4J_DATABASE") or None
        )
        return
    with tempfile.TemporaryDirectory() as folder:
        running = start_embedded(Path(folder))
        try:
            yield Store("embedded", running.url, running.user, running.password, "jiangchuang")
        finally:
            stop_embedded(running)


@contextmanager
def empty_graph(store: Store, *, wiping: bool) -> Iterator[Graph]:
    """With all constraints, as the site has it. Ends the program at data that nobody said may go."""
    graph = store.open()
    try:
        if wiping:
            wipe(graph)
        elif not graph.read(is_empty, patience=60):
            raise SystemExit(f"{store.url} holds data: name an empty store, or empty it with --wipe")
        apply_constraints(graph, ONTOLOGY)
        yield graph
    finally:
        graph.close()


def p50_p95(seconds: list[float]) -> tuple[float, float]:
    """In milliseconds."""
    cuts = quantiles(seconds, n=20)
    return 1000 * cuts[9], 1000 * cuts[18]
