"""What may be done with studios. Officers found, name and close them; their leaders keep the page and say who belongs."""

from dataclasses import replace
from datetime import date

from marketplace.domains.studios.model import NAMING, WORKFLOW, Studio, StudioRow, StudioText, missing_of
from marketplace.domains.studios.repository import create_studio_nodes, get_studio, ids_of_source, save_studio
from marketplace.kernel.errors import Invalid, Refused
from marketplace.kernel.labels import label
from marketplace.kernel.memberships import MEMBER, Members, faults_of, get_worker_called, handed_over, joined, left, require_workers
from marketplace.kernel.numbers import next_numbers
from marketplace.kernel.parties import Seat, find_seat, list_seats
from marketplace.kernel.permission import Permission
from marketplace.kernel.revisions import content_of, keep_version, text_of
from marketplace.kernel.unit_of_work import UnitOfWork
from marketplace.kernel.workdays import local_day
from marketplace.kernel.workflow import Change, created, edited

PREFIX = "GZ"


def create_studio(
    uow: UnitOfWork, text: StudioText, enterprise_id: str, members: Members = (), *, organisation_id: str = "", source_key: str = ""
) -> Studio:
    """An officer above its base union founds it; without a unit of its own it stands under its host's. Raises Invalid."""
    seat = find_seat(uow.tx, enterprise_id, organisation_id)
    row = StudioRow(text=text, source_key=source_key, enterprise_id=enterprise_id, members=_begun(members, local_day(uow.now)))
    studio = _founded(uow, row, seat, uow.next_number(PREFIX))
    create_studio_nodes(uow.tx, [studio])
    keep_version(uow, studio, text_of(studio, StudioText))
    uow.record(created(studio, at=uow.now))
    return studio


def _begun(members: Members, today: date) -> Members:
    return tuple(replace(one, since=one.since or today) for one in members)


def _founded(uow: UnitOfWork, row: StudioRow, seat: Seat, number: str) -> Studio:
    """Raises Invalid without a unit, for people who are not there, or for two leaders; Forbidden for whom the unit is not theirs."""
    faults = faults_of(row.members) | ({} if seat.units else {"enterprise": label("No unit of the union stands behind it.")})
    if faults:
        raise Invalid(faults)
    require_workers(uow.tx, (one.worker_id for one in row.members))
    fields = row.text.fields
    studio = Studio(
        **content_of(row.text), id=uow.new_id(), number=number, field=fields[0] if fields else "", entered_by=uow.actor.account_id,
        source=row.source, source_key=row.source_key, batch_id=row.batch_id, missing=missing_of(row.text), created_at=uow.now,
        updated_at=uow.now, published_at=uow.now, organisation_id=seat.organisation_id, organisation_name=seat.organisation_name,
        units=seat.units, area=seat.area, enterprise_id=seat.enterprise_id, enterprise_name=seat.enterprise_name, members=row.members,
    )  # fmt: skip
    uow.actor.require(Permission.STUDIO_CREATE, studio)
    return studio


def import_studios(uow: UnitOfWork, rows: list[StudioRow]) -> list[Studio]:
    """Rows of an older register, at most 1,000; those whose source is here already are left out. Returns what is new."""
    known = ids_of_source(uow.tx, [row.source_key for row in rows])
    fresh = [row for row in {row.source_key: row for row in rows}.values() if row.source_key not in known]
    if not fresh:
        return []
    seats = list_seats(uow.tx, [(row.enterprise_id, row.organisation_id) for row in fresh])
    numbers = next_numbers(uow.tx, PREFIX, uow.now, len(fresh))
    studios = [_founded(uow, row, seat, number) for row, seat, number in zip(fresh, seats, numbers, strict=True)]
    create_studio_nodes(uow.tx, studios)
    uow.record(*(created(one, at=uow.now, verb="import") for one in studios))
    return studios


def edit_studio(uow: UnitOfWork, id: str, version: int, text: StudioText) -> Studio:
    """The leader keeps the page; what the union named, an officer above renames. Each state is kept."""
    before = get_studio(uow.tx, id)
    uow.actor.require(Permission.STUDIO_EDIT, before)
    if any(getattr(before, name) != getattr(text, name) for name in NAMING):
        uow.actor.require(Permission.STUDIO_NAME, before)
    field = text.fields[0] if text.fields else ""
    change = edited(before, version, at=uow.now, **content_of(text), field=field, missing=missing_of(text))
    save_studio(uow.tx, change)
    keep_version(uow, change.after, text)
    uow.record(change)
    return change.after


def invite_member(uow: UnitOfWork, id: str, version: int, who: str, since: date | None = None) -> Studio:
    """`who` is a name or a number. Their rights begin at once."""
    studio = _to_man(uow, id)
    worker, today = get_worker_called(uow.tx, who), local_day(uow.now)
    return _with_members(uow, studio, version, "invite", joined(studio.members, worker, MEMBER, since or today, today))


def end_membership(uow: UnitOfWork, id: str, version: int, worker_id: str) -> Studio:
    """The leader or an officer ends it, or the member goes. Their rights end with the next request."""
    studio = get_studio(uow.tx, id)
    if worker_id != uow.actor.worker_id or not worker_id:
        uow.actor.require(Permission.STUDIO_EDIT, studio)
    return _with_members(uow, studio, version, "end-membership", left(studio.members, worker_id, local_day(uow.now)))


def change_lead(uow: UnitOfWork, id: str, version: int, who: str) -> Studio:
    """An officer above names another leader; the one before stays as a member."""
    studio = get_studio(uow.tx, id)
    uow.actor.require(Permission.STUDIO_NAME, studio)
    worker = get_worker_called(uow.tx, who)
    return _with_members(uow, studio, version, "change-lead", handed_over(studio.members, worker, local_day(uow.now)))


def _to_man(uow: UnitOfWork, id: str) -> Studio:
    studio = get_studio(uow.tx, id)
    uow.actor.require(Permission.STUDIO_EDIT, studio)
    if not studio.is_open:
        raise Refused(label("The studio is closed."))
    return studio


def _with_members(uow: UnitOfWork, studio: Studio, version: int, verb: str, members: Members) -> Studio:
    return _saved(uow, edited(studio, version, at=uow.now, verb=verb, members=members))


def close_studio(uow: UnitOfWork, id: str, version: int, reason: str) -> Studio:
    """Its page stays, marked; what it made stays with its makers."""
    return _moved(uow, id, version, "close", local_day(uow.now), reason)


def reopen_studio(uow: UnitOfWork, id: str, version: int) -> Studio:
    return _moved(uow, id, version, "reopen", None)


def _moved(uow: UnitOfWork, id: str, version: int, verb: str, until: date | None, reason: str = "") -> Studio:
    studio = get_studio(uow.tx, id)
    uow.actor.require(WORKFLOW.steps[verb].needs, studio)
    return _saved(uow, WORKFLOW.step(verb, studio, version, at=uow.now, reason=reason, until=until))


def _saved(uow: UnitOfWork, change: Change[Studio]) -> Studio:
    save_studio(uow.tx, change)
    uow.record(change)
    return change.after
