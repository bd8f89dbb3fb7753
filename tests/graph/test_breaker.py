"""A store that is not there is said to be so, quickly, and is found again."""

import socket
from time import monotonic, sleep

import pytest
from neo4j import Driver, GraphDatabase

from graph.breaker import PROBE_EVERY, Breaker
from graph.connection import Graph, open_graph
from graph.errors import Unavailable


def nowhere() -> Graph:
    """A port that nobody listens on."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port = taken.getsockname()[1]
    return open_graph(f"bolt://127.0.0.1:{port}")


def test_absent_store_is_unavailable_within_three_seconds_then_at_once() -> None:
    graph = nowhere()
    began = monotonic()
    with pytest.raises(Unavailable):
        graph.read(lambda tx: tx.reader)
    assert monotonic() - began < 3
    sleep(1)
    began = monotonic()
    with pytest.raises(Unavailable):
        graph.ping()
    assert monotonic() - began < 0.1
    graph.close()


def test_patience_bounds_the_repeats() -> None:
    graph = nowhere()
    began = monotonic()
    with pytest.raises(Unavailable):
        graph.read(lambda tx: tx.reader, patience=0)
    assert monotonic() - began < 0.5
    graph.close()


@pytest.mark.slow
def test_black_hole_is_refused_within_three_seconds_and_given_up_within_ten() -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        graph = open_graph(f"bolt://127.0.0.1:{silent.getsockname()[1]}")
        began = monotonic()
        with pytest.raises(Unavailable):
            graph.ping()
        assert monotonic() - began < 10
        with pytest.raises(Unavailable):
            graph.read(lambda tx: tx.reader)
        graph.close()


def test_closed_graph_takes_no_more_work(graph: Graph) -> None:
    closed = nowhere()
    closed.close()
    with pytest.raises(Unavailable):
        closed.ping()
    graph.ping()


@pytest.mark.slow
def test_a_probe_that_meets_something_unforeseen_asks_again() -> None:
    """A driver that is closed from outside in the middle of a word raised BufferError, and nobody asked any more."""
    asked: list[int] = []

    def ask(_driver: Driver) -> None:
        asked.append(1)
        if len(asked) < 3:
            raise BufferError("Existing exports of data: object cannot be re-sized")

    breaker = Breaker(lambda: GraphDatabase.driver("bolt://127.0.0.1:1"), ask)
    sleep(6 * PROBE_EVERY)
    assert len(asked) >= 3
    assert breaker.ready
    breaker.close()
