"""What the network says of things that were found: read for all of a kind at once, each node by the reader's own tokens."""

from collections.abc import Iterable
from dataclasses import replace
from operator import attrgetter
from typing import LiteralString

from graph.connection import Transaction
from graph.records import reader
from marketplace.processes.matching.model import Candidate, Evidence, Record

PEOPLE = """
  {id: w.id, name: w.name, level: CASE WHEN NOT 'HAS_SKILL' IN coalesce(w.concealed, []) THEN w.level END,
   skills: [(w)-[:HAS_SKILL]->(k:Skill) WHERE k.zh IN $skills AND NOT 'HAS_SKILL' IN coalesce(w.concealed, []) | k.zh],
   employers: [(w)-[m:EMPLOYED_BY]->(e:Enterprise) WHERE m.until IS NULL AND any(token IN e.audience WHERE token IN $reader)
     AND NOT 'EMPLOYED_BY' IN coalesce(w.concealed, []) | e.id],
   studios: [(w)-[m:MEMBER_OF]->(s:Studio) WHERE m.until IS NULL AND any(token IN s.audience WHERE token IN $reader)
     | {kind: 'studio', id: s.id, name: s.name, note: s.level}]}
"""
SEEN_WORKER = "any(token IN w.audience WHERE token IN $reader)"
OF_WORK = (
    """
  n.field AS field, n.maturity AS maturity, [(n)-[:UNDER]->(o:Organisation) | o.area][0] AS area,
  [(n)-[:USES_SKILL]->(k:Skill) WHERE k.zh IN $skills | k.zh] AS skills,
  [(n)<-[c:CONTRIBUTED_TO]-(w:Worker) WHERE NOT 'CONTRIBUTED_TO' IN coalesce(w.concealed, []) AND """
    + SEEN_WORKER
    + " | "
    + PEOPLE
    + """] AS people,
  [(n)-[:PRODUCED_BY]->(p) WHERE any(token IN p.audience WHERE token IN $reader)
     | {kind: toLower(labels(p)[0]), id: p.id, name: p.name, note: p.level}] AS makers,
  [{kind: 'achievement', id: n.id, name: n.title, note: n.number}] AS works,
  [(n)-[:ADOPTED_BY]->(e:Enterprise) WHERE any(token IN e.audience WHERE token IN $reader) | {id: e.id, name: e.name, field: e.field}] AS adopters
"""
)
SEEN = "any(token IN n.audience WHERE token IN $reader)"
ACHIEVEMENTS = "UNWIND $ids AS id MATCH (n:Achievement {id: id}) WHERE " + SEEN + " RETURN n.id AS id, " + OF_WORK
LISTINGS = (
    "UNWIND $ids AS id MATCH (l:Listing {id: id})-[:OFFERS]->(n:Achievement) WHERE any(token IN l.audience WHERE token IN $reader) AND "
    + SEEN
    + " RETURN l.id AS id, "
    + OF_WORK
)
MEMBERS = """
  n.field AS field, [(n)-[:UNDER]->(o:Organisation) | o.area][0] AS area,
  [(n)<-[m:MEMBER_OF]-(w:Worker) WHERE m.until IS NULL AND """
STUDIOS = (
    "UNWIND $ids AS id MATCH (n:Studio {id: id}) WHERE "
    + SEEN
    + " RETURN n.id AS id, "
    + MEMBERS
    + SEEN_WORKER
    + " | "
    + PEOPLE
    + """] AS people,
  [{kind: 'studio', id: n.id, name: n.name, note: n.level}] AS makers,
  [(a:Achievement)-[:PRODUCED_BY]->(n) WHERE any(token IN a.audience WHERE token IN $reader)
     | {kind: 'achievement', id: a.id, name: a.title, note: a.number}] AS works
"""
)
ASSOCIATIONS = (
    "UNWIND $ids AS id MATCH (n:Association {id: id}) WHERE " + SEEN + " RETURN n.id AS id, " + MEMBERS + SEEN_WORKER + " | " + PEOPLE + "] AS people"
)
WORKERS = (
    "UNWIND $ids AS id MATCH (w:Worker {id: id}) WHERE "
    + SEEN_WORKER
    + """ RETURN w.id AS id, w.field AS field, [(w)-[:UNDER]->(o:Organisation) | o.area][0] AS area, ["""
    + PEOPLE
    + """] AS people,
  [(w)-[:CONTRIBUTED_TO]->(a:Achievement) WHERE any(token IN a.audience WHERE token IN $reader)
     AND NOT 'CONTRIBUTED_TO' IN coalesce(w.concealed, [])
     | {kind: 'achievement', id: a.id, name: a.title, note: a.number}] AS works
"""
)
STATEMENTS: dict[str, LiteralString] = {
    "achievement": ACHIEVEMENTS, "listing": LISTINGS, "studio": STUDIOS, "association": ASSOCIATIONS, "worker": WORKERS,
}  # fmt: skip


def evidence_of(tx: Transaction, found: Iterable[tuple[str, str]], skills: tuple[str, ...]) -> dict[str, Evidence]:
    """By id. `found` are (kind, id); a listing shows what its work shows."""
    by_kind: dict[str, list[str]] = {}
    for kind, id in found:
        by_kind.setdefault(kind, []).append(id)
    known = ((kind, ids) for kind, ids in by_kind.items() if kind in STATEMENTS)
    return {one.id: _in_order(one) for kind, ids in known for one in tx.all(STATEMENTS[kind], reader(Evidence), ids=ids, skills=skills)}


def _in_order(one: Evidence) -> Evidence:
    """Collected in no order of their own; the path must be the same each time."""
    by_id = attrgetter("id")
    return replace(
        one, people=tuple(sorted(one.people, key=by_id)), makers=tuple(sorted(one.makers, key=by_id)),
        works=tuple(sorted(one.works, key=by_id)), adopters=tuple(sorted(one.adopters, key=by_id)),
    )  # fmt: skip


DONE = """
OPTIONAL MATCH (a:Achievement)-[:PRODUCED_BY]->(p) WHERE any(token IN a.audience WHERE token IN $reader)
WITH p, collect(a) AS works
RETURN p.id AS id,
  [a IN works WHERE size([(a)-[:ADOPTED_BY]->(e:Enterprise) WHERE any(token IN e.audience WHERE token IN $reader) | 1]) > 0 | a.id] AS solved,
  reduce(sum = 0, a IN works | sum + size([(q:Enquiry)-[:ABOUT]->(a) | 1])) AS received,
  reduce(sum = 0, a IN works | sum + size([(q:Enquiry)-[:ABOUT]->(a) WHERE q.answered_at IS NOT NULL | 1])) AS answered
"""
DONE_BY_STUDIOS = "UNWIND $ids AS id MATCH (p:Studio {id: id}) WHERE any(token IN p.audience WHERE token IN $reader)" + DONE
DONE_BY_ENTERPRISES = "UNWIND $ids AS id MATCH (p:Enterprise {id: id}) WHERE any(token IN p.audience WHERE token IN $reader)" + DONE


def records_of(tx: Transaction, evidence: Iterable[Evidence]) -> dict[str, Record]:
    """Of the studios and enterprises that made what was found, by id. Of enquiries only their number is read."""
    makers = {(maker.kind, maker.id) for one in evidence for maker in one.makers}
    studios, firms = (sorted(id for kind, id in makers if kind == wanted) for wanted in ("studio", "enterprise"))
    found = [*tx.all(DONE_BY_STUDIOS, reader(Record), ids=studios), *tx.all(DONE_BY_ENTERPRISES, reader(Record), ids=firms)]
    return {one.id: one for one in found}


MOST_FIRMS = 200
"""Of one technology field, the ones that use most of its works first."""
NOT_YET = """
WHERE any(token IN e.audience WHERE token IN $reader)
  AND NOT EXISTS { MATCH (a)-[:ADOPTED_BY]->(e) } AND NOT EXISTS { MATCH (a)-[:PRODUCED_BY]->(e) }
  AND NOT EXISTS { MATCH (a)-[:PRODUCED_BY]->(s:Studio)-[:HOSTED_BY]->(e) WHERE any(token IN s.audience WHERE token IN $reader) }
RETURN e.id AS id, e.name AS name, e.field AS field, head([(e)-[:UNDER]->(o:Organisation) | o.area]) AS area,
  [(e)<-[:POSTED_BY]-(n:Need) WHERE n.id IN $needs AND any(token IN n.audience WHERE token IN $reader)
     AND (n.visibility <> 'anonymous' OR any(token IN n.guarded_audience WHERE token IN $reader)) | n.id] AS posted,
  [(w:Achievement)-[:ADOPTED_BY]->(e) WHERE w.id <> a.id AND w.field STARTS WITH $heading AND any(token IN w.audience WHERE token IN $reader)
     | {kind: 'achievement', id: w.id, name: w.title, note: w.number}] AS uses
"""
OF_THE_FIELD = (
    """
MATCH (a:Achievement {id: $id}) WHERE any(token IN a.audience WHERE token IN $reader)
MATCH (f:TechnologyField) WHERE f.code STARTS WITH $heading
MATCH (f)<-[:IN_FIELD]-(e:Enterprise)
WITH DISTINCT a, e
"""
    + NOT_YET
    + " ORDER BY size(uses) DESC, id LIMIT $most"
)
WITH_A_NEED = (
    """
MATCH (a:Achievement {id: $id}) WHERE any(token IN a.audience WHERE token IN $reader)
UNWIND $needs AS need
MATCH (m:Need {id: need})-[:POSTED_BY]->(e:Enterprise)
WHERE any(token IN m.audience WHERE token IN $reader) AND (m.visibility <> 'anonymous' OR any(token IN m.guarded_audience WHERE token IN $reader))
WITH DISTINCT a, e
"""
    + NOT_YET
    + " ORDER BY id LIMIT $most"
)


def list_candidates(tx: Transaction, work_id: str, field: str, needs: list[str]) -> list[Candidate]:
    """Those of the field, and those who posted one of these needs, each once."""
    asked = {"id": work_id, "needs": needs, "heading": field[:2] or "-", "most": MOST_FIRMS}
    found = [*tx.all(WITH_A_NEED, reader(Candidate), **asked), *tx.all(OF_THE_FIELD, reader(Candidate), **asked)]
    return list({one.id: one for one in found}.values())
