"""A data change runs once, whoever starts it, and wholly or not at all."""

import pytest

from graph.connection import Graph, Transaction
from graph.migrations import Migration, pending, run_migrations
from graph.records import value
from tests.graph.crowd import rush

COUNT = "MATCH (d:Draft) RETURN count(d) AS drafts"


def add_draft(tx: Transaction) -> None:
    tx.run("CREATE (:Draft {id: $id})", id=f"d{tx.one(COUNT, value('drafts'))}")


def fail(tx: Transaction) -> None:
    add_draft(tx)
    raise LookupError("bad data")


FIRST = Migration(1, "Every store needs a draft", add_draft)
SECOND = Migration(2, "And another", add_draft)


def drafts(graph: Graph) -> int:
    return int(graph.read(lambda tx: tx.one(COUNT, value("drafts"))))


def test_each_runs_once_and_in_order(graph: Graph) -> None:
    assert pending(graph, (SECOND, FIRST)) == [FIRST, SECOND]
    assert run_migrations(graph, (SECOND, FIRST)) == [FIRST, SECOND]
    assert run_migrations(graph, (SECOND, FIRST)) == []
    assert drafts(graph) == 2


def test_two_processes_that_start_at_once_run_it_once(graph: Graph) -> None:
    assert sorted(len(ran) for ran in rush(lambda _: run_migrations(graph, (FIRST,)), 6)) == [0] * 5 + [1]
    assert drafts(graph) == 1


def test_a_failed_one_is_still_pending(graph: Graph) -> None:
    broken = Migration(3, "Will not work", fail)
    with pytest.raises(LookupError):
        run_migrations(graph, (broken,))
    assert pending(graph, (broken,)) == [broken]
    assert drafts(graph) == 0
