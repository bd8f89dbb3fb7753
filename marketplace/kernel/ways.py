"""How two things are linked: what was met around them, and the ways through it, the shortest first."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date

MOST_WAYS = 300
"""Nobody reads more; whoever needs them narrows the question."""


@dataclass(frozen=True, slots=True)
class Node:
    kind: str
    id: str
    label: str = ""


@dataclass(frozen=True, slots=True)
class Link:
    """A relation as it is stored. `day` is when a joint work was finished or a patent filed: such a relation has no dates of its own."""

    source: str
    target: str
    relation: str
    role: str = ""
    since: date | None = None
    until: date | None = None
    day: date | None = None

    @property
    def key(self) -> tuple[str, str, str]:
        return self.source, self.target, self.relation

    @property
    def ended_on(self) -> date:
        """For comparing; what has no end lasts for ever."""
        return self.until or self.day or date.max

    def other(self, id: str) -> str:
        return self.target if id == self.source else self.source


@dataclass(frozen=True, slots=True)
class Way:
    """`links[i]` stands between `nodes[i]` and `nodes[i + 1]`, in whichever direction."""

    nodes: tuple[Node, ...]
    links: tuple[Link, ...] = ()

    @property
    def steps(self) -> int:
        return len(self.links)

    @property
    def between(self) -> tuple[Node, ...]:
        """Without its two ends."""
        return self.nodes[1:-1]


@dataclass(frozen=True, slots=True)
class Ways:
    """`cut`: there was more than is looked at, so that ways may be missing."""

    found: tuple[Way, ...] = ()
    cut: bool = False


@dataclass(slots=True)
class Web:
    """What was met so far. Of two relations of one kind between the same two, the one that lasts longer is kept."""

    nodes: dict[str, Node] = field(default_factory=dict)
    links: dict[tuple[str, str, str], Link] = field(default_factory=dict)
    beside: dict[str, set[tuple[str, str, str]]] = field(default_factory=dict)
    cut: bool = False

    def add(self, node: Node, link: Link) -> None:
        """A relation that was met, with the node at its other end."""
        self.nodes.setdefault(node.id, node)
        known = self.links.get(link.key)
        if known is None or known.ended_on < link.ended_on:
            self.links[link.key] = link
        for id in (link.source, link.target):
            self.beside.setdefault(id, set()).add(link.key)

    def around(self, id: str) -> list[Link]:
        return [self.links[key] for key in sorted(self.beside.get(id, ()))]

    def distances(self, ends: Iterable[str], most: int) -> dict[str, int]:
        """Steps from each node to the nearest of the ends, up to `most`."""
        far = dict.fromkeys(ends, 0)
        ring = list(far)
        for step in range(1, most + 1):
            met = {link.other(id): step for id in ring for link in self.around(id)}
            ring = [id for id in met if id not in far]
            far |= dict.fromkeys(ring, step)
        return far


def ways_through(web: Web, starts: Collection[str], ends: Collection[str], most_steps: int, most: int = MOST_WAYS) -> Ways:
    """Every way without a turn back, the shortest first; none leads through another start or end."""
    far = web.distances(ends, most_steps)
    found: list[Way] = []
    for steps in range(1, most_steps + 1):
        for start in starts:
            for links in _exactly(web, far, (start,), frozenset({*starts, *ends}), (), steps):
                if len(found) == most:
                    return Ways(tuple(found), True)
                found.append(_way(web, start, links))
    return Ways(tuple(found), web.cut)


def _exactly(
    web: Web, far: dict[str, int], walked: tuple[str, ...], closed: frozenset[str], links: tuple[Link, ...], left: int
) -> Iterator[tuple[Link, ...]]:
    """Never a step into a corner: `far` says what can still be reached."""
    for link in web.around(walked[-1]):
        at = link.other(walked[-1])
        if at in walked or far.get(at, left) > left - 1:
            continue
        if left == 1:
            yield (*links, link)
        elif at not in closed:
            yield from _exactly(web, far, (*walked, at), closed, (*links, link), left - 1)


def _way(web: Web, start: str, links: tuple[Link, ...]) -> Way:
    ids = [start]
    for link in links:
        ids.append(link.other(ids[-1]))
    return Way(tuple(web.nodes[id] for id in ids), links)
