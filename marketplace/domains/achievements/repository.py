"""Achievements in the graph: the node holds what the public sees, relations carry people, adopters, patents and files."""

from typing import Any

from neo4j import Record

from graph.connection import Transaction
from graph.records import properties, reader, value
from marketplace.domains.achievements.model import Achievement
from marketplace.kernel.adoptions import replace_adopters, write_adopters
from marketplace.kernel.contributions import close_enquiries
from marketplace.kernel.entity import node_properties, without_blanks
from marketplace.kernel.workflow import Change

read_achievement = reader(Achievement, "achievement")

GET = """
UNWIND $ids AS id
MATCH (a:Achievement {id: id}) WHERE any(token IN a.audience WHERE token IN $reader)
OPTIONAL MATCH (a)-[:UNDER]->(o:Organisation)
WITH a, o, any(token IN a.guarded_audience WHERE token IN $reader) AS inside
RETURN a {.*} AS achievement, o.id AS organisation_id, o.name AS organisation_name, o.lineage AS units, o.area AS area,
  head([(a)-[:PRODUCED_BY]->(s:Studio) | s.id]) AS studio_id, head([(a)-[:PRODUCED_BY]->(s:Studio) | s.name]) AS studio_name,
  head([(a)-[:PRODUCED_BY]->(e:Enterprise) | e.id]) AS enterprise_id,
  head([(a)-[:PRODUCED_BY]->(e:Enterprise) | e.name]) AS enterprise_name,
  [(a)<-[:CONTRIBUTED_TO]-(w:Worker) | w.id] AS maker_ids,
  [(a)<-[c:CONTRIBUTED_TO]-(w:Worker) |
    {position: c.position, share: c.share, role: c.role, answer: c.answer, asked_at: c.asked_at, answered_at: c.answered_at,
     worker_id: CASE WHEN inside OR any(t IN w.guarded_audience WHERE t IN $reader)
       OR (any(t IN w.audience WHERE t IN $reader) AND NOT type(c) IN coalesce(w.concealed, [])) THEN w.id ELSE '' END,
     name: CASE WHEN inside OR any(t IN w.guarded_audience WHERE t IN $reader)
       OR (any(t IN w.audience WHERE t IN $reader) AND NOT type(c) IN coalesce(w.concealed, [])) THEN w.name ELSE '' END}] AS contributions,
  [(a)-[u:ADOPTED_BY]->(e:Enterprise)
    WHERE u.answered_at IS NULL OR u.confirmed OR inside OR ('maker:' + e.id) IN $reader |
    {position: u.position, enterprise_id: e.id, enterprise_name: e.name, place: u.place, since: u.since, quantity: u.quantity, unit: u.unit,
     saving_fen: u.saving_fen, evidence: u.evidence, method: u.method, id: u.id, file_id: u.file_id, by_adopter: u.by_adopter,
     confirmed: u.confirmed, asked_at: u.asked_at, answered_at: u.answered_at, reason: u.reason}] AS adoptions,
  [(a)-[:PROTECTED_BY]->(p:Patent) WHERE any(t IN p.audience WHERE t IN $reader) |
    {id: p.id, title: p.title, number: p.patent_number, legal_status: p.legal_status}] AS patents,
  [(a)<-[:EVIDENCE_OF]-(f:StoredFile) |
    {id: f.id, size: f.size, access: f.access,
     name: CASE WHEN inside OR CASE f.access WHEN 'enterprises' THEN 'enterprise-user' ELSE f.access END IN $reader THEN f.name ELSE '' END}] AS files
"""


def get_achievement(tx: Transaction, id: str) -> Achievement:
    """Raises NotFound, also for what the reader may not see."""
    return tx.one(GET, read_sorted, ids=[id])


def get_achievements(tx: Transaction, ids: list[str]) -> list[Achievement]:
    """Many at once, for the relay and for lists; what the reader may not see is simply not there."""
    return tx.all(GET, read_sorted, ids=ids)


def read_sorted(row: Record) -> Achievement:
    """People and adopters in the order in which the form gave them."""
    data: dict[str, Any] = dict(row)
    for name in ("contributions", "adoptions"):
        data[name] = sorted(data[name], key=lambda one: one["position"] or 0)
    data["reports"] = [one for one in data["adoptions"] if one["by_adopter"]]
    data["adoptions"] = [one for one in data["adoptions"] if not one["by_adopter"]]
    return read_achievement(Record(data))  # type: ignore[no-untyped-call]


CREATE = """
UNWIND $rows AS row
CREATE (a:Achievement) SET a = row.properties
WITH a, row WHERE row.organisation_id <> ''
MATCH (o:Organisation {id: row.organisation_id})
CREATE (a)-[:UNDER]->(o)
"""
LINK_STUDIO = """
UNWIND $rows AS row MATCH (a:Achievement {id: row.id}) MATCH (s:Studio {id: row.studio_id}) CREATE (a)-[:PRODUCED_BY]->(s)
"""
LINK_ENTERPRISE = """
UNWIND $rows AS row MATCH (a:Achievement {id: row.id}) MATCH (e:Enterprise {id: row.enterprise_id}) CREATE (a)-[:PRODUCED_BY]->(e)
"""


def create_achievement_nodes(tx: Transaction, achievements: list[Achievement]) -> None:
    """Any number in a handful of statements: an import brings thousands."""
    tx.run(CREATE, rows=[{"properties": without_blanks(node_properties(one)), "organisation_id": one.organisation_id} for one in achievements])
    if made := [properties(one, "id", "studio_id") for one in achievements if one.studio_id]:
        tx.run(LINK_STUDIO, rows=made)
    if made := [properties(one, "id", "enterprise_id") for one in achievements if one.enterprise_id]:
        tx.run(LINK_ENTERPRISE, rows=made)
    _write_people(tx, achievements)
    write_adopters(tx, {one.id: one.adoptions for one in achievements})
    _write_topics(tx, achievements)


SAVE = """
MATCH (a:Achievement {id: $id})
SET a.lock = coalesce(a.lock, 0) + 1
WITH a WHERE a.version = $version
SET a += $properties, a.version = $version + 1
RETURN a.version AS version
"""


def save_achievement(tx: Transaction, change: Change[Achievement]) -> None:
    """Lock, then compare: raises Stale when somebody else was faster."""
    tx.changed(SAVE, id=change.id, version=change.version, properties=change.properties)
    if change.touches("contributions"):
        clear_people(tx, change.id)
        _write_people(tx, [change.after])
        close_enquiries(tx, change.id, change.before.contributions if change.before else (), change.after.contributions)
    if change.touches("adoptions"):
        replace_adopters(tx, change.id, change.after.adoptions, change.at)
    if change.touches("field") or change.touches("skills"):
        clear_topics(tx, change.id)
        _write_topics(tx, [change.after])


def _numbered(achievement: Achievement, name: str) -> list[dict[str, object]]:
    return [properties(one) | {"id": achievement.id, "position": at} for at, one in enumerate(getattr(achievement, name))]


WRITE_PEOPLE = """
UNWIND $rows AS row
MATCH (a:Achievement {id: row.id}) MATCH (w:Worker {id: row.worker_id})
CREATE (w)-[:CONTRIBUTED_TO {share: row.share, role: row.role, answer: row.answer, asked_at: row.asked_at, answered_at: row.answered_at,
                             position: row.position}]->(a)
"""


def _write_people(tx: Transaction, achievements: list[Achievement]) -> None:
    if rows := [row for one in achievements for row in _numbered(one, "contributions")]:
        tx.run(WRITE_PEOPLE, rows=rows)


CLEAR_PEOPLE = """
MATCH (:Achievement {id: $id})<-[old:CONTRIBUTED_TO]-(:Worker) DELETE old
"""


def clear_people(tx: Transaction, id: str) -> None:
    tx.run(CLEAR_PEOPLE, id=id)


WRITE_FIELD = """
UNWIND $rows AS row
MATCH (a:Achievement {id: row.id}) MATCH (f:TechnologyField {code: row.field})
CREATE (a)-[:IN_FIELD]->(f)
"""
WRITE_SKILLS = """
UNWIND $rows AS row
MATCH (a:Achievement {id: row.id}) MATCH (s:Skill {zh: row.skill})
CREATE (a)-[:USES_SKILL]->(s)
"""


def _write_topics(tx: Transaction, achievements: list[Achievement]) -> None:
    if fields := [{"id": one.id, "field": one.field} for one in achievements if one.field]:
        tx.run(WRITE_FIELD, rows=fields)
    if skills := [{"id": one.id, "skill": skill} for one in achievements for skill in one.skills]:
        tx.run(WRITE_SKILLS, rows=skills)


CLEAR_TOPICS = """
MATCH (a:Achievement {id: $id})-[old:IN_FIELD|USES_SKILL]->() DELETE old
"""


def clear_topics(tx: Transaction, id: str) -> None:
    tx.run(CLEAR_TOPICS, id=id)


SOURCE_IDS = """
UNWIND $keys AS key MATCH (a:Achievement {source_key: key}) RETURN key, a.id AS id
"""


def ids_of_source(tx: Transaction, keys: list[str]) -> dict[str, str]:
    """Which rows of an older register are here already."""
    return dict(tx.all(SOURCE_IDS, lambda row: (str(row["key"]), str(row["id"])), keys=keys))


RENEW = """
MATCH (a:Achievement {id: $id}) SET a.audience = $audience, a.guarded_audience = $guarded
"""


def renew_audience(tx: Transaction, achievement: Achievement) -> None:
    """Its units or makers changed elsewhere: the tokens follow."""
    now = node_properties(achievement)
    tx.run(RENEW, id=achievement.id, audience=now["audience"], guarded=now["guarded_audience"])


LIST_IDS = """
MATCH (a:Achievement) WHERE a.id > $after RETURN a.id AS id ORDER BY id LIMIT $limit
"""


def list_achievement_ids(tx: Transaction, after: str, limit: int) -> list[str]:
    return tx.all(LIST_IDS, value("id"), after=after, limit=limit)
