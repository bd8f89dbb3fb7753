"""Races run on the embedded engine and, where TEST_NEO4J_URI names one, on a real Neo4j: what is right on one may be wrong on the other."""

import os
from collections.abc import Iterator

import pytest

from graph.connection import Graph
from graph.constraints import apply_constraints
from graph.dialect import wipe
from graph.ontology import ONTOLOGY
from tests.conftest import Engine, turn


@pytest.fixture(params=["embedded", "neo4j"])
def racetrack(request: pytest.FixtureRequest) -> Iterator[tuple[Engine, Graph]]:
    """An empty graph with its address, for processes of their own."""
    if request.param == "neo4j":
        if not (uri := os.environ.get("TEST_NEO4J_URI")):
            pytest.skip("TEST_NEO4J_URI names no Neo4j")
        engine = Engine(uri, os.environ["TEST_NEO4J_USER"], os.environ["TEST_NEO4J_PASSWORD"], None, shared=True)
    elif "NEO4J_URI" in os.environ:
        pytest.skip("there is no embedded engine in this run")
    else:
        engine = request.getfixturevalue("engine")
    graph = engine.open()
    with turn(engine):
        wipe(graph)
        apply_constraints(graph, ONTOLOGY)
        yield engine, graph
    graph.close()
