"""What may be done with needs. Each call is one transaction, retried as a whole."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from marketplace.domains.needs.model import IMPORT, REVISION, WORKFLOW, Need, NeedText, Status, Visibility, missing_of
from marketplace.domains.needs.repository import create_need_nodes, get_need, ids_of_source, save_need
from marketplace.kernel import publishing
from marketplace.kernel.errors import Forbidden, Invalid, Refused
from marketplace.kernel.importing import Intake, Row, Taken, Unit, find_unit, fresh, keys_of, take_turn
from marketplace.kernel.labels import Label, label
from marketplace.kernel.numbers import next_numbers
from marketplace.kernel.parties import find_seat
from marketplace.kernel.permission import Permission
from marketplace.kernel.publishing import Shelf
from marketplace.kernel.revisions import content_of, find_working_copy, keep_first_versions, keep_working_copy, read_text
from marketplace.kernel.unit_of_work import UnitOfWork
from marketplace.kernel.workdays import local_day
from marketplace.kernel.workflow import created


def create_need(uow: UnitOfWork, text: NeedText, enterprise_id: str) -> Need:
    """A draft of an enterprise, by one of its users or by an officer above it. Raises Invalid for a budget upside down."""
    _require_order(text)
    seat = find_seat(uow.tx, "enterprise", enterprise_id)
    tokens = {f"maker:{enterprise_id}", *(f"officer:{unit}" for unit in seat.units), "system"}
    if not seat.enterprise_id or not tokens & uow.actor.tokens:
        raise Forbidden(label("You can post a need only for your own enterprise."))
    need = Need(
        **content_of(text), id=uow.new_id(), number=uow.next_number("ND"), entered_by=uow.actor.account_id, missing=missing_of(text),
        created_at=uow.now, updated_at=uow.now, organisation_id=seat.organisation_id, organisation_name=seat.organisation_name,
        units=seat.units, area=seat.area, enterprise_id=seat.enterprise_id, enterprise_name=seat.enterprise_name,
    )  # fmt: skip
    create_need_nodes(uow.tx, [need])
    uow.record(created(need, at=uow.now))
    return need


def import_needs(uow: UnitOfWork, rows: Sequence[Row[NeedText]], intake: Intake) -> Taken:
    """At most 1,000 rows of an older register, which may lack what a form asks for; rows that are here already stay as they are."""
    uow.actor.require(Permission.IMPORT, None)
    take_turn(uow.tx, Need.KIND)
    new = fresh(rows, ids_of_source(uow.tx, keys_of(rows)))
    unit = find_unit(uow, intake.unit_id)
    numbers = next_numbers(uow.tx, "ND", uow.now, len(new))
    taken = [_imported(uow, row, number, unit, intake) for row, number in zip(new, numbers, strict=True)]
    create_need_nodes(uow.tx, taken)
    if intake.publish:
        keep_first_versions(uow, taken, NeedText)
    uow.record(*(created(one, at=uow.now, verb="import") for one in taken))
    return Taken(tuple(one.id for one in taken), len(rows) - len(new))


def _imported(uow: UnitOfWork, row: Row[NeedText], number: str, unit: Unit, intake: Intake) -> Need:
    draft = Need(
        **content_of(row.text), id=uow.new_id(), version=0 if intake.publish else 1, number=number, entered_by=uow.actor.account_id,
        source=intake.source, source_key=row.source_key, batch_id=intake.batch_id, missing=missing_of(row.text), created_at=uow.now,
        updated_at=uow.now, organisation_id=unit.id, organisation_name=unit.name, units=unit.units, area=unit.area,
    )  # fmt: skip
    return IMPORT.step("import", draft, 0, at=uow.now, published_at=uow.now).after if intake.publish else draft


def revise_need(uow: UnitOfWork, id: str, version: int, text: NeedText) -> Need:
    """Before the first publication the draft itself changes; afterwards a working copy, which the public does not see."""
    _require_order(text)
    before = get_need(uow.tx, id)
    uow.actor.require(Permission.NEED_EDIT, before)
    if before.revealed_at and text.visibility is Visibility.ANONYMOUS:
        raise Invalid({"visibility": label("The name has been shown; it cannot be hidden again.")})
    if before.status is Status.PUBLISHED:
        return publishing.revise(uow, SHELF, before, version, text)
    if before.status not in (Status.DRAFT, Status.RETURNED):
        raise Refused(label("It is in review; ask the reviewer to return it, then change it."))
    return publishing.rewrite(uow, SHELF, before, version, text)


def _require_order(text: NeedText) -> None:
    low, high = text.budget_low_fen, text.budget_high_fen
    if low is not None and high is not None and low > high:
        raise Invalid({"budget_high_fen": label("The upper end lies below the lower one.")})


def faults_of(need: Need) -> dict[str, Label]:
    """What review needs. A deadline that has passed helps nobody; an enterprise need not know the field of its solution."""
    needed = ("title", "problem", *(("abstract",) if need.visibility is Visibility.CONFIDENTIAL else ()))
    faults = {name: label("Review needs this; fill it in first.") for name in needed if not getattr(need, name)}
    if need.deadline and need.submitted_at and need.deadline < local_day(need.submitted_at):
        faults["deadline"] = label("This day has passed.")
    if not need.units:
        faults["title"] = label("No unit stands behind it yet, so nobody could review it.")
    return faults


def follows_from(text: NeedText) -> dict[str, Any]:
    """What is still missing."""
    return {"missing": missing_of(text)}


def unit_name_of(need: Need) -> str:
    """Where it comes from, as the desk says it."""
    return need.enterprise_name


SHELF = Shelf(NeedText, get_need, save_need, WORKFLOW, REVISION, faults_of, follows_from, unit_name_of)


def submit_need(uow: UnitOfWork, id: str, version: int) -> Need:
    """To the sub-district or industry above the enterprise's base union."""
    return publishing.send(uow, SHELF, id, version)


def publish_need(uow: UnitOfWork, id: str, version: int) -> Need:
    """Open for solutions."""
    return publishing.publish(uow, SHELF, id, version)


def return_need(uow: UnitOfWork, id: str, version: int, reason: str) -> Need:
    """Back to the enterprise, with what is to be mended."""
    return publishing.give_back(uow, SHELF, id, version, reason)


def reveal_need(uow: UnitOfWork, id: str, version: int) -> Need:
    """The owner shows the enterprise's name; it can't be hidden again, not by a new version that was written before either."""
    shown = publishing.move(uow, SHELF, id, version, "reveal", visibility=Visibility.OPEN, revealed_at=uow.now)
    copy = find_working_copy(uow.tx, id)
    text = read_text(copy, NeedText) if copy else None
    if text and text.visibility is Visibility.ANONYMOUS:
        keep_working_copy(uow, shown, replace(text, visibility=Visibility.OPEN))
    return shown


def close_need(uow: UnitOfWork, id: str, version: int) -> Need:
    """Solved, or not needed any more; its page stays."""
    return publishing.move(uow, SHELF, id, version, "close")


def reopen_need(uow: UnitOfWork, id: str, version: int) -> Need:
    """It turned out not to be solved."""
    return publishing.move(uow, SHELF, id, version, "reopen")


def withdraw_need(uow: UnitOfWork, id: str, version: int) -> Need:
    """Gone at once from every list, path, picture and count; the enterprise keeps it."""
    return publishing.end(uow, SHELF, id, version, "withdraw")


def take_down_need(uow: UnitOfWork, id: str, version: int, reason: str) -> Need:
    """An officer above removes a published need and says why."""
    return publishing.end(uow, SHELF, id, version, "take_down", reason)


def submit_revision(uow: UnitOfWork, id: str, version: int) -> Need:
    """The reviewer sees the new version beside the public one."""
    return publishing.submit_revision(uow, SHELF, id, version)


def publish_revision(uow: UnitOfWork, id: str, version: int) -> Need:
    """The working copy becomes what everybody sees."""
    return publishing.publish_revision(uow, SHELF, id, version)


def return_revision(uow: UnitOfWork, id: str, version: int, reason: str) -> Need:
    """The public one stays."""
    return publishing.return_revision(uow, SHELF, id, version, reason)


def discard_revision(uow: UnitOfWork, id: str, version: int) -> Need:
    """The public one simply stays."""
    return publishing.discard_revision(uow, SHELF, id, version)
