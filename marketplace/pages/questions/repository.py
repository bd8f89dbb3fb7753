"""Who fits the parts of a question: each statement begins at what is looked up by a key, and what is hidden from the reader does not count."""

from typing import LiteralString

from graph.connection import Transaction
from graph.records import reader, value
from marketplace.kernel.ways import Node

MOST = 1_000
"""Answers looked at; more is said to be more."""

KNOWING = """
  AND ($skill = '' AND $level = '' OR NOT 'HAS_SKILL' IN coalesce(w.concealed, []) OR any(token IN w.guarded_audience WHERE token IN $reader))
  AND ($skill <> '' OR $level = '' OR w.level = $level)
  AND ($skill = '' OR EXISTS { MATCH (w)-[h:HAS_SKILL]->(k:Skill) WHERE k.id = $skill AND ($level = '' OR coalesce(h.level, w.level) = $level) })
  AND ($area = '' OR EXISTS { MATCH (w)-[:UNDER]->(u:Organisation) WHERE u.area = $area })
RETURN w.id AS id, 'worker' AS kind, w.name AS label ORDER BY label, id LIMIT $most
"""
SEEN = "any(token IN w.audience WHERE token IN $reader)"

BY_ENTERPRISE = f"""
MATCH (e:Enterprise {{id: $enterprise}}) WHERE any(token IN e.audience WHERE token IN $reader)
CALL (e) {{
  MATCH (e)<-[r:EMPLOYED_BY]-(w:Worker)
    WHERE r.until IS NULL AND NOT 'EMPLOYED_BY' IN coalesce(w.concealed, []) OR any(token IN w.guarded_audience WHERE token IN $reader) RETURN w
  UNION MATCH (e)<-[:ADOPTED_BY|PRODUCED_BY]-(a:Achievement)<-[:CONTRIBUTED_TO]-(w:Worker)
    WHERE any(token IN a.audience WHERE token IN $reader)
      AND (NOT 'CONTRIBUTED_TO' IN coalesce(w.concealed, []) OR any(token IN w.guarded_audience WHERE token IN $reader)) RETURN w
  UNION MATCH (e)<-[:HOSTED_BY]-(s:Studio)<-[:MEMBER_OF]-(w:Worker) WHERE any(token IN s.audience WHERE token IN $reader) RETURN w
}}
WITH DISTINCT w WHERE {SEEN} {KNOWING}
"""
BY_SKILL = f"MATCH (:Skill {{id: $skill}})<-[:HAS_SKILL]-(w:Worker) WITH DISTINCT w WHERE {SEEN} {KNOWING}"
BY_LEVEL = f"MATCH (w:Worker {{level: $level}}) WHERE {SEEN} {KNOWING}"
BY_AREA = f"MATCH (:Organisation {{area: $area}})<-[:UNDER]-(w:Worker) WITH DISTINCT w WHERE {SEEN} {KNOWING}"


def list_people(tx: Transaction, *, level: str, skill: str, area: str, enterprise: str) -> list[Node]:
    """At least one part is given; the statement begins at the one that fits the fewest."""
    by: list[tuple[str, LiteralString]] = [(enterprise, BY_ENTERPRISE), (skill, BY_SKILL), (level, BY_LEVEL), (area, BY_AREA)]
    statement = next(text for part, text in by if part)
    return tx.all(statement, reader(Node), level=level, skill=skill, area=area, enterprise=enterprise, most=MOST + 1)


IN_NO_STUDIO = f"""
MATCH (:Skill {{id: $skill}})<-[:HAS_SKILL]-(w:Worker)
WITH DISTINCT w WHERE {SEEN}
  AND NOT EXISTS {{ MATCH (w)-[m:MEMBER_OF]->(s:Studio) WHERE m.until IS NULL AND any(token IN s.audience WHERE token IN $reader) }} {KNOWING}
"""


def list_outside_studios(tx: Transaction, *, level: str, skill: str, area: str) -> list[Node]:
    """A studio that the reader may not see keeps nobody off the list: it would be known from the gap."""
    return tx.all(IN_NO_STUDIO, reader(Node), level=level, skill=skill, area=area, most=MOST + 1)


OF_FIELD = "any(one IN coalesce(s.fields, []) WHERE one STARTS WITH $field)"
STUDIOS_WITH_SKILL = f"""
MATCH (k:Skill {{id: $skill}})
CALL (k) {{
  MATCH (k)<-[:HAS_SKILL]-(w:Worker)-[m:MEMBER_OF]->(s:Studio) WHERE m.until IS NULL AND {SEEN}
    AND (NOT 'HAS_SKILL' IN coalesce(w.concealed, []) OR any(token IN w.guarded_audience WHERE token IN $reader)) RETURN s
  UNION MATCH (k)<-[:USES_SKILL]-(a:Achievement)-[:PRODUCED_BY]->(s:Studio) WHERE any(token IN a.audience WHERE token IN $reader) RETURN s
}}
WITH DISTINCT s WHERE s.until IS NULL AND any(token IN s.audience WHERE token IN $reader) AND ($field = '' OR {OF_FIELD})
RETURN s.id AS id, 'studio' AS kind, s.name AS label ORDER BY label, id LIMIT $most
"""
STUDIOS_OF_FIELD = """
MATCH (f:TechnologyField)<-[:IN_FIELD]-(s:Studio)
WHERE f.code STARTS WITH $field AND s.until IS NULL AND any(token IN s.audience WHERE token IN $reader)
RETURN DISTINCT s.id AS id, 'studio' AS kind, s.name AS label ORDER BY label, id LIMIT $most
"""


def list_studios(tx: Transaction, *, field: str, skill: str) -> list[Node]:
    """`field` may be one above theirs."""
    statement: LiteralString = STUDIOS_WITH_SKILL if skill else STUDIOS_OF_FIELD
    return tx.all(statement, reader(Node), field=field, skill=skill, most=MOST + 1)


MAKERS = """
UNWIND $ids AS id
MATCH (a:Achievement {id: id}) WHERE any(token IN a.audience WHERE token IN $reader)
MATCH (a)-[r]-(m)
WHERE type(r) IN ['CONTRIBUTED_TO', 'PRODUCED_BY'] AND any(token IN m.audience WHERE token IN $reader)
  AND (NOT type(r) IN coalesce(m.concealed, []) OR any(token IN m.guarded_audience WHERE token IN $reader))
RETURN a.id AS work, m.id AS id, toLower(labels(m)[0]) AS kind, coalesce(m.name, m.title) AS label
"""


def list_makers(tx: Transaction, works: list[str]) -> list[tuple[str, Node]]:
    """(achievement, whoever made it or where it was made)."""
    return tx.all(MAKERS, lambda row: (str(row["work"]), Node(row["kind"], row["id"], row["label"])), ids=works)


LIST_AREAS = """
MATCH (o:Organisation) WHERE o.area > '' RETURN DISTINCT o.area AS area ORDER BY area LIMIT 200
"""


def list_areas(tx: Transaction) -> list[str]:
    """Sub-districts, as the register of unions has them; everybody may read that."""
    return tx.all(LIST_AREAS, value("area"))
