"""Few relations at first, one kind more at a time, and an end to everything."""

import pytest

from marketplace.kernel.errors import NotFound
from marketplace.pages.network.composing import compose, neighbourhood
from marketplace.pages.network.counting import Count, list_counts
from marketplace.pages.network.model import AT_FIRST, MOST_DRAWN, MOST_NODES, RELATIONS, Branch, Network
from marketplace.pages.network.perspectives import FIRST, LENSES
from marketplace.pages.network.state import Opened, State
from tests.network.woven import HIDDEN, LABELS, Link, ref, staff, weave
from tests.site import TestSite

FIRM = ref("enterprise-1")
STAFF = Branch(FIRM, "EMPLOYED_BY", "worker")


def drawn(site: TestSite, state: State, of: str = "enterprise-1", reader: tuple[str, ...] = ("public",)) -> Network:
    return site.graph.read(lambda tx: compose(tx, ref(of), state, "people"), reader=reader)


def counted(site: TestSite, of: str, reader: tuple[str, ...] = ("public",)) -> list[Count]:
    return site.graph.read(lambda tx: list_counts(tx, ref(of)), reader=reader)


def test_every_kind_begins_with_something_that_it_can_have() -> None:
    assert set(FIRST) == set(LENSES)
    for kinds in FIRST.values():
        assert set(kinds) == set(LABELS)
        assert all(set(relations) < set(RELATIONS) for relations in kinds.values())


def test_few_are_drawn_at_first_and_a_group_stands_for_the_rest(site: TestSite) -> None:
    weave(site.graph, *staff(40))
    begun = drawn(site, State())
    assert len(begun.nodes) == 1 + AT_FIRST
    assert [(group.branch, group.total, group.rest) for group in begun.groups] == [(STAFF, 40, 40 - AT_FIRST)]
    more = drawn(site, State(opened=(Opened(STAFF, 37),)))
    assert (len(more.nodes), more.groups[0].rest) == (38, 3)
    assert {node.id for node in begun.nodes} < {node.id for node in more.nodes}, "what stood there stays"
    assert drawn(site, State(opened=(Opened(STAFF, 40),))).groups == ()


def test_one_kind_of_relation_opens_and_nothing_else(site: TestSite) -> None:
    links: list[Link] = [
        ("worker-1", "EMPLOYED_BY", "enterprise-1"), ("worker-1", "HAS_SKILL", "skill-1"), ("worker-1", "INVENTED", "patent-1"),
        ("patent-1", "OWNED_BY", "enterprise-1"),
    ]  # fmt: skip
    weave(site.graph, ["enterprise-1", "worker-1", "skill-1", "patent-1"], links)
    assert {node.id for node in drawn(site, State()).nodes} == {"enterprise-1", "worker-1"}
    opened = drawn(site, State(opened=(Opened(Branch(ref("worker-1"), "INVENTED", "patent")),)))
    assert {node.id for node in opened.nodes} == {"enterprise-1", "worker-1", "patent-1"}
    assert {edge.relation for edge in opened.edges} == {"EMPLOYED_BY", "INVENTED", "OWNED_BY"}, "and how they are linked among each other"


def test_counts_are_per_relation_and_kind_and_know_no_person_twice(site: TestSite) -> None:
    links: list[Link] = [
        ("worker-1", "MEMBER_OF", "studio-1"), ("worker-1", "MEMBER_OF", "studio-1"), ("worker-2", "MEMBER_OF", "studio-1"),
        ("worker-3", "MEMBER_OF", "studio-1"), ("achievement-1", "PRODUCED_BY", "studio-1"),
    ]  # fmt: skip
    weave(site.graph, ["studio-1", "worker-1", "worker-2", "worker-3", "achievement-1"], links, hidden=["worker-3"])
    of = ref("studio-1")
    assert counted(site, "studio-1") == [Count(Branch(of, "MEMBER_OF", "worker"), 2), Count(Branch(of, "PRODUCED_BY", "achievement"), 1)]
    assert counted(site, "studio-1", HIDDEN)[0].total == 3
    assert counted(site, "worker-3") == []


def test_an_ego_and_a_canvas_have_an_end(site: TestSite) -> None:
    weave(site.graph, *staff(MOST_NODES + 30))
    assert len(drawn(site, State(opened=(Opened(STAFF, MOST_NODES),))).nodes) == 1 + MOST_NODES, "of one branch"
    firms = [f"enterprise-{number}" for number in range(2, 18)]
    people = [f"worker-{firm}-{number}" for firm in firms for number in range(MOST_NODES)]
    weave(site.graph, [*firms, *people], [(one, "EMPLOYED_BY", one.removeprefix("worker-").rpartition("-")[0]) for one in people])
    opened = tuple(Opened(Branch(ref(firm), "EMPLOYED_BY", "worker"), MOST_NODES) for firm in firms)
    full = drawn(site, State(opened=opened))
    assert len(full.nodes) == MOST_DRAWN
    assert full.groups, "the rest is in groups"


def test_what_is_hidden_by_the_reader_is_neither_drawn_nor_a_rest(site: TestSite) -> None:
    weave(site.graph, *staff(14))
    some = drawn(site, State(opened=(Opened(STAFF, 14),), hidden=(ref("worker-0003"), FIRM)))
    assert "worker-0003" not in {node.id for node in some.nodes}
    assert some.centre.id == "enterprise-1", "the middle stays"
    assert (len(some.nodes), some.groups) == (14, ())


def test_what_is_added_stands_beside_and_what_is_not_theirs_does_not(site: TestSite) -> None:
    weave(site.graph, ["enterprise-1", "worker-1", "worker-2", "skill-1"], [("worker-2", "HAS_SKILL", "skill-1")], hidden=["worker-2"])
    state = State(added=(ref("worker-1"), ref("worker-2"), ref("worker-9")), opened=(Opened(Branch(ref("worker-2"), "HAS_SKILL", "skill")),))
    assert {node.id for node in drawn(site, state).nodes} == {"enterprise-1", "worker-1"}
    for missing in ("worker-2", "enterprise-9", "skill-9"):
        with pytest.raises(NotFound):
            drawn(site, State(), missing)
    with pytest.raises(NotFound):
        site.graph.read(lambda tx: neighbourhood(tx, "studio", "worker-1"))
