"""The neighbourhood in one read: every node and both ends of every relation are filtered by the reader's tokens."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import LiteralString

from graph.connection import Transaction
from graph.records import reader
from marketplace.kernel.errors import NotFound

MOST_NODES = 150
"""An ego network opens with at most this many (STACK, graph sizes)."""


@dataclass(frozen=True, slots=True)
class Node:
    id: str
    kind: str
    label: str


@dataclass(frozen=True, slots=True)
class Edge:
    source: str
    target: str
    relation: str
    role: str = ""
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Neighbourhood:
    centre: Node
    nodes: tuple[Node, ...] = ()
    edges: tuple[Edge, ...] = ()
    more: int = 0


START_ACHIEVEMENT = (
    "MATCH (n:Achievement {id: $id}) WHERE any(t IN n.audience WHERE t IN $reader) RETURN n.id AS id, 'achievement' AS kind, n.title AS label"
)
START_LISTING = "MATCH (n:Listing {id: $id}) WHERE any(t IN n.audience WHERE t IN $reader) RETURN n.id AS id, 'listing' AS kind, n.title AS label"
START_NEED = "MATCH (n:Need {id: $id}) WHERE any(t IN n.audience WHERE t IN $reader) RETURN n.id AS id, 'need' AS kind, n.title AS label"
START_PATENT = "MATCH (n:Patent {id: $id}) WHERE any(t IN n.audience WHERE t IN $reader) RETURN n.id AS id, 'patent' AS kind, n.title AS label"
START_STUDIO = "MATCH (n:Studio {id: $id}) WHERE any(t IN n.audience WHERE t IN $reader) RETURN n.id AS id, 'studio' AS kind, n.name AS label"
START_ASSOCIATION = (
    "MATCH (n:Association {id: $id}) WHERE any(t IN n.audience WHERE t IN $reader) RETURN n.id AS id, 'association' AS kind, n.name AS label"
)
START_ENTERPRISE = (
    "MATCH (n:Enterprise {id: $id}) WHERE any(t IN n.audience WHERE t IN $reader) RETURN n.id AS id, 'enterprise' AS kind, n.name AS label"
)
START_WORKER = "MATCH (n:Worker {id: $id}) WHERE any(t IN n.audience WHERE t IN $reader) RETURN n.id AS id, 'worker' AS kind, n.name AS label"
START_SKILL = "MATCH (n:Skill {id: $id}) RETURN n.id AS id, 'skill' AS kind, n.zh AS label"
STARTS: dict[str, LiteralString] = {
    "achievement": START_ACHIEVEMENT, "listing": START_LISTING, "need": START_NEED, "patent": START_PATENT, "studio": START_STUDIO,
    "association": START_ASSOCIATION, "enterprise": START_ENTERPRISE, "worker": START_WORKER, "skill": START_SKILL,
}  # fmt: skip


def get_centre(tx: Transaction, kind: str, id: str) -> Node:
    """Raises NotFound for another kind's id, and for what the reader may not see."""
    if kind not in STARTS:
        raise NotFound(kind)
    return tx.one(STARTS[kind], reader(Node), id=id)


FAN = """
MATCH (n)-[r]-(m)
WHERE type(r) IN $relations AND (m:Skill OR any(token IN m.audience WHERE token IN $reader))
  AND (type(r) <> 'POSTED_BY' OR startNode(r).visibility <> 'anonymous' OR any(token IN startNode(r).guarded_audience WHERE token IN $reader))
RETURN startNode(r).id AS source, endNode(r).id AS target, type(r) AS relation, coalesce(r.role, '') AS role, r.since AS since, r.until AS until,
  m.id AS id, toLower(labels(m)[0]) AS kind, coalesce(m.title, m.name, m.zh) AS label
LIMIT 2000
"""
FAN_ACHIEVEMENT = f"UNWIND $ids AS id MATCH (n:Achievement {{id: id}}) {FAN}"
FAN_LISTING = f"UNWIND $ids AS id MATCH (n:Listing {{id: id}}) {FAN}"
FAN_NEED = f"UNWIND $ids AS id MATCH (n:Need {{id: id}}) {FAN}"
FAN_PATENT = f"UNWIND $ids AS id MATCH (n:Patent {{id: id}}) {FAN}"
FAN_STUDIO = f"UNWIND $ids AS id MATCH (n:Studio {{id: id}}) {FAN}"
FAN_ASSOCIATION = f"UNWIND $ids AS id MATCH (n:Association {{id: id}}) {FAN}"
FAN_ENTERPRISE = f"UNWIND $ids AS id MATCH (n:Enterprise {{id: id}}) {FAN}"
FAN_WORKER = f"UNWIND $ids AS id MATCH (n:Worker {{id: id}}) {FAN}"
FAN_SKILL = f"UNWIND $ids AS id MATCH (n:Skill {{id: id}}) {FAN}"
FANS: dict[str, LiteralString] = {
    "achievement": FAN_ACHIEVEMENT, "listing": FAN_LISTING, "need": FAN_NEED, "patent": FAN_PATENT, "studio": FAN_STUDIO,
    "association": FAN_ASSOCIATION, "enterprise": FAN_ENTERPRISE, "worker": FAN_WORKER, "skill": FAN_SKILL,
}  # fmt: skip
RELATIONS = (
    "PRODUCED_BY", "CONTRIBUTED_TO", "ADOPTED_BY", "PROTECTED_BY", "OFFERS", "OFFERED_BY", "USES_SKILL", "POSTED_BY", "REQUIRES", "INVENTED",
    "OWNED_BY", "MEMBER_OF", "HOSTED_BY", "EMPLOYED_BY", "HAS_SKILL",
)  # fmt: skip
"""What the picture may show; rights and bookkeeping stay out of it."""


@dataclass(frozen=True, slots=True)
class Step:
    """One relation met, with the node at its other end."""

    source: str
    target: str
    relation: str
    id: str
    kind: str
    label: str
    role: str = ""
    since: date | None = None
    until: date | None = None

    @property
    def node(self) -> Node:
        return Node(self.id, self.kind, self.label)

    @property
    def edge(self) -> Edge:
        return Edge(self.source, self.target, self.relation, self.role, self.since, self.until)


def _steps_from(tx: Transaction, nodes: Iterable[Node], relations: tuple[str, ...]) -> list[Step]:
    by_kind: dict[str, list[str]] = {}
    for node in nodes:
        by_kind.setdefault(node.kind, []).append(node.id)
    return [step for kind, ids in by_kind.items() if kind in FANS for step in tx.all(FANS[kind], reader(Step), ids=ids, relations=relations)]


def neighbourhood(tx: Transaction, kind: str, id: str, steps: int = 1, relations: tuple[str, ...] = RELATIONS) -> Neighbourhood:
    """The centre, what lies within `steps` of it and the relations among all of them. Raises NotFound."""
    centre = get_centre(tx, kind, id)
    nodes, edges, ring, more = {centre.id: centre}, dict[Edge, None](), [centre], 0
    for step in range(steps + 1):
        met = _steps_from(tx, ring, relations)
        ring = []
        for one in met if step < steps else ():
            if one.id not in nodes and len(nodes) < MOST_NODES:
                nodes[one.id] = one.node
                ring.append(one.node)
        more += len({one.id for one in met if one.id not in nodes}) if step < steps else 0
        edges |= dict.fromkeys(one.edge for one in met if one.source in nodes and one.target in nodes)
    return Neighbourhood(centre, tuple(nodes.values()), tuple(edges), more)


LOOK_UP = """
MATCH (n:Worker) WHERE n.name CONTAINS $text AND any(token IN n.audience WHERE token IN $reader)
RETURN n.id AS id, 'worker' AS kind, n.name AS label LIMIT 5
UNION MATCH (n:Studio) WHERE n.name CONTAINS $text AND any(token IN n.audience WHERE token IN $reader)
RETURN n.id AS id, 'studio' AS kind, n.name AS label LIMIT 5
UNION MATCH (n:Enterprise) WHERE n.name CONTAINS $text AND any(token IN n.audience WHERE token IN $reader)
RETURN n.id AS id, 'enterprise' AS kind, n.name AS label LIMIT 5
UNION MATCH (n:Achievement) WHERE n.title CONTAINS $text AND any(token IN n.audience WHERE token IN $reader)
RETURN n.id AS id, 'achievement' AS kind, n.title AS label LIMIT 5
UNION MATCH (n:Skill) WHERE n.zh CONTAINS $text
RETURN n.id AS id, 'skill' AS kind, n.zh AS label LIMIT 5
"""


def look_up(tx: Transaction, text: str) -> list[Node]:
    """Where one may start: people, studios, firms, achievements and skills whose name holds the text."""
    return tx.all(LOOK_UP, reader(Node), text=text)
