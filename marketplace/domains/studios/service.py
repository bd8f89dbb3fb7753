"""What may be done with studios. Officers found, name and close them; their leaders keep the page and say who belongs."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from marketplace.domains.studios.model import NAMING, WORKFLOW, Studio, StudioText, missing_of
from marketplace.domains.studios.repository import create_studio_nodes, get_studio, ids_of_source, save_studio
from marketplace.kernel import circles
from marketplace.kernel.circles import Charter
from marketplace.kernel.errors import Invalid
from marketplace.kernel.importing import Intake, Row, Taken, find_unit, fresh, keys_of, take_turn
from marketplace.kernel.labels import label
from marketplace.kernel.memberships import Members, faults_of, require_workers
from marketplace.kernel.numbers import next_numbers
from marketplace.kernel.parties import Named, Seat, find_enterprises, find_seat, list_seats
from marketplace.kernel.permission import Permission
from marketplace.kernel.revisions import content_of, keep_version, text_of
from marketplace.kernel.unit_of_work import UnitOfWork
from marketplace.kernel.workdays import local_day
from marketplace.kernel.workflow import created

PREFIX = "GZ"
UNKNOWN_HOST = label("%(name)s is not in the register of enterprises; write its full name.")


def create_studio(uow: UnitOfWork, text: StudioText, enterprise_id: str = "", members: Members = (), *, source_key: str = "") -> Studio:
    """An officer above its base union founds it. The host is given by id or, in the text, by its full name. Raises Invalid."""
    host = enterprise_id or _host(uow, text.enterprise_name)
    seat, today = find_seat(uow.tx, "enterprise", host), local_day(uow.now)
    if faults := faults_of(members) | ({} if seat.units else {"enterprise_name": label("No unit of the union stands behind it.")}):
        raise Invalid(faults)
    require_workers(uow.tx, (one.worker_id for one in members))
    dated = tuple(replace(one, since=one.since or today) for one in members)
    studio = replace(_founded(uow, text, seat, uow.next_number(PREFIX)), members=dated, source_key=source_key)
    uow.actor.require(Permission.STUDIO_CREATE, studio)
    create_studio_nodes(uow.tx, [studio])
    keep_version(uow, studio, text_of(studio, StudioText))
    uow.record(created(studio, at=uow.now))
    return studio


def _host(uow: UnitOfWork, name: str) -> str:
    found = find_enterprises(uow.tx, [name]) if name else {}
    if name and name not in found:
        raise Invalid({"enterprise_name": UNKNOWN_HOST}, name=name)
    return found.get(name, "")


def _founded(uow: UnitOfWork, text: StudioText, seat: Seat, number: str) -> Studio:
    content = content_of(text) | {"enterprise_name": seat.enterprise_name}
    return Studio(
        **content, id=uow.new_id(), number=number, field=text.fields[0] if text.fields else "", entered_by=uow.actor.account_id,
        missing=missing_of(text), created_at=uow.now, updated_at=uow.now, published_at=uow.now, organisation_id=seat.organisation_id,
        organisation_name=seat.organisation_name, units=seat.units, area=seat.area, enterprise_id=seat.enterprise_id,
    )  # fmt: skip


def import_studios(uow: UnitOfWork, rows: Sequence[Row[StudioText]], intake: Intake) -> Taken:
    """At most 1,000 rows of an older register; those that are here already are left alone. Raises Invalid, naming the row."""
    take_turn(uow.tx, Studio.KIND)
    new = fresh(rows, ids_of_source(uow.tx, keys_of(rows)))
    made = _imported(uow, new, intake) if new else []
    for studio in made:
        uow.actor.require(Permission.STUDIO_CREATE, studio)
    if made:
        create_studio_nodes(uow.tx, made)
        uow.record(*(created(one, at=uow.now, verb="import") for one in made))
    return Taken(tuple(one.id for one in made), len(rows) - len(made))


def _imported(uow: UnitOfWork, rows: list[Row[StudioText]], intake: Intake) -> list[Studio]:
    """Under its host's union; a row without a host under the unit that imports."""
    unit = find_unit(uow, intake.unit_id)
    more: dict[str, Any] = {"source": intake.source, "batch_id": intake.batch_id}
    hosts = find_enterprises(uow.tx, [row.text.enterprise_name for row in rows])
    for row in rows:
        if row.text.enterprise_name and row.text.enterprise_name not in hosts:
            raise Invalid({"enterprise_name": UNKNOWN_HOST}, name=row.text.enterprise_name, row=row.source_key)
    known, own = list_seats(uow.tx, "enterprise", hosts.values()), find_seat(uow.tx, "organisation", unit.id)
    seats = [known[hosts[row.text.enterprise_name]] if row.text.enterprise_name else own for row in rows]
    both = zip(rows, seats, next_numbers(uow.tx, PREFIX, uow.now, len(rows)), strict=True)
    return [replace(_founded(uow, row.text, seat, number), source_key=row.source_key, **more) for row, seat, number in both]


CHARTER = Charter(
    get_studio, save_studio, WORKFLOW, edit=Permission.STUDIO_EDIT, name=Permission.STUDIO_NAME, naming=NAMING, closed=label("The studio is closed."),
)  # fmt: skip


def edit_studio(uow: UnitOfWork, id: str, version: int, text: StudioText) -> Studio:
    """Its leader or an officer above keeps the page; the host stays."""
    before = get_studio(uow.tx, id)
    text = replace(text, enterprise_name=before.enterprise_name)
    return circles.keep_page(uow, CHARTER, before, version, text, missing=missing_of(text))


def invite_member(uow: UnitOfWork, id: str, version: int, who: str, since: date | None = None) -> Studio:
    """`who` is a name or a number. By an officer their rights begin at once; asked by the leader, the person answers first."""
    return circles.invite(uow, CHARTER, id, version, who, since=since)


def admit_member(uow: UnitOfWork, id: str, person: Named, role: str = "") -> Studio:
    """The person's own yes to an invitation."""
    return circles.admit(uow, CHARTER, id, person, role)


def end_membership(uow: UnitOfWork, id: str, version: int, worker_id: str) -> Studio:
    """The leader or an officer ends it, or the member goes. Their rights end with the next request."""
    return circles.end(uow, CHARTER, id, version, worker_id)


def change_lead(uow: UnitOfWork, id: str, version: int, who: str) -> Studio:
    """An officer above names another leader; the one before stays as a member."""
    return circles.hand_over(uow, CHARTER, id, version, who)


def close_studio(uow: UnitOfWork, id: str, version: int, reason: str) -> Studio:
    """Its page stays, marked; what it made stays with its makers."""
    return circles.move(uow, CHARTER, id, version, "close", reason, until=local_day(uow.now))


def reopen_studio(uow: UnitOfWork, id: str, version: int) -> Studio:
    """As it was, with the same people; the day of closing is taken off."""
    return circles.move(uow, CHARTER, id, version, "reopen", until=None)
