"""Where a new thing belongs, and whom a form may name."""

from dataclasses import dataclass

from graph.connection import Transaction
from graph.records import reader


@dataclass(frozen=True, slots=True)
class Named:
    id: str
    name: str


@dataclass(frozen=True, slots=True)
class Home:
    """Where a new achievement belongs."""

    organisation_id: str
    units: tuple[str, ...]
    enterprise_id: str
    studio_id: str


HOME_OF = """
OPTIONAL MATCH (s:Studio {id: $studio})-[:UNDER]->(so:Organisation)
OPTIONAL MATCH (s)-[:HOSTED_BY]->(se:Enterprise)
OPTIONAL MATCH (w:Worker {id: $worker})-[:UNDER]->(wo:Organisation)
OPTIONAL MATCH (w)-[m:EMPLOYED_BY]->(we:Enterprise) WHERE m.until IS NULL
WITH coalesce(so, wo) AS o, coalesce(se, we) AS e, s
RETURN coalesce(o.id, '') AS organisation_id, coalesce(o.lineage, []) AS units, coalesce(e.id, '') AS enterprise_id,
       coalesce(s.id, '') AS studio_id LIMIT 1
"""


def find_home(tx: Transaction, studio_id: str, worker_id: str) -> Home:
    """Under which unit and enterprise an achievement of this studio, or of this worker, comes in."""
    return tx.one(HOME_OF, reader(Home), studio=studio_id, worker=worker_id)


CANDIDATES = """
MATCH (w:Worker {id: $worker}) RETURN w.id AS id, w.name AS name
UNION MATCH (:Worker {id: $worker})-[o:EMPLOYED_BY]->(:Enterprise)<-[m:EMPLOYED_BY]-(w:Worker)
WHERE o.until IS NULL AND m.until IS NULL RETURN w.id AS id, w.name AS name
UNION MATCH (w:Worker)-[m:EMPLOYED_BY]->(:Enterprise {id: $enterprise}) WHERE m.until IS NULL RETURN w.id AS id, w.name AS name
UNION MATCH (w:Worker)-[m:MEMBER_OF]->(:Studio {id: $studio}) WHERE m.until IS NULL RETURN w.id AS id, w.name AS name
"""


def list_candidates(tx: Transaction, enterprise_id: str, studio_id: str, worker_id: str) -> list[Named]:
    """Who may stand on the form as a contributor: colleagues and members."""
    return sorted(tx.all(CANDIDATES, reader(Named), enterprise=enterprise_id, studio=studio_id, worker=worker_id), key=lambda one: one.name)


ENTERPRISE_NAMED = """
MATCH (e:Enterprise) WHERE e.name IN $names RETURN e.id AS id, e.name AS name
"""


def find_enterprises(tx: Transaction, names: list[str]) -> dict[str, str]:
    """Name → id of the adopters that the register knows."""
    return {one.name: one.id for one in tx.all(ENTERPRISE_NAMED, reader(Named), names=names)}


NEAR_ADOPTERS = """
MATCH (e:Enterprise) WHERE e.name CONTAINS $text AND any(token IN e.audience WHERE token IN $reader)
RETURN e.id AS id, e.name AS name ORDER BY name LIMIT 10
"""


def suggest_enterprises(tx: Transaction, text: str) -> list[Named]:
    return tx.all(NEAR_ADOPTERS, reader(Named), text=text)
