"""A worker: the public card, the guarded side, and who may see and change which."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from typing import ClassVar

from marketplace.kernel import permissions as rules
from marketplace.kernel.availability import Offers, offer_faults
from marketplace.kernel.consent import DEFAULT, DEFAULT_USES, concealed_of
from marketplace.kernel.entity import linked
from marketplace.kernel.labels import Label, label
from marketplace.kernel.masking import masked_account, masked_certificate, masked_identity, masked_phone
from marketplace.kernel.papers import Certificate as Certificate
from marketplace.kernel.papers import SkillHeld as SkillHeld
from marketplace.kernel.permission import Permission
from marketplace.kernel.personal_numbers import FUTURE, birth_month_of, birth_of, is_certificate, number_faults, sex_of, tidy_identity
from marketplace.kernel.revisions import content_of
from marketplace.kernel.skill_levels import LEVEL_LABELS as LEVEL_LABELS
from marketplace.kernel.skill_levels import Level as Level
from marketplace.kernel.workflow import Step, Workflow


class Status(StrEnum):
    HIDDEN = "hidden"
    SHOWN = "shown"
    MERGED = "merged"
    ERASED = "erased"


STATUS_LABELS: dict[str, Label] = {
    Status.HIDDEN: label("Card not public"), Status.SHOWN: label("Card public"), Status.MERGED: label("Merged"), Status.ERASED: label("Erased"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Job:
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
    offers: Offers = ()
    offers_until: date | None = None
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
    """Whoever may not see the guarded side reads it empty, as what is `concealed`; such a copy must never be saved. `works` are public.

    `birth_month` (months since the year 0) and `sex` follow from the numbers: figures over people are made of them within the store."""

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
    birth_month: int | None = None
    sex: str = ""
    agreed_uses: tuple[str, ...] = DEFAULT_USES
    joined_on: date | None = None
    entered_by: str = ""
    concealed: tuple[str, ...] = concealed_of(DEFAULT)
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
    works: int = linked(default=0)
    other_numbers: tuple[str, ...] = linked(default=())

    @property
    def title(self) -> str:
        return self.name

    @property
    def makers(self) -> tuple[str, ...]:
        return (self.id,)

    @property
    def hidden(self) -> tuple[str, ...]:
        """What the public face leaves out; where it is more than before, the index must not be asked until it follows."""
        return self.concealed

    @property
    def born(self) -> str:
        """The year, as far as it is known."""
        return f"{self.birth_month // 12:04d}-**-**" if self.birth_month else ""

    @property
    def has_consent(self) -> bool:
        return self.status is Status.SHOWN


P = Permission
WORKFLOW = Workflow(
    Step("give_consent", frozenset({Status.HIDDEN}), Status.SHOWN, P.WORKER_OWN, label("Show my card to signed-in readers"),
         label("Card shown"), main=True),
    Step("withdraw_consent", frozenset({Status.SHOWN}), Status.HIDDEN, P.WORKER_OWN, label("Hide my card"), label("Card hidden")),
)  # fmt: skip
ALIVE = {Status.HIDDEN, Status.SHOWN}
"""Of one who was merged into another nothing is read."""
POLICY = rules.Policy({
    P.WORKER_READ: rules.while_in({Status.SHOWN}, rules.signed_in) | rules.while_in(ALIVE, rules.is_maker | rules.is_officer_above),
    P.WORKER_GUARDED: rules.while_in(ALIVE, rules.is_maker | rules.is_officer_above),
    P.WORKER_OWN: rules.is_maker,
    P.WORKER_EDIT: rules.is_maker | rules.is_officer_above,
    P.WORKER_CREATE: rules.is_officer_above | rules.administrator,
    P.WORKER_TRANSFER: rules.is_officer_above, P.WORKER_LEAVE: rules.is_maker | rules.is_officer_above,
})  # fmt: skip


def missing_of(worker: Worker) -> tuple[str, ...]:
    """What a form would have asked for; an import from an older register may lack it."""
    return tuple(name for name in ("headline", "level", "occupation", "skills", "phone", "id_number") if not getattr(worker, name))


def faults_of(worker: Worker, today: date) -> dict[str, Label]:
    """What a rule of form refuses, at its field: for forms and imports alike."""
    faults = number_faults(worker.id_number, worker.born_on, worker.phone, worker.bank_account, today)
    faults |= offer_faults(worker.offers, worker.offers_until, today)
    if not worker.name.strip():
        faults["name"] = label("Fill this in.")
    if len({one.skill for one in worker.skills}) != len(worker.skills):
        faults["skills"] = label("A skill stands here twice.")
    for name in ("skills", "certificates"):
        if not all(is_certificate(one.certificate) for one in getattr(worker, name) if one.certificate or name == "certificates"):
            faults[name] = label("A certificate's number has 16 digits, or 22 characters of which the first is Y or S.")
    if any(one.issued_on and one.issued_on > today for one in worker.certificates):
        faults["certificates"] = FUTURE
    return faults


def with_details(worker: Worker, details: WorkerDetails) -> Worker:
    """What is given replaces what is stored; a masked number that comes back as it was shown changes nothing."""
    shown, given = masked(worker), {name: getattr(details, name) for name in WorkerDetails.__dataclass_fields__}
    news = {name: value for name, value in given.items() if value is not None and value != getattr(shown, name)}
    if news.get("id_number"):
        news["id_number"] = tidy_identity(news["id_number"])
    if "certificates" in news:
        stored = {one.certificate: two.certificate for one, two in zip(shown.certificates, worker.certificates, strict=True)}
        news["certificates"] = tuple(replace(one, certificate=stored.get(one.certificate, one.certificate)) for one in news["certificates"])
    changed = replace(worker, **news)
    born = birth_of(changed.id_number) if details.born_on is None else None
    changed = replace(changed, born_on=born) if born else changed
    return replace(changed, birth_month=birth_month_of(changed.born_on), sex=sex_of(changed.id_number))


def with_text(worker: Worker, text: WorkerText) -> Worker:
    """The card anew; a skill whose certificate was not shown keeps it."""
    kept = {one.skill: one.certificate for one in worker.skills}
    skills = tuple(one if one.certificate else replace(one, certificate=kept.get(one.skill, "")) for one in text.skills)
    return replace(worker, **content_of(text) | {"skills": skills})


def masked(worker: Worker) -> Worker:
    """As pages show it to everybody, the person included, until somebody says what for."""
    return replace(
        worker, id_number=masked_identity(worker.id_number), phone=masked_phone(worker.phone), bank_account=masked_account(worker.bank_account),
        born_on=None,
        skills=tuple(replace(one, certificate=masked_certificate(one.certificate)) for one in worker.skills),
        certificates=tuple(replace(one, certificate=masked_certificate(one.certificate)) for one in worker.certificates),
    )  # fmt: skip
