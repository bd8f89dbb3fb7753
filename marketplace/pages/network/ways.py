"""The shortest way between two things, looked for from both ends at once. Only what the reader may see is ever walked on."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from graph.connection import Transaction
from marketplace.kernel.rings import CONNECTING
from marketplace.pages.network.model import RELATIONS, Edge, Node, Ref, Way
from marketplace.pages.network.repository import Step, list_nodes, steps_from

MOST_STEPS = 6
"""Longer ways say nothing: six steps link nearly everybody with everybody."""
MOST_MET = 6_000
"""Relations read in one step; a way that is only found beyond them is not found, and the answer says that it was cut off."""
MOST_SEEN = 20_000


@dataclass(frozen=True, slots=True)
class Search:
    """`is_cut`: there was more to look through than is looked through."""

    way: Way | None
    is_cut: bool = False


@dataclass(slots=True)
class _Side:
    """What was reached from one end, and from where: (the thing before, the relation) for each way of the same length."""

    frontier: list[Ref]
    nodes: dict[Ref, Node]
    before: dict[Ref, dict[Ref, Edge]] = field(default_factory=dict)
    is_cut: bool = False

    def grow(self, tx: Transaction, relations: Iterable[str], day: date | None) -> None:
        met = steps_from(tx, self.frontier, relations, MOST_MET)
        self.is_cut = self.is_cut or len(met) >= MOST_MET
        of, reached = {ref.id: ref for ref in self.frontier}, dict[Ref, dict[Ref, Edge]]()
        for step in sorted(met, key=_by_name):
            if step.node.ref not in self.nodes and (day is None or step.edge.holds_on(day)):
                reached.setdefault(step.node.ref, {}).setdefault(of[step.of], step.edge)
                self.before[step.node.ref] = reached[step.node.ref]
        self.nodes |= {step.node.ref: step.node for step in met if step.node.ref in reached}
        self.frontier = list(reached)

    def ways_to(self, ref: Ref, known: dict[Ref, int]) -> int:
        if ref not in known:
            known[ref] = sum(self.ways_to(one, known) for one in self.before.get(ref, ())) or 1
        return known[ref]

    def back(self, ref: Ref) -> tuple[list[Ref], list[Edge]]:
        """From `ref` to this side's end, by the first way in the order of names."""
        refs, edges = [ref], list[Edge]()
        while before := self.before.get(refs[-1]):
            one = min(before, key=lambda other: (self.nodes[other].label, other))
            edges.append(before[one])
            refs.append(one)
        return refs, edges


def _by_name(step: Step) -> tuple[str, str, bool, str]:
    """What still holds stands before what is over."""
    return step.label, step.id, step.until is not None, step.relation


def find_way(tx: Transaction, start: Ref, goal: Ref, relations: tuple[str, ...] = (), day: date | None = None, most: int = MOST_STEPS) -> Search:
    """At most `most` relations long, of those that hold on `day`. None for an end that the reader may not see."""
    ends = {node.ref: node for node in list_nodes(tx, [start, goal])}
    if start not in ends or goal not in ends:
        return Search(None)
    if start == goal:
        return Search(Way((ends[start],), ()))
    walked = relations or (RELATIONS if "skill" in (start.kind, goal.kind) else CONNECTING)
    one, other = _Side([start], {start: ends[start]}), _Side([goal], {goal: ends[goal]})
    for _length in range(most):
        side = one if len(one.frontier) <= len(other.frontier) else other
        side.grow(tx, walked, day)
        if meeting := [ref for ref in side.frontier if ref in (other if side is one else one).nodes]:
            return Search(_joined(one, other, meeting), one.is_cut or other.is_cut)
        if not side.frontier or len(one.nodes) + len(other.nodes) > MOST_SEEN:
            return Search(None, is_cut=bool(side.frontier) or one.is_cut or other.is_cut)
    return Search(None, one.is_cut or other.is_cut)


def _joined(one: _Side, other: _Side, meeting: list[Ref]) -> Way:
    known: tuple[dict[Ref, int], dict[Ref, int]] = ({}, {})
    ways = sum(one.ways_to(ref, known[0]) * other.ways_to(ref, known[1]) for ref in meeting)
    middle = min(meeting, key=lambda ref: (one.nodes[ref].label, ref))
    (there, first), (back, last) = one.back(middle), other.back(middle)
    nodes = one.nodes | other.nodes
    return Way(tuple(nodes[ref] for ref in (*reversed(there), *back[1:])), (*reversed(first), *last), ways - 1)
