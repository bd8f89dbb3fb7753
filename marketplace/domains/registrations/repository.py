"""Registrations in the graph: the node and the unit it waits at. The phone lies sealed under a key of the registration's own."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from graph.connection import Transaction
from graph.records import reader, value
from marketplace.domains.registrations.model import WAITING, Registration, Status
from marketplace.kernel.entity import node_properties
from marketplace.kernel.paging import Page
from marketplace.kernel.parties import IN_BEING, Named
from marketplace.kernel.roles import HELD
from marketplace.kernel.sealing import keys_of, opening
from marketplace.kernel.workflow import Change

read_registration = reader(Registration, "registration")

GET = """
UNWIND $ids AS id
MATCH (r:Registration {id: id}) WHERE any(token IN r.audience WHERE token IN $reader)
OPTIONAL MATCH (r)-[:UNDER]->(o:Organisation)
OPTIONAL MATCH (k:PersonKey {id: id})
RETURN r {.*} AS registration, k.wrapped AS wrapped, k.master AS master,
  o.id AS organisation_id, o.name AS unit_name, o.lineage AS units, o.area AS area
"""


def get_registration(tx: Transaction, id: str) -> Registration:
    """Raises NotFound for everybody but who sent it and the officers above."""
    return tx.one(GET, opening(tx, read_registration, "registration", "Registration"), ids=[id])


def get_registrations(tx: Transaction, ids: list[str]) -> list[Registration]:
    """Many at once, for the relay."""
    return tx.all(GET, opening(tx, read_registration, "registration", "Registration"), ids=ids)


def _sealed(tx: Transaction, registration: Registration, given: dict[str, Any]) -> dict[str, Any]:
    keys = keys_of(tx, [registration.id] if registration.phone else ())
    return given | (keys.sealed(registration.id, "Registration", {"phone": registration.phone}) if "phone" in given else {})


LOCK = """
MATCH (r:Registration {id: $id}) SET r.lock = coalesce(r.lock, 0) + 1
"""


def lock_registration(tx: Transaction, id: str) -> None:
    """Before anything is read that the decision stands on: the slower of two officers waits here, and then sees that it is done."""
    tx.run(LOCK, id=id)


CREATE = """
MATCH (o:Organisation {id: $organisation})
CREATE (r:Registration)-[:UNDER {since: $since}]->(o) SET r = $properties
RETURN r.id AS id
"""


def create_registration_node(tx: Transaction, registration: Registration, since: date) -> None:
    tx.one(
        CREATE,
        value("id"),
        organisation=registration.organisation_id,
        properties=_sealed(tx, registration, node_properties(registration)),
        since=since,
    )


SAVE = """
MATCH (r:Registration {id: $id})
SET r.lock = coalesce(r.lock, 0) + 1
WITH r WHERE r.version = $version
SET r += $properties, r.version = $version + 1
RETURN r.version AS version
"""
LEAVE = """
MATCH (r:Registration {id: $id})-[old:UNDER]->(o:Organisation) WHERE o.id <> $organisation
CREATE (r)-[:WAS_UNDER {since: old.since, until: $today}]->(o)
DELETE old
"""
ARRIVE = """
MATCH (r:Registration {id: $id}) WHERE NOT EXISTS { MATCH (r)-[:UNDER]->(:Organisation) }
MATCH (o:Organisation {id: $organisation})
CREATE (r)-[:UNDER {since: $today}]->(o)
"""


def save_registration(tx: Transaction, change: Change[Registration], today: date) -> None:
    """Lock, then compare: of two officers who decide at once, one gets Stale."""
    tx.changed(SAVE, id=change.id, version=change.version, properties=_sealed(tx, change.after, change.properties))
    if change.touches("organisation_id"):
        tx.run(LEAVE, id=change.id, organisation=change.after.organisation_id, today=today)
        tx.run(ARRIVE, id=change.id, organisation=change.after.organisation_id, today=today)


RENEW = """
MATCH (r:Registration {id: $id}) SET r.audience = $audience
"""


def renew_audience(tx: Transaction, registration: Registration) -> None:
    """Its unit moved in the tree: the tokens follow."""
    tx.run(RENEW, id=registration.id, audience=node_properties(registration)["audience"])


LIST_IDS = """
MATCH (r:Registration) WHERE r.id > $after RETURN r.id AS id ORDER BY id LIMIT $limit
"""


def list_registration_ids(tx: Transaction, after: str, limit: int) -> list[str]:
    return tx.all(LIST_IDS, value("id"), after=after, limit=limit)


@dataclass(frozen=True, slots=True)
class Place:
    """A unit that takes registrations in: still in being."""

    id: str
    name: str
    units: tuple[str, ...] = ()
    area: str = ""


PLACES = """
UNWIND $kinds AS kind
MATCH (o:Organisation {kind: kind}) WHERE o.status = $active AND any(token IN o.audience WHERE token IN $reader)
RETURN o.id AS id, o.name AS name, o.lineage AS units, o.area AS area ORDER BY o.code, name LIMIT 200
"""
PLACE = """
MATCH (o:Organisation {id: $id}) WHERE o.status = $active RETURN o.id AS id, o.name AS name, o.lineage AS units, o.area AS area
"""
KINDS = ("subdistrict", "area", "functional", "industry")


def list_places(tx: Transaction) -> list[Place]:
    """Sub-districts, areas, functional areas and industries: where a new enterprise is verified."""
    return tx.all(PLACES, reader(Place), kinds=KINDS, active=IN_BEING)


def find_place(tx: Transaction, id: str) -> Place | None:
    return tx.find(PLACE, reader(Place), id=id, active=IN_BEING)


STAFFED = (
    """
UNWIND $units AS unit
MATCH (o:Organisation {id: unit})<-[h:HOLDS {role: $role}]-(:Account) WHERE """
    + HELD
    + """
RETURN DISTINCT o.id AS id, o.name AS name
"""
)


def list_staffed(tx: Transaction, units: tuple[str, ...], role: str, now: datetime) -> dict[str, str]:
    """Which of these units have an officer to decide."""
    return {one.id: one.name for one in tx.all(STAFFED, reader(Named), units=units, role=role, now=now)}


OF_ACCOUNT = """
MATCH (r:Registration {account_id: $account}) WHERE r.status IN $waiting
OPTIONAL MATCH (r)-[:UNDER]->(o:Organisation)
RETURN r {.*} AS registration, o.id AS organisation_id, o.name AS unit_name, o.lineage AS units, o.area AS area
ORDER BY r.created_at DESC LIMIT 20
"""


def list_waiting_of(tx: Transaction, account_id: str) -> list[Registration]:
    """What this account has sent and the union has not ended yet."""
    return tx.all(OF_ACCOUNT, read_registration, account=account_id, waiting=sorted(WAITING)) if account_id else []


WAITING_BELOW = """
UNWIND $waiting AS status
MATCH (r:Registration {status: status}) WHERE any(token IN r.audience WHERE token IN $reader)
WITH r ORDER BY r.due_at, r.id
WITH collect(r) AS found
WITH size(found) AS total, found[$skip..$skip + $limit] AS some
RETURN total, [r IN some | r.id] AS ids
"""


def list_waiting(tx: Transaction, number: int = 1, size: int = 50) -> Page[Registration]:
    """Of the reader's units and all below them, by deadline: those above see what a base union lets lie."""
    first = (number - 1) * size
    found = tx.all(
        WAITING_BELOW, lambda row: (int(row["total"]), list(row["ids"])), waiting=[Status.REGISTERED], skip=first, limit=size,
    )  # fmt: skip
    total, ids = found[0] if found else (0, [])
    return Page(tuple(get_registrations(tx, ids)), total, number, size)


RIVALS = """
MATCH (r:Registration {uscc: $uscc}) WHERE r.uscc <> '' AND r.id <> $id AND r.status IN $waiting
  AND any(token IN r.audience WHERE token IN $reader)
RETURN r.id AS id, r.number AS name ORDER BY name LIMIT 10
"""


def list_rivals(tx: Transaction, registration: Registration) -> list[Named]:
    """Others at the door with the same code, as far as the officer sees them."""
    return tx.all(RIVALS, reader(Named), uscc=registration.uscc, id=registration.id, waiting=sorted(WAITING)) if registration.uscc else []


TRANSFERS = """
MATCH (r:Registration {person_id: $person}) WHERE r.status IN $waiting RETURN r.id AS id LIMIT 1
"""


def find_transfer_of(tx: Transaction, person_id: str) -> str | None:
    """A transfer of this person that somebody has asked for already."""
    return tx.find(TRANSFERS, value("id"), person=person_id, waiting=sorted(WAITING))
