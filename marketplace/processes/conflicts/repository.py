"""The rule, what people declared, and whom a review is about."""

from datetime import date, datetime

from graph.connection import Transaction
from graph.records import reader, value
from marketplace.kernel.entity import node_properties
from marketplace.kernel.kinship import Kin
from marketplace.kernel.rooms import Ref
from marketplace.kernel.workflow import Change
from marketplace.processes.conflicts.model import ConflictRule, Kinship

GET_RULE = """
MATCH (r:ConflictRule {id: 'conflicts'}) RETURN r {.*} AS rule
"""


def get_rule(tx: Transaction, now: datetime) -> ConflictRule:
    """The usual one until an administrator sets another."""
    return tx.find(GET_RULE, reader(ConflictRule, "rule")) or ConflictRule(created_at=now, updated_at=now)


SAVE_RULE = """
MERGE (r:ConflictRule {id: $id})
SET r.lock = coalesce(r.lock, 0) + 1
WITH r WHERE coalesce(r.version, 0) = $version
SET r += $properties, r.version = $version + 1
RETURN r.version AS version
"""


def save_rule(tx: Transaction, change: Change[ConflictRule]) -> None:
    """Raises Stale when another administrator was faster."""
    written = {name: kept for name, kept in node_properties(change.after).items() if name not in ("id", "version")}
    tx.changed(SAVE_RULE, id=change.id, version=change.version, properties=written)


REVIEWED = """
MATCH (r:Review {id: $id}) WHERE any(token IN r.audience WHERE token IN $reader) RETURN r.kind AS kind, r.entity_id AS entity
"""


def find_reviewed(tx: Transaction, id: str) -> Ref:
    """What a review is of. Raises NotFound for another unit's."""
    return tx.one(REVIEWED, lambda row: (str(row["kind"]), str(row["entity"])), id=id)


LIST_KIN = """
MATCH (w:Worker {id: $worker})-[k:DECLARED_KIN]->(o:Worker) WHERE any(token IN w.guarded_audience WHERE token IN $reader)
RETURN k.id AS id, w.id AS worker_id, o.id AS other_id, k.kin AS kin, k.since AS since, k.until AS until,
  CASE WHEN any(token IN o.audience WHERE token IN $reader) THEN o.name END AS other_name
ORDER BY until IS NOT NULL, since, id
"""


def list_kin(tx: Transaction, worker_id: str) -> list[Kinship]:
    """What a person declared, as far as the reader may see that person's guarded side. A card that was hidden since has no name."""
    return tx.all(LIST_KIN, reader(Kinship), worker=worker_id) if worker_id else []


DECLARE = """
MATCH (w:Worker {id: $worker}) SET w.lock = coalesce(w.lock, 0) + 1
WITH w MATCH (o:Worker {id: $other})
WHERE NOT EXISTS { MATCH (w)-[k:DECLARED_KIN]->(o) WHERE k.until IS NULL }
CREATE (w)-[k:DECLARED_KIN {id: $id, kin: $kin, since: $since}]->(o)
RETURN k.id AS id
"""


def write_kin(tx: Transaction, one: Kinship) -> bool:
    """False where it was declared already: two at once make one."""
    made = tx.find(DECLARE, value("id"), worker=one.worker_id, other=one.other_id, id=one.id, kin=Kin(one.kin), since=one.since)
    return made is not None


END = """
MATCH (w:Worker {id: $worker})-[k:DECLARED_KIN]->(:Worker) WHERE k.id = $id AND k.until IS NULL SET k.until = $on
"""
DELETE = """
MATCH (w:Worker {id: $worker})-[k:DECLARED_KIN]->(:Worker) WHERE k.id = $id DELETE k
"""


def end_kin(tx: Transaction, one: Kinship, on: date) -> None:
    """What was declared today was a mistake and goes; what stood longer keeps its dates."""
    if one.since >= on:
        tx.run(DELETE, worker=one.worker_id, id=one.id)
    else:
        tx.run(END, worker=one.worker_id, id=one.id, on=on)
