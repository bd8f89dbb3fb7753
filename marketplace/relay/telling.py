"""Those concerned are told: a workflow step says whom, the graph says who that is now. Never whoever did it."""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from graph.connection import Transaction
from graph.errors import NotFound
from graph.outbox import Event
from graph.records import value
from marketplace.kernel.notices import Notice, write_notices
from marketplace.kernel.rooms import Room
from marketplace.kernel.workflow import Tells

ACTOR_OF = """
MATCH (e:AuditEntry {id: $id}) RETURN e.account_id AS account
"""
ACTING_FOR = """
UNWIND $ids AS id MATCH (a:Account)-[:IS_PERSON]->(:Worker {id: id}) RETURN a.id AS account
UNION
UNWIND $ids AS id MATCH (a:Account)-[:IS_PERSON]->(:Worker)-[m:MEMBER_OF]->(:Studio {id: id}) WHERE m.until IS NULL RETURN a.id AS account
UNION
UNWIND $ids AS id MATCH (a:Account)-[h:HOLDS]->(:Enterprise {id: id}) WHERE h.until IS NULL RETURN a.id AS account
UNION
UNWIND $ids AS id MATCH (a:Account)-[h:HOLDS]->(:Studio {id: id}) WHERE h.until IS NULL RETURN a.id AS account
UNION
UNWIND $ids AS id MATCH (a:Account)-[h:HOLDS]->(:Association {id: id}) WHERE h.until IS NULL RETURN a.id AS account
"""
DECIDING = """
UNWIND $ids AS id
MATCH (a:Account)-[h:HOLDS {role: $role}]->(:Organisation {id: id}) WHERE h.until IS NULL
RETURN DISTINCT a.id AS account
"""
OFFICER_ROLE = "union-officer"


@dataclass(frozen=True, slots=True)
class Concern:
    """An event that somebody is to be told of."""

    event: Event
    tells: Tells


def concerns(rooms: Mapping[str, Room], events: Iterable[Event]) -> list[Concern]:
    """Most events, those of an import for one, concern nobody in person."""
    found = ((event, tells_of(rooms.get(event.kind), event.verb)) for event in events)
    return [Concern(event, tells) for event, tells in found if tells is not Tells.NOBODY]


def tells_of(room: Room | None, verb: str) -> Tells:
    steps = (workflow.steps[verb] for workflow in (room.workflows if room else ()) if verb in workflow.steps)
    return next((step.tells for step in steps if step.tells is not Tells.NOBODY), Tells.NOBODY)


def tell(tx: Transaction, rooms: Mapping[str, Room], concern: Concern) -> int:
    """Returns how many were told. What is gone meanwhile concerns nobody any more."""
    event = concern.event
    try:
        entity = rooms[event.kind].get(tx, event.entity_id)
    except NotFound:
        return 0
    actor = tx.find(ACTOR_OF, value("account"), id=event.audit_id)
    accounts = sorted(accounts_of(tx, concern.tells, entity) - {actor})
    write_notices(tx, [notice_of(event, account, entity) for account in accounts])
    return len(accounts)


def accounts_of(tx: Transaction, tells: Tells, entity: Any) -> set[str]:
    """Makers act for themselves, for their studio, enterprise or association; officers decide at one of the units."""
    if tells is Tells.OFFICERS:
        return set(tx.all(DECIDING, value("account"), ids=list(entity.review_units), role=OFFICER_ROLE))
    return set(tx.all(ACTING_FOR, value("account"), ids=list(entity.makers))) | set(getattr(entity, "accounts", ()))


def notice_of(event: Event, account: str, entity: Any) -> Notice:
    """One event, one account, one id: handled twice, it is told once."""
    id = hashlib.sha256(f"{event.id}:{account}".encode()).hexdigest()[:26]
    title = str(getattr(entity, "title", "") or getattr(entity, "name", ""))
    return Notice(id, account, event.kind, event.entity_id, event.verb, title, event.at)
