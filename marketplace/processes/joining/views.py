"""The doors for guests, what somebody at the door sees, and what the union decides with."""

from collections.abc import Callable
from functools import partial
from typing import TypeVar

from flask import Blueprint, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from marketplace.domains.accounts.service import hashed, open_session
from marketplace.domains.enterprises.repository import get_enterprise, ids_of_usccs
from marketplace.domains.registrations.model import MATTER_LABELS, STATUS_LABELS, WORKFLOW, Matter, Registration, RegistrationText
from marketplace.domains.registrations.repository import get_registration, list_places, list_rivals, list_waiting
from marketplace.domains.registrations.service import (
    mend_registration,
    refuse_registration,
    return_registration,
    send_again,
    text_in,
    withdraw_registration,
)
from marketplace.domains.workers.forms import TransferForm
from marketplace.domains.workers.model import Worker
from marketplace.domains.workers.repository import get_worker
from marketplace.kernel.masking import masked_phone
from marketplace.kernel.parties import tidy_uscc
from marketplace.kernel.permission import Permission
from marketplace.processes.joining.forms import ClaimDoor, DoorForm, EnterpriseDoor, WorkerDoor
from marketplace.processes.joining.repository import Entry, list_entries_named
from marketplace.processes.joining.service import Door, approve, leave_unit, move_worker, register
from marketplace.web.access import requires
from marketplace.web.door import change, change_each_time, read, read_for, sent_version, show
from marketplace.web.identity import current_actor, digest_of, new_token, remember
from marketplace.web.links import page_number, url_of
from marketplace.web.steps import take
from marketplace.web.turnstile import in_turn

room = Blueprint("joining", __name__)
STEPS: dict[str, Callable[..., Registration]] = {
    "return": return_registration, "refuse": refuse_registration, "withdraw": withdraw_registration, "submit": send_again,
}  # fmt: skip
NEW = "new"
T = TypeVar("T", bound=DoorForm)


@room.get("/joining")
@requires(Permission.VISIT)
def index() -> ResponseReturnValue:
    return show("joining/doors.html")


@room.route("/joining/enterprise", methods=["GET", "POST"])
@requires(Permission.REGISTRATION_SEND)
def enterprise() -> ResponseReturnValue:
    form = _open(EnterpriseDoor())
    form.offer_places([(one.id, one.name) for one in read(list_places)])
    if sent := _sent(form, Matter.ENTERPRISE, form.revision()):
        return sent
    code = tidy_uscc(form.uscc.data or "")
    known = read(ids_of_usccs, [code]).get(code, "") if form.uscc.errors and code else ""
    return show("joining/enterprise.html", form=form, known=known)


@room.route("/joining/enterprise/<id>", methods=["GET", "POST"])
@requires(Permission.REGISTRATION_SEND)
def claim(id: str) -> ResponseReturnValue:
    found, form = read(get_enterprise, id), _open(ClaimDoor())
    written = form.revision()
    text = RegistrationText(subject=found.name, place=found.id, uscc=found.uscc or "", contact_name=written.contact_name, phone=written.phone)
    return _sent(form, Matter.CLAIM, text) or show("joining/claim.html", form=form, enterprise=found)


@room.route("/joining/worker", methods=["GET", "POST"])
@requires(Permission.REGISTRATION_SEND)
def worker() -> ResponseReturnValue:
    form = _open(WorkerDoor())
    return _sent(form, Matter.WORKER, form.revision()) or show("joining/worker.html", form=form)


def _open(form: T) -> T:
    if not current_actor().is_guest:
        form.open_already()
    return form


def _sent(form: DoorForm, matter: Matter, text: RegistrationText) -> ResponseReturnValue | None:
    """Signed in from then on, without any right: so they see how it goes. Hashing is slow and done for nothing that comes back."""
    is_new = current_actor().is_guest and form.is_submitted() and form.validate()
    door = Door(form.login.data or "", _hashed(str(form.password.data))) if is_new else Door()
    sent = form.save(register, matter, text, door)
    if sent is None:
        return None
    if is_new:
        token = new_token()
        change_each_time(open_session, sent.account_id, digest_of(token))
        remember(token)
    return redirect(url_of("registration", sent.id))


def _hashed(password: str) -> str:
    with in_turn().turn():
        return hashed(password)


@room.get("/registrations")
@requires(Permission.REVIEW_DESK)
def waiting() -> ResponseReturnValue:
    """Whoever stands above a base union sees what lies there; deciding goes on at the desk or on the page itself."""
    return show("joining/waiting.html", page=read(list_waiting, page_number()), matters=MATTER_LABELS)


@room.get("/registrations/<id>")
@requires(Permission.SIGNED_IN)
def detail(id: str) -> ResponseReturnValue:
    found = read(get_registration, id)
    return show(
        "joining/detail.html", registration=found, phone=masked_phone(found.phone) if found.matter is Matter.WORKER else found.phone,
        statuses=STATUS_LABELS, matters=MATTER_LABELS, entries=_entries(found), rivals=read(list_rivals, found),
    )  # fmt: skip


def _entries(registration: Registration) -> list[Entry]:
    """Who of the register this may be; asked for an officer who is about to decide."""
    decides = registration.matter is Matter.WORKER and current_actor().can(Permission.REGISTRATION_DECIDE, registration)
    return read(list_entries_named, registration.subject) if decides and registration.is_waiting else []


@room.route("/registrations/<id>/edit", methods=["GET", "POST"])
@requires(Permission.REGISTRATION_OWN)
def edit(id: str) -> ResponseReturnValue:
    found = read_for(Permission.REGISTRATION_OWN, get_registration, id)
    form = FORMS[found.matter](obj=text_in(found), version=found.version)
    form.open_already()
    if isinstance(form, EnterpriseDoor):
        form.offer_places([(one.id, one.name) for one in read(list_places)])
    if form.save(mend_registration, id, form.version.data, _mended(form, found)):
        flash(_("Sent again to %(unit)s.", unit=found.unit_name))
        return redirect(url_for(".detail", id=id))
    return show("joining/mend.html", form=form, registration=found)


FORMS: dict[Matter, type[DoorForm]] = {
    Matter.ENTERPRISE: EnterpriseDoor, Matter.CLAIM: ClaimDoor, Matter.WORKER: WorkerDoor, Matter.TRANSFER: DoorForm,
}  # fmt: skip


def _mended(form: DoorForm, found: Registration) -> RegistrationText:
    """What this form does not ask for stays."""
    kept, written = text_in(found), form.revision()
    return RegistrationText(**{name: getattr(written if name in form else kept, name) for name in RegistrationText.__dataclass_fields__})


@room.post("/registrations/<id>/steps/<verb>")
@requires(Permission.SIGNED_IN)
def take_step(id: str, verb: str) -> ResponseReturnValue:
    """Where the register knows somebody of this name, the officer says first whether this is them."""
    entry = request.form.get("entry", "")
    if verb == "approve" and not entry and _entries(read(get_registration, id)):
        flash(_("The register knows somebody of this name. Say whether this is the same person."), "info")
        return redirect(url_for(".detail", id=id) + "#entries")
    return take("registration", {**STEPS, "approve": partial(approve, entry="" if entry == NEW else entry)}, (WORKFLOW,), id, verb)


@room.route("/workers/<id>/transfer", methods=["GET", "POST"])
@requires(Permission.WORKER_TRANSFER)
def transfer(id: str) -> ResponseReturnValue:
    found = read_for(Permission.WORKER_TRANSFER, get_worker, id)
    form = TransferForm.of(version=found.version)
    if moved := form.save(move_worker, id, form.version.data, form.employer.data, form.day_given()):
        if isinstance(moved, Registration):
            flash(_("%(unit)s is asked to receive them: %(number)s.", unit=moved.unit_name, number=moved.number))
            return redirect(url_of("registration", moved.id))
        flash(_("%(name)s works at %(employer)s now.", name=moved.name, employer=moved.enterprise_name))
        return redirect(_after(moved))
    return show("workers/transfer.html", form=form, worker=found)


def _after(moved: Worker) -> str:
    may_read = current_actor().can(Permission.WORKER_READ, moved)
    return url_of("worker", moved.id) if may_read else url_of("enterprise", moved.enterprise_id)


@room.post("/workers/<id>/leave")
@requires(Permission.WORKER_LEAVE)
def leave(id: str) -> ResponseReturnValue:
    left = change(leave_unit, id, sent_version())
    flash(_("Noted. Until the next employer, %(unit)s looks after it.", unit=left.organisation_name))
    return redirect(_after(left) if left.enterprise_id or current_actor().can(Permission.WORKER_READ, left) else url_for("home.index"))
