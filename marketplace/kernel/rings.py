"""Rings around things, read kind by kind: nothing that the reader may not see is met, so nothing hidden is on a way, in a count or in a file."""

from collections.abc import Collection, Iterable
from typing import LiteralString

from neo4j import Record

from graph.connection import Transaction
from graph.records import loaded
from marketplace.kernel.ways import MOST_WAYS, Link, Node, Ways, Web, ways_through

MOST_MET = 4_000
"""Relations read around one kind in one step."""
MOST_IN_RING = 1_000
"""Things whose surroundings are read in one step."""
MOST_NODES = 2_000
SHOWN = (
    "PRODUCED_BY", "CONTRIBUTED_TO", "ADOPTED_BY", "PROTECTED_BY", "OFFERS", "OFFERED_BY", "USES_SKILL", "POSTED_BY", "REQUIRES", "INVENTED",
    "OWNED_BY", "MEMBER_OF", "HOSTED_BY", "EMPLOYED_BY", "HAS_SKILL",
)  # fmt: skip
"""What anybody may be told of a network, as far as both ends may be seen."""
SKILLS = ("USES_SKILL", "REQUIRES", "HAS_SKILL")
CONNECTING = tuple(name for name in SHOWN if name not in SKILLS)
"""What links people and places; two who know the same skill need not know each other."""

SEEN = """
(m:Skill OR any(token IN m.audience WHERE token IN $reader))
  AND (NOT (type(r) IN coalesce(startNode(r).concealed, []) OR type(r) = 'DECLARED_KIN' OR type(r) = 'EMPLOYED_BY' AND r.until IS NOT NULL
      OR type(r) = 'POSTED_BY' AND startNode(r).visibility = 'anonymous')
    OR any(token IN startNode(r).guarded_audience WHERE token IN $reader))
"""
"""Of a relation `r` to `m`: the other end is theirs to see, and what only the insiders of its beginning may know is told to them alone: what a
person did not agree to show, earlier employers, kinship, who posted an anonymous need."""

MET = f"""
MATCH (n)-[r]-(m)
WHERE type(r) IN $relations AND ($within IS NULL OR m.id IN $within) AND {SEEN}
RETURN startNode(r).id AS source, endNode(r).id AS target, type(r) AS relation, coalesce(r.role, r.kin, '') AS role, r.since AS since,
  r.until AS until, CASE WHEN type(r) = 'CONTRIBUTED_TO' THEN endNode(r).completed_on WHEN type(r) = 'INVENTED' THEN endNode(r).filed_on END AS day,
  m.id AS id, toLower(labels(m)[0]) AS kind, coalesce(m.title, m.name, m.zh) AS label
LIMIT $most
"""
MET_BY_ACHIEVEMENT = f"UNWIND $ids AS id MATCH (n:Achievement {{id: id}}) {MET}"
MET_BY_LISTING = f"UNWIND $ids AS id MATCH (n:Listing {{id: id}}) {MET}"
MET_BY_NEED = f"UNWIND $ids AS id MATCH (n:Need {{id: id}}) {MET}"
MET_BY_PATENT = f"UNWIND $ids AS id MATCH (n:Patent {{id: id}}) {MET}"
MET_BY_STUDIO = f"UNWIND $ids AS id MATCH (n:Studio {{id: id}}) {MET}"
MET_BY_ASSOCIATION = f"UNWIND $ids AS id MATCH (n:Association {{id: id}}) {MET}"
MET_BY_ENTERPRISE = f"UNWIND $ids AS id MATCH (n:Enterprise {{id: id}}) {MET}"
MET_BY_WORKER = f"UNWIND $ids AS id MATCH (n:Worker {{id: id}}) {MET}"
MET_BY_SKILL = f"UNWIND $ids AS id MATCH (n:Skill {{id: id}}) {MET}"
STATEMENTS: dict[str, LiteralString] = {
    "achievement": MET_BY_ACHIEVEMENT, "listing": MET_BY_LISTING, "need": MET_BY_NEED, "patent": MET_BY_PATENT, "studio": MET_BY_STUDIO,
    "association": MET_BY_ASSOCIATION, "enterprise": MET_BY_ENTERPRISE, "worker": MET_BY_WORKER, "skill": MET_BY_SKILL,
}  # fmt: skip
KINDS = tuple(STATEMENTS)


def _step(row: Record) -> tuple[Node, Link]:
    """By hand: a ring has thousands."""
    link = Link(row["source"], row["target"], row["relation"], row["role"], loaded(row["since"]), loaded(row["until"]), loaded(row["day"]))  # type: ignore[arg-type]
    return Node(row["kind"], row["id"], row["label"]), link


def meet(tx: Transaction, web: Web, ring: Collection[Node], relations: Iterable[str], within: Collection[str] | None = None) -> list[Node]:
    """Add to the web what lies around the ring (of `within`, where that is given). Returns what is new in it."""
    by_kind: dict[str, list[str]] = {}
    for node in sorted(ring, key=lambda one: one.id)[:MOST_IN_RING]:
        by_kind.setdefault(node.kind, []).append(node.id)
    web.cut = web.cut or len(ring) > MOST_IN_RING
    fresh: dict[str, Node] = {}
    wanted, only = list(relations), None if within is None else sorted(within)
    for kind, ids in by_kind.items():
        met = tx.all(STATEMENTS[kind], _step, ids=ids, relations=wanted, within=only, most=MOST_MET)
        web.cut = web.cut or len(met) == MOST_MET
        fresh |= {node.id: node for node, _ in met if node.id not in web.nodes}
        for node, link in met:
            web.add(node, link)
    return list(fresh.values())


def ways_between(
    tx: Transaction, starts: Collection[Node], ends: Collection[Node], relations: Iterable[str], most_steps: int, *, shortest: bool = False,
    most: int = MOST_WAYS,
) -> Ways:  # fmt: skip
    """From any start to any end in at most so many steps; `shortest`: those of the least number alone. The reader must have been allowed both ends.

    A ring is read from either side in turn. The last one is asked only for what the other side has met."""
    web, wanted = Web(), tuple(relations)
    web.nodes |= {node.id: node for node in (*starts, *ends)}
    sides = ({node.id: node for node in starts}, {node.id: node for node in ends})
    rings = [list(sides[0].values()), list(sides[1].values())]
    for turn in range(most_steps):
        mine, other = sides[turn % 2], sides[1 - turn % 2]
        last = turn == most_steps - 1
        meet(tx, web, rings[turn % 2], wanted, list(other) if last else None)
        rings[turn % 2] = _beyond(web, rings[turn % 2], mine)
        if shortest and any(node.id in other for node in rings[turn % 2]):
            return ways_through(web, [node.id for node in starts], [node.id for node in ends], turn + 1, most)
    return ways_through(web, [node.id for node in starts], [node.id for node in ends], most_steps, most)


def _beyond(web: Web, ring: Iterable[Node], mine: dict[str, Node]) -> list[Node]:
    """The next ring of this side: what is beside the ring and was not on this side yet."""
    ids = {link.other(node.id) for node in ring for link in web.around(node.id)} - mine.keys()
    mine |= {id: web.nodes[id] for id in ids}
    return [web.nodes[id] for id in sorted(ids)]


def surroundings(tx: Transaction, centre: Node, relations: Iterable[str], steps: int) -> Web:
    """The centre, what lies within so many steps, and the relations among all of it."""
    web, ring, wanted = Web({centre.id: centre}), [centre], tuple(relations)
    for _ in range(steps):
        if len(web.nodes) < MOST_NODES:
            ring = meet(tx, web, ring, wanted)
    return among(tx, list(web.nodes.values())[:MOST_NODES], wanted)


def among(tx: Transaction, nodes: Collection[Node], relations: Iterable[str]) -> Web:
    """These and the relations between any two of them. The reader must have been allowed each of them."""
    web, wanted = Web({node.id: node for node in nodes}), tuple(relations)
    ids, some = list(web.nodes), list(nodes)
    for begin in range(0, len(some), MOST_IN_RING):
        meet(tx, web, some[begin : begin + MOST_IN_RING], wanted, ids)
    return web
