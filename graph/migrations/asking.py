"""Questions from before there were offers say for whom they were asked: without it nobody could sign for the asker's side."""

from typing import LiteralString

from graph.connection import Graph, Transaction
from graph.records import value

BATCH = 500
NEXT = """
MATCH (q:Enquiry) WHERE q.id > $after RETURN q.id AS id ORDER BY id LIMIT $most
"""
HELD_THEN = """
WHERE NOT EXISTS { MATCH (q)-[:ASKED_FOR]->() } AND NOT EXISTS { MATCH (q)-[:ABOUT]->()-[:PRODUCED_BY|OFFERED_BY|POSTED_BY]->(p) }
  AND (h.since IS NULL OR h.since <= q.created_at) AND (h.until IS NULL OR h.until > q.created_at)
"""
STILL = """
WHERE NOT EXISTS { MATCH (q)-[:ASKED_FOR]->() } AND NOT EXISTS { MATCH (q)-[:ABOUT]->()-[:PRODUCED_BY|OFFERED_BY|POSTED_BY]->(p) }
"""
NAMED = """q, p ORDER BY p.name, p.id
WITH q, head(collect(p)) AS p
CREATE (q)-[:ASKED_FOR]->(p)
SET q.audience = CASE WHEN 'maker:' + p.id IN q.audience THEN q.audience ELSE q.audience + ['maker:' + p.id] END
"""
FOR_STUDIO = f"""
UNWIND $ids AS id
MATCH (q:Enquiry {{id: id, about_kind: 'need'}})-[:ASKED_BY]->(:Account)-[:IS_PERSON]->(:Worker)-[h:LEADS|MEMBER_OF]->(p:Studio)
{STILL} AND h.until IS NULL WITH {NAMED}
"""
FOR_ENTERPRISE = f"""
UNWIND $ids AS id MATCH (q:Enquiry {{id: id}})-[:ASKED_BY]->(:Account)-[h:HOLDS]->(p:Enterprise) {HELD_THEN} WITH {NAMED}
"""
FOR_ASSOCIATION = f"""
UNWIND $ids AS id MATCH (q:Enquiry {{id: id}})-[:ASKED_BY]->(:Account)-[h:HOLDS]->(p:Association) {HELD_THEN} WITH {NAMED}
"""
FOR_WORKER = f"""
UNWIND $ids AS id MATCH (q:Enquiry {{id: id, about_kind: 'need'}})-[:ASKED_BY]->(:Account)-[:IS_PERSON]->(p:Worker) {STILL} WITH {NAMED}
"""
IN_ORDER: tuple[LiteralString, ...] = (FOR_STUDIO, FOR_ENTERPRISE, FOR_ASSOCIATION, FOR_WORKER)
"""As whoever asks today is asked for; studios and workers come with answers to needs alone."""


def name_askers(graph: Graph) -> None:
    """A batch a transaction. Whoever acted for nobody when they asked stays alone with their question."""
    after = ""
    while ids := graph.write(lambda tx, after=after: _named(tx, after), reader=("system",), patience=60):  # type: ignore[misc]
        after = ids[-1]


def _named(tx: Transaction, after: str) -> list[str]:
    ids = tx.all(NEXT, value("id"), after=after, most=BATCH)
    for statement in IN_ORDER:
        tx.run(statement, ids=ids)
    return [str(id) for id in ids]
