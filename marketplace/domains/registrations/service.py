"""Registering, returning, refusing and taking back. Letting in changes other rooms: it is a process."""

from dataclasses import replace
from typing import Any

from marketplace.domains.registrations.model import WORKFLOW, Matter, Registration, RegistrationText, faults_of
from marketplace.domains.registrations.repository import (
    Place,
    create_registration_node,
    find_place,
    get_registration,
    list_staffed,
    save_registration,
)
from marketplace.kernel.errors import Invalid
from marketplace.kernel.labels import label
from marketplace.kernel.parties import Employer, find_employers, tidy_uscc
from marketplace.kernel.reviewing import close_review, due_from, open_review
from marketplace.kernel.roles import Role
from marketplace.kernel.unit_of_work import UnitOfWork
from marketplace.kernel.workdays import local_day
from marketplace.kernel.workflow import Change, created

PREFIX = "DJ"
CLOSED_UNIT = label("This unit has been closed or merged; choose the one that took its place.")
UNKNOWN_EMPLOYER = label("No enterprise in the register has this name or code. Write the full name; perhaps it has to register first.")


def send_registration(uow: UnitOfWork, registration: Registration) -> Registration:
    """A case on the desk of the unit that decides. The account that sends it has been opened in the same transaction."""
    units = deciding_units(uow, registration.units)
    known = replace(registration, review_units=units, due_at=due_from(uow.now))
    create_registration_node(uow.tx, known, local_day(uow.now))
    open_review(uow, known, stage=known.matter, unit_name=known.unit_name)
    uow.record(created(known, at=uow.now, verb="submit"))
    return known


def deciding_units(uow: UnitOfWork, lineage: tuple[str, ...]) -> tuple[str, ...]:
    """The nearest unit with an officer; where none has one, all of them: whoever comes first finds it."""
    staffed = list_staffed(uow.tx, lineage, Role.UNION_OFFICER, uow.now)
    return next(((unit,) for unit in lineage if unit in staffed), lineage)


def place_of(uow: UnitOfWork, id: str) -> Place:
    """Raises Invalid for a unit that is no more."""
    found = find_place(uow.tx, id)
    if found is None:
        raise Invalid({"place": CLOSED_UNIT})
    return found


def employer_of(uow: UnitOfWork, written: str) -> Employer:
    """By id, credit code or full name: enterprises are public. Raises Invalid for one that the register does not know."""
    found = find_employers(uow.tx, [written, tidy_uscc(written)]) if written else {}
    if not found:
        raise Invalid({"place": UNKNOWN_EMPLOYER})
    return found.get(written) or found[tidy_uscc(written)]


def return_registration(uow: UnitOfWork, id: str, version: int, reason: str) -> Registration:
    """Whoever sent it reads why, mends it and sends it again."""
    return decided(uow, _moved(uow, get_registration(uow.tx, id), version, "return", reason), reason)


def refuse_registration(uow: UnitOfWork, id: str, version: int, reason: str) -> Registration:
    """It ends here. The code is free for whoever really holds it, and the phone is forgotten."""
    registration = get_registration(uow.tx, id)
    return decided(uow, _moved(uow, registration, version, "refuse", reason, phone="", login_wish=""), reason)


def withdraw_registration(uow: UnitOfWork, id: str, version: int) -> Registration:
    """By whoever sent it; nobody has to look at it any more."""
    registration = get_registration(uow.tx, id)
    return decided(uow, _moved(uow, registration, version, "withdraw", phone="", login_wish=""))


def mend_registration(uow: UnitOfWork, id: str, version: int, text: RegistrationText) -> Registration:
    """Mended and sent again: a new round on the desk, at the unit that decides now."""
    registration = get_registration(uow.tx, id)
    text = replace(text, uscc=tidy_uscc(text.uscc))
    if faults := faults_of(registration.matter, text):
        raise Invalid(faults)
    news: dict[str, Any] = {"subject": text.subject, "uscc": text.uscc, "contact_name": text.contact_name, "phone": text.phone}
    news |= where_of(uow, registration.matter, text.place or place_in(registration))
    news |= {"review_units": deciding_units(uow, news["units"]), "due_at": due_from(uow.now)}
    change = _moved(uow, registration, version, "submit", **news)
    save_registration(uow.tx, change, local_day(uow.now))
    open_review(uow, change.after, stage=change.after.matter, unit_name=change.after.unit_name)
    uow.record(change)
    return change.after


def send_again(uow: UnitOfWork, id: str, version: int) -> Registration:
    """As it stands: what the union asked for was done elsewhere, by a call or a visit."""
    return mend_registration(uow, id, version, text_in(get_registration(uow.tx, id)))


def place_in(registration: Registration) -> str:
    """As a form would have named it: the unit of a new enterprise, else the employer."""
    return registration.organisation_id if registration.matter is Matter.ENTERPRISE else registration.party_id


def text_in(registration: Registration) -> RegistrationText:
    """For the form, and for sending it as it stands."""
    return RegistrationText(
        subject=registration.subject, place=place_in(registration), uscc=registration.uscc, contact_name=registration.contact_name,
        phone=registration.phone,
    )  # fmt: skip


def where_of(uow: UnitOfWork, matter: Matter, place: str) -> dict[str, Any]:
    """The unit that decides, and the enterprise it is about, as fields of the registration."""
    if matter is Matter.ENTERPRISE:
        unit = place_of(uow, place)
        return {"organisation_id": unit.id, "unit_name": unit.name, "units": unit.units, "area": unit.area}
    at = employer_of(uow, place)
    return {
        "organisation_id": at.organisation_id, "unit_name": at.organisation_name, "units": at.units, "area": at.area,
        "party_id": at.enterprise_id, "party_name": at.enterprise_name,
    }  # fmt: skip


def _moved(uow: UnitOfWork, registration: Registration, version: int, verb: str, reason: str = "", **more: Any) -> Change[Registration]:
    uow.actor.require(WORKFLOW.steps[verb].needs, registration)
    return WORKFLOW.step(verb, registration, version, at=uow.now, reason=reason, **more)


def decided(uow: UnitOfWork, change: Change[Registration], reason: str = "") -> Registration:
    """Lock and compare first, then close the case: of two officers one decides."""
    save_registration(uow.tx, change, local_day(uow.now))
    close_review(uow, change.id, change.verb, reason)
    uow.record(change)
    return change.after
