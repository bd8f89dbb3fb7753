"""Those concerned are told: a workflow step says whom, the graph says who that is now. Never whoever did it."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from graph.connection import Transaction
from graph.outbox import Event
from marketplace.kernel.notices import Notice, Topic, topic_of, write_notices
from marketplace.kernel.permissions import SYSTEM
from marketplace.kernel.rooms import Ref, Room, steps_named
from marketplace.kernel.workflow import Tells
from marketplace.relay.addresses import Addresses, find_addresses, id_and_account
from marketplace.relay.following import many_of


@dataclass(frozen=True, slots=True)
class Concern:
    """An event that somebody is to be told of."""

    event: Event
    tells: Tells

    @property
    def ref(self) -> Ref:
        return self.event.kind, self.event.entity_id


def concerns(rooms: Mapping[str, Room], events: Iterable[Event]) -> list[Concern]:
    """Most events, those of an import for one, concern nobody in person."""
    found = ((event, Tells.INVITED if event.verb in GUARDED.get(event.kind, ()) else tells_of(rooms.get(event.kind), event.verb)) for event in events)
    return [Concern(event, tells) for event, tells in found if tells is not Tells.NOBODY]


def tells_of(room: Room | None, verb: str) -> Tells:
    return next((step.tells for step in steps_named(room, verb) if step.tells is not Tells.NOBODY), Tells.NOBODY)


def tell(tx: Transaction, rooms: Mapping[str, Room], told_of: Sequence[Concern], now: datetime) -> int:
    """All of a batch at once. Returns how many notices were due; what is gone meanwhile concerns nobody any more."""
    own = [concern for concern in told_of if concern.event.kind in GUARDED]
    things = _things(tx, rooms, (concern for concern in told_of if concern.event.kind not in GUARDED))
    standing = [(concern, things[concern.ref]) for concern in told_of if concern.ref in things]
    actors = _actors(tx, [concern.event.audit_id for concern in told_of])
    addresses = _addresses(tx, standing, now)
    notices = [
        notice_of(concern, account, entity)
        for concern, entity in standing
        for account in sorted(accounts_of(addresses, concern, entity) - {actors.get(concern.event.audit_id)})
    ]
    notices += [security_notice(concern.event) for concern in own if actors.get(concern.event.audit_id) != SYSTEM]
    write_notices(tx, notices)
    return len(notices)


GUARDED = {"account": frozenset({"change-password", "grant-role", "extend-role", "end-role", "borrow-role", "lose-role"})}
"""What is told to the account that it was done to, whoever did it: whoever took one over would say that it was its owner."""


def security_notice(event: Event) -> Notice:
    id = hashlib.sha256(f"{event.id}:{event.entity_id}".encode()).hexdigest()[:26]
    return Notice(id, event.entity_id, event.kind, event.entity_id, event.verb, "", event.at, topic=Topic.SECURITY)


def _things(tx: Transaction, rooms: Mapping[str, Room], told_of: Iterable[Concern]) -> dict[Ref, Any]:
    by_kind: dict[str, dict[str, None]] = {}
    for kind, id in (concern.ref for concern in told_of):
        by_kind.setdefault(kind, {})[id] = None
    return {(kind, one.id): one for kind, ids in by_kind.items() for one in many_of(tx, rooms[kind], list(ids))}


ACTORS = """
UNWIND $ids AS id MATCH (e:AuditEntry {id: id}) RETURN id, e.account_id AS account
"""


def _actors(tx: Transaction, ids: list[str]) -> dict[str, str]:
    """Who did it, by the audit entry."""
    return dict(tx.all(ACTORS, id_and_account, ids=ids))


def _addresses(tx: Transaction, standing: Iterable[tuple[Concern, Any]], now: datetime) -> Addresses:
    parties: set[str] = set()
    units: set[str] = set()
    for concern, entity in standing:
        if concern.tells is Tells.OFFICERS:
            units.update(entity.review_units)
        elif concern.tells is Tells.MAKERS:
            parties.update(entity.makers)
        elif concern.tells is Tells.OTHERS:
            parties.update(entity.others)
    return find_addresses(tx, parties, units, now)


def accounts_of(addresses: Addresses, concern: Concern, entity: Any) -> set[str]:
    if concern.tells is Tells.INVITED:
        return set(entity.invited)
    if concern.tells is Tells.OTHERS:
        return addresses.acting_for(entity.others)
    return addresses.of_officers(entity) if concern.tells is Tells.OFFICERS else addresses.of_makers(entity)


def notice_of(concern: Concern, account: str, entity: Any) -> Notice:
    """One event, one account, one id: handled twice, it is told once. An invitation is one for good."""
    event = concern.event
    cause = f"{event.entity_id}:{event.verb}" if concern.tells is Tells.INVITED else event.id
    id = hashlib.sha256(f"{cause}:{account}".encode()).hexdigest()[:26]
    title = str(getattr(entity, "title", "") or getattr(entity, "name", ""))
    topic = Topic.DUTIES if concern.tells is Tells.OFFICERS else topic_of(event.kind)
    return Notice(id, account, event.kind, event.entity_id, event.verb, title, event.at, topic=topic)
