"""Faults are shown on the embedded engine and, where TEST_NEO4J_URI names one, on a real Neo4j."""

from collections.abc import Iterator

import pytest

from graph.connection import Graph
from graph.constraints import apply_constraints
from graph.dialect import wipe
from graph.ontology import ONTOLOGY
from tests.chaos.ledger import wait_for
from tests.chaos.stores import Store, embedded_store, named_neo4j, ruled_neo4j
from tests.conftest import Engine, turn

START_WITHIN = 60.0
BOTH = ["embedded", "neo4j"]


@pytest.fixture(params=BOTH, scope="module")
def store(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """A server that may be killed."""
    if request.param == "neo4j":
        ruled = ruled_neo4j()
        with turn(ruled.engine):
            yield ruled
        return
    with embedded_store(tmp_path_factory.mktemp("killed")) as embedded:
        yield embedded


@pytest.fixture
def ledger(store: Store) -> Iterator[Graph]:
    """Its graph, empty, with all constraints, by a connection of the story's own."""
    graph = store.engine.open()
    wait_for(graph, START_WITHIN)
    apply_constraints(graph, ONTOLOGY)
    wipe(graph)
    yield graph
    graph.close()


@pytest.fixture(params=BOTH)
def ground(request: pytest.FixtureRequest) -> Iterator[tuple[Engine, Graph]]:
    """An empty graph with its address, on a server that lives on."""
    engine = named_neo4j() if request.param == "neo4j" else request.getfixturevalue("engine")
    graph = engine.open()
    with turn(engine):
        apply_constraints(graph, ONTOLOGY)
        wipe(graph)
        yield engine, graph
    graph.close()
