"""What may be done with associations. Officers found, name and close them; their own officers keep the page and its members."""

from dataclasses import replace
from datetime import date

from marketplace.domains.associations.model import NAMING, WORKFLOW, Association, AssociationText, Role
from marketplace.domains.associations.repository import create_association_nodes, get_association, save_association
from marketplace.kernel import circles
from marketplace.kernel.circles import Charter
from marketplace.kernel.errors import Invalid
from marketplace.kernel.labels import label
from marketplace.kernel.memberships import Members, faults_of, require_workers
from marketplace.kernel.parties import Named, find_seat
from marketplace.kernel.permission import Permission
from marketplace.kernel.revisions import content_of, keep_version, text_of
from marketplace.kernel.unit_of_work import UnitOfWork
from marketplace.kernel.workdays import local_day
from marketplace.kernel.workflow import created


def create_association(uow: UnitOfWork, text: AssociationText, organisation_id: str, members: Members = (), *, source_key: str = "") -> Association:
    """An officer above its unit founds it. Raises Invalid for people who are not there, or for two who preside."""
    seat = find_seat(uow.tx, "organisation", organisation_id)
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


CHARTER = Charter(
    get_association, save_association, WORKFLOW, edit=Permission.ASSOCIATION_EDIT, name=Permission.ASSOCIATION_NAME, naming=NAMING,
    closed=label("The association is closed."), leading=Role.CHAIR,
)  # fmt: skip


def edit_association(uow: UnitOfWork, id: str, version: int, text: AssociationText) -> Association:
    """Its officers keep the page; what the union named, an officer above renames."""
    return circles.keep_page(uow, CHARTER, get_association(uow.tx, id), version, text)


def invite_member(uow: UnitOfWork, id: str, version: int, who: str, role: Role = Role.MEMBER, since: date | None = None) -> Association:
    """`who` is a name or a number. Asked by the association, the person answers first. Raises Invalid where a second would preside."""
    return circles.invite(uow, CHARTER, id, version, who, role, since)


def admit_member(uow: UnitOfWork, id: str, person: Named, role: str = "") -> Association:
    """The person's own yes to an invitation."""
    return circles.admit(uow, CHARTER, id, person, role)


def end_membership(uow: UnitOfWork, id: str, version: int, worker_id: str) -> Association:
    """An officer ends it, or the member goes. Their rights end with the next request."""
    return circles.end(uow, CHARTER, id, version, worker_id)


def change_chair(uow: UnitOfWork, id: str, version: int, who: str) -> Association:
    """An officer above names another; who presided before stays as a member."""
    return circles.hand_over(uow, CHARTER, id, version, who)


def close_association(uow: UnitOfWork, id: str, version: int, reason: str) -> Association:
    """Its page stays, marked."""
    return circles.move(uow, CHARTER, id, version, "close", reason)


def reopen_association(uow: UnitOfWork, id: str, version: int) -> Association:
    """As it was, with the same people."""
    return circles.move(uow, CHARTER, id, version, "reopen")
