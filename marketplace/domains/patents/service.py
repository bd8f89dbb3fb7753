"""Patents are written down by their owners, inventors, the studio behind them, or an officer above; the register is public."""

from marketplace.domains.patents.model import Owner, Patent, PatentRow, PatentText, faults_of, in_form, missing_of
from marketplace.domains.patents.repository import create_patent_nodes, get_patent, ids_of_numbers, ids_of_source, list_owners, save_patent
from marketplace.kernel.errors import Invalid
from marketplace.kernel.labels import label
from marketplace.kernel.memberships import require_workers
from marketplace.kernel.parties import Seat, list_seats
from marketplace.kernel.permission import Permission
from marketplace.kernel.revisions import content_of, keep_version
from marketplace.kernel.unit_of_work import UnitOfWork
from marketplace.kernel.workdays import local_day
from marketplace.kernel.workflow import created, edited


def create_patent(
    uow: UnitOfWork, text: PatentText, owner_id: str, *, organisation_id: str = "", studio_ids: tuple[str, ...] = (), source_key: str = ""
) -> Patent:
    """`owner_id` is an enterprise or a worker. `studio_ids` stand behind an achievement it will be linked to. Raises Invalid."""
    text = _true(uow, text)
    if text.patent_number and ids_of_numbers(uow.tx, [text.patent_number]):
        raise Invalid({"patent_number": label("This patent is in the register already.")})
    row = PatentRow(text=text, source_key=source_key, owner=Owner(id=owner_id), organisation_id=organisation_id)
    patent = _registered(uow, [row], studio_ids)[0]
    create_patent_nodes(uow.tx, [patent])
    keep_version(uow, patent, text)
    uow.record(created(patent, at=uow.now))
    return patent


def _true(uow: UnitOfWork, text: PatentText) -> PatentText:
    """Raises Invalid at each field that cannot be true; number and class come back in the form in which they are kept."""
    if faults := faults_of(text, local_day(uow.now)):
        raise Invalid(faults)
    require_workers(uow.tx, (one.worker_id for one in text.inventors if one.worker_id))
    return PatentText(**content_of(text) | in_form(text))


def _registered(uow: UnitOfWork, rows: list[PatentRow], studio_ids: tuple[str, ...] = ()) -> list[Patent]:
    """Raises Invalid for an owner who is not here, Forbidden for what is not theirs to write down."""
    owners = list_owners(uow.tx, [row.owner.id for row in rows])
    if any(row.owner.id and not owner.id for row, (owner, _) in zip(rows, owners, strict=True)):
        raise Invalid({"owner": label("This owner is not in the register.")})
    seats = list_seats(uow.tx, [("", row.organisation_id or unit) for row, (_, unit) in zip(rows, owners, strict=True)])
    patents = [_patent(uow, row, owner, seat, studio_ids) for row, (owner, _), seat in zip(rows, owners, seats, strict=True)]
    for patent in patents:
        uow.actor.require(Permission.PATENT_CREATE, patent)
    return patents


def _patent(uow: UnitOfWork, row: PatentRow, owner: Owner, seat: Seat, studio_ids: tuple[str, ...]) -> Patent:
    return Patent(
        **content_of(row.text), id=uow.new_id(), inventor_names=tuple(one.name for one in row.text.inventors), entered_by=uow.actor.account_id,
        source=row.source, source_key=row.source_key, batch_id=row.batch_id, missing=missing_of(row.text), created_at=uow.now,
        updated_at=uow.now, published_at=uow.now, organisation_id=seat.organisation_id, organisation_name=seat.organisation_name,
        units=seat.units, area=seat.area, owner=owner, studio_ids=studio_ids,
        inventor_ids=tuple(one.worker_id for one in row.text.inventors if one.worker_id),
    )  # fmt: skip


def import_patents(uow: UnitOfWork, rows: list[PatentRow]) -> list[Patent]:
    """Rows of an older register, at most 1,000. Known sources and known numbers are left out. Returns what is new."""
    known = ids_of_source(uow.tx, [row.source_key for row in rows])
    fresh = [row for row in {row.source_key: row for row in rows}.values() if row.source_key not in known]
    true = [PatentRow(**content_of(row) | {"text": _true(uow, row.text)}) for row in fresh]
    taken = ids_of_numbers(uow.tx, [row.text.patent_number for row in true if row.text.patent_number])
    new = list({row.text.patent_number or row.source_key: row for row in true if row.text.patent_number not in taken}.values())
    if patents := _registered(uow, new):
        create_patent_nodes(uow.tx, patents)
        uow.record(*(created(one, at=uow.now, verb="import") for one in patents))
    return patents


def edit_patent(uow: UnitOfWork, id: str, version: int, text: PatentText) -> Patent:
    """What the register says now; each state is kept. Raises Invalid for a number that another patent has."""
    before = get_patent(uow.tx, id)
    uow.actor.require(Permission.PATENT_EDIT, before)
    text = _true(uow, text)
    if text.patent_number and ids_of_numbers(uow.tx, [text.patent_number]).get(text.patent_number, id) != id:
        raise Invalid({"patent_number": label("This patent is in the register already.")})
    people = tuple(one.worker_id for one in text.inventors if one.worker_id)
    names = tuple(one.name for one in text.inventors)
    change = edited(before, version, at=uow.now, **content_of(text), inventor_names=names, inventor_ids=people, missing=missing_of(text))
    save_patent(uow.tx, change)
    keep_version(uow, change.after, text)
    uow.record(change)
    return change.after
