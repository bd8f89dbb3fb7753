"""From the door into the registers: each matter its own way, all in one transaction with the decision."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from marketplace.domains.accounts.service import admit_person, create_account, name_account
from marketplace.domains.enterprises.model import EnterpriseText
from marketplace.domains.enterprises.repository import get_enterprise, ids_of_usccs
from marketplace.domains.enterprises.service import create_enterprise
from marketplace.domains.invitations.repository import find_account_of, find_person_of
from marketplace.domains.registrations.model import WORKFLOW, Matter, Registration, RegistrationText, faults_of
from marketplace.domains.registrations.repository import Place, find_transfer_of, get_registration, lock_registration
from marketplace.domains.registrations.service import decided, employer_of, send_registration, where_of
from marketplace.domains.roles.service import admit_user
from marketplace.domains.workers.model import Worker, WorkerDetails, WorkerText
from marketplace.domains.workers.repository import get_worker, save_worker
from marketplace.domains.workers.service import create_worker, transfer_worker
from marketplace.kernel.actor import SYSTEM_ACTOR
from marketplace.kernel.errors import Invalid, Refused
from marketplace.kernel.labels import label
from marketplace.kernel.parties import tidy_uscc
from marketplace.kernel.permission import Permission
from marketplace.kernel.unit_of_work import UnitOfWork
from marketplace.kernel.workdays import local_day
from marketplace.kernel.workflow import edited
from marketplace.processes.joining.repository import find_unit_above, leave_employer

IN_REGISTER = label("An enterprise with this code is in the register already: claim its page instead.")
CAME_MEANWHILE = label("An enterprise with this code has come into the register meanwhile. Return this one: its user can claim the page.")
HAS_ACCOUNT = label("Somebody signs in as this person already.")


@dataclass(frozen=True, slots=True)
class Door:
    """How the person at the door will sign in; both empty for somebody who has an account. The name is a wish: until then it is the number."""

    login_wish: str = ""
    password_hash: str = ""


def register(uow: UnitOfWork, matter: Matter, text: RegistrationText, door: Door) -> Registration:
    """The answer is the same whether the wished name or the phone is known or not: a guest learns nothing about people."""
    uow.actor.require(Permission.REGISTRATION_SEND, None)
    text = replace(text, uscc=tidy_uscc(text.uscc))
    if matter is Matter.WORKER and uow.actor.worker_id:
        raise Refused(label("You have a card already; a transfer is the way to another employer."))
    faults = faults_of(matter, text)
    if matter is Matter.ENTERPRISE and text.uscc and ids_of_usccs(uow.tx, [text.uscc]):
        faults.setdefault("uscc", IN_REGISTER)
    if faults:
        raise Invalid(faults)
    number = uow.next_number("DJ")
    account_id = uow.actor.account_id or _opened(uow, number, text, door)
    sent = Registration(
        id=uow.new_id(), number=number, matter=matter, subject=text.subject, uscc=text.uscc, contact_name=text.contact_name, phone=text.phone,
        login_wish=door.login_wish, account_id=account_id, created_at=uow.now, updated_at=uow.now, **where_of(uow, matter, text.place),
    )  # fmt: skip
    return send_registration(uow, sent)


def _opened(uow: UnitOfWork, number: str, text: RegistrationText, door: Door) -> str:
    """An account without any right, so that they can see how it goes."""
    name = text.contact_name or text.subject
    return create_account(uow.turn(SYSTEM_ACTOR, uow.now), number, name, door.password_hash).id


def approve(uow: UnitOfWork, id: str, version: int, entry: str = "") -> Registration:
    """`entry` names the person of the register who this is. Raises Refused while a colleague holds the case, Stale for the slower of two."""
    lock_registration(uow.tx, id)
    registration = get_registration(uow.tx, id)
    uow.actor.require(Permission.REGISTRATION_DECIDE, registration)
    change = WORKFLOW.step("approve", registration, version, at=uow.now, phone="", login_wish="")
    result_id = LET_IN[registration.matter](uow, registration, entry)
    return decided(uow, replace(change, after=replace(change.after, result_id=result_id)))


def _enterprise(uow: UnitOfWork, one: Registration, entry: str) -> str:
    if ids_of_usccs(uow.tx, [one.uscc]):
        raise Refused(CAME_MEANWHILE)
    text = EnterpriseText(
        name=one.subject, uscc=one.uscc, contact_name=one.contact_name, contact_phone=one.phone, union_name=one.unit_name
    )  # fmt: skip
    enterprise = create_enterprise(uow, text)
    admit_user(uow, one.account_id, enterprise.id)
    name_account(uow, one.account_id, one.login_wish)
    return enterprise.id


def _claim(uow: UnitOfWork, one: Registration, entry: str) -> str:
    enterprise = get_enterprise(uow.tx, one.party_id)
    uow.actor.require(Permission.ENTERPRISE_CREATE, enterprise)
    admit_user(uow, one.account_id, enterprise.id)
    name_account(uow, one.account_id, one.login_wish)
    return enterprise.id


def _worker(uow: UnitOfWork, one: Registration, entry: str) -> str:
    """A new card, hidden as every new card, or the one that has stood in the register before."""
    person = _known(uow, entry) if entry else create_worker(uow, WorkerText(name=one.subject), WorkerDetails(phone=one.phone), one.party_id)
    if find_account_of(uow.tx, person.id) or find_person_of(uow.tx, one.account_id):
        raise Refused(HAS_ACCOUNT)
    admit_person(uow, one.account_id, person.id, one.login_wish)
    return person.id


def _known(uow: UnitOfWork, entry: str) -> Worker:
    person = get_worker(uow.tx, entry)
    uow.actor.require(Permission.WORKER_EDIT, person)
    return person


def _transfer(uow: UnitOfWork, one: Registration, entry: str) -> str:
    """The union that gives them away has asked; the one that receives them has just said yes."""
    all_seeing, on = uow.seeing_all(), one.from_day or local_day(uow.now)
    worker = get_worker(all_seeing.tx, one.person_id)
    return transfer_worker(all_seeing, worker.id, worker.version, one.party_id, on, asked=True).id


LET_IN: dict[Matter, Callable[[UnitOfWork, Registration, str], str]] = {
    Matter.ENTERPRISE: _enterprise, Matter.CLAIM: _claim, Matter.WORKER: _worker, Matter.TRANSFER: _transfer,
}  # fmt: skip


def move_worker(uow: UnitOfWork, id: str, version: int, employer: str, on: date) -> Worker | Registration:
    """At once by an officer above both units; else the receiving union is asked, and until it answers nothing changes."""
    worker = get_worker(uow.tx, id)
    uow.actor.require(Permission.WORKER_TRANSFER, worker)
    try:
        to = employer_of(uow, employer)
    except Invalid as problem:
        raise Invalid({"employer": problem.message}) from None
    if uow.actor.can(Permission.WORKER_CREATE, to):
        return transfer_worker(uow, id, version, employer, on)
    return send_registration(uow, _asked(uow, worker, to, on))


def leave_unit(uow: UnitOfWork, id: str, version: int) -> Worker:
    """By the person, or an officer above. Until a union receives them, the unit above the present one looks after them."""
    before, today = get_worker(uow.tx, id), local_day(uow.now)
    uow.actor.require(Permission.WORKER_LEAVE, before)
    if not before.enterprise_id:
        raise Refused(label("This person works nowhere at present."))
    at = find_unit_above(uow.tx, before.organisation_id) or Place(before.organisation_id, before.organisation_name, before.units, before.area)
    change = edited(
        before, version, at=uow.now, verb="leave", enterprise_id="", enterprise_name="", joined_on=None,
        organisation_id=at.id, organisation_name=at.name, units=at.units, area=at.area,
    )  # fmt: skip
    save_worker(uow.tx, change)
    leave_employer(uow.tx, change.after.id, at.id, today)
    uow.record(change)
    return change.after


def _asked(uow: UnitOfWork, worker: Worker, to: Any, on: date) -> Registration:
    if find_transfer_of(uow.tx, worker.id):
        raise Refused(label("A transfer of this person waits for an answer already."))
    if to.enterprise_id == worker.enterprise_id:
        raise Invalid({"employer": label("They work there already.")})
    if on > local_day(uow.now):
        raise Invalid({"on": label("The day lies after the present job began and not in the future.")})
    return Registration(
        id=uow.new_id(), number=uow.next_number("DJ"), matter=Matter.TRANSFER, subject=worker.name, account_id=uow.actor.account_id,
        party_id=to.enterprise_id, party_name=to.enterprise_name, person_id=worker.id, from_day=on, organisation_id=to.organisation_id,
        unit_name=to.organisation_name, units=to.units, area=to.area, created_at=uow.now, updated_at=uow.now,
    )  # fmt: skip
