"""A registration: an enterprise, a page to be claimed, a worker or a transfer, before the union has said yes.

Nothing of it stands in the registers until then, so nothing has to be hidden there."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import ClassVar

from stdnum.cn import uscc

from marketplace.kernel import permissions as rules
from marketplace.kernel.entity import linked
from marketplace.kernel.labels import Label, label
from marketplace.kernel.permission import Permission
from marketplace.kernel.personal_numbers import MOBILE, PHONE
from marketplace.kernel.workflow import Step, Tells, Workflow


class Matter(StrEnum):
    ENTERPRISE = "enterprise"
    CLAIM = "claim"
    WORKER = "worker"
    TRANSFER = "transfer"


MATTER_LABELS: dict[str, Label] = {
    Matter.ENTERPRISE: label("Enterprise registers"), Matter.CLAIM: label("Enterprise claims its page"),
    Matter.WORKER: label("Worker registers"), Matter.TRANSFER: label("Transfer to be received"),
}  # fmt: skip


class Status(StrEnum):
    REGISTERED = "registered"
    RETURNED = "returned"
    VERIFIED = "verified"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


STATUS_LABELS: dict[str, Label] = {
    Status.REGISTERED: label("Waits for the union"), Status.RETURNED: label("Returned to be mended"), Status.VERIFIED: label("Verified"),
    Status.REFUSED: label("Refused"), Status.WITHDRAWN: label("Taken back"),
}  # fmt: skip
WAITING = frozenset({Status.REGISTERED, Status.RETURNED})


@dataclass(frozen=True, slots=True, kw_only=True)
class RegistrationText:
    """What stands on the form. `subject` is the enterprise's or the person's name; `place` the sub-district's id or the employer as written."""

    subject: str
    place: str = ""
    uscc: str = ""
    contact_name: str = ""
    phone: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Registration:
    """`party_id` is the enterprise that is claimed, worked for or moved to; `person_id` who is transferred; `result_id` what came of it."""

    KIND: ClassVar[str] = "registration"
    READ: ClassVar[Permission] = Permission.REGISTRATION_READ

    id: str
    version: int = 1
    number: str
    status: Status = Status.REGISTERED
    matter: Matter
    subject: str
    uscc: str = ""
    contact_name: str = ""
    phone: str = ""
    login_wish: str = ""
    account_id: str
    party_id: str = ""
    party_name: str = ""
    person_id: str = ""
    from_day: date | None = None
    result_id: str = ""
    reason: str = ""
    review_units: tuple[str, ...] = ()
    due_at: datetime | None = None
    created_at: datetime
    updated_at: datetime
    organisation_id: str = linked(default="")
    unit_name: str = linked(default="")
    units: tuple[str, ...] = linked(default=())
    area: str = linked(default="")

    @property
    def title(self) -> str:
        return self.subject

    @property
    def makers(self) -> tuple[str, ...]:
        return ()

    @property
    def accounts(self) -> tuple[str, ...]:
        return (self.account_id,)

    @property
    def is_sent(self) -> bool:
        """With the union now; a reason from an earlier round has been answered."""
        return self.status is Status.REGISTERED

    @property
    def is_waiting(self) -> bool:
        return self.status in WAITING


P = Permission
_SENT = frozenset({Status.REGISTERED})
WORKFLOW = Workflow(
    Step("approve", _SENT, Status.VERIFIED, P.REGISTRATION_DECIDE, label("Verify and let in"), label("Registration verified"), main=True,
         tells=Tells.MAKERS),
    Step("return", _SENT, Status.RETURNED, P.REGISTRATION_DECIDE, label("Return to be mended"), label("Registration returned"), reason=True,
         tells=Tells.MAKERS),
    Step("refuse", WAITING, Status.REFUSED, P.REGISTRATION_DECIDE, label("Refuse the registration"), label("Registration refused"), reason=True,
         tells=Tells.MAKERS),
    Step("submit", frozenset({Status.RETURNED}), Status.REGISTERED, P.REGISTRATION_OWN, label("Send it again"), label("Registration sent"),
         main=True, tells=Tells.OFFICERS),
    Step("withdraw", WAITING, Status.WITHDRAWN, P.REGISTRATION_OWN, label("Take the registration back"), label("Registration taken back")),
)  # fmt: skip
POLICY = rules.Policy({
    P.REGISTRATION_READ: rules.is_account | rules.is_officer_above,
    P.REGISTRATION_SEND: rules.anyone,
    P.REGISTRATION_OWN: rules.is_account,
    P.REGISTRATION_DECIDE: rules.is_officer_above & ~rules.is_account,
})  # fmt: skip


def faults_of(matter: Matter, text: RegistrationText) -> dict[str, Label]:
    """What a rule of form refuses, at its field."""
    faults: dict[str, Label] = {}
    if not text.subject.strip():
        faults["subject"] = label("Fill this in.")
    if matter is Matter.ENTERPRISE and not uscc.is_valid(text.uscc):
        faults["uscc"] = label("This is no unified social credit code: 18 characters, the last one checks the others (GB 32100).")
    if matter is Matter.WORKER and not MOBILE.fullmatch(text.phone):
        faults["phone"] = label("A mobile number has 11 digits and begins with 1.")
    elif text.phone and not PHONE.fullmatch(text.phone):
        faults["phone"] = label("A phone number: digits, spaces and hyphens.")
    return faults
