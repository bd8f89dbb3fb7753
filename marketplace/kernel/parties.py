"""Where a new thing belongs, and whom a form may name."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import LiteralString

from stdnum.cn import uscc

from graph.connection import Transaction
from graph.records import reader, value


@dataclass(frozen=True, slots=True)
class Named:
    id: str
    name: str


@dataclass(frozen=True, slots=True)
class Seat:
    """Where a party stands: the unit above it and its enterprise. What comes from the party is reviewed and seen there."""

    party_name: str = ""
    organisation_id: str = ""
    organisation_name: str = ""
    units: tuple[str, ...] = ()
    area: str = ""
    enterprise_id: str = ""
    enterprise_name: str = ""


ORGANISATION_SEATS = """
UNWIND $ids AS id MATCH (o:Organisation {id: id})
RETURN id, o.name AS party_name, o.id AS organisation_id, o.name AS organisation_name, o.lineage AS units, o.area AS area
"""
ENTERPRISE_SEATS = """
UNWIND $ids AS id MATCH (e:Enterprise {id: id}) OPTIONAL MATCH (e)-[:UNDER]->(o:Organisation)
RETURN id, e.name AS party_name, o.id AS organisation_id, o.name AS organisation_name, o.lineage AS units, o.area AS area,
  e.id AS enterprise_id, e.name AS enterprise_name
"""
STUDIO_SEATS = """
UNWIND $ids AS id MATCH (p:Studio {id: id}) OPTIONAL MATCH (p)-[:UNDER]->(o:Organisation) OPTIONAL MATCH (p)-[:HOSTED_BY]->(e:Enterprise)
RETURN id, p.name AS party_name, o.id AS organisation_id, o.name AS organisation_name, o.lineage AS units, o.area AS area,
  e.id AS enterprise_id, e.name AS enterprise_name
"""
ASSOCIATION_SEATS = """
UNWIND $ids AS id MATCH (p:Association {id: id}) OPTIONAL MATCH (p)-[:UNDER]->(o:Organisation)
RETURN id, p.name AS party_name, o.id AS organisation_id, o.name AS organisation_name, o.lineage AS units, o.area AS area
"""
WORKER_SEATS = """
UNWIND $ids AS id MATCH (p:Worker {id: id}) OPTIONAL MATCH (p)-[:UNDER]->(o:Organisation)
OPTIONAL MATCH (p)-[m:EMPLOYED_BY]->(e:Enterprise) WHERE m.until IS NULL
RETURN id, p.name AS party_name, o.id AS organisation_id, o.name AS organisation_name, o.lineage AS units, o.area AS area,
  e.id AS enterprise_id, e.name AS enterprise_name
"""
SEATS: dict[str, LiteralString] = {
    "organisation": ORGANISATION_SEATS, "enterprise": ENTERPRISE_SEATS, "studio": STUDIO_SEATS, "association": ASSOCIATION_SEATS,
    "worker": WORKER_SEATS,
}  # fmt: skip
read_seat = reader(Seat)


def list_seats(tx: Transaction, kind: str, ids: Iterable[str]) -> dict[str, Seat]:
    """Id → seat, of those that are there."""
    return dict(tx.all(SEATS[kind], lambda row: (str(row["id"]), read_seat(row)), ids=sorted(set(ids))))


def find_seat(tx: Transaction, kind: str, id: str) -> Seat:
    """An empty one for a party that is not there."""
    return list_seats(tx, kind, [id]).get(id, Seat()) if id else Seat()


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


HEIR = """
MATCH (:Worker {id: $id})-[:MERGED_INTO*1..5]->(w:Worker) WHERE any(token IN w.audience WHERE token IN $reader) RETURN w.id AS id LIMIT 1
"""


def find_heir(tx: Transaction, id: str) -> str | None:
    """Who stands now for an entry that was merged into another, as far as the reader may see them."""
    return tx.find(HEIR, value("id"), id=id)


@dataclass(frozen=True, slots=True)
class Union:
    """A union organisation that an enterprise may come under."""

    id: str
    name: str
    units: tuple[str, ...] = ()
    area: str = ""


IN_BEING = "active"
"""How the graph says that a unit of the union has neither been closed nor merged."""
UNIONS_NAMED = """
UNWIND $names AS name MATCH (o:Organisation {name: name}) WHERE o.status = $active AND any(token IN o.audience WHERE token IN $reader)
RETURN o.id AS id, o.name AS name, o.lineage AS units, o.area AS area
"""


def find_unions(tx: Transaction, names: list[str]) -> dict[str, Union]:
    return {one.name: one for one in tx.all(UNIONS_NAMED, reader(Union), names=names, active=IN_BEING)}


UNIONS_BELOW = """
MATCH (o:Organisation) WHERE o.status = $active AND any(unit IN o.lineage WHERE unit IN $units) AND any(token IN o.audience WHERE token IN $reader)
RETURN o.name AS name ORDER BY name LIMIT 300
"""


def list_union_names(tx: Transaction, units: list[str]) -> list[str]:
    """Suggestions for the form: the first of those that the officer acts for; any other may be typed."""
    return tx.all(UNIONS_BELOW, value("name"), units=units, active=IN_BEING)


def tidy_uscc(written: str | None) -> str:
    """A unified social credit code as it is stored: compact, in capitals; empty for nothing."""
    return uscc.compact(written).upper() if written and written.strip() else ""
