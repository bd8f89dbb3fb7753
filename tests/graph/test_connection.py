"""Work is retried as a whole, and says in our own words what went wrong."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from neo4j.exceptions import ConstraintError, ResultFailedError, TransientError

from graph.connection import Graph, Transaction
from graph.errors import Duplicate, GraphError, NotFound, Stale, Uncertain
from graph.records import value
from tests.graph.crowd import rush

MAKE = "CREATE (g:Guard {id: $id, version: 1, lock: 0}) RETURN g.id AS id"
GET = "MATCH (g:Guard {id: $id}) RETURN g.version AS version"
COUNT = "MATCH (g:Guard) RETURN count(g) AS guards"
SAVE = """
MATCH (g:Guard {id: $id})
SET g.lock = coalesce(g.lock, 0) + 1
WITH g WHERE g.version = $version
SET g.version = $version + 1
RETURN g.version AS version
"""
MERGE = "MERGE (g:Guard {id: $id}) ON CREATE SET g.made = 1 RETURN g.id AS id"


def make(graph: Graph, id: str) -> None:
    graph.write(lambda tx: tx.run(MAKE, id=id))


def test_missing_thing_is_not_found_and_find_gives_none(graph: Graph) -> None:
    with pytest.raises(NotFound) as missing:
        graph.read(lambda tx: tx.one(GET, value("version"), id="nobody"))
    assert missing.value.ids == ("nobody",)
    assert graph.read(lambda tx: tx.find(GET, value("version"), id="nobody")) is None


def test_failing_work_leaves_nothing_behind(graph: Graph) -> None:
    def work(tx: Transaction) -> None:
        tx.run(MAKE, id="half")
        raise LookupError("the rules say no")

    with pytest.raises(LookupError):
        graph.write(work)
    assert graph.read(lambda tx: tx.one(COUNT, value("guards"))) == 0


@pytest.mark.parametrize("first", [TransientError("lost a lock"), ConstraintError("lost the race for a key")])
def test_a_rollback_that_fails_after_a_lost_race_hides_nothing(graph: Graph, first: Exception) -> None:
    attempts: list[int] = []

    def work(tx: Transaction) -> int:
        attempts.append(1)
        if len(attempts) == 1:
            raise ResultFailedError(None, "this result or another has failed") from first
        return int(tx.one(COUNT, value("guards")))

    assert graph.write(work) == 0
    assert len(attempts) == 2


def test_work_is_repeated_as_a_whole_after_a_passing_error(graph: Graph) -> None:
    attempts: list[int] = []

    def work(tx: Transaction) -> int:
        tx.run(MAKE, id=f"attempt-{len(attempts)}")
        attempts.append(1)
        if len(attempts) < 3:
            raise TransientError("lost a lock")
        return int(tx.one(COUNT, value("guards")))

    assert graph.write(work) == 1
    assert len(attempts) == 3


def test_only_one_of_twelve_saves_of_one_version_wins(graph: Graph) -> None:
    make(graph, "page")

    def save(_: int) -> str:
        try:
            graph.write(lambda tx: tx.changed(SAVE, id="page", version=1), patience=15)
        except Stale:
            return "stale"
        return "won"

    assert sorted(rush(save, 12)) == ["stale"] * 11 + ["won"]
    assert graph.read(lambda tx: tx.one(GET, value("version"), id="page")) == 2


def test_what_the_work_itself_has_read_and_moved_on_meanwhile_is_looked_at_anew(graph: Graph) -> None:
    """Somebody else commits between its two statements: its own version is a new one then, a reader's stays stale."""
    make(graph, "page")
    seen: list[int] = []

    def save(tx: Transaction) -> int:
        version = int(tx.one(GET, value("version"), id="page"))
        seen.append(version)
        if len(seen) == 1:
            graph.write(lambda other: other.changed(SAVE, id="page", version=1))
        return tx.changed(SAVE, id="page", version=version)

    assert graph.write(save) == 1
    assert seen == [1, 2]
    with pytest.raises(Stale):
        graph.write(lambda tx: tx.changed(SAVE, id="page", version=1))


def test_lost_merge_race_finds_the_winners_node(graph: Graph) -> None:
    def found_by_eight(key: str) -> list[str]:
        return rush(lambda _: str(graph.write(lambda tx: tx.one(MERGE, value("id"), id=key), patience=15)), 8)

    for number in range(10):
        assert found_by_eight(f"key-{number}") == [f"key-{number}"] * 8
    assert graph.read(lambda tx: tx.one(COUNT, value("guards"))) == 10


def test_taken_unique_value_is_a_duplicate(graph: Graph) -> None:
    make(graph, "taken")
    with pytest.raises(Duplicate):
        make(graph, "taken")


def test_wrong_statement_is_a_fault_of_ours_and_not_repeated(graph: Graph) -> None:
    with pytest.raises(GraphError, match=r"(?i)nonsense|syntax|pars") as fault:
        graph.read(lambda tx: tx.run("NONSENSE"))
    assert type(fault.value) is GraphError


def test_statements_know_their_reader(graph: Graph) -> None:
    tokens = graph.read(lambda tx: tx.one("RETURN $reader AS reader", value("reader")), reader=("public", "maker:1"))
    assert tokens == ["public", "maker:1"]


def test_time_of_a_named_zone_comes_back_as_the_same_moment_in_utc(graph: Graph) -> None:
    noon = datetime(2026, 11, 23, 12, 0, 0, 123000, tzinfo=ZoneInfo("Asia/Shanghai"))
    graph.write(lambda tx: tx.run("CREATE (:Guard {id: 'noon', at: $at})", at=noon))
    read = graph.read(lambda tx: tx.one("MATCH (g:Guard {id: 'noon'}) RETURN g.at AS at", value("at")))
    assert read == noon
    assert read.tzinfo is UTC


def test_time_without_a_zone_is_refused(graph: Graph) -> None:
    with pytest.raises(ValueError, match="no time zone"):
        graph.write(lambda tx: tx.run("RETURN $at", at=datetime(2026, 1, 1)))  # noqa: DTZ001  the point of the test


def test_a_connection_closed_in_the_middle_of_a_word_is_uncertain_and_not_repeated(graph: Graph) -> None:
    """The driver says BufferError then; what had been said of a commit nobody knows."""
    tries: list[int] = []

    def work(tx: Transaction) -> None:
        tries.append(1)
        raise BufferError("Existing exports of data: object cannot be re-sized")

    with pytest.raises(Uncertain):
        graph.write(work)
    assert tries == [1]


def test_many_threads_share_one_graph(graph: Graph) -> None:
    with ThreadPoolExecutor(16) as crowd:
        list(crowd.map(lambda number: make(graph, f"n{number}"), range(100)))
    assert graph.read(lambda tx: tx.one(COUNT, value("guards"))) == 100
