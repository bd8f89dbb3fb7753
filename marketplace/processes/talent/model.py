"""An analysis of the talent network: what it is computed over, by which parameters, and what it finds.

**Rule of sight.** Everything is computed over what *every* officer may read: the nodes whose audience holds `public` or `signed-in`
(of people: those who agreed that their card is shown) and the relations between them that hold on the day. What only some may
see takes no part in a path, a count or a score; each page filters whom it names once more by its reader's tokens.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import ClassVar

from marketplace.kernel import centrality
from marketplace.kernel.permission import Permission
from marketplace.kernel.permissions import ADMINISTRATOR, OFFICER, PUBLIC, SIGNED_IN, Policy, administrator, officer
from marketplace.kernel.suppression import LEAST

EVERY_OFFICER = (PUBLIC, SIGNED_IN)
"""The tokens that no officer lacks: the network is read with these alone."""
AUDIENCE = (ADMINISTRATOR, OFFICER, "system")
LISTED = 100
"""So many key people and so many connectors are kept for the page."""
NAMED_SKILLS = 3
LEADERS = 3
PERSON = "worker"

P = Permission
POLICY = Policy({
    P.TALENT_READ: officer | administrator,
    P.TALENT_EXPORT: officer | administrator,
    P.TALENT_ANALYSE: administrator,
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class Parameters:
    """`most_pivots`: in a larger network betweenness is estimated from so many starting points, drawn by the seed."""

    seed: int = 20150017
    resolution: float = 1.0
    damping: float = 0.85
    most_pivots: int = 256


@dataclass(frozen=True, slots=True)
class Network:
    """`refs` are (kind, id), sorted; `links` name them by their number. What describes people stands beside it, by id."""

    refs: tuple[tuple[str, str], ...]
    links: tuple[tuple[int, int], ...]
    skills: dict[str, tuple[str, ...]] = field(default_factory=dict)
    employers: dict[str, str] = field(default_factory=dict)
    areas: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Figure:
    """Of one node in one run. `group` counts from 0; the first among people are `listed`, and of them alone it is said how many groups they reach."""

    kind: str
    entity_id: str
    group: int
    links: int
    influence: float
    bridging: float
    reach: int = 0
    listed: bool = False


@dataclass(frozen=True, slots=True)
class Group:
    """At least five people that belong together; named by what they can do most often, and where."""

    ordinal: int
    size: int
    people: int
    skills: tuple[str, ...]
    enterprise_id: str
    area: str
    leader_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Findings:
    figures: tuple[Figure, ...]
    groups: tuple[Group, ...]
    small_groups: int
    modularity: float
    pivots: int
    relations: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Analysis:
    """One run. Without `finished_at` it is under way or was killed; `problem` says why it failed."""

    KIND: ClassVar[str] = "analysis"
    READ: ClassVar[Permission] = Permission.TALENT_READ

    id: str
    day: date
    started_at: datetime
    finished_at: datetime | None = None
    seed: int = 0
    resolution: float = 1.0
    damping: float = 0.85
    most_pivots: int = 0
    pivots: int = 0
    nodes: int = 0
    relations: int = 0
    people: int = 0
    groups: int = 0
    small_groups: int = 0
    modularity: float = 0.0
    seconds: float = 0.0
    problem: str = ""

    @property
    def is_exact(self) -> bool:
        """Whether every node was a starting point of shortest paths."""
        return self.pivots == self.nodes


def examine(network: Network, parameters: Parameters) -> Findings:
    """The whole computation. The same network and parameters give the same findings."""
    links = centrality.links_of(len(network.refs), network.links)
    grouping = centrality.group(links, resolution=parameters.resolution, seed=parameters.seed)
    pivots = centrality.pivots_of(links.count, parameters.most_pivots, parameters.seed)
    columns = (grouping.groups, links.degrees, centrality.influence(links, damping=parameters.damping), centrality.bridging(links, pivots))
    rows = zip(network.refs, *(column.tolist() for column in columns), strict=True)
    figures = [Figure(kind, id, group, degree, rank, between) for (kind, id), group, degree, rank, between in rows]
    for at in _first(figures):
        figures[at] = replace(figures[at], listed=True, reach=centrality.reach(links, grouping.groups, at))
    groups, small = _groups_of(network, figures)
    return Findings(tuple(figures), groups, small, grouping.modularity, len(pivots), len(links.ones))


def _first(figures: list[Figure]) -> set[int]:
    """The numbers of the first among people, by influence and by bridging."""
    people = [(at, one) for at, one in enumerate(figures) if one.kind == PERSON and one.links]
    by_influence = sorted(people, key=lambda pair: (-pair[1].influence, pair[1].entity_id))[:LISTED]
    by_bridging = sorted((pair for pair in people if pair[1].bridging > 0), key=lambda pair: (-pair[1].bridging, pair[1].entity_id))[:LISTED]
    return {at for at, _one in (*by_influence, *by_bridging)}


def _groups_of(network: Network, figures: Iterable[Figure]) -> tuple[tuple[Group, ...], int]:
    """Those of at least five people, and how many smaller ones have at least one link."""
    members: dict[int, list[Figure]] = {}
    for one in figures:
        members.setdefault(one.group, []).append(one)
    large = {number: found for number, found in members.items() if sum(one.kind == PERSON for one in found) >= LEAST}
    small = sum(1 for number, found in members.items() if number not in large and len(found) > 1)
    return tuple(_group_of(network, number, found) for number, found in sorted(large.items())), small


def _group_of(network: Network, number: int, members: list[Figure]) -> Group:
    people = [one.entity_id for one in members if one.kind == PERSON]
    leaders = sorted((one for one in members if one.kind == PERSON), key=lambda one: (-one.influence, one.entity_id))[:LEADERS]
    return Group(
        number, len(members), len(people),
        skills=_most_frequent((skill for id in people for skill in network.skills.get(id, ())), NAMED_SKILLS),
        enterprise_id=next(iter(_most_frequent((network.employers[id] for id in people if id in network.employers), 1)), ""),
        area=next(iter(_most_frequent((network.areas[id] for id in people if network.areas.get(id)), 1)), ""),
        leader_ids=tuple(one.entity_id for one in leaders),
    )  # fmt: skip


def _most_frequent(words: Iterable[str], most: int) -> tuple[str, ...]:
    """What fewer than five people share names no group."""
    counts = Counter(words)
    return tuple(word for word, count in sorted(counts.items(), key=lambda one: (-one[1], one[0]))[:most] if count >= LEAST)


@dataclass(frozen=True, slots=True, kw_only=True)
class Export:
    """Figures over people that somebody took out of the site, for the audit alone: `view` names the page."""

    KIND: ClassVar[str] = "talent-export"
    READ: ClassVar[Permission] = Permission.TALENT_EXPORT

    id: str
    version: int = 1
    view: str
