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


@dataclass(frozen=True, slots=True)
class Seat:
    """Under which unit, and in which enterprise, something is founded."""

    organisation_id: str = ""
    organisation_name: str = ""
    units: tuple[str, ...] = ()
    area: str = ""
    enterprise_id: str = ""
    enterprise_name: str = ""


SEATS = """
UNWIND $rows AS row
OPTIONAL MATCH (e:Enterprise {id: row.enterprise_id})
OPTIONAL MATCH (given:Organisation {id: row.organisation_id})
OPTIONAL MATCH (e)-[:UNDER]->(own:Organisation)
WITH row, e, coalesce(given, own) AS o
RETURN row.position AS position, coalesce(o.id, '') AS organisation_id, coalesce(o.name, '') AS organisation_name,
  coalesce(o.lineage, []) AS units, coalesce(o.area, '') AS area, coalesce(e.id, '') AS enterprise_id, coalesce(e.name, '') AS enterprise_name
ORDER BY position
"""


def list_seats(tx: Transaction, wanted: list[tuple[str, str]]) -> list[Seat]:
    """For each (enterprise, unit), in their order; without a unit it is the enterprise's own."""
    rows = [{"position": at, "enterprise_id": enterprise, "organisation_id": unit} for at, (enterprise, unit) in enumerate(wanted)]
    return tx.all(SEATS, reader(Seat), rows=rows)


def find_seat(tx: Transaction, enterprise_id: str = "", organisation_id: str = "") -> Seat:
    return list_seats(tx, [(enterprise_id, organisation_id)])[0]


CANDIDATES = """
MATCH (w:Worker {id: $worker}) RETURN w.id AS id, w.name AS name
UNION MATCH (:Worker {id: $worker})-[o:EMPLOYED_BY]->(:Enterprise)<-[m:EMPLOYED_BY]-(w:Worker)
WHERE o.until IS NULL AND m.until IS NULL RETURN w.id AS id, w.name AS name
UNION MATCH (:Enterprise {id: $enterprise})<-[m:EMPLOYED_BY]-(w:Worker) WHERE m.until IS NULL RETURN w.id AS id, w.name AS name
UNION MATCH (:Studio {id: $studio})<-[m:MEMBER_OF]-(w:Worker) WHERE m.until IS NULL RETURN w.id AS id, w.name AS name
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


@dataclass(frozen=True, slots=True)
class Employer:
    """An enterprise and the union it stands under: where its workers belong."""

    enterprise_id: str
    enterprise_name: str
    uscc: str = ""
    organisation_id: str = ""
    organisation_name: str = ""
    units: tuple[str, ...] = ()
    area: str = ""


EMPLOYERS = """
CALL () {
  UNWIND $names AS name MATCH (e:Enterprise {id: name}) RETURN e
  UNION UNWIND $names AS name MATCH (e:Enterprise {uscc: name}) RETURN e
  UNION UNWIND $names AS name MATCH (e:Enterprise {name: name}) RETURN e
}
MATCH (e)-[:UNDER]->(o:Organisation)
RETURN e.id AS enterprise_id, e.name AS enterprise_name, e.uscc AS uscc, o.id AS organisation_id, o.name AS organisation_name,
  o.lineage AS units, o.area AS area
"""


def find_employers(tx: Transaction, names: list[str]) -> dict[str, Employer]:
    """By id, credit code or full name; each found one stands under all three."""
    found = tx.all(EMPLOYERS, reader(Employer), names=names)
    return {key: one for one in found for key in (one.enterprise_name, one.uscc, one.enterprise_id) if key}


OWN_ENTERPRISES = """
MATCH (:Worker {id: $worker})-[m:EMPLOYED_BY]->(e:Enterprise) WHERE m.until IS NULL RETURN e.id AS id, e.name AS name
UNION
UNWIND $units AS unit
MATCH (o:Organisation)<-[:UNDER]-(e:Enterprise) WHERE unit IN o.lineage RETURN e.id AS id, e.name AS name ORDER BY name LIMIT 300
"""


def list_own_enterprises(tx: Transaction, worker_id: str, units: list[str]) -> list[Named]:
    """Where a person works, and what lies under the units of an officer."""
    return tx.all(OWN_ENTERPRISES, reader(Named), worker=worker_id, units=units)
