"""Patents in the graph: the node, its owner, its inventors in order, and the achievements it protects."""

from neo4j import Record

from graph.connection import Transaction
from graph.records import loaded, properties, reader, value
from marketplace.domains.patents.model import Owner, Patent
from marketplace.kernel.entity import node_properties
from marketplace.kernel.guards import hold
from marketplace.kernel.rooms import Ref
from marketplace.kernel.workflow import Change

read_patent = reader(Patent, "patent")

GET = """
UNWIND $ids AS id
MATCH (p:Patent {id: id}) WHERE any(token IN p.audience WHERE token IN $reader)
OPTIONAL MATCH (p)-[:UNDER]->(o:Organisation)
WITH p, o, any(token IN p.guarded_audience WHERE token IN $reader) AS inside
RETURN p {.*} AS patent, o.id AS organisation_id, o.name AS organisation_name, o.lineage AS units, o.area AS area,
  head([(p)-[:OWNED_BY]->(e:Enterprise) | {kind: 'enterprise', id: e.id, name: e.name}]) AS enterprise,
  head([(p)-[:OWNED_BY]->(w:Worker) |
    {kind: 'worker', id: CASE WHEN inside OR any(t IN w.audience WHERE t IN $reader) THEN w.id ELSE '' END,
     name: CASE WHEN inside OR any(t IN w.audience WHERE t IN $reader) THEN w.name ELSE '' END}]) AS person,
  [(p)<-[i:INVENTED]-(w:Worker) |
    {position: i.position, worker_id: CASE WHEN inside OR any(t IN w.guarded_audience WHERE t IN $reader)
       OR (any(t IN w.audience WHERE t IN $reader) AND NOT type(i) IN coalesce(w.concealed, [])) THEN w.id ELSE '' END}] AS links,
  [(p)<-[:PROTECTED_BY]-(a:Achievement) WHERE any(t IN a.audience WHERE t IN $reader) |
    {id: a.id, title: a.title, number: a.number}] AS works,
  [(p)<-[:PROTECTED_BY]-(:Achievement)-[:PRODUCED_BY]->(s:Studio) | s.id] AS studio_ids
"""


def get_patent(tx: Transaction, id: str) -> Patent:
    """Raises NotFound."""
    return tx.one(GET, read_linked, ids=[id])


def get_patents(tx: Transaction, ids: list[str]) -> list[Patent]:
    """Many at once, for the relay."""
    return tx.all(GET, read_linked, ids=ids)


def read_linked(row: Record) -> Patent:
    """Names stand on the node, in order; where a person is known, the relation says at which place."""
    data = dict(row)
    known = {link["position"]: link["worker_id"] for link in data.pop("links")}
    names = data["patent"].get("inventor_names") or []
    data["inventors"] = [{"name": name, "worker_id": known.get(at, "")} for at, name in enumerate(names)]
    data["inventor_ids"] = [one for one in known.values() if one]
    data["owner"] = data.pop("enterprise") or data.pop("person") or {}
    data.pop("person", None)
    data["works"] = sorted(data["works"], key=lambda one: one["number"] or "")
    return read_patent(Record(data))  # type: ignore[no-untyped-call]


CREATE = """
UNWIND $rows AS row
CREATE (p:Patent) SET p = row.properties
WITH p, row
OPTIONAL MATCH (o:Organisation {id: row.organisation_id})
FOREACH (x IN CASE WHEN o IS NULL THEN [] ELSE [o] END | CREATE (p)-[:UNDER]->(x))
WITH p, row
OPTIONAL MATCH (e:Enterprise {id: row.owner_id})
FOREACH (x IN CASE WHEN e IS NULL THEN [] ELSE [e] END | CREATE (p)-[:OWNED_BY]->(x))
WITH p, row
OPTIONAL MATCH (w:Worker {id: row.owner_id})
FOREACH (x IN CASE WHEN w IS NULL THEN [] ELSE [w] END | CREATE (p)-[:OWNED_BY]->(x))
"""


def create_patent_nodes(tx: Transaction, patents: list[Patent]) -> None:
    tx.run(CREATE, rows=[{"properties": node_properties(one), "owner_id": one.owner.id} | properties(one, "organisation_id") for one in patents])
    _write_inventors(tx, patents)
    _write_fields(tx, patents)


SAVE = """
MATCH (p:Patent {id: $id})
SET p.lock = coalesce(p.lock, 0) + 1
WITH p WHERE p.version = $version
SET p += $properties, p.version = $version + 1
RETURN p.version AS version
"""


def save_patent(tx: Transaction, change: Change[Patent]) -> None:
    """Lock, then compare: raises Stale when somebody else was faster."""
    tx.changed(SAVE, id=change.id, version=change.version, properties=change.properties)
    if change.touches("inventors"):
        tx.run(CLEAR_INVENTORS, id=change.id)
        _write_inventors(tx, [change.after])
    if change.touches("field"):
        tx.run(CLEAR_FIELD, id=change.id)
        _write_fields(tx, [change.after])


WRITE_INVENTORS = """
UNWIND $rows AS row
MATCH (p:Patent {id: row.id}) MATCH (w:Worker {id: row.worker_id})
CREATE (w)-[:INVENTED {position: row.position}]->(p)
"""
CLEAR_INVENTORS = """
MATCH (:Patent {id: $id})<-[old:INVENTED]-(:Worker) DELETE old
"""


def _write_inventors(tx: Transaction, patents: list[Patent]) -> None:
    known = [(patent.id, at, one.worker_id) for patent in patents for at, one in enumerate(patent.inventors) if one.worker_id]
    if known:
        tx.run(WRITE_INVENTORS, rows=[{"id": id, "position": at, "worker_id": worker} for id, at, worker in known])


WRITE_FIELD = """
UNWIND $rows AS row
MATCH (p:Patent {id: row.id}) MATCH (f:TechnologyField {code: row.field})
CREATE (p)-[:IN_FIELD]->(f)
"""
CLEAR_FIELD = """
MATCH (p:Patent {id: $id})-[old:IN_FIELD]->(:TechnologyField) DELETE old
"""


def _write_fields(tx: Transaction, patents: list[Patent]) -> None:
    if rows := [{"id": one.id, "field": one.field} for one in patents if one.field]:
        tx.run(WRITE_FIELD, rows=rows)


REGISTERED = """
UNWIND $numbers AS number MATCH (p:Patent {patent_number: number}) RETURN number, p.id AS id
"""


def ids_of_numbers(tx: Transaction, numbers: list[str]) -> dict[str, str]:
    """Which of these are here already. Takes the guard first, so that two writers never both find a number free."""
    hold(tx, "patent-numbers")
    return dict(tx.all(REGISTERED, lambda row: (str(row["number"]), str(row["id"])), numbers=numbers))


OWNERS = """
UNWIND $rows AS row
OPTIONAL MATCH (e:Enterprise {id: row.id})
OPTIONAL MATCH (w:Worker {id: row.id})
RETURN row.position AS position,
  CASE WHEN e IS NOT NULL THEN {kind: 'enterprise', id: e.id, name: e.name}
       WHEN w IS NOT NULL THEN {kind: 'worker', id: w.id, name: w.name} ELSE {kind: '', id: '', name: ''} END AS owner,
  coalesce(head([(e)-[:UNDER]->(o:Organisation) | o.id]), head([(w)-[:UNDER]->(u:Organisation) | u.id]), '') AS organisation_id
ORDER BY position
"""


def list_owners(tx: Transaction, ids: list[str]) -> list[tuple[Owner, str]]:
    """Each owner with its union's id, in the order asked; one that is not here has no id."""
    rows = [{"position": at, "id": id} for at, id in enumerate(ids)]
    return tx.all(OWNERS, lambda row: (Owner(**dict(row["owner"])), str(loaded(row["organisation_id"]))), rows=rows)


SOURCE_IDS = """
UNWIND $keys AS key MATCH (p:Patent {source_key: key}) RETURN key, p.id AS id
"""


def ids_of_source(tx: Transaction, keys: list[str]) -> dict[str, str]:
    """Which rows of an older register are here already."""
    return dict(tx.all(SOURCE_IDS, lambda row: (str(row["key"]), str(row["id"])), keys=keys))


HANGS = """
UNWIND $ids AS id
MATCH (:Patent {id: id})<-[:PROTECTED_BY]-(a:Achievement)
RETURN DISTINCT a.id AS id
"""


def list_hanging(tx: Transaction, ids: list[str]) -> list[Ref]:
    """Achievements say whether a patent protects them."""
    return tx.all(HANGS, lambda row: ("achievement", str(row["id"])), ids=ids)


RENEW = """
MATCH (p:Patent {id: $id}) SET p.audience = $audience, p.guarded_audience = $guarded
"""


def renew_audience(tx: Transaction, patent: Patent) -> None:
    """Its unit moved in the tree: the tokens follow."""
    now = node_properties(patent)
    tx.run(RENEW, id=patent.id, audience=now["audience"], guarded=now["guarded_audience"])


LIST_IDS = """
MATCH (p:Patent) WHERE p.id > $after RETURN p.id AS id ORDER BY id LIMIT $limit
"""


def list_patent_ids(tx: Transaction, after: str, limit: int) -> list[str]:
    return tx.all(LIST_IDS, value("id"), after=after, limit=limit)
