"""What could be opened at a thing, counted before anybody opens it: only what the reader may see counts."""

from dataclasses import dataclass
from typing import LiteralString

from graph.connection import Transaction
from graph.records import reader
from marketplace.kernel.errors import NotFound
from marketplace.kernel.rings import SEEN
from marketplace.pages.network.model import RELATIONS, Branch, Ref
from marketplace.pages.network.repository import VISIBLE

MOST_COUNTED = 5_000
"""Relations that are counted at one thing; beyond it a count says "at least"."""

COUNT = f"""
MATCH (n)-[r]-(m)
WHERE type(r) IN $relations AND {SEEN}
WITH n.id AS of, type(r) AS relation, toLower(labels(m)[0]) AS kind, m.id AS other LIMIT $most
WITH of, relation, kind, count(DISTINCT other) AS total, count(other) AS met
RETURN of, relation, kind, total, met
"""
COUNT_ACHIEVEMENT = f"UNWIND $ids AS id MATCH (n:Achievement {{id: id}}) WHERE {VISIBLE} {COUNT}"
COUNT_LISTING = f"UNWIND $ids AS id MATCH (n:Listing {{id: id}}) WHERE {VISIBLE} {COUNT}"
COUNT_NEED = f"UNWIND $ids AS id MATCH (n:Need {{id: id}}) WHERE {VISIBLE} {COUNT}"
COUNT_PATENT = f"UNWIND $ids AS id MATCH (n:Patent {{id: id}}) WHERE {VISIBLE} {COUNT}"
COUNT_STUDIO = f"UNWIND $ids AS id MATCH (n:Studio {{id: id}}) WHERE {VISIBLE} {COUNT}"
COUNT_ASSOCIATION = f"UNWIND $ids AS id MATCH (n:Association {{id: id}}) WHERE {VISIBLE} {COUNT}"
COUNT_ENTERPRISE = f"UNWIND $ids AS id MATCH (n:Enterprise {{id: id}}) WHERE {VISIBLE} {COUNT}"
COUNT_WORKER = f"UNWIND $ids AS id MATCH (n:Worker {{id: id}}) WHERE {VISIBLE} {COUNT}"
COUNT_SKILL = f"UNWIND $ids AS id MATCH (n:Skill {{id: id}}) {COUNT}"
COUNTS: dict[str, LiteralString] = {
    "achievement": COUNT_ACHIEVEMENT, "listing": COUNT_LISTING, "need": COUNT_NEED, "patent": COUNT_PATENT, "studio": COUNT_STUDIO,
    "association": COUNT_ASSOCIATION, "enterprise": COUNT_ENTERPRISE, "worker": COUNT_WORKER, "skill": COUNT_SKILL,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Counted:
    of: str
    relation: str
    kind: str
    total: int
    met: int


@dataclass(frozen=True, slots=True)
class Count:
    """How many things a branch leads to; `at_least` where counting was cut off."""

    branch: Branch
    total: int
    at_least: bool = False


def list_counts(tx: Transaction, ref: Ref) -> list[Count]:
    """What could be opened at this thing, the largest first."""
    if ref.kind not in COUNTS:
        raise NotFound(ref.id)
    rows = tx.all(COUNTS[ref.kind], reader(_Counted), ids=[ref.id], relations=list(RELATIONS), most=MOST_COUNTED)
    cut = sum(row.met for row in rows) >= MOST_COUNTED
    counts = [Count(Branch(ref, row.relation, row.kind), row.total, cut) for row in rows]
    return sorted(counts, key=lambda one: (-one.total, RELATIONS.index(one.branch.relation), one.branch.kind))
