"""One read a step: every node and both ends of every relation are filtered by the reader's tokens, and each read has an end."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import LiteralString

from graph.connection import Transaction
from graph.records import reader
from marketplace.kernel.errors import NotFound
from marketplace.kernel.rings import SEEN
from marketplace.pages.network.model import RELATIONS, Edge, Node, Ref

MOST_ROWS = 2_000
"""Relations that one step of a picture reads."""

VISIBLE = "any(token IN n.audience WHERE token IN $reader)"
START = f"WHERE {VISIBLE} RETURN n.id AS id, toLower(labels(n)[0]) AS kind, coalesce(n.title, n.name) AS label"
START_ACHIEVEMENT = f"UNWIND $ids AS id MATCH (n:Achievement {{id: id}}) {START}"
START_LISTING = f"UNWIND $ids AS id MATCH (n:Listing {{id: id}}) {START}"
START_NEED = f"UNWIND $ids AS id MATCH (n:Need {{id: id}}) {START}"
START_PATENT = f"UNWIND $ids AS id MATCH (n:Patent {{id: id}}) {START}"
START_STUDIO = f"UNWIND $ids AS id MATCH (n:Studio {{id: id}}) {START}"
START_ASSOCIATION = f"UNWIND $ids AS id MATCH (n:Association {{id: id}}) {START}"
START_ENTERPRISE = f"UNWIND $ids AS id MATCH (n:Enterprise {{id: id}}) {START}"
START_WORKER = f"UNWIND $ids AS id MATCH (n:Worker {{id: id}}) {START}"
START_SKILL = "UNWIND $ids AS id MATCH (n:Skill {id: id}) RETURN n.id AS id, 'skill' AS kind, n.zh AS label"
STARTS: dict[str, LiteralString] = {
    "achievement": START_ACHIEVEMENT, "listing": START_LISTING, "need": START_NEED, "patent": START_PATENT, "studio": START_STUDIO,
    "association": START_ASSOCIATION, "enterprise": START_ENTERPRISE, "worker": START_WORKER, "skill": START_SKILL,
}  # fmt: skip


def list_nodes(tx: Transaction, refs: Iterable[Ref]) -> list[Node]:
    """Of the things named, those that the reader may see, in the order named; of another kind's id nothing comes."""
    wanted = list(dict.fromkeys(refs))
    found = {node.ref: node for kind, ids in _by_kind(wanted).items() if kind in STARTS for node in tx.all(STARTS[kind], reader(Node), ids=ids)}
    return [found[ref] for ref in wanted if ref in found]


def get_centre(tx: Transaction, kind: str, id: str) -> Node:
    """Raises NotFound for another kind's id, and for what the reader may not see."""
    if not (found := list_nodes(tx, [Ref(kind, id)])):
        raise NotFound(id)
    return found[0]


def _by_kind(refs: Iterable[Ref]) -> dict[str, list[str]]:
    kinds: dict[str, list[str]] = {}
    for ref in refs:
        kinds.setdefault(ref.kind, []).append(ref.id)
    return kinds


TOLD = f"""
WHERE type(r) IN $relations AND {SEEN}
RETURN startNode(r).id AS source, endNode(r).id AS target, type(r) AS relation, coalesce(r.role, '') AS role, r.since AS since, r.until AS until,
  m.id AS id, toLower(labels(m)[0]) AS kind, coalesce(m.title, m.name, m.zh) AS label, n.id AS of
LIMIT $most
"""
FAN = f"MATCH (n)-[r]-(m) {TOLD}"
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


@dataclass(frozen=True, slots=True)
class Step:
    """One relation met, coming from the thing `of`, with the node at its other end."""

    source: str
    target: str
    relation: str
    id: str
    kind: str
    label: str
    of: str = ""
    role: str = ""
    since: date | None = None
    until: date | None = None

    @property
    def node(self) -> Node:
        return Node(self.id, self.kind, self.label)

    @property
    def edge(self) -> Edge:
        return Edge(self.source, self.target, self.relation, self.role, self.since, self.until)


def steps_from(tx: Transaction, refs: Iterable[Ref], relations: Iterable[str] = RELATIONS, most: int = MOST_ROWS) -> list[Step]:
    """All relations of these things, at most `most` for each kind of thing."""
    return _steps(tx, FANS, refs, relations, most)


def _steps(tx: Transaction, statements: dict[str, LiteralString], refs: Iterable[Ref], relations: Iterable[str], most: int) -> list[Step]:
    wanted = list(relations)
    return [
        step for kind, ids in _by_kind(refs).items() if kind in statements
        for step in tx.all(statements[kind], reader(Step), ids=ids, relations=wanted, most=most)
    ]  # fmt: skip


AMONG = f"MATCH (n)-[r]->(m) {TOLD}"
AMONG_ACHIEVEMENT = f"UNWIND $ids AS id MATCH (n:Achievement {{id: id}}) {AMONG}"
AMONG_LISTING = f"UNWIND $ids AS id MATCH (n:Listing {{id: id}}) {AMONG}"
AMONG_NEED = f"UNWIND $ids AS id MATCH (n:Need {{id: id}}) {AMONG}"
AMONG_PATENT = f"UNWIND $ids AS id MATCH (n:Patent {{id: id}}) {AMONG}"
AMONG_STUDIO = f"UNWIND $ids AS id MATCH (n:Studio {{id: id}}) {AMONG}"
AMONG_WORKER = f"UNWIND $ids AS id MATCH (n:Worker {{id: id}}) {AMONG}"
LEAVING: dict[str, LiteralString] = {
    "achievement": AMONG_ACHIEVEMENT, "listing": AMONG_LISTING, "need": AMONG_NEED, "patent": AMONG_PATENT, "studio": AMONG_STUDIO,
    "worker": AMONG_WORKER,
}  # fmt: skip
"""Every relation leaves a thing of these kinds, and few leave any one thing: a skill that thousands have costs nothing here."""


def steps_among(tx: Transaction, refs: Iterable[Ref], most: int = 10 * MOST_ROWS) -> list[Step]:
    """The relations that leave these things; those whose other end is elsewhere are the caller's to drop."""
    return _steps(tx, LEAVING, refs, RELATIONS, most)


LOOK_UP = f"""
MATCH (n:Worker) WHERE n.name CONTAINS $text AND {VISIBLE}
RETURN n.id AS id, 'worker' AS kind, n.name AS label LIMIT 5
UNION MATCH (n:Studio) WHERE n.name CONTAINS $text AND {VISIBLE}
RETURN n.id AS id, 'studio' AS kind, n.name AS label LIMIT 5
UNION MATCH (n:Enterprise) WHERE n.name CONTAINS $text AND {VISIBLE}
RETURN n.id AS id, 'enterprise' AS kind, n.name AS label LIMIT 5
UNION MATCH (n:Achievement) WHERE n.title CONTAINS $text AND {VISIBLE}
RETURN n.id AS id, 'achievement' AS kind, n.title AS label LIMIT 5
"""


def look_up(tx: Transaction, text: str) -> list[Node]:
    """Without the index: people, studios, firms and achievements whose name holds the text."""
    return tx.all(LOOK_UP, reader(Node), text=text)


LOOK_UP_SKILLS = "MATCH (n:Skill) WHERE n.zh CONTAINS $text RETURN n.id AS id, 'skill' AS kind, n.zh AS label ORDER BY label LIMIT 5"


def look_up_skills(tx: Transaction, text: str) -> list[Node]:
    return tx.all(LOOK_UP_SKILLS, reader(Node), text=text)
