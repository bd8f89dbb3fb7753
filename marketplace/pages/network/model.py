"""What a network is made of: things, relations with dates, and groups of what is not drawn one by one."""

from dataclasses import dataclass, replace
from datetime import date

from marketplace.kernel.rings import SHOWN

MOST_NODES = 150
"""An ego network opens with at most this many (STACK, graph sizes)."""
MOST_DRAWN = 2_000
"""All that a canvas holds; beyond it everything is in groups."""
AT_FIRST = 12
"""So many of one relation are drawn before a group stands for the rest: a picture is read, not admired."""
KINDS = ("worker", "studio", "association", "achievement", "patent", "enterprise", "need", "listing", "skill")
RELATIONS = SHOWN
"""What the picture may show; rights and bookkeeping stay out of it."""


@dataclass(frozen=True, slots=True, order=True)
class Ref:
    """A thing by its kind and id, as an address names it."""

    kind: str
    id: str

    def __str__(self) -> str:
        return f"{self.kind}:{self.id}"


@dataclass(frozen=True, slots=True, order=True)
class Branch:
    """One kind of relation of a thing, with one kind of thing at its other end."""

    of: Ref
    relation: str
    kind: str

    def __str__(self) -> str:
        return f"{self.of}:{self.relation}:{self.kind}"


@dataclass(frozen=True, slots=True)
class Node:
    id: str
    kind: str
    label: str

    @property
    def ref(self) -> Ref:
        return Ref(self.kind, self.id)


@dataclass(frozen=True, slots=True)
class Edge:
    """It holds from `since` until the day before `until`; without a date that side is open."""

    source: str
    target: str
    relation: str
    role: str = ""
    since: date | None = None
    until: date | None = None

    @property
    def is_dated(self) -> bool:
        return self.since is not None or self.until is not None

    def holds_on(self, day: date) -> bool:
        """Half-open: the first day is in, the last is not."""
        return (self.since is None or self.since <= day) and (self.until is None or day < self.until)


@dataclass(frozen=True, slots=True)
class Group:
    """What a branch has beyond what is drawn of it. `total` counts all of the branch that the reader may see."""

    branch: Branch
    total: int
    drawn: int
    at_least: bool = False

    @property
    def rest(self) -> int:
        return self.total - self.drawn


@dataclass(frozen=True, slots=True)
class Network:
    """`more`: how many things were met that are neither drawn nor in a group."""

    centre: Node
    nodes: tuple[Node, ...] = ()
    edges: tuple[Edge, ...] = ()
    more: int = 0
    groups: tuple[Group, ...] = ()
    way: "Way | None" = None

    def as_of(self, day: date | None) -> "Network":
        """The relations that hold on that day and whom they link; the centre stays, and what has no relation drawn at all."""
        if day is None:
            return self
        edges = tuple(edge for edge in self.edges if edge.holds_on(day))
        linked = {end for edge in edges for end in (edge.source, edge.target)}
        ever = {end for edge in self.edges for end in (edge.source, edge.target)}
        return replace(self, edges=edges, nodes=tuple(one for one in self.nodes if one.id in linked or one.id not in ever or one == self.centre))


@dataclass(frozen=True, slots=True)
class Way:
    """From thing to thing: `nodes` has one more than `edges`. `others`: ways of the same length, as far as they were counted."""

    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]
    others: int = 0
