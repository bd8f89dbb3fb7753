"""Ending a unit: first its own state and the roles held there, then what stood under it, a batch in each transaction."""

from graph.outbox import Event
from marketplace.domains.organisations.model import Organisation, Status
from marketplace.domains.organisations.repository import get_organisation
from marketplace.domains.organisations.service import end_unit, move_unit
from marketplace.domains.roles.model import Holding
from marketplace.domains.roles.repository import list_holders
from marketplace.domains.roles.service import end_roles
from marketplace.kernel.audit import AuditEntry
from marketplace.kernel.errors import Invalid
from marketplace.kernel.labels import label
from marketplace.kernel.permission import Permission
from marketplace.kernel.rooms import Ref
from marketplace.kernel.unit_of_work import UnitOfWork
from marketplace.kernel.workdays import local_day
from marketplace.processes.succession.repository import find_unfinished, list_child_ids, move_reviews, move_under

AT_ONCE = 500
"""Things in one transaction; units with their whole subtree weigh more."""
UNITS_AT_ONCE = 20
FOLLOW = "follow"
"""As the relay calls it: the audience is written anew, then the index follows."""


def merge_units(uow: UnitOfWork, id: str, version: int, into: str, reason: str) -> Organisation:
    """Into one of the same tree: by an officer above both, or an administrator."""
    return _ended(uow, id, version, get_organisation(uow.tx, into), "merge", reason)


def close_unit(uow: UnitOfWork, id: str, version: int, reason: str) -> Organisation:
    """What stands under it comes directly under the unit above."""
    unit = get_organisation(uow.tx, id)
    uow.actor.require(Permission.ORGANISATION_END, unit)
    if not unit.parent_ids:
        raise Invalid({"into": label("Nothing stands above it: name the unit that takes its place.")})
    return _ended(uow, id, version, get_organisation(uow.tx, unit.parent_ids[0]), "close", reason)


def _ended(uow: UnitOfWork, id: str, version: int, successor: Organisation, verb: str, reason: str) -> Organisation:
    ended = end_unit(uow, id, version, successor, verb, reason)
    everything = uow.seeing_all()
    end_roles(everything, {one.account_id for one in _held_at(everything, id)}, lambda: _held_at(everything, id))
    reviews = move_reviews(uow.tx, id, ended.name, successor.id, successor.name)
    _note(uow, [("review", one) for one in reviews], successor)
    return ended


def _held_at(uow: UnitOfWork, id: str) -> list[Holding]:
    """What was lent ends with whose it is."""
    return [one for one in list_holders(uow.tx, "organisation", id, uow.now) if not one.is_lent]


def move_some(uow: UnitOfWork, id: str) -> int:
    """The next batch to the unit that took its place; 0 when nothing is left. Doing it twice moves nothing twice."""
    ended = get_organisation(uow.tx, id)
    if ended.status is Status.ACTIVE:
        return 0
    heir = _last_heir(uow, ended)
    if children := list_child_ids(uow.tx, id, UNITS_AT_ONCE):
        for child in children:
            move_unit(uow.seeing_all(), child, id, heir)
        return len(children)
    moved = move_under(uow.tx, id, heir.id, local_day(uow.now), AT_ONCE)
    _note(uow, moved, heir)
    return len(moved)


def _last_heir(uow: UnitOfWork, ended: Organisation) -> Organisation:
    """The successor may have ended, too, before all was moved."""
    heir, passed = get_organisation(uow.tx, ended.successor_id), {ended.id}
    while heir.status is not Status.ACTIVE and heir.id not in passed:
        passed.add(heir.id)
        heir = get_organisation(uow.tx, heir.successor_id)
    return heir


def _note(uow: UnitOfWork, refs: list[Ref], heir: Organisation) -> None:
    """An audit entry and an event for each, as for every change. The officers of the old unit no longer see it: that takes away."""
    audience = (*(f"officer:{unit}" for unit in heir.units), "system")
    for kind, id in refs:
        entry = AuditEntry(uow.new_id(), kind, id, "move", uow.actor.account_id, uow.now, ("organisation_id",), audience=audience)
        uow.entries.append(entry)
        uow.events.append(Event(uow.new_id(), kind, id, FOLLOW, True, uow.now, entry.id))


def finish_moves(uow: UnitOfWork) -> int:
    """What the calendar asks for each day: a move that was interrupted goes on, whoever began it."""
    id = find_unfinished(uow.tx)
    return move_some(uow, id) if id else 0
