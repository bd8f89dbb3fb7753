"""One leader at a time; another takes over when it falls silent, and whoever was deposed can't overwrite."""

from datetime import UTC, datetime, timedelta

from graph.connection import Graph
from marketplace.relay.lease import LASTS, Lease

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)


def test_only_one_holds_the_lease(graph: Graph) -> None:
    first, second = Lease("first"), Lease("second")
    assert first.hold(graph, NOON)
    assert not second.hold(graph, NOON)
    assert first.hold(graph, NOON + LASTS / 2)


def test_a_silent_leader_is_followed_by_one_with_higher_versions(graph: Graph) -> None:
    first, second = Lease("first"), Lease("second")
    first.hold(graph, NOON)
    last = [first.next_version() for _ in range(3)][-1]
    later = NOON + LASTS + timedelta(milliseconds=1)
    assert second.hold(graph, later)
    assert second.next_version() > last
    assert not first.hold(graph, later)


def test_a_leader_keeps_its_term_and_goes_on_counting(graph: Graph) -> None:
    lease = Lease("first")
    lease.hold(graph, NOON)
    before = lease.next_version()
    assert lease.hold(graph, NOON + LASTS)
    assert lease.next_version() == before + 1


def test_who_leaves_makes_room_at_once(graph: Graph) -> None:
    first, second = Lease("first"), Lease("second")
    first.hold(graph, NOON)
    first.leave(graph)
    assert second.hold(graph, NOON)
