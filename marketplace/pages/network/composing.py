"""What is drawn for a state: the first picture, what was opened, what was added, the way, and the relations among all of them."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from graph.connection import Transaction
from marketplace.pages.network.model import AT_FIRST, MOST_DRAWN, MOST_NODES, RELATIONS, Branch, Group, Network, Node, Ref, Way
from marketplace.pages.network.perspectives import FIRST, TECHNOLOGY
from marketplace.pages.network.repository import MOST_ROWS, Step, get_centre, list_nodes, steps_among, steps_from
from marketplace.pages.network.state import ALL, State
from marketplace.pages.network.ways import find_way


@dataclass(slots=True)
class _Canvas:
    """Filled in the order in which things matter; what comes when it is full is only counted."""

    hidden: frozenset[Ref]
    nodes: dict[Ref, Node] = field(default_factory=dict)
    branches: dict[Branch, "_Unfolded"] = field(default_factory=dict)

    def put(self, nodes: Iterable[Node], most: int = MOST_DRAWN) -> list[Node]:
        """Those that are new here."""
        new = []
        for node in nodes:
            if node.ref not in self.nodes and node.ref not in self.hidden and len(self.nodes) < most:
                self.nodes[node.ref] = node
                new.append(node)
        return new

    def unfold(self, branch: Branch, steps: list[Step], count: int, most: int, *, is_cut: bool) -> list[Node]:
        """The first `count` of a branch, those that are drawn already among them."""
        others = {step.node.ref: step.node for step in sorted(steps, key=lambda step: (step.label, step.id))}
        self.branches[branch] = _Unfolded(tuple(others), is_cut)
        here = [node for ref, node in others.items() if ref in self.nodes]
        fresh = [node for ref, node in others.items() if ref not in self.nodes and ref not in self.hidden]
        return self.put(fresh[: max(count - len(here), 0)], most)

    def groups(self) -> tuple[Group, ...]:
        """One for each branch that has more than is drawn of it. What the reader hid is no rest."""
        found = []
        for branch, unfolded in self.branches.items():
            drawn = sum(ref in self.nodes or ref in self.hidden for ref in unfolded.others)
            if branch.of in self.nodes and drawn < len(unfolded.others):
                found.append(Group(branch, len(unfolded.others), drawn, unfolded.is_cut))
        return tuple(found)


@dataclass(frozen=True, slots=True)
class _Unfolded:
    others: tuple[Ref, ...]
    is_cut: bool


def compose(tx: Transaction, ref: Ref, state: State, lens: str = TECHNOLOGY) -> Network:
    """All that the state asks for and the reader may see, at any time: `Network.as_of` picks a day. Raises NotFound for the centre alone."""
    centre = get_centre(tx, ref.kind, ref.id)
    canvas = _Canvas(frozenset(state.hidden) - {ref})
    canvas.put([centre])
    _begin(tx, canvas, ref, state, state.lens or lens)
    canvas.put(list_nodes(tx, [*state.added, *(one.branch.of for one in state.opened)]))
    for one in state.opened:
        _open(tx, canvas, one.branch, one.count)
    way = find_way(tx, *state.way).way if state.way else None
    canvas.put(way.nodes if way else ())
    return _drawn(tx, canvas, centre, way)


def neighbourhood(tx: Transaction, kind: str, id: str, steps: int = 1, relations: tuple[str, ...] = RELATIONS) -> Network:
    """The centre and what lies within `steps` of it by these relations. Raises NotFound."""
    return compose(tx, Ref(kind, id), State(steps=steps, relations=relations))


def _begin(tx: Transaction, canvas: _Canvas, centre: Ref, state: State, lens: str) -> None:
    """Ring by ring. A branch that was opened shows as much as was asked for."""
    counts = {one.branch: one.count for one in state.opened}
    ring = [centre]
    for _step in range(state.steps):
        steps = [step for kind in dict.fromkeys(ref.kind for ref in ring) for step in _first_steps(tx, ring, kind, state, lens)]
        ring = []
        for branch, found in _by_branch(steps, canvas).items():
            new = canvas.unfold(branch, found, counts.get(branch, AT_FIRST), MOST_NODES, is_cut=len(steps) >= MOST_ROWS)
            ring += [node.ref for node in new]


def _first_steps(tx: Transaction, ring: list[Ref], kind: str, state: State, lens: str) -> list[Step]:
    chosen = RELATIONS if ALL in state.relations else state.relations or FIRST[lens][kind]
    return steps_from(tx, [ref for ref in ring if ref.kind == kind], chosen)


def _by_branch(steps: list[Step], canvas: _Canvas) -> dict[Branch, list[Step]]:
    """In the order of the relations that matter first."""
    of = {ref.id: ref for ref in canvas.nodes}
    branches: dict[Branch, list[Step]] = {}
    for step in sorted(steps, key=lambda step: RELATIONS.index(step.relation)):
        branches.setdefault(Branch(of[step.of], step.relation, step.kind), []).append(step)
    return branches


def _open(tx: Transaction, canvas: _Canvas, branch: Branch, count: int) -> None:
    """Of a thing that is not drawn nothing is opened: it is hidden, or not theirs to see."""
    if branch.of not in canvas.nodes:
        return
    met = steps_from(tx, [branch.of], [branch.relation])
    canvas.unfold(branch, [step for step in met if step.kind == branch.kind], count, MOST_DRAWN, is_cut=len(met) >= MOST_ROWS)


def _drawn(tx: Transaction, canvas: _Canvas, centre: Node, way: Way | None) -> Network:
    ids = {ref.id for ref in canvas.nodes}
    among = [step.edge for step in steps_among(tx, canvas.nodes)]
    edges = dict.fromkeys(edge for edge in among if edge.source in ids and edge.target in ids)
    groups = canvas.groups()
    way = way if way and all(node.ref in canvas.nodes for node in way.nodes) else None
    return Network(centre, tuple(canvas.nodes.values()), tuple(edges), sum(one.rest for one in groups), groups, way)
