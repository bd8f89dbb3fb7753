"""Workers in the graph: the guarded properties leave it only for those who are inside."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from neo4j import Record

from graph.connection import Transaction
from graph.records import properties, reader, value
from marketplace.domains.workers.model import Worker
from marketplace.kernel.entity import node_properties
from marketplace.kernel.permissions import PUBLIC
from marketplace.kernel.rooms import Ref
from marketplace.kernel.workflow import Change

read_worker = reader(Worker, "worker")

GET = """
UNWIND $ids AS id
MATCH (w:Worker {id: id}) WHERE any(token IN w.audience WHERE token IN $reader)
OPTIONAL MATCH (w)-[:UNDER]->(o:Organisation)
WITH w, o, any(token IN w.guarded_audience WHERE token IN $reader) AS inside
WITH w, o, inside, [name IN coalesce(w.concealed, []) WHERE NOT inside] AS kept
RETURN w {.*, level: CASE WHEN NOT 'HAS_SKILL' IN kept THEN w.level END, occupation: CASE WHEN NOT 'HAS_SKILL' IN kept THEN w.occupation END,
    id_number: CASE WHEN inside THEN w.id_number END, phone: CASE WHEN inside THEN w.phone END,
    bank_account: CASE WHEN inside THEN w.bank_account END, born_on: CASE WHEN inside THEN w.born_on END} AS worker,
  o.id AS organisation_id, CASE WHEN NOT 'EMPLOYED_BY' IN kept THEN o.name END AS organisation_name, o.lineage AS units, o.area AS area,
  head([(w)-[m:EMPLOYED_BY]->(e:Enterprise) WHERE m.until IS NULL AND NOT 'EMPLOYED_BY' IN kept | e.id]) AS enterprise_id,
  head([(w)-[m:EMPLOYED_BY]->(e:Enterprise) WHERE m.until IS NULL AND NOT 'EMPLOYED_BY' IN kept | e.name]) AS enterprise_name,
  [(w)-[m:EMPLOYED_BY]->(e:Enterprise) WHERE inside OR (m.until IS NULL AND NOT 'EMPLOYED_BY' IN kept) |
    {enterprise_id: e.id, enterprise_name: e.name, since: m.since, until: m.until}] AS jobs,
  [(w)-[h:HAS_SKILL]->(s:Skill) WHERE NOT 'HAS_SKILL' IN kept |
    {position: h.position, skill: s.zh, level: h.level, since: h.since, certificate: CASE WHEN inside THEN h.certificate END}] AS skills,
  [(w)-[:HAS_SKILL]->(s:Skill) WHERE s.field <> '' AND NOT 'HAS_SKILL' IN kept | s.field] AS fields,
  size([(w)-[:CONTRIBUTED_TO]->(a:Achievement) WHERE $everybody IN a.audience AND NOT 'CONTRIBUTED_TO' IN kept | 1]) AS works,
  [(w)<-[:MERGED_INTO]-(b:Worker) | b.number] + [(w)<-[:MERGED_INTO]-(:Worker)<-[:MERGED_INTO]-(b:Worker) | b.number] AS other_numbers,
  [(w)-[c:CERTIFIED_IN]->(x:Occupation) WHERE inside |
    {position: c.position, certificate: c.certificate, occupation: x.code, level: c.level, issued_on: c.issued_on}] AS certificates
"""


def get_worker(tx: Transaction, id: str) -> Worker:
    """Raises NotFound, also for a card that its person has not agreed to show. The guarded side is empty for others."""
    return tx.one(GET, read_sorted, ids=[id], everybody=PUBLIC)


def get_workers(tx: Transaction, ids: list[str]) -> list[Worker]:
    """Many at once, for the relay."""
    return tx.all(GET, read_sorted, ids=ids, everybody=PUBLIC)


def read_sorted(row: Record) -> Worker:
    """Skills and certificates in the order of the form, the present job first."""
    data: dict[str, Any] = dict(row)
    for name in ("skills", "certificates"):
        data[name] = sorted(data[name], key=lambda one: one["position"] or 0)
    data["jobs"] = sorted(data["jobs"], key=lambda one: (one["until"] is None, str(one["since"] or "")), reverse=True)
    data["fields"] = sorted(set(data["fields"]))
    return read_worker(Record(data))  # type: ignore[no-untyped-call]


CREATE = """
UNWIND $rows AS row
CREATE (w:Worker) SET w = row.properties
WITH w, row
MATCH (o:Organisation {id: row.organisation_id}) MATCH (e:Enterprise {id: row.enterprise_id})
CREATE (w)-[:UNDER]->(o) CREATE (w)-[:EMPLOYED_BY {since: row.joined_on}]->(e)
"""


def create_worker_nodes(tx: Transaction, workers: list[Worker]) -> None:
    """Any number in a handful of statements: an import brings thousands."""
    tx.run(CREATE, rows=[{"properties": node_properties(one)} | properties(one, "organisation_id", "enterprise_id", "joined_on") for one in workers])
    _write_skills(tx, workers)
    _write_certificates(tx, workers)


SAVE = """
MATCH (w:Worker {id: $id})
SET w.lock = coalesce(w.lock, 0) + 1
WITH w WHERE w.version = $version
SET w += $properties, w.version = $version + 1
RETURN w.version AS version
"""
CLEAR_SKILLS = """
MATCH (:Worker {id: $id})-[old:HAS_SKILL]->(:Skill) DELETE old
"""
CLEAR_CERTIFICATES = """
MATCH (:Worker {id: $id})-[old:CERTIFIED_IN]->(:Occupation) DELETE old
"""


def save_worker(tx: Transaction, change: Change[Worker]) -> None:
    """Lock, then compare: raises Stale when somebody else was faster."""
    tx.changed(SAVE, id=change.id, version=change.version, properties=change.properties)
    if change.touches("skills"):
        tx.run(CLEAR_SKILLS, id=change.id)
        _write_skills(tx, [change.after])
    if change.touches("certificates"):
        tx.run(CLEAR_CERTIFICATES, id=change.id)
        _write_certificates(tx, [change.after])


END_JOBS = """
MATCH (:Worker {id: $id})-[m:EMPLOYED_BY]->(:Enterprise) WHERE m.until IS NULL SET m.until = $on
"""
LEAVE_UNION = """
MATCH (w:Worker {id: $id})-[old:UNDER]->(o:Organisation) CREATE (w)-[:WAS_UNDER {since: old.since, until: $on}]->(o) DELETE old
"""
BEGIN_JOB = """
MATCH (w:Worker {id: $id}) MATCH (o:Organisation {id: $organisation}) MATCH (e:Enterprise {id: $enterprise})
CREATE (w)-[:UNDER {since: $on}]->(o) CREATE (w)-[:EMPLOYED_BY {since: $on}]->(e)
RETURN w.id AS id
"""


def move_worker(tx: Transaction, worker: Worker, on: date) -> None:
    """The past job and the past union keep their dates."""
    tx.run(END_JOBS, id=worker.id, on=on)
    tx.run(LEAVE_UNION, id=worker.id, on=on)
    tx.one(BEGIN_JOB, value("id"), id=worker.id, organisation=worker.organisation_id, enterprise=worker.enterprise_id, on=on)


WRITE_SKILLS = """
UNWIND $rows AS row
MATCH (w:Worker {id: row.id}) MATCH (s:Skill {zh: row.skill})
CREATE (w)-[:HAS_SKILL {level: row.level, since: row.since, certificate: row.certificate, position: row.position}]->(s)
"""


def _write_skills(tx: Transaction, workers: list[Worker]) -> None:
    if rows := [properties(one) | {"id": worker.id, "position": at} for worker in workers for at, one in enumerate(worker.skills)]:
        tx.run(WRITE_SKILLS, rows=rows)


WRITE_CERTIFICATES = """
UNWIND $rows AS row
MATCH (w:Worker {id: row.id}) MATCH (x:Occupation {code: row.occupation})
CREATE (w)-[:CERTIFIED_IN {certificate: row.certificate, level: row.level, issued_on: row.issued_on, position: row.position}]->(x)
"""


def _write_certificates(tx: Transaction, workers: list[Worker]) -> None:
    if rows := [properties(one) | {"id": worker.id, "position": at} for worker in workers for at, one in enumerate(worker.certificates)]:
        tx.run(WRITE_CERTIFICATES, rows=rows)


SOURCE_IDS = """
UNWIND $keys AS key MATCH (w:Worker {source_key: key}) RETURN key, w.id AS id
"""


def ids_of_source(tx: Transaction, keys: list[str]) -> dict[str, str]:
    """Which rows of an older register are here already."""
    return dict(tx.all(SOURCE_IDS, lambda row: (str(row["key"]), str(row["id"])), keys=keys))


RENEW = """
MATCH (w:Worker {id: $id}) SET w.audience = $audience, w.guarded_audience = $guarded
"""


def renew_audience(tx: Transaction, worker: Worker) -> None:
    """Their union moved in the tree: the tokens follow."""
    now = node_properties(worker)
    tx.run(RENEW, id=worker.id, audience=now["audience"], guarded=now["guarded_audience"])


HANGS = """
UNWIND $ids AS id
MATCH (:Worker {id: id})-[:MEMBER_OF]->(n)
RETURN DISTINCT toLower(head(labels(n))) AS kind, n.id AS id
"""


def list_hanging(tx: Transaction, ids: list[str]) -> list[Ref]:
    """Studios and associations name their people."""
    return tx.all(HANGS, lambda row: (str(row["kind"]), str(row["id"])), ids=ids)


LIST_IDS = """
MATCH (w:Worker) WHERE w.id > $after RETURN w.id AS id ORDER BY id LIMIT $limit
"""


def list_worker_ids(tx: Transaction, after: str, limit: int) -> list[str]:
    return tx.all(LIST_IDS, value("id"), after=after, limit=limit)


@dataclass(frozen=True, slots=True)
class Link:
    """A work, a patent, a studio or an association of a person. `share` only for those who may know it."""

    kind: str
    relation: str
    id: str
    title: str
    note: str = ""
    role: str = ""
    since: date | None = None
    until: date | None = None
    share: int | None = None


LINKS = """
MATCH (w:Worker {id: $id})-[r:CONTRIBUTED_TO|INVENTED|MEMBER_OF]->(n)
WHERE any(token IN w.audience WHERE token IN $reader) AND any(token IN n.audience WHERE token IN $reader) AND $everybody IN n.audience
  AND (NOT type(r) IN coalesce(w.concealed, []) OR any(token IN w.guarded_audience WHERE token IN $reader))
RETURN toLower(head(labels(n))) AS kind, type(r) AS relation, n.id AS id, coalesce(n.title, n.name) AS title,
  coalesce(n.benefit, n.patent_number, '') AS note, r.role AS role, r.since AS since, r.until AS until,
  CASE WHEN any(token IN w.guarded_audience WHERE token IN $reader) OR any(token IN n.guarded_audience WHERE token IN $reader)
    THEN r.share END AS share
ORDER BY r.since DESC, n.published_at DESC, id LIMIT 200
"""


def list_links(tx: Transaction, id: str) -> list[Link]:
    """Published things only, and each as the reader may see it."""
    return tx.all(LINKS, reader(Link), id=id, everybody=PUBLIC)
