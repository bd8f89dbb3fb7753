"""What may be done with associations. Officers found, name and close them; their own officers keep the page and its members."""

from dataclasses import replace
from datetime import date

from marketplace.domains.associations.model import NAMING, WORKFLOW, Association, AssociationText, Role
from marketplace.domains.associations.repository import create_association_nodes, get_association, save_association
from marketplace.kernel.errors import Invalid, Refused
from marketplace.kernel.labels import label
from marketplace.kernel.memberships import Members, faults_of, get_worker_called, handed_over, joined, left, require_workers
from marketplace.kernel.parties import find_seat
from marketplace.kernel.permission import Permission
from marketplace.kernel.revisions import content_of, keep_version, text_of
from marketplace.kernel.unit_of_work import UnitOfWork
from marketplace.kernel.workdays import local_day
from marketplace.kernel.workflow import Change, created, edited


def create_association(uow: UnitOfWork, text: AssociationText, organisation_id: str, members: Members = (), *, source_key: str = "") -> Association:
    """An officer above its unit founds it. Raises Invalid for people who are not there, or for two who preside."""
    seat = find_seat(uow.tx, organisation_id=organisation_id)
    if faults := faults_of(members, Role.CHAIR) | ({} if seat.units else {"organisation": label("No unit of the union stands behind it.")}):
        raise Invalid(faults)
    require_workers(uow.tx, (one.worker_id for one in members))
    association = Association(
        **content_of(text), id=uow.new_id(), number=uow.next_number("JX"), field=text.fields[0] if text.fields else "",
        entered_by=uow.actor.account_id, source_key=source_key, created_at=uow.now, updated_at=uow.now, published_at=uow.now,
        organisation_id=seat.organisation_id, organisation_name=seat.organisation_name, units=seat.units, area=seat.area,
        members=tuple(replace(one, since=one.since or local_day(uow.now)) for one in members),
    )  # fmt: skip
    uow.actor.require(Permission.ASSOCIATION_CREATE, association)
    create_association_nodes(uow.tx, [association])
    keep_version(uow, association, text_of(association, AssociationText))
    uow.record(created(association, at=uow.now))
    return association


def edit_association(uow: UnitOfWork, id: str, version: int, text: AssociationText) -> Association:
    """Its officers keep the page; what the union named, an officer above renames. Each state is kept."""
    before = get_association(uow.tx, id)
    uow.actor.require(Permission.ASSOCIATION_EDIT, before)
    if any(getattr(before, name) != getattr(text, name) for name in NAMING):
        uow.actor.require(Permission.ASSOCIATION_NAME, before)
    change = edited(before, version, at=uow.now, **content_of(text), field=text.fields[0] if text.fields else "")
    keep_version(uow, change.after, text)
    return _saved(uow, change)


def invite_member(uow: UnitOfWork, id: str, version: int, who: str, role: Role = Role.MEMBER, since: date | None = None) -> Association:
    """`who` is a name or a number. Raises Invalid where a second would preside."""
    association = get_association(uow.tx, id)
    uow.actor.require(Permission.ASSOCIATION_EDIT, association)
    if not association.is_open:
        raise Refused(label("The association is closed."))
    worker, today = get_worker_called(uow.tx, who), local_day(uow.now)
    members = joined(association.members, worker, role, since or today, today)
    if faults := faults_of(members, Role.CHAIR):
        raise Invalid({"role": faults["members"]})
    return _saved(uow, edited(association, version, at=uow.now, verb="invite", members=members))


def end_membership(uow: UnitOfWork, id: str, version: int, worker_id: str) -> Association:
    """An officer ends it, or the member goes. Their rights end with the next request."""
    association = get_association(uow.tx, id)
    if worker_id != uow.actor.worker_id or not worker_id:
        uow.actor.require(Permission.ASSOCIATION_EDIT, association)
    members = left(association.members, worker_id, local_day(uow.now), Role.CHAIR)
    return _saved(uow, edited(association, version, at=uow.now, verb="end-membership", members=members))


def change_chair(uow: UnitOfWork, id: str, version: int, who: str) -> Association:
    """An officer above names another; who presided before stays as a member."""
    association = get_association(uow.tx, id)
    uow.actor.require(Permission.ASSOCIATION_NAME, association)
    members = handed_over(association.members, get_worker_called(uow.tx, who), local_day(uow.now), Role.CHAIR)
    return _saved(uow, edited(association, version, at=uow.now, verb="change-lead", members=members))


def close_association(uow: UnitOfWork, id: str, version: int, reason: str) -> Association:
    """Its page stays, marked."""
    return _moved(uow, id, version, "close", reason)


def reopen_association(uow: UnitOfWork, id: str, version: int) -> Association:
    """As it was, with the same people."""
    return _moved(uow, id, version, "reopen")


def _moved(uow: UnitOfWork, id: str, version: int, verb: str, reason: str = "") -> Association:
    association = get_association(uow.tx, id)
    uow.actor.require(WORKFLOW.steps[verb].needs, association)
    return _saved(uow, WORKFLOW.step(verb, association, version, at=uow.now, reason=reason))


def _saved(uow: UnitOfWork, change: Change[Association]) -> Association:
    save_association(uow.tx, change)
    uow.record(change)
    return change.after
