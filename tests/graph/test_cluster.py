"""On a cluster the members that are read from lag behind: a process still sees what it has just written."""

import os
from collections.abc import Callable, Iterator
from typing import Any, cast

import pytest
from neo4j import Bookmarks, Driver, Record
from neo4j.api import BookmarkManager
from neo4j.exceptions import Neo4jError

from graph.connection import Graph, seen_at
from graph.dialect import wipe
from graph.records import value
from tests.conftest import Engine, turn

COUNT = "MATCH (g:Guard) RETURN count(g) AS guards"


class Member:
    """A session and its transaction, in place of the driver's. Reads the last state but one, except for whoever names the last write."""

    def __init__(self, cluster: "LaggingCluster", seen: BookmarkManager | None, bookmarks: Bookmarks) -> None:
        self._cluster = cluster
        self._seen = seen
        self._bookmarks = bookmarks

    def __enter__(self) -> "Member":
        return self

    def __exit__(self, *_raised: object) -> None:
        """Nothing is open."""

    def execute_write(self, work: Callable[["Member"], Any]) -> Any:
        self._cluster.writes += 1
        self._bookmarks = Bookmarks.from_raw_values([f"write:{self._cluster.writes}"])
        if self._seen is not None:
            self._seen.update_bookmarks((), self._bookmarks.raw_values)
        return work(self)

    def execute_read(self, work: Callable[["Member"], Any]) -> Any:
        if any(one.startswith("of another store") for one in self._bookmarks.raw_values):
            raise Neo4jError._hydrate_neo4j(code="Neo.ClientError.Transaction.InvalidBookmark", message="what is that")
        return work(self)

    def last_bookmarks(self) -> Bookmarks:
        return self._bookmarks

    def run(self, _statement: str, _parameters: object = None) -> "Member":
        return self

    def consume(self) -> None:
        """Nothing comes back."""

    def __iter__(self) -> Iterator[Record]:
        last = self._cluster.writes
        named = self._seen is not None and f"write:{last}" in {*self._seen.get_bookmarks(), *self._bookmarks.raw_values}
        yield Record({"guards": last if named else last - 1})  # type: ignore[no-untyped-call]


class LaggingCluster:
    def __init__(self) -> None:
        self.writes = 0

    def session(self, *, bookmark_manager: BookmarkManager | None = None, bookmarks: Bookmarks | None = None, **_options: object) -> Member:
        return Member(self, bookmark_manager, bookmarks or Bookmarks())

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


@pytest.fixture
def two_processes() -> Iterator[tuple[Graph, Graph]]:
    """Of one cluster: what one of them writes, the other one's driver has heard nothing of."""
    cluster = LaggingCluster()
    one, other = (Graph(lambda: cast(Driver, cluster), None, seen_at("neo4j://one")) for _ in range(2))
    yield one, other
    for graph in (one, other):
        graph.follow(())
        graph.close()


def count_in(graph: Graph) -> int:
    return int(graph.read(lambda tx: tx.one(COUNT, value("guards"))))


def test_what_one_process_wrote_is_seen_by_the_next_that_follows(two_processes: tuple[Graph, Graph]) -> None:
    one, other = two_processes
    one.write(lambda tx: tx.run("CREATE (:Guard)"))
    written = one.followed()

    other.follow(())
    assert count_in(other) == 0, "control: who follows nothing is answered from before"
    other.follow(written)
    assert count_in(other) == 1


def test_a_name_of_another_store_is_forgotten(two_processes: tuple[Graph, Graph]) -> None:
    _, other = two_processes
    other.follow(["of another store"])

    count_in(other)

    assert other.followed() == ()


@pytest.mark.skipif("TEST_NEO4J_URI" not in os.environ, reason="TEST_NEO4J_URI names no Neo4j")
def test_a_real_server_takes_the_names_it_gave() -> None:
    url = os.environ["TEST_NEO4J_URI"].replace("bolt://", "neo4j://")
    engine = Engine(url, os.environ["TEST_NEO4J_USER"], os.environ["TEST_NEO4J_PASSWORD"], None, shared=True)
    graph = engine.open()
    with turn(engine):
        wipe(graph)
        graph.follow(())
        graph.write(lambda tx: tx.run("CREATE (:Guard {id: 'of a cluster'})"), patience=15)
        written = graph.followed()
        graph.follow(written)
        assert graph.read(lambda tx: tx.one(COUNT, value("guards")), patience=15) == 1
    assert written
    graph.follow(())
    graph.close()
