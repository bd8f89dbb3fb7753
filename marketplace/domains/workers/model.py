"""A worker: the public card, the guarded side, and who may see and change which."""

import re
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from typing import ClassVar

from stdnum.cn import ric

from marketplace.kernel import masking
from marketplace.kernel import permissions as rules
from marketplace.kernel.entity import linked
from marketplace.kernel.labels import Label, label
from marketplace.kernel.permission import Permission
from marketplace.kernel.workflow import Step, Workflow

CERTIFICATE = re.compile(r"\d{16}|[YS]\d{21}")
"""DOMAIN, skill levels: 职业资格证书 16 digits; 职业技能等级证书 22 characters, Y or S first."""
MOBILE = re.compile(r"1[3-9]\d{9}")
ACCOUNT = re.compile(r"\d{12,19}")


class Status(StrEnum):
    """Whether the person agreed that others see the card."""

    HIDDEN = "hidden"
    SHOWN = "shown"


class Level(StrEnum):
    """新八级, from the lowest."""

    APPRENTICE = "apprentice"
    JUNIOR = "junior"
    INTERMEDIATE = "intermediate"
    SENIOR = "senior"
    TECHNICIAN = "technician"
    SENIOR_TECHNICIAN = "senior-technician"
    SPECIAL_TECHNICIAN = "special-technician"
    CHIEF_TECHNICIAN = "chief-technician"


STATUS_LABELS: dict[str, Label] = {Status.HIDDEN: label("Card not public"), Status.SHOWN: label("Card public")}
LEVEL_LABELS: dict[str, Label] = {
    Level.APPRENTICE: label("Apprentice worker"), Level.JUNIOR: label("Junior worker (grade 5)"),
    Level.INTERMEDIATE: label("Intermediate worker (grade 4)"), Level.SENIOR: label("Senior worker (grade 3)"),
    Level.TECHNICIAN: label("Technician (grade 2)"), Level.SENIOR_TECHNICIAN: label("Senior technician (grade 1)"),
    Level.SPECIAL_TECHNICIAN: label("Special-grade technician"), Level.CHIEF_TECHNICIAN: label("Chief technician"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class SkillHeld:
    """A skill of the taxonomy by its Chinese name; the certificate's number belongs to the guarded side."""

    skill: str
    level: Level | None = None
    since: date | None = None
    certificate: str = ""


@dataclass(frozen=True, slots=True)
class Certificate:
    """`occupation` is a code of the national classification."""

    certificate: str
    occupation: str
    level: Level | None = None
    issued_on: date | None = None


@dataclass(frozen=True, slots=True)
class Job:
    """Half-open: [since, until)."""

    enterprise_id: str
    enterprise_name: str = ""
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkerText:
    """The public card, as a form edits it."""

    name: str
    headline: str = ""
    level: Level | None = None
    occupation: str = ""
    skills: tuple[SkillHeld, ...] = linked(default=())


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkerDetails:
    """The guarded side. None leaves what is stored as it is, an empty text removes it."""

    id_number: str | None = None
    phone: str | None = None
    bank_account: str | None = None
    born_on: date | None = None
    certificates: tuple[Certificate, ...] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkerEntry:
    """A row of an older register. `employer` is the enterprise's credit code or its full name; `skills` are Chinese names."""

    name: str
    employer: str
    headline: str = ""
    level: Level | None = None
    occupation: str = ""
    skills: tuple[str, ...] = ()
    joined_on: date | None = None
    id_number: str = ""
    phone: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Worker(WorkerText):
    """Whoever may not see the guarded side reads it empty; such a copy must never be saved."""

    KIND: ClassVar[str] = "worker"
    READ: ClassVar[Permission] = Permission.WORKER_READ
    READ_GUARDED: ClassVar[Permission] = Permission.WORKER_GUARDED

    id: str
    version: int = 1
    number: str
    status: Status = Status.HIDDEN
    id_number: str = ""
    phone: str = ""
    bank_account: str = ""
    born_on: date | None = None
    joined_on: date | None = None
    entered_by: str = ""
    source: str = ""
    source_key: str = ""
    batch_id: str = ""
    missing: tuple[str, ...] = ()
    created_at: datetime
    updated_at: datetime
    published_at: datetime | None = None
    certificates: tuple[Certificate, ...] = linked(default=())
    organisation_id: str = linked(default="")
    organisation_name: str = linked(default="")
    units: tuple[str, ...] = linked(default=())
    area: str = linked(default="")
    enterprise_id: str = linked(default="")
    enterprise_name: str = linked(default="")
    fields: tuple[str, ...] = linked(default=())
    jobs: tuple[Job, ...] = linked(default=())

    @property
    def title(self) -> str:
        return self.name

    @property
    def makers(self) -> tuple[str, ...]:
        return (self.id,)

    @property
    def has_consent(self) -> bool:
        return self.status is Status.SHOWN


P = Permission
WORKFLOW = Workflow(
    Step("give_consent", frozenset({Status.HIDDEN}), Status.SHOWN, P.WORKER_OWN, label("Show my card to signed-in readers"),
         label("Card shown"), main=True),
    Step("withdraw_consent", frozenset({Status.SHOWN}), Status.HIDDEN, P.WORKER_OWN, label("Hide my card"), label("Card hidden")),
)  # fmt: skip
POLICY = rules.Policy({
    P.WORKER_READ: rules.while_in({Status.SHOWN}, rules.signed_in) | rules.is_maker | rules.is_officer_above,
    P.WORKER_GUARDED: rules.is_maker | rules.is_officer_above,
    P.WORKER_OWN: rules.is_maker,
    P.WORKER_EDIT: rules.is_maker | rules.is_officer_above,
    P.WORKER_CREATE: rules.is_officer_above | rules.administrator,
    P.WORKER_TRANSFER: rules.is_officer_above,
})  # fmt: skip


def missing_of(worker: Worker) -> tuple[str, ...]:
    """What a form would have asked for; an import from an older register may lack it."""
    return tuple(name for name in ("headline", "level", "occupation", "skills", "phone", "id_number") if not getattr(worker, name))


def faults_of(worker: Worker, today: date) -> dict[str, Label]:
    """What a rule of form refuses, at its field: for forms and imports alike."""
    faults: dict[str, Label] = {}
    if not worker.name.strip():
        faults["name"] = label("Fill this in.")
    if worker.id_number and not (ric.is_valid(worker.id_number) and ric.get_birth_date(worker.id_number) <= today):
        faults["id_number"] = label("This is no identity number: 18 characters, with a real day of birth and the right last one (GB 11643).")
    if worker.born_on and worker.born_on > today:
        faults["born_on"] = label("This day lies in the future.")
    if worker.phone and not MOBILE.fullmatch(worker.phone):
        faults["phone"] = label("A mobile number has 11 digits and begins with 1.")
    if worker.bank_account and not ACCOUNT.fullmatch(worker.bank_account):
        faults["bank_account"] = label("An account number has 12 to 19 digits.")
    return faults or _faults_of_lists(worker, today)


def _faults_of_lists(worker: Worker, today: date) -> dict[str, Label]:
    faults: dict[str, Label] = {}
    form = label("A certificate's number has 16 digits, or 22 characters of which the first is Y or S.")
    if worker.id_number and worker.born_on and ric.get_birth_date(worker.id_number) != worker.born_on:
        faults["born_on"] = label("The identity number says another day of birth.")
    if any(one.certificate and not CERTIFICATE.fullmatch(one.certificate) for one in worker.skills):
        faults["skills"] = form
    if len({one.skill for one in worker.skills}) != len(worker.skills):
        faults["skills"] = label("A skill stands here twice.")
    if any(not CERTIFICATE.fullmatch(one.certificate) for one in worker.certificates):
        faults["certificates"] = form
    if any(one.issued_on and one.issued_on > today for one in worker.certificates):
        faults["certificates"] = label("This day lies in the future.")
    return faults


def with_details(worker: Worker, details: WorkerDetails) -> Worker:
    """The stored guarded side with what is given now; a birth date follows from the identity number."""
    given = {name: getattr(details, name) for name in WorkerDetails.__dataclass_fields__}
    news = {name: value for name, value in given.items() if value is not None}
    if isinstance(number := news.get("id_number"), str):
        news["id_number"] = ric.compact(number).upper()
    changed = replace(worker, **news)
    if changed.id_number and not details.born_on and ric.is_valid(changed.id_number):
        return replace(changed, born_on=ric.get_birth_date(changed.id_number))
    return changed


def masked(worker: Worker) -> Worker:
    """As pages show it to everybody, the person included, until they ask for their own numbers."""
    return replace(
        worker, id_number=masking.masked_identity(worker.id_number), phone=masking.masked_phone(worker.phone),
        bank_account=masking.masked_account(worker.bank_account),
        skills=tuple(replace(one, certificate=masking.masked_certificate(one.certificate)) for one in worker.skills),
        certificates=tuple(replace(one, certificate=masking.masked_certificate(one.certificate)) for one in worker.certificates),
    )  # fmt: skip
