"""The shortest way that the reader may walk, not the shortest there is."""

from datetime import date
from itertools import pairwise

import pytest

from marketplace.pages.network import ways
from marketplace.pages.network.ways import MOST_STEPS, Search, find_way
from tests.network.woven import HIDDEN, Link, ref, weave
from tests.site import TestSite

SHORT: list[Link] = [("worker-a", "MEMBER_OF", "studio-1"), ("worker-b", "MEMBER_OF", "studio-1")]
LONG: list[Link] = [
    ("worker-a", "CONTRIBUTED_TO", "achievement-1"), ("worker-c", "CONTRIBUTED_TO", "achievement-1"), ("worker-c", "EMPLOYED_BY", "enterprise-1"),
    ("worker-b", "EMPLOYED_BY", "enterprise-1", date(2020, 1, 1), date(2024, 1, 1)),
]  # fmt: skip
THINGS = ["worker-a", "worker-b", "worker-c", "studio-1", "achievement-1", "enterprise-1", "skill-1"]
SKILLS: list[Link] = [("worker-a", "HAS_SKILL", "skill-1"), ("worker-b", "HAS_SKILL", "skill-1")]


def way(site: TestSite, start: str, goal: str, reader: tuple[str, ...] = ("public",), **more: object) -> list[str]:
    found = search(site, start, goal, reader, **more).way
    return [node.id for node in found.nodes] if found else []


def search(site: TestSite, start: str, goal: str, reader: tuple[str, ...] = ("public",), **more: object) -> Search:
    return site.graph.read(lambda tx: find_way(tx, ref(start), ref(goal), **more), reader=reader)  # type: ignore[arg-type]


def test_it_goes_round_what_the_reader_may_not_see(site: TestSite) -> None:
    weave(site.graph, THINGS, [*SHORT, *LONG], hidden=["studio-1"])
    assert way(site, "worker-a", "worker-b", HIDDEN) == ["worker-a", "studio-1", "worker-b"]
    assert way(site, "worker-a", "worker-b") == ["worker-a", "achievement-1", "worker-c", "enterprise-1", "worker-b"]
    assert way(site, "worker-a", "studio-1") == []
    assert way(site, "studio-1", "worker-a") == []


def test_relations_are_named_in_the_order_walked(site: TestSite) -> None:
    weave(site.graph, THINGS, LONG)
    found = search(site, "worker-a", "worker-b").way
    assert found is not None
    assert [edge.relation for edge in found.edges] == ["CONTRIBUTED_TO", "CONTRIBUTED_TO", "EMPLOYED_BY", "EMPLOYED_BY"]
    assert found.edges[-1].until == date(2024, 1, 1)
    back = search(site, "worker-b", "worker-a").way
    assert back is not None
    assert back.nodes == found.nodes[::-1]


def test_on_a_day_only_what_held_is_walked(site: TestSite) -> None:
    weave(site.graph, THINGS, LONG)
    for day, length in ((date(2019, 12, 31), 0), (date(2020, 1, 1), 5), (date(2023, 12, 31), 5), (date(2024, 1, 1), 0)):
        assert len(way(site, "worker-a", "worker-b", day=day)) == length, day


def test_a_shared_skill_is_a_way_only_when_asked_for(site: TestSite) -> None:
    weave(site.graph, THINGS, SKILLS)
    assert way(site, "worker-a", "worker-b") == []
    assert way(site, "worker-a", "worker-b", relations=("HAS_SKILL",)) == ["worker-a", "skill-1", "worker-b"]
    assert way(site, "worker-a", "skill-1") == ["worker-a", "skill-1"]


def test_others_of_the_same_length_are_counted(site: TestSite) -> None:
    twice: list[Link] = [("worker-a", "CONTRIBUTED_TO", "achievement-1"), ("worker-b", "CONTRIBUTED_TO", "achievement-1")]
    weave(site.graph, THINGS, [*SHORT, *twice])
    found = search(site, "worker-a", "worker-b").way
    assert found is not None
    assert found.others == 1
    assert found.nodes[1].id == "achievement-1", "by the order of names"


def test_the_same_thing_is_no_way_at_all(site: TestSite) -> None:
    weave(site.graph, THINGS, [])
    assert way(site, "worker-a", "worker-a") == ["worker-a"]


def chain(length: int) -> tuple[list[str], list[Link]]:
    """People and studios in turn."""
    ids = [f"{'worker' if number % 2 == 0 else 'studio'}-{number}" for number in range(length + 1)]
    pairs = pairwise(ids)
    return ids, [(a, "MEMBER_OF", b) if a.startswith("worker") else (b, "MEMBER_OF", a) for a, b in pairs]


@pytest.mark.parametrize(("length", "found"), [(1, True), (2, True), (5, True), (MOST_STEPS, True), (MOST_STEPS + 1, False)])
def test_longer_ways_are_none(site: TestSite, length: int, found: bool) -> None:
    ids, links = chain(length)
    weave(site.graph, ids, links)
    assert way(site, ids[0], ids[-1]) == (ids if found else [])


def test_where_it_was_cut_off_it_says_so(site: TestSite, monkeypatch: pytest.MonkeyPatch) -> None:
    weave(site.graph, THINGS, [*SHORT, *LONG])
    monkeypatch.setattr(ways, "MOST_MET", 1)
    assert search(site, "worker-a", "enterprise-1").is_cut
