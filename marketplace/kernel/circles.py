"""The verbs of what has members: keep its page, invite, end, hand over, close. Rooms say what differs."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any, Generic, TypeVar

from graph.connection import Transaction
from marketplace.kernel.errors import Invalid, Refused
from marketplace.kernel.invitations import invite_person
from marketplace.kernel.labels import Label
from marketplace.kernel.memberships import LEAD, MEMBER, Members, Membership, current_of, faults_of, get_worker_called, handed_over, joined, left
from marketplace.kernel.parties import Named
from marketplace.kernel.permission import Permission
from marketplace.kernel.revisions import content_of, keep_version
from marketplace.kernel.unit_of_work import UnitOfWork
from marketplace.kernel.workdays import local_day
from marketplace.kernel.workflow import Change, Workflow, edited

T = TypeVar("T", bound="Circle")


class Circle:
    """Of people: what a studio and an association answer alike. A base without fields, beside the text that a version keeps."""

    __slots__ = ()
    id: str
    version: int
    name: str
    members: Members

    @property
    def title(self) -> str:
        return self.name

    @property
    def makers(self) -> tuple[str, ...]:
        """Its members act for it; who they are today is read at each request."""
        return (self.id,)

    @property
    def present(self) -> tuple[Membership, ...]:
        return current_of(self.members)

    @property
    def past(self) -> tuple[Membership, ...]:
        return tuple(one for one in self.members if not one.is_current)


@dataclass(frozen=True, slots=True)
class Charter(Generic[T]):
    """What a room tells these verbs of its circles.

    `edit` is for who keeps the page and invites, `name` for who names it and its leader, `naming` are the fields that only they change."""

    get: Callable[[Transaction, str], T]
    save: Callable[[Transaction, Change[T]], None]
    workflow: Workflow
    edit: Permission
    name: Permission
    naming: tuple[str, ...]
    closed: Label
    leading: str = LEAD


def carried_out(uow: UnitOfWork, charter: Charter[T], change: Change[T]) -> T:
    charter.save(uow.tx, change)
    uow.record(change)
    return change.after


def _get_for(uow: UnitOfWork, charter: Charter[T], id: str, needs: Permission) -> T:
    circle = charter.get(uow.tx, id)
    uow.actor.require(needs, circle)
    return circle


def _with(uow: UnitOfWork, charter: Charter[T], circle: T, version: int, verb: str, members: Members) -> T:
    return carried_out(uow, charter, edited(circle, version, at=uow.now, verb=verb, members=members))


def keep_page(uow: UnitOfWork, charter: Charter[T], before: T, version: int, text: Any, **follows: Any) -> T:
    """Whoever leads it keeps the page; what the union named, an officer above renames. Each state is kept."""
    uow.actor.require(charter.edit, before)
    if any(getattr(before, name) != getattr(text, name) for name in charter.naming):
        uow.actor.require(charter.name, before)
    first = text.fields[0] if text.fields else ""
    change = edited(before, version, at=uow.now, **content_of(text), field=first, **follows)
    keep_version(uow, change.after, text)
    return carried_out(uow, charter, change)


def enters_members(uow: UnitOfWork, charter: Charter[T], circle: T) -> bool:
    """The union writes down who belongs; whoever only leads it asks, and the person answers."""
    return uow.actor.can(charter.name, circle)


def invite(uow: UnitOfWork, charter: Charter[T], id: str, version: int, who: str, role: str = MEMBER, since: date | None = None) -> T:
    """`who` is a name or a number. By an officer their rights begin at once, by the leader with their answer. Raises Invalid for a second leader."""
    circle = _get_for(uow, charter, id, charter.edit)
    _require_open(charter, circle)
    worker, today = get_worker_called(uow.tx, who), local_day(uow.now)
    members = joined(circle.members, worker, role, since or today, today)
    if faults := faults_of(members, charter.leading):
        raise Invalid({"role": faults["members"]})
    if not enters_members(uow, charter, circle):
        invite_person(uow, circle, worker, role)
        return circle
    return _with(uow, charter, circle, version, "invite", members)


def _require_open(charter: Charter[T], circle: T) -> None:
    if not charter.workflow.steps["close"].frm & {getattr(circle, charter.workflow.field)}:
        raise Refused(charter.closed)


def admit(uow: UnitOfWork, charter: Charter[T], id: str, person: Named, role: str = MEMBER) -> T:
    """By the person's own answer to an invitation, which the caller has asked for. It may have been closed meanwhile."""
    all_seeing, today = uow.seeing_all(), local_day(uow.now)
    circle = charter.get(all_seeing.tx, id)
    _require_open(charter, circle)
    return _with(all_seeing, charter, circle, circle.version, "join", joined(circle.members, person, role or MEMBER, today, today))


def end(uow: UnitOfWork, charter: Charter[T], id: str, version: int, worker_id: str) -> T:
    """Whoever keeps the page ends it, or the member goes. Their rights end with the next request."""
    circle = charter.get(uow.tx, id)
    if worker_id != uow.actor.worker_id or not worker_id:
        uow.actor.require(charter.edit, circle)
    return _with(uow, charter, circle, version, "end-membership", left(circle.members, worker_id, local_day(uow.now), charter.leading))


def hand_over(uow: UnitOfWork, charter: Charter[T], id: str, version: int, who: str) -> T:
    """An officer above names another leader; the one before stays as a member."""
    circle = _get_for(uow, charter, id, charter.name)
    members = handed_over(circle.members, get_worker_called(uow.tx, who), local_day(uow.now), charter.leading)
    return _with(uow, charter, circle, version, "change-lead", members)


def move(uow: UnitOfWork, charter: Charter[T], id: str, version: int, verb: str, reason: str = "", **more: Any) -> T:
    """A step of the room's table: closing and opening again."""
    circle = _get_for(uow, charter, id, charter.workflow.steps[verb].needs)
    return carried_out(uow, charter, charter.workflow.step(verb, circle, version, at=uow.now, reason=reason, **more))
