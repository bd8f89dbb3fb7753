"""Patents are written down by their owners, inventors, the studio behind them, or an officer above; the register is public."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from marketplace.domains.patents.model import NOBODY, Owner, Patent, PatentText, faults_of, in_form, missing_of
from marketplace.domains.patents.repository import create_patent_nodes, get_patent, ids_of_numbers, ids_of_source, list_owners, save_patent
from marketplace.kernel.errors import Invalid
from marketplace.kernel.importing import Intake, Row, Taken, find_unit, fresh, keys_of, take_turn
from marketplace.kernel.labels import label
from marketplace.kernel.memberships import require_workers
from marketplace.kernel.parties import Seat, find_enterprises, find_seat
from marketplace.kernel.permission import Permission
from marketplace.kernel.revisions import content_of, keep_version
from marketplace.kernel.unit_of_work import UnitOfWork
from marketplace.kernel.workdays import local_day
from marketplace.kernel.workflow import created, edited

TAKEN = label("This patent is in the register already.")


def create_patent(
    uow: UnitOfWork, text: PatentText, owner_id: str, *, organisation_id: str = "", studio_ids: tuple[str, ...] = (), source_key: str = ""
) -> Patent:
    """`owner_id` is an enterprise or a worker. `studio_ids` stand behind an achievement it will be linked to. Raises Invalid."""
    text = _true(uow, text)
    if text.patent_number and ids_of_numbers(uow.tx, [text.patent_number]):
        raise Invalid({"patent_number": TAKEN})
    owner, unit = list_owners(uow.tx, [owner_id])[0]
    if not owner.id:
        raise Invalid({"owner": label("This owner is not in the register.")})
    seat = find_seat(uow.tx, "organisation", organisation_id or unit)
    patent = replace(_registered(uow, text, owner, seat), studio_ids=studio_ids, source_key=source_key)
    uow.actor.require(Permission.PATENT_CREATE, patent)
    create_patent_nodes(uow.tx, [patent])
    keep_version(uow, patent, text)
    uow.record(created(patent, at=uow.now))
    return patent


def _true(uow: UnitOfWork, text: PatentText, **row: str) -> PatentText:
    """Raises Invalid at each field that cannot be true; number and class come back in the form in which they are kept."""
    if faults := faults_of(text, local_day(uow.now)):
        raise Invalid(faults, **row)
    require_workers(uow.tx, (one.worker_id for one in text.inventors if one.worker_id))
    return PatentText(**content_of(text) | in_form(text))


def _registered(uow: UnitOfWork, text: PatentText, owner: Owner, seat: Seat) -> Patent:
    return Patent(
        **content_of(text), id=uow.new_id(), inventor_names=tuple(one.name for one in text.inventors), entered_by=uow.actor.account_id,
        missing=missing_of(text), created_at=uow.now, updated_at=uow.now, published_at=uow.now, owner=owner,
        organisation_id=seat.organisation_id, organisation_name=seat.organisation_name, units=seat.units, area=seat.area,
        inventor_ids=tuple(one.worker_id for one in text.inventors if one.worker_id),
    )  # fmt: skip


def import_patents(uow: UnitOfWork, rows: Sequence[Row[PatentText]], intake: Intake) -> Taken:
    """At most 1,000 rows of an older register under one unit; known sources and known numbers are left out. Raises Invalid, naming the row.

    An applicant that is an enterprise of the register is taken for the owner."""
    take_turn(uow.tx, Patent.KIND)
    new = [replace(row, text=_true(uow, row.text, row=row.source_key)) for row in fresh(rows, ids_of_source(uow.tx, keys_of(rows)))]
    taken = ids_of_numbers(uow.tx, [row.text.patent_number for row in new if row.text.patent_number])
    once = {row.text.patent_number or row.source_key: row for row in reversed(new) if row.text.patent_number not in taken}
    made = _imported(uow, list(once.values())[::-1], intake)
    for patent in made:
        uow.actor.require(Permission.PATENT_CREATE, patent)
    if made:
        create_patent_nodes(uow.tx, made)
        uow.record(*(created(one, at=uow.now, verb="import") for one in made))
    return Taken(tuple(one.id for one in made), len(rows) - len(made))


def _imported(uow: UnitOfWork, rows: list[Row[PatentText]], intake: Intake) -> list[Patent]:
    seat = find_seat(uow.tx, "organisation", find_unit(uow, intake.unit_id).id)
    owners = find_enterprises(uow.tx, [row.text.applicant for row in rows if row.text.applicant])
    named = ((row, Owner("enterprise", owners[row.text.applicant], row.text.applicant) if row.text.applicant in owners else NOBODY) for row in rows)
    more: dict[str, Any] = {"source": intake.source, "batch_id": intake.batch_id}
    return [replace(_registered(uow, row.text, owner, seat), source_key=row.source_key, **more) for row, owner in named]


def edit_patent(uow: UnitOfWork, id: str, version: int, text: PatentText) -> Patent:
    """What the register says now; each state is kept. Raises Invalid for a number that another patent has."""
    before = get_patent(uow.tx, id)
    uow.actor.require(Permission.PATENT_EDIT, before)
    text = _true(uow, text)
    if text.patent_number and ids_of_numbers(uow.tx, [text.patent_number]).get(text.patent_number, id) != id:
        raise Invalid({"patent_number": TAKEN})
    people = tuple(one.worker_id for one in text.inventors if one.worker_id)
    names = tuple(one.name for one in text.inventors)
    change = edited(before, version, at=uow.now, **content_of(text), inventor_names=names, inventor_ids=people, missing=missing_of(text))
    save_patent(uow.tx, change)
    keep_version(uow, change.after, text)
    uow.record(change)
    return change.after
