"""On a cluster the members that are read from lag behind: a process still sees what it has just written."""

import os
from collections.abc import Callable, Iterator
from typing import Any, cast

import pytest
from neo4j import Driver, Record
from neo4j.api import BookmarkManager

from graph.connection import Graph, seen_at
from graph.dialect import wipe
from graph.records import value
from tests.conftest import Engine, turn

COUNT = "MATCH (g:Guard) RETURN count(g) AS guards"


class Member:
    """A session and its transaction, in place of the driver's. Reads the last state but one, except for whoever names the last write."""

    def __init__(self, cluster: "LaggingCluster", seen: BookmarkManager | None) -> None:
        self._cluster = cluster
        self._seen = seen

    def __enter__(self) -> "Member":
        return self

    def __exit__(self, *_raised: object) -> None:
        """Nothing is open."""

    def execute_write(self, work: Callable[["Member"], Any]) -> Any:
        self._cluster.writes += 1
        if self._seen is not None:
            self._seen.update_bookmarks((), (f"write:{self._cluster.writes}",))
        return work(self)

    def execute_read(self, work: Callable[["Member"], Any]) -> Any:
        return work(self)

    def run(self, _statement: str, _parameters: object = None) -> "Member":
        return self

    def consume(self) -> None:
        """Nothing comes back."""

    def __iter__(self) -> Iterator[Record]:
        last = self._cluster.writes
        named = self._seen is not None and f"write:{last}" in self._seen.get_bookmarks()
        yield Record({"guards": last if named else last - 1})  # type: ignore[no-untyped-call]


class LaggingCluster:
    def __init__(self) -> None:
        self.writes = 0

    def session(self, *, bookmark_manager: BookmarkManager | None = None, **_options: object) -> Member:
        return Member(self, bookmark_manager)

    def close(self) -> None:
        """Nothing is open."""


def seen_after_a_write(url: str) -> int:
    cluster = LaggingCluster()
    graph = Graph(lambda: cast(Driver, cluster), None, seen_at(url))
    graph.write(lambda tx: tx.run("CREATE (:Guard)"))
    seen = graph.read(lambda tx: tx.one(COUNT, value("guards")))
    graph.close()
    return int(seen)


@pytest.mark.parametrize("url", ["neo4j://one", "neo4j+s://one", "neo4j+ssc://one"])
def test_what_was_written_is_seen_on_a_cluster(url: str) -> None:
    assert seen_after_a_write(url) == 1


def test_control_without_naming_its_write_a_process_is_answered_from_before() -> None:
    assert seen_after_a_write("bolt://one") == 0


@pytest.mark.skipif("TEST_NEO4J_URI" not in os.environ, reason="TEST_NEO4J_URI names no Neo4j")
def test_a_real_server_takes_the_names_it_gave() -> None:
    url = os.environ["TEST_NEO4J_URI"].replace("bolt://", "neo4j://")
    engine = Engine(url, os.environ["TEST_NEO4J_USER"], os.environ["TEST_NEO4J_PASSWORD"], None, shared=True)
    graph = engine.open()
    with turn(engine):
        wipe(graph)
        graph.write(lambda tx: tx.run("CREATE (:Guard {id: 'of a cluster'})"), patience=15)
        assert graph.read(lambda tx: tx.one(COUNT, value("guards")), patience=15) == 1
    graph.close()
