"""Associations in the graph: the node, its unit, and the dated relations of its people."""

from neo4j import Record

from graph.connection import Transaction
from graph.records import properties, reader, value
from marketplace.domains.associations.model import Association, Role
from marketplace.kernel.cards import Card, list_cards
from marketplace.kernel.entity import node_properties
from marketplace.kernel.memberships import begin_memberships, save_members, sorted_members
from marketplace.kernel.rooms import Ref
from marketplace.kernel.workflow import Change

read_association = reader(Association, "association")

GET = """
UNWIND $ids AS id
MATCH (a:Association {id: id}) WHERE any(token IN a.audience WHERE token IN $reader)
OPTIONAL MATCH (a)-[:UNDER]->(o:Organisation)
WITH a, o, any(token IN a.guarded_audience WHERE token IN $reader) AS inside
RETURN a {.*} AS association, o.id AS organisation_id, o.name AS organisation_name, o.lineage AS units, o.area AS area,
  [(a)<-[m:MEMBER_OF]-(w:Worker) |
    {role: m.role, since: m.since, until: m.until,
     worker_id: CASE WHEN inside OR any(t IN w.audience WHERE t IN $reader) THEN w.id ELSE '' END,
     name: CASE WHEN inside OR any(t IN w.audience WHERE t IN $reader) THEN w.name ELSE '' END}] AS members
"""


def get_association(tx: Transaction, id: str) -> Association:
    """Raises NotFound, also for what the reader may not see."""
    return tx.one(GET, read_sorted, ids=[id])


def get_associations(tx: Transaction, ids: list[str]) -> list[Association]:
    """Many at once, for the relay."""
    return tx.all(GET, read_sorted, ids=ids)


def read_sorted(row: Record) -> Association:
    """The chair first, then by the day they came."""
    data = dict(row)
    data["members"] = sorted_members(data["members"], Role.CHAIR)
    return read_association(Record(data))  # type: ignore[no-untyped-call]


CREATE = """
UNWIND $rows AS row
CREATE (a:Association) SET a = row.properties
WITH a, row
OPTIONAL MATCH (o:Organisation {id: row.organisation_id})
FOREACH (x IN CASE WHEN o IS NULL THEN [] ELSE [o] END | CREATE (a)-[:UNDER]->(x))
"""


def create_association_nodes(tx: Transaction, associations: list[Association]) -> None:
    tx.run(CREATE, rows=[{"properties": node_properties(one)} | properties(one, "organisation_id") for one in associations])
    begin_memberships(tx, [(one.id, one.members) for one in associations], Role.CHAIR)
    _write_fields(tx, associations)


SAVE = """
MATCH (a:Association {id: $id})
SET a.lock = coalesce(a.lock, 0) + 1
WITH a WHERE a.version = $version
SET a += $properties, a.version = $version + 1
RETURN a.version AS version
"""


def save_association(tx: Transaction, change: Change[Association]) -> None:
    """Lock, then compare: raises Stale when somebody else was faster."""
    tx.changed(SAVE, id=change.id, version=change.version, properties=change.properties)
    if change.touches("members"):
        save_members(tx, change.id, change.before.members if change.before else (), change.after.members, Role.CHAIR)
    if change.touches("fields"):
        tx.run(CLEAR_FIELDS, id=change.id)
        _write_fields(tx, [change.after])


WRITE_FIELDS = """
UNWIND $rows AS row
MATCH (a:Association {id: row.id}) MATCH (f:TechnologyField {code: row.field})
CREATE (a)-[:IN_FIELD]->(f)
"""
CLEAR_FIELDS = """
MATCH (a:Association {id: $id})-[old:IN_FIELD]->(:TechnologyField) DELETE old
"""


def _write_fields(tx: Transaction, associations: list[Association]) -> None:
    if rows := [{"id": one.id, "field": field} for one in associations for field in one.fields]:
        tx.run(WRITE_FIELDS, rows=rows)


HANGS = """
UNWIND $ids AS id
MATCH (:Association {id: id})<-[:OFFERED_BY]-(n)
RETURN DISTINCT toLower(head(labels(n))) AS kind, n.id AS id
"""


def list_hanging(tx: Transaction, ids: list[str]) -> list[Ref]:
    """Listings carry its name as their provider."""
    return tx.all(HANGS, lambda row: (str(row["kind"]), str(row["id"])), ids=ids)


RENEW = """
MATCH (a:Association {id: $id}) SET a.audience = $audience, a.guarded_audience = $guarded
"""


def renew_audience(tx: Transaction, association: Association) -> None:
    """Its unit moved in the tree: the tokens follow."""
    now = node_properties(association)
    tx.run(RENEW, id=association.id, audience=now["audience"], guarded=now["guarded_audience"])


LIST_IDS = """
MATCH (a:Association) WHERE a.id > $after RETURN a.id AS id ORDER BY id LIMIT $limit
"""


def list_association_ids(tx: Transaction, after: str, limit: int) -> list[str]:
    return tx.all(LIST_IDS, value("id"), after=after, limit=limit)


WORKS = """
MATCH (:Association {id: $id})<-[:OFFERED_BY]-(n) WHERE any(token IN n.audience WHERE token IN $reader) AND n.published_at IS NOT NULL
RETURN toLower(head(labels(n))) AS kind, n.id AS id, n.published_at AS at ORDER BY at DESC LIMIT 200
"""


def list_works(tx: Transaction, id: str) -> list[Card]:
    """What it offers, the newest first."""
    return list_cards(tx, tx.all(WORKS, lambda row: (str(row["kind"]), str(row["id"])), id=id))


LIST = """
MATCH (a:Association) WHERE any(token IN a.audience WHERE token IN $reader) RETURN a.id AS id ORDER BY a.founded_on, a.number LIMIT 500
"""


def list_associations(tx: Transaction) -> list[Association]:
    """The oldest first; a district has a handful."""
    return get_associations(tx, tx.all(LIST, value("id")))
