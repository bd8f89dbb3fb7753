"""Relations are half-open: the first day is in, the last is not. What has no date is always there and said to be so."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marketplace.pages.network.changes import Happened, changes_between, count_by_year, happened_to
from marketplace.pages.network.model import Edge, Network, Node

SINCE, UNTIL = date(2020, 3, 1), date(2024, 3, 1)
DAY = timedelta(days=1)
DATED, OPEN, UNDATED = Edge("a", "b", "MEMBER_OF", "", SINCE, UNTIL), Edge("a", "c", "MEMBER_OF", "", SINCE), Edge("a", "d", "USES_SKILL")
ENDED = Edge("a", "e", "MEMBER_OF", "", None, UNTIL)
NETWORK = Network(Node("a", "worker", "A"), tuple(Node(id, "studio", id) for id in "abcdef"), (DATED, OPEN, UNDATED, ENDED))
days = st.dates(date(2018, 1, 1), date(2026, 12, 31))
maybe = st.none() | days


@pytest.mark.parametrize(("day", "holds"), [(SINCE - DAY, False), (SINCE, True), (UNTIL - DAY, True), (UNTIL, False)])
def test_the_first_day_is_in_and_the_last_is_out(day: date, holds: bool) -> None:
    assert DATED.holds_on(day) is holds
    assert UNDATED.holds_on(day)
    assert ENDED.holds_on(day) is (day < UNTIL)


def test_a_day_shows_what_held_and_whom_it_linked() -> None:
    assert {node.id for node in NETWORK.as_of(UNTIL).nodes} == set("acdf"), "f has no relation drawn at all"
    assert {node.id for node in NETWORK.as_of(SINCE - DAY).nodes} == set("adef")
    assert NETWORK.as_of(None) is NETWORK


@pytest.mark.parametrize(
    ("start", "end", "happened"),
    [
        (SINCE - DAY, SINCE, Happened.CAME), (SINCE, SINCE + DAY, None), (UNTIL - DAY, UNTIL, Happened.WENT), (UNTIL, UNTIL + DAY, None),
        (SINCE - DAY, UNTIL, Happened.PASSED), (SINCE, UNTIL, Happened.WENT), (SINCE - DAY, UNTIL - DAY, Happened.CAME),
    ],
)  # fmt: skip
def test_what_came_and_what_went(start: date, end: date, happened: Happened | None) -> None:
    assert happened_to(DATED, start, end) is happened
    assert happened_to(UNDATED, start, end) is None


@given(since=maybe, until=maybe, start=days, end=days)
def test_two_days_differ_by_exactly_what_came_and_went(since: date | None, until: date | None, start: date, end: date) -> None:
    edge = Edge("a", "b", "MEMBER_OF", "", since, until)
    network = Network(NETWORK.centre, NETWORK.nodes, (edge,))
    start, end = sorted((start, end))
    before, after = set(network.as_of(start).edges), set(network.as_of(end).edges)
    changes = changes_between(network, start, end)
    assert {one.edge for one in changes if one.happened is Happened.CAME} == after - before
    assert {one.edge for one in changes if one.happened is Happened.WENT} == before - after


def test_bars_count_what_held_at_some_time_in_the_year() -> None:
    first = Edge("a", "b", "MEMBER_OF", "", date(2024, 12, 31), date(2025, 1, 1))
    assert count_by_year(Network(NETWORK.centre, (), (first, UNDATED)), date(2026, 5, 1)) == [(2024, 1), (2025, 0), (2026, 0)]
    assert count_by_year(Network(NETWORK.centre, (), (UNDATED,)), date(2026, 5, 1)) == []
