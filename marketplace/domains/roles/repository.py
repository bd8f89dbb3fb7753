"""Holdings are relations with an id of their own; nothing is ever written over an old one."""

from collections.abc import Iterable
from datetime import datetime
from typing import LiteralString

from graph.connection import Transaction
from graph.errors import NotFound
from graph.records import reader, value
from marketplace.domains.roles.model import AccountStatus, Holder, Holding, Place
from marketplace.kernel.guards import hold
from marketplace.kernel.parties import find_seat
from marketplace.kernel.roles import HELD, Role

PLACES = ("organisation", "enterprise", "association")


def take_turn(tx: Transaction, account_ids: Iterable[str]) -> None:
    """Before anything is read: whoever changes roles of one of these waits for the others. In one order, so that nobody waits in a circle."""
    hold(tx, *(f"roles:{id}" for id in sorted(set(account_ids))))


HOLDER = """
MATCH (a:Account {id: $id, status: $active})
RETURN a.id AS id, a.version AS version, a.login AS login, a.name AS name,
  EXISTS { MATCH (a)-[h:HOLDS {role: $administrator}]->(:Organisation) WHERE h.until IS NULL OR h.until > $now } AS is_administrator
"""


def get_holder(tx: Transaction, id: str, now: datetime) -> Holder:
    """Whoever may change roles somewhere may name any account; what they see of it, they found by its exact name. Raises NotFound."""
    return tx.one(HOLDER, reader(Holder), id=id, active=AccountStatus.ACTIVE, administrator=Role.ADMINISTRATOR, now=now)


VISIBLE_HOLDER = """
MATCH (a:Account {id: $id})
WHERE any(token IN a.audience WHERE token IN $reader)
  OR EXISTS { MATCH (a)-[:HOLDS]->(p:Organisation) WHERE any(unit IN p.lineage WHERE 'officer:' + unit IN $reader) }
  OR EXISTS { MATCH (a)-[:HOLDS]->(p)-[:UNDER]->(o:Organisation) WHERE any(unit IN o.lineage WHERE 'officer:' + unit IN $reader) }
  OR EXISTS { MATCH (a)-[:HOLDS]->(p) WHERE 'maker:' + p.id IN $reader }
RETURN a.id AS id, a.version AS version, a.login AS login, a.name AS name
"""


def get_visible_holder(tx: Transaction, id: str) -> Holder:
    """Raises NotFound for an account that holds nothing where the reader may look."""
    return tx.one(VISIBLE_HOLDER, reader(Holder), id=id)


CALLED = """
MATCH (a:Account {login: $text}) WHERE a.status = $active RETURN a.id AS id, a.version AS version, a.login AS login, a.name AS name
UNION
MATCH (w:Worker {number: $text})<-[:IS_PERSON]-(a:Account) WHERE a.status = $active AND any(token IN w.audience WHERE token IN $reader)
RETURN a.id AS id, a.version AS version, a.login AS login, a.name AS name LIMIT 2
"""


def find_holder_called(tx: Transaction, text: str) -> Holder | None:
    """By the exact sign-in name, or by the number of a person whom the reader may see. No part of a name finds anybody."""
    found = tx.all(CALLED, reader(Holder), text=text, active=AccountStatus.ACTIVE) if text else []
    return found[0] if len(found) == 1 else None


COUNT_UP = """
MATCH (a:Account {id: $id})
SET a.lock = coalesce(a.lock, 0) + 1
WITH a WHERE a.version = $version
SET a.version = $version + 1, a.updated_at = $now
RETURN a.version AS version
"""


def save_holder(tx: Transaction, holder: Holder, version: int, now: datetime) -> None:
    """Raises Stale when the account's roles, or anything else of it, changed since `version`."""
    tx.changed(COUNT_UP, id=holder.id, version=version, now=now)


def get_place(tx: Transaction, kind: str, id: str) -> Place:
    """Raises NotFound for what is no place where roles are held."""
    seat = find_seat(tx, kind, id) if kind in PLACES else None
    if seat is None or not seat.party_name:
        raise NotFound(id)
    return Place(kind, id, seat.party_name, seat.units)


TOLD = """
WHERE ($past OR (a.status = $active AND (h.until IS NULL OR h.until > $now))) AND ($holding = '' OR h.id = $holding)
WITH a, h, p, CASE WHEN p:Organisation THEN p.lineage ELSE coalesce(head([(p)-[:UNDER]->(o:Organisation) | o.lineage]), []) END AS units
WHERE any(token IN ['system', 'administrator', 'account:' + a.id, 'account:' + coalesce(h.for_account, a.id), 'maker:' + p.id]
  + [unit IN units | 'officer:' + unit] WHERE token IN $reader)
RETURN h.id AS id, h.role AS role, toLower(head(labels(p))) AS kind, p.id AS place_id, p.name AS place_name, units,
  a.id AS account_id, a.login AS login, a.name AS name, a.version AS version, h.since AS since, h.until AS until, h.given_by AS given_by,
  h.for_account AS for_account, head([(f:Account)-[o:HOLDS]->(p) WHERE o.id = h.lent_from | f.name]) AS for_name, h.lent_from AS lent_from,
  EXISTS { MATCH (a)-[x:HOLDS {role: $administrator}]->(:Organisation) WHERE x.until IS NULL OR x.until > $now } AS of_administrator
ORDER BY since, id
"""
OF_ACCOUNT = "MATCH (a:Account {id: $id})-[h:HOLDS]->(p)" + TOLD
AT_ORGANISATION = "MATCH (p:Organisation {id: $id})<-[h:HOLDS]-(a:Account)" + TOLD
AT_ENTERPRISE = "MATCH (p:Enterprise {id: $id})<-[h:HOLDS]-(a:Account)" + TOLD
AT_ASSOCIATION = "MATCH (p:Association {id: $id})<-[h:HOLDS]-(a:Account)" + TOLD
AT: dict[str, LiteralString] = {"organisation": AT_ORGANISATION, "enterprise": AT_ENTERPRISE, "association": AT_ASSOCIATION}

SAID = {"active": AccountStatus.ACTIVE, "administrator": Role.ADMINISTRATOR}


def list_held(tx: Transaction, account_id: str, now: datetime, *, past: bool = False) -> list[Holding]:
    """Of one account, the oldest first, as far as the reader may see; with `past` what has ended, too."""
    return tx.all(
        OF_ACCOUNT, reader(Holding), id=account_id, now=now, past=past, holding="", active=AccountStatus.ACTIVE, administrator=Role.ADMINISTRATOR
    )


def get_holding(tx: Transaction, account_id: str, id: str, now: datetime) -> Holding:
    """Raises NotFound, also for one that the reader may not see."""
    return tx.one(
        OF_ACCOUNT, reader(Holding), id=account_id, now=now, past=True, holding=id, active=AccountStatus.ACTIVE, administrator=Role.ADMINISTRATOR
    )


def list_holders(tx: Transaction, kind: str, id: str, now: datetime, *, past: bool = False) -> list[Holding]:
    """Who holds what at a place."""
    return tx.all(AT[kind], reader(Holding), id=id, now=now, past=past, holding="", **SAID)


LENT_BY = """
MATCH (f:Account {id: $id})-[:HOLDS]->(p)<-[h:HOLDS]-(a:Account)
WHERE h.for_account = $id AND (h.until IS NULL OR h.until > $now) AND ($holding = '' OR h.lent_from = $holding)
  AND any(token IN ['system', 'administrator', 'account:' + f.id] WHERE token IN $reader)
RETURN DISTINCT h.id AS id, h.role AS role, toLower(head(labels(p))) AS kind, p.id AS place_id, p.name AS place_name, [] AS units,
  a.id AS account_id, a.login AS login, a.name AS name, a.version AS version, h.since AS since, h.until AS until,
  h.for_account AS for_account, f.name AS for_name, h.lent_from AS lent_from
ORDER BY since, id
"""


def list_lent_by(tx: Transaction, account_id: str, now: datetime, holding_id: str = "") -> list[Holding]:
    """What this account has lent to others and not yet got back."""
    return tx.all(LENT_BY, reader(Holding), id=account_id, now=now, holding=holding_id)


GIVE = """
CREATE (a)-[h:HOLDS]->(p) SET h = $properties RETURN h.id AS id
"""
GIVE_AT_ORGANISATION = "MATCH (a:Account {id: $id}) MATCH (p:Organisation {id: $place})" + GIVE
GIVE_AT_ENTERPRISE = "MATCH (a:Account {id: $id}) MATCH (p:Enterprise {id: $place})" + GIVE
GIVE_AT_ASSOCIATION = "MATCH (a:Account {id: $id}) MATCH (p:Association {id: $place})" + GIVE
GIVE_AT: dict[str, LiteralString] = {
    "organisation": GIVE_AT_ORGANISATION, "enterprise": GIVE_AT_ENTERPRISE, "association": GIVE_AT_ASSOCIATION,
}  # fmt: skip


def write_holding(tx: Transaction, one: Holding) -> None:
    """Always a new relation: the past keeps its dates. Raises NotFound for a place that does not exist."""
    kept = {"id": one.id, "role": one.role, "since": one.since, "until": one.until, "given_by": one.given_by}
    lent = {"for_account": one.for_account, "lent_from": one.lent_from} if one.is_lent else {}
    properties = {name: said for name, said in (kept | lent).items() if said is not None}
    tx.one(GIVE_AT[one.kind], value("id"), id=one.account_id, place=one.place_id, properties=properties)


SET_UNTIL = """
MATCH (a:Account {id: $id})-[h:HOLDS {id: $holding}]->(p) SET h.until = $until RETURN h.id AS id
"""
LENT_UNTIL = """
MATCH (:Account {id: $id})-[:HOLDS {id: $holding}]->(p)<-[h:HOLDS {lent_from: $holding}]-(b:Account)
WHERE h.until IS NULL OR h.until > $until
SET h.until = $until
RETURN DISTINCT b.id AS id
"""


def set_until(tx: Transaction, one: Holding, until: datetime | None) -> list[str]:
    """What was lent of it ends with it. Returns the accounts that lose something thereby."""
    tx.one(SET_UNTIL, value("id"), id=one.account_id, holding=one.id, until=until)
    return tx.all(LENT_UNTIL, value("id"), id=one.account_id, holding=one.id, until=until) if until else []


LASTING = """
MATCH (o:Organisation)<-[h:HOLDS {role: $administrator}]-(a:Account)
WHERE a.status = $active AND h.until IS NULL AND coalesce(h.since, $now) <= $now AND h.id <> $without
RETURN count(DISTINCT a) AS lasting
"""


def count_lasting_administrators(tx: Transaction, without: str, now: datetime) -> int:
    """Those whose role has begun and has no end, as if the holding `without` were gone."""
    asked = {"administrator": Role.ADMINISTRATOR, "active": AccountStatus.ACTIVE, "without": without, "now": now}
    return int(tx.one(LASTING, value("lasting"), **asked))


WHO_ADMINISTERS = (
    """
MATCH (o:Organisation)<-[h:HOLDS {role: $administrator}]-(a:Account) WHERE a.status = $active AND """
    + HELD
    + """
RETURN DISTINCT a.id AS id ORDER BY id
"""
)


def list_administrators(tx: Transaction, now: datetime) -> list[str]:
    """The accounts that are one now."""
    return tx.all(WHO_ADMINISTERS, value("id"), now=now, **SAID)


ADMINISTRATORS = "administrators"


FIND_PLACES = """
CALL () {
  MATCH (p:Organisation) WHERE p.name CONTAINS $text AND any(token IN p.audience WHERE token IN $reader) RETURN p
  UNION MATCH (p:Enterprise) WHERE p.name CONTAINS $text AND any(token IN p.audience WHERE token IN $reader) RETURN p
  UNION MATCH (p:Association) WHERE p.name CONTAINS $text AND any(token IN p.audience WHERE token IN $reader) RETURN p
}
RETURN toLower(head(labels(p))) AS kind, p.id AS id, p.name AS name ORDER BY name LIMIT 20
"""


def find_places(tx: Transaction, text: str) -> list[Place]:
    """Where roles are held, by a part of the name."""
    return tx.all(FIND_PLACES, reader(Place), text=text) if text else []
