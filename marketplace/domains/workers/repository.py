"""Workers in the graph: the guarded properties leave it only for those who are inside."""

from datetime import date
from functools import partial
from typing import Any

from neo4j import Record

from graph.connection import Transaction
from graph.records import properties, reader, value
from marketplace.domains.workers.model import Worker, masked
from marketplace.kernel.entity import node_properties
from marketplace.kernel.papers import write_certificates, write_skills
from marketplace.kernel.permissions import PUBLIC
from marketplace.kernel.rooms import Ref
from marketplace.kernel.sealing import Keys, keys_of, opened_row, sealed_names
from marketplace.kernel.workflow import Change

read_worker = reader(Worker, "worker")
LISTED = {"skills": "HAS_SKILL", "certificates": "CERTIFIED_IN"}

GET = """
UNWIND $ids AS id
MATCH (w:Worker {id: id}) WHERE any(token IN w.audience WHERE token IN $reader)
OPTIONAL MATCH (w)-[:UNDER]->(o:Organisation)
OPTIONAL MATCH (k:PersonKey {id: id})
WITH w, o, k, any(token IN w.guarded_audience WHERE token IN $reader) AS inside
WITH w, o, k, inside, [name IN coalesce(w.concealed, []) WHERE NOT inside] AS kept
RETURN w {.*, level: CASE WHEN NOT 'HAS_SKILL' IN kept THEN w.level END, occupation: CASE WHEN NOT 'HAS_SKILL' IN kept THEN w.occupation END,
    id_number: CASE WHEN inside THEN w.id_number END, phone: CASE WHEN inside THEN w.phone END,
    bank_account: CASE WHEN inside THEN w.bank_account END, born_on: CASE WHEN inside THEN w.born_on END,
    birth_month: CASE WHEN inside THEN w.birth_month END, sex: CASE WHEN inside THEN w.sex END,
    agreed_uses: CASE WHEN inside THEN w.agreed_uses END, id_number_index: NULL, phone_index: NULL} AS worker,
  CASE WHEN inside THEN k.wrapped END AS wrapped, CASE WHEN inside THEN k.master END AS master,
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
    """Raises NotFound, also for a card that its person has not agreed to show. The guarded side is masked, for others empty."""
    return masked(get_clear_worker(tx, id))


def get_clear_worker(tx: Transaction, id: str) -> Worker:
    """The guarded side in full, for whoever is inside: to change it, to compare it, or to show it to somebody who said why."""
    return tx.one(GET, partial(_read, tx), ids=[id], everybody=PUBLIC)


def get_workers(tx: Transaction, ids: list[str]) -> list[Worker]:
    """Many at once, for the relay; masked."""
    return [masked(one) for one in tx.all(GET, partial(_read, tx), ids=ids, everybody=PUBLIC)]


def _read(tx: Transaction, row: Record) -> Worker:
    """Opened; skills and certificates in the order of the form, the present job first."""
    data = opened_row(tx, row, "worker", "Worker", LISTED)
    for name in LISTED:
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
    keys = keys_of(tx, [one.id for one in workers if has_secrets(one)])
    rows = [{"properties": _sealed(keys, one)} | properties(one, "organisation_id", "enterprise_id", "joined_on") for one in workers]
    tx.run(CREATE, rows=rows)
    write_skills(tx, keys, workers)
    write_certificates(tx, keys, workers)


def has_secrets(worker: Worker) -> bool:
    """Whether they need a key."""
    papers = [*(one.certificate for one in worker.skills), *(one.certificate for one in worker.certificates)]
    return any(papers) or any(getattr(worker, name) for name in sealed_names("Worker"))


def _sealed(keys: Keys, worker: Worker) -> dict[str, Any]:
    given = node_properties(worker)
    open_ones = {name: value for name, value in given.items() if name not in sealed_names("Worker")}
    return open_ones | keys.sealed(worker.id, "Worker", {name: given[name] for name in sealed_names("Worker") if given[name]})


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
    """Lock, then compare: raises Stale when somebody else was faster. A masked value that was not touched stays what it is in the store."""
    news = {name: getattr(change.after, name) for name in sealed_names("Worker") if change.touches(name)}
    lists = [name for name in LISTED if change.touches(name)]
    keys = keys_of(tx, [change.id]) if has_secrets(change.after) and (news or lists) else Keys({})
    plain = {name: value for name, value in change.properties.items() if name not in sealed_names("Worker")}
    tx.changed(SAVE, id=change.id, version=change.version, properties=plain | keys.sealed(change.id, "Worker", news))
    if "skills" in lists:
        tx.run(CLEAR_SKILLS, id=change.id)
        write_skills(tx, keys, [change.after])
    if "certificates" in lists:
        tx.run(CLEAR_CERTIFICATES, id=change.id)
        write_certificates(tx, keys, [change.after])


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


LONG_GONE = """
MATCH (w:Worker) WHERE w.id_number <> '' OR w.phone <> '' OR w.bank_account <> '' OR w.born_on <> ''
WITH w, [(w)-[m:EMPLOYED_BY]->(:Enterprise) | coalesce(m.until, $today)] AS ends
WHERE size(ends) > 0 AND all(end IN ends WHERE end < $before)
RETURN w.id AS id LIMIT $most
"""


def list_long_gone(tx: Transaction, before: date, today: date, most: int) -> list[str]:
    """Whoever has numbers here still, and left their last employer before that day."""
    return tx.all(LONG_GONE, value("id"), before=before, today=today, most=most)


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
