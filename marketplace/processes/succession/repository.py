"""What stands under a unit that has ended goes to its successor, some at a time. Nothing is deleted without its dates being kept."""

from datetime import date

from neo4j import Record

from graph.connection import Transaction
from graph.records import value
from marketplace.domains.organisations.model import Status
from marketplace.kernel.rooms import Ref

CHILDREN = """
MATCH (:Organisation {id: $id})<-[r:PART_OF]-(c:Organisation) WHERE r.until IS NULL RETURN c.id AS id ORDER BY id LIMIT $limit
"""


def list_child_ids(tx: Transaction, id: str, limit: int) -> list[str]:
    return tx.all(CHILDREN, value("id"), id=id, limit=limit)


MOVE = """
MATCH (old:Organisation {id: $id})<-[u:UNDER]-(n) WITH old, u, n LIMIT $limit
MATCH (heir:Organisation {id: $heir})
CREATE (n)-[:WAS_UNDER {since: u.since, until: $today}]->(old)
CREATE (n)-[:UNDER {since: $today}]->(heir)
DELETE u
RETURN toLower(head(labels(n))) AS kind, n.id AS id
"""


def move_under(tx: Transaction, id: str, heir: str, today: date, limit: int) -> list[Ref]:
    """Enterprises, studios, associations, people, works and whoever waits at the door."""
    return tx.all(MOVE, _ref, id=id, heir=heir, today=today, limit=limit)


def _ref(row: Record) -> Ref:
    return str(row["kind"]), str(row["id"])


MOVE_REVIEWS = """
MATCH (r:Review {status: $open}) WHERE $id IN r.units
SET r.lock = coalesce(r.lock, 0) + 1
SET r.units = [unit IN r.units WHERE unit <> $id AND unit <> $heir] + [$heir],
    r.audience = [token IN r.audience WHERE token <> $old AND token <> $new] + [$new],
    r.unit_name = CASE WHEN r.unit_name = $name THEN $heir_name ELSE r.unit_name END,
    r.claimed_by = '', r.claimed_name = '', r.version = r.version + 1
RETURN r.id AS id
"""


def move_reviews(tx: Transaction, id: str, name: str, heir: str, heir_name: str) -> list[str]:
    """Open cases wait at the successor, claimed by nobody: who held them has no role there."""
    return tx.all(
        MOVE_REVIEWS, value("id"), open="open", id=id, heir=heir, name=name, heir_name=heir_name, old=f"officer:{id}", new=f"officer:{heir}",
    )  # fmt: skip


LEFT_BEHIND = """
UNWIND $ended AS status
MATCH (o:Organisation {status: status})
WHERE EXISTS { MATCH (o)<-[:UNDER]-() } OR EXISTS { MATCH (o)<-[r:PART_OF]-(:Organisation) WHERE r.until IS NULL }
RETURN o.id AS id LIMIT 1
"""


def find_unfinished(tx: Transaction) -> str | None:
    """A unit that has ended and from which something has still to be moved: whoever ended it was interrupted."""
    return tx.find(LEFT_BEHIND, value("id"), ended=[Status.MERGED, Status.CLOSED])
