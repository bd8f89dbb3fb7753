"""Needs in the graph. What a reader may not see never leaves the store."""

from graph.connection import Transaction
from graph.records import properties, reader, value
from marketplace.domains.needs.model import Need, Visibility
from marketplace.kernel.entity import node_properties
from marketplace.kernel.workflow import Change

read_need = reader(Need, "need")

GET = """
UNWIND $ids AS id
MATCH (n:Need {id: id}) WHERE any(token IN n.audience WHERE token IN $reader)
OPTIONAL MATCH (n)-[:UNDER]->(o:Organisation)
OPTIONAL MATCH (n)-[:POSTED_BY]->(e:Enterprise)
WITH n, o, e, any(token IN n.guarded_audience WHERE token IN $reader) AS inside
RETURN n {.*} AS need, inside AS is_inside, o.lineage AS units,
  CASE WHEN inside OR n.visibility <> 'anonymous' THEN o.id END AS organisation_id,
  CASE WHEN inside OR n.visibility <> 'anonymous' THEN o.name END AS organisation_name, o.area AS area,
  CASE WHEN inside OR n.visibility <> 'anonymous' THEN e.id END AS enterprise_id,
  CASE WHEN inside OR n.visibility <> 'anonymous' THEN e.name END AS enterprise_name,
  CASE WHEN inside OR n.visibility <> 'confidential' THEN n.problem ELSE '' END AS problem,
  CASE WHEN inside OR n.visibility <> 'confidential' THEN n.indicators ELSE [] END AS indicators,
  CASE WHEN inside OR n.visibility <> 'confidential' THEN n.skills ELSE [] END AS skills,
  CASE WHEN inside OR n.visibility <> 'confidential' THEN n.budget_low_fen END AS budget_low_fen,
  CASE WHEN inside OR n.visibility <> 'confidential' THEN n.budget_high_fen END AS budget_high_fen,
  CASE WHEN inside THEN n.entered_by ELSE '' END AS entered_by, CASE WHEN inside THEN n.reason ELSE '' END AS reason
"""


def get_need(tx: Transaction, id: str) -> Need:
    """Raises NotFound. Hidden parts come empty; whoever may edit or review sees all."""
    return tx.one(GET, read_need, ids=[id])


def get_needs(tx: Transaction, ids: list[str]) -> list[Need]:
    return tx.all(GET, read_need, ids=ids)


CREATE = """
UNWIND $rows AS row
CREATE (n:Need) SET n = row.properties
WITH n, row
OPTIONAL MATCH (o:Organisation {id: row.organisation_id})
FOREACH (x IN CASE WHEN o IS NULL THEN [] ELSE [o] END | CREATE (n)-[:UNDER]->(x))
WITH n, row
OPTIONAL MATCH (e:Enterprise {id: row.enterprise_id})
FOREACH (x IN CASE WHEN e IS NULL THEN [] ELSE [e] END | CREATE (n)-[:POSTED_BY]->(x))
"""


def create_need_nodes(tx: Transaction, needs: list[Need]) -> None:
    tx.run(CREATE, rows=[{"properties": node_properties(one)} | properties(one, "organisation_id", "enterprise_id") for one in needs])
    _write_topics(tx, needs)


SAVE = """
MATCH (n:Need {id: $id})
SET n.lock = coalesce(n.lock, 0) + 1
WITH n WHERE n.version = $version
SET n += $properties, n.version = $version + 1
RETURN n.version AS version
"""


def save_need(tx: Transaction, change: Change[Need]) -> None:
    """Lock, then compare: raises Stale when somebody else was faster."""
    tx.changed(SAVE, id=change.id, version=change.version, properties=change.properties)
    if any(change.touches(name) for name in ("field", "skills", "visibility")):
        clear_topics(tx, change.id)
        _write_topics(tx, [change.after])


WRITE_FIELD = """
UNWIND $rows AS row
MATCH (n:Need {id: row.id}) MATCH (f:TechnologyField {code: row.field})
CREATE (n)-[:IN_FIELD]->(f)
"""
WRITE_SKILLS = """
UNWIND $rows AS row
MATCH (n:Need {id: row.id}) MATCH (s:Skill {zh: row.skill})
CREATE (n)-[:REQUIRES]->(s)
"""


def _write_topics(tx: Transaction, needs: list[Need]) -> None:
    """A confidential need shows its skills to nobody in the network: only open ones are linked."""
    if fields := [{"id": one.id, "field": one.field} for one in needs if one.field]:
        tx.run(WRITE_FIELD, rows=fields)
    if skills := [{"id": one.id, "skill": skill} for one in needs for skill in one.skills if one.visibility is not Visibility.CONFIDENTIAL]:
        tx.run(WRITE_SKILLS, rows=skills)


CLEAR_TOPICS = """
MATCH (n:Need {id: $id})-[old:IN_FIELD|REQUIRES]->() DELETE old
"""


def clear_topics(tx: Transaction, id: str) -> None:
    tx.run(CLEAR_TOPICS, id=id)


SOURCE_IDS = """
UNWIND $keys AS key MATCH (n:Need {source_key: key}) RETURN key, n.id AS id
"""


def ids_of_source(tx: Transaction, keys: list[str]) -> dict[str, str]:
    return dict(tx.all(SOURCE_IDS, lambda row: (str(row["key"]), str(row["id"])), keys=keys))


RENEW = """
MATCH (n:Need {id: $id}) SET n.audience = $audience, n.guarded_audience = $guarded
"""


def renew_audience(tx: Transaction, need: Need) -> None:
    now = node_properties(need)
    tx.run(RENEW, id=need.id, audience=now["audience"], guarded=now["guarded_audience"])


LIST_IDS = """
MATCH (n:Need) WHERE n.id > $after RETURN n.id AS id ORDER BY id LIMIT $limit
"""


def list_need_ids(tx: Transaction, after: str, limit: int) -> list[str]:
    return tx.all(LIST_IDS, value("id"), after=after, limit=limit)
