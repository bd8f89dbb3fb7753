"""Studios in the graph: the node, its host and its unit, and the dated relations of its people."""

from neo4j import Record

from graph.connection import Transaction
from graph.records import properties, reader, value
from marketplace.domains.studios.model import Studio
from marketplace.kernel.cards import Card, list_cards
from marketplace.kernel.entity import node_properties
from marketplace.kernel.memberships import begin_memberships, save_members, sorted_members
from marketplace.kernel.paging import Page
from marketplace.kernel.rooms import Ref
from marketplace.kernel.workflow import Change

read_studio = reader(Studio, "studio")

GET = """
UNWIND $ids AS id
MATCH (s:Studio {id: id}) WHERE any(token IN s.audience WHERE token IN $reader)
OPTIONAL MATCH (s)-[:UNDER]->(o:Organisation)
WITH s, o, any(token IN s.guarded_audience WHERE token IN $reader) AS inside
RETURN s {.*} AS studio, o.id AS organisation_id, o.name AS organisation_name, o.lineage AS units, o.area AS area,
  head([(s)-[:HOSTED_BY]->(e:Enterprise) | e.id]) AS enterprise_id, head([(s)-[:HOSTED_BY]->(e:Enterprise) | e.name]) AS enterprise_name,
  [(s)<-[m:MEMBER_OF]-(w:Worker) |
    {role: m.role, since: m.since, until: m.until,
     worker_id: CASE WHEN inside OR any(t IN w.audience WHERE t IN $reader) THEN w.id ELSE '' END,
     name: CASE WHEN inside OR any(t IN w.audience WHERE t IN $reader) THEN w.name ELSE '' END}] AS members
"""


def get_studio(tx: Transaction, id: str) -> Studio:
    """Raises NotFound, also for what the reader may not see."""
    return tx.one(GET, read_sorted, ids=[id])


def get_studios(tx: Transaction, ids: list[str]) -> list[Studio]:
    """Many at once, for the relay."""
    return tx.all(GET, read_sorted, ids=ids)


def read_sorted(row: Record) -> Studio:
    """The leader first, then by the day they came."""
    data = dict(row)
    data["members"] = sorted_members(data["members"])
    return read_studio(Record(data))  # type: ignore[no-untyped-call]


CREATE = """
UNWIND $rows AS row
CREATE (s:Studio) SET s = row.properties
WITH s, row
OPTIONAL MATCH (o:Organisation {id: row.organisation_id})
FOREACH (x IN CASE WHEN o IS NULL THEN [] ELSE [o] END | CREATE (s)-[:UNDER]->(x))
WITH s, row
OPTIONAL MATCH (e:Enterprise {id: row.enterprise_id})
FOREACH (x IN CASE WHEN e IS NULL THEN [] ELSE [e] END | CREATE (s)-[:HOSTED_BY]->(x))
"""


def create_studio_nodes(tx: Transaction, studios: list[Studio]) -> None:
    tx.run(CREATE, rows=[{"properties": node_properties(one)} | properties(one, "organisation_id", "enterprise_id") for one in studios])
    begin_memberships(tx, [(one.id, one.members) for one in studios])
    _write_fields(tx, studios)


SAVE = """
MATCH (s:Studio {id: $id})
SET s.lock = coalesce(s.lock, 0) + 1
WITH s WHERE s.version = $version
SET s += $properties, s.version = $version + 1
RETURN s.version AS version
"""


def save_studio(tx: Transaction, change: Change[Studio]) -> None:
    """Lock, then compare: raises Stale when somebody else was faster."""
    tx.changed(SAVE, id=change.id, version=change.version, properties=change.properties)
    if change.touches("members"):
        save_members(tx, change.id, change.before.members if change.before else (), change.after.members)
    if change.touches("fields"):
        tx.run(CLEAR_FIELDS, id=change.id)
        _write_fields(tx, [change.after])


WRITE_FIELDS = """
UNWIND $rows AS row
MATCH (s:Studio {id: row.id}) MATCH (f:TechnologyField {code: row.field})
CREATE (s)-[:IN_FIELD]->(f)
"""
CLEAR_FIELDS = """
MATCH (s:Studio {id: $id})-[old:IN_FIELD]->(:TechnologyField) DELETE old
"""


def _write_fields(tx: Transaction, studios: list[Studio]) -> None:
    if rows := [{"id": one.id, "field": field} for one in studios for field in one.fields]:
        tx.run(WRITE_FIELDS, rows=rows)


SOURCE_IDS = """
UNWIND $keys AS key MATCH (s:Studio {source_key: key}) RETURN key, s.id AS id
"""


def ids_of_source(tx: Transaction, keys: list[str]) -> dict[str, str]:
    """Which rows of an older register are here already."""
    return dict(tx.all(SOURCE_IDS, lambda row: (str(row["key"]), str(row["id"])), keys=keys))


HANGS = """
UNWIND $ids AS id
MATCH (:Studio {id: id})<-[:PRODUCED_BY|OFFERED_BY]-(n)
RETURN DISTINCT toLower(head(labels(n))) AS kind, n.id AS id
"""


def list_hanging(tx: Transaction, ids: list[str]) -> list[Ref]:
    """Achievements and listings carry its name as their provider."""
    return tx.all(HANGS, lambda row: (str(row["kind"]), str(row["id"])), ids=ids)


RENEW = """
MATCH (s:Studio {id: $id}) SET s.audience = $audience, s.guarded_audience = $guarded
"""


def renew_audience(tx: Transaction, studio: Studio) -> None:
    """Its unit moved in the tree: the tokens follow."""
    now = node_properties(studio)
    tx.run(RENEW, id=studio.id, audience=now["audience"], guarded=now["guarded_audience"])


LIST_IDS = """
MATCH (s:Studio) WHERE s.id > $after RETURN s.id AS id ORDER BY id LIMIT $limit
"""


def list_studio_ids(tx: Transaction, after: str, limit: int) -> list[str]:
    return tx.all(LIST_IDS, value("id"), after=after, limit=limit)


WORKS = """
MATCH (:Studio {id: $id})<-[:PRODUCED_BY|OFFERED_BY]-(n)
WHERE any(token IN n.audience WHERE token IN $reader) AND n.published_at IS NOT NULL
RETURN toLower(head(labels(n))) AS kind, n.id AS id, n.published_at AS at ORDER BY at DESC LIMIT 200
UNION
MATCH (:Studio {id: $id})<-[:PRODUCED_BY]-(a:Achievement)-[:PROTECTED_BY]->(n:Patent)
WHERE any(token IN a.audience WHERE token IN $reader) AND any(token IN n.audience WHERE token IN $reader)
RETURN 'patent' AS kind, n.id AS id, n.published_at AS at ORDER BY at DESC LIMIT 200
"""


def list_works(tx: Transaction, id: str) -> list[Card]:
    """Its achievements, listings and patents that the reader may see, the newest first."""
    return list_cards(tx, tx.all(WORKS, lambda row: (str(row["kind"]), str(row["id"])), id=id))


LIST = """
MATCH (s:Studio) WHERE any(token IN s.audience WHERE token IN $reader) AND ($level = '' OR s.level = $level)
WITH s ORDER BY s.named_on DESC, s.number
WITH collect(s.id) AS ids
RETURN size(ids) AS total, ids[$first..$last] AS ids
"""


def list_studios(tx: Transaction, level: str = "", number: int = 1, size: int = 20) -> Page[Studio]:
    """The latest named first."""
    total, ids = tx.one(LIST, lambda row: (int(row["total"]), list(row["ids"])), level=level, first=(number - 1) * size, last=number * size)
    return Page(tuple(get_studios(tx, ids)), total, number, size)
