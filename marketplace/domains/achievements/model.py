"""An achievement: what it is, what may happen to it, who may do it."""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import ClassVar

from marketplace.kernel.entity import linked
from marketplace.kernel.labels import Label, label
from marketplace.kernel.permission import Permission
from marketplace.kernel.permissions import (
    SIGNED_IN,
    Holds,
    Policy,
    Rule,
    anyone,
    enterprise_user,
    is_account,
    is_maker,
    is_officer_above,
    is_reviewer,
    signed_in,
    while_in,
)
from marketplace.kernel.revisions import CopyStatus
from marketplace.kernel.workflow import Step, Tells, Workflow

WHOLE = 10_000
"""Shares are basis points; all contributors together hold 100 %."""
SILENCE = timedelta(days=15)
"""DOMAIN, achievements: an unanswered share counts after 15 days."""


class Status(StrEnum):
    DRAFT = "draft"
    HANDED_IN = "handed-in"
    SUBMITTED = "submitted"
    RETURNED = "returned"
    PUBLISHED = "published"
    WITHDRAWN = "withdrawn"


class Kind(StrEnum):
    INVENTION = "invention"
    INNOVATION = "innovation"
    PROCESS = "process"
    METHOD = "method"
    FIVE_SMALL = "five_small"
    SOFTWARE = "software"
    OTHER = "other"


class Via(StrEnum):
    """DOMAIN, achievements: two ways in."""

    STUDIO = "studio"
    WORKER = "worker"


class Answer(StrEnum):
    ASKED = "asked"
    CONFIRMED = "confirmed"
    OBJECTED = "objected"


STATUS_LABELS: dict[str, Label] = {
    Status.DRAFT: label("Draft"), Status.HANDED_IN: label("With the base union"), Status.SUBMITTED: label("In review"),
    Status.RETURNED: label("Returned"), Status.PUBLISHED: label("Public"), Status.WITHDRAWN: label("Withdrawn"),
}  # fmt: skip
KIND_LABELS: dict[str, Label] = {
    Kind.INVENTION: label("Invention"), Kind.INNOVATION: label("Technical innovation"), Kind.PROCESS: label("Process improvement"),
    Kind.METHOD: label("Advanced operating method"), Kind.FIVE_SMALL: label("Five smalls"), Kind.SOFTWARE: label("Software"),
    Kind.OTHER: label("Other"),
}  # fmt: skip
SCALES = {"TRL": 9, "MRL": 10}
"""GB/T 22900-2009 technology readiness for products; manufacturing readiness for processes."""


@dataclass(frozen=True, slots=True)
class Contribution:
    """A person's dated share. `name` is empty where the reader may not see the person."""

    worker_id: str
    share: int
    name: str = ""
    role: str = ""
    answer: Answer = Answer.ASKED
    asked_at: datetime | None = None
    answered_at: datetime | None = None

    def counts(self, now: datetime) -> bool:
        """Confirmed, or silent for fifteen days."""
        silent = self.asked_at is not None and self.answer is Answer.ASKED and now >= self.asked_at + SILENCE
        return self.answer is Answer.CONFIRMED or silent


@dataclass(frozen=True, slots=True)
class Adoption:
    """Where it is used and what it saves a year, in fen, with what shows it."""

    enterprise_id: str
    enterprise_name: str = ""
    place: str = ""
    since: date | None = None
    quantity: float | None = None
    unit: str = ""
    saving_fen: int | None = None
    evidence: str = ""


@dataclass(frozen=True, slots=True)
class Named:
    id: str
    name: str


@dataclass(frozen=True, slots=True)
class Home:
    """Where a new achievement belongs."""

    organisation_id: str
    units: tuple[str, ...]
    enterprise_id: str
    studio_id: str


@dataclass(frozen=True, slots=True)
class PatentLink:
    id: str
    title: str = ""
    number: str = ""
    legal_status: str = ""


@dataclass(frozen=True, slots=True)
class EvidenceFile:
    id: str
    name: str
    size: int
    access: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AchievementText:
    """What a form edits and a version keeps."""

    title: str
    title_en: str = ""
    kind: Kind = Kind.INNOVATION
    field: str = ""
    maturity_scale: str = "TRL"
    maturity: int | None = None
    benefit: str = ""
    gain_metric: str = ""
    gain_before: float | None = None
    gain_after: float | None = None
    gain_unit: str = ""
    summary: str = ""
    conditions: str = ""
    not_for: str = ""
    skills: tuple[str, ...] = ()
    completed_on: date | None = None
    contributions: tuple[Contribution, ...] = linked(default=())
    adoptions: tuple[Adoption, ...] = linked(default=())


@dataclass(frozen=True, slots=True, kw_only=True)
class Achievement(AchievementText):
    KIND: ClassVar[str] = "achievement"
    READ: ClassVar[Permission] = Permission.ACHIEVEMENT_READ
    READ_GUARDED: ClassVar[Permission] = Permission.ACHIEVEMENT_CONTACT

    id: str
    version: int = 1
    number: str
    status: Status = Status.DRAFT
    revision: CopyStatus = CopyStatus.NONE
    via: Via = Via.STUDIO
    entered_by: str = ""
    reason: str = ""
    source: str = ""
    source_key: str = ""
    batch_id: str = ""
    missing: tuple[str, ...] = ()
    created_at: datetime
    updated_at: datetime
    submitted_at: datetime | None = None
    published_at: datetime | None = None
    organisation_id: str = linked(default="")
    organisation_name: str = linked(default="")
    units: tuple[str, ...] = linked(default=())
    area: str = linked(default="")
    studio_id: str = linked(default="")
    studio_name: str = linked(default="")
    enterprise_id: str = linked(default="")
    enterprise_name: str = linked(default="")
    maker_ids: tuple[str, ...] = linked(default=())
    patents: tuple[PatentLink, ...] = linked(default=())
    files: tuple[EvidenceFile, ...] = linked(default=())

    @property
    def makers(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(party for party in (self.studio_id, *self.maker_ids) if party))

    @property
    def accounts(self) -> tuple[str, ...]:
        return (self.entered_by,) if self.entered_by else ()

    @property
    def review_units(self) -> tuple[str, ...]:
        """A studio's goes to the sub-district or industry; a worker's first to the base union (DOMAIN, achievements)."""
        return self.units if self.status is Status.HANDED_IN or len(self.units) < 2 else self.units[1:]

    @property
    def saving_fen(self) -> int:
        return sum(one.saving_fen or 0 for one in self.adoptions)

    @property
    def is_public(self) -> bool:
        return self.status is Status.PUBLISHED


def through(via: Via) -> Rule:
    """Whether the thing came in this way."""
    return Holds(lambda achievement: (SIGNED_IN,) if achievement.via is via else ())


P = Permission
WORKFLOW = Workflow(
    Step("hand_in", frozenset({Status.DRAFT, Status.RETURNED}), Status.HANDED_IN, P.ACHIEVEMENT_HAND_IN, label("Hand in to the base union"),
         label("Handed in to the base union"), main=True, tells=Tells.OFFICERS),
    Step("endorse", frozenset({Status.HANDED_IN}), Status.SUBMITTED, P.ACHIEVEMENT_REVIEW, label("Pass on to the sub-district"),
         label("Passed on by the base union"), main=True, tells=Tells.OFFICERS),
    Step("submit", frozenset({Status.DRAFT, Status.RETURNED}), Status.SUBMITTED, P.ACHIEVEMENT_SUBMIT, label("Submit for review"),
         label("Submitted"), main=True, tells=Tells.OFFICERS),
    Step("publish", frozenset({Status.SUBMITTED}), Status.PUBLISHED, P.ACHIEVEMENT_REVIEW, label("Approve and publish"),
         label("Published"), main=True, tells=Tells.MAKERS),
    Step("return", frozenset({Status.SUBMITTED, Status.HANDED_IN}), Status.RETURNED, P.ACHIEVEMENT_REVIEW, label("Return with a reason"),
         label("Returned"), reason=True, tells=Tells.MAKERS),
    Step("withdraw", frozenset({Status.PUBLISHED}), Status.WITHDRAWN, P.ACHIEVEMENT_EDIT, label("Withdraw"), label("Withdrawn")),
    Step("take_down", frozenset({Status.PUBLISHED}), Status.WITHDRAWN, P.ACHIEVEMENT_TAKE_DOWN, label("Take down with a reason"),
         label("Taken down"), reason=True, tells=Tells.MAKERS),
)  # fmt: skip
REVISION = Workflow(
    Step("submit_revision", frozenset({CopyStatus.WORKING, CopyStatus.RETURNED}), CopyStatus.SUBMITTED, P.ACHIEVEMENT_EDIT,
         label("Submit the new version"), label("New version submitted"), main=True, tells=Tells.OFFICERS),
    Step("publish_revision", frozenset({CopyStatus.SUBMITTED}), CopyStatus.NONE, P.ACHIEVEMENT_REVIEW, label("Approve the new version"),
         label("New version published"), main=True, tells=Tells.MAKERS),
    Step("return_revision", frozenset({CopyStatus.SUBMITTED}), CopyStatus.RETURNED, P.ACHIEVEMENT_REVIEW, label("Return the new version"),
         label("New version returned"), reason=True, tells=Tells.MAKERS),
    Step("discard_revision", frozenset({CopyStatus.WORKING, CopyStatus.RETURNED}), CopyStatus.NONE, P.ACHIEVEMENT_EDIT,
         label("Discard the new version"), label("New version discarded")),
    field="revision",
)  # fmt: skip

_IN_REVIEW = {Status.HANDED_IN, Status.SUBMITTED, Status.RETURNED, Status.PUBLISHED, Status.WITHDRAWN}
_own = is_maker | is_account
POLICY = Policy({
    P.ACHIEVEMENT_READ: while_in({Status.PUBLISHED}, anyone) | _own | while_in(_IN_REVIEW, is_officer_above),
    P.ACHIEVEMENT_CONTACT: _own | while_in(_IN_REVIEW, is_officer_above),
    P.ACHIEVEMENT_HISTORY: _own | is_officer_above,
    P.ACHIEVEMENT_CREATE: signed_in,
    P.ACHIEVEMENT_EDIT: _own,
    P.ACHIEVEMENT_SUBMIT: _own & through(Via.STUDIO),
    P.ACHIEVEMENT_HAND_IN: _own & through(Via.WORKER),
    P.ACHIEVEMENT_REVIEW: is_reviewer & ~_own,
    P.ACHIEVEMENT_TAKE_DOWN: is_officer_above & ~_own,
    P.ACHIEVEMENT_SHARE: is_maker,
    P.EVIDENCE_PUBLIC: signed_in,
    P.EVIDENCE_ENTERPRISE: enterprise_user | _own | is_officer_above,
    P.EVIDENCE_MAKERS: _own | is_officer_above,
})  # fmt: skip


def missing_of(text: AchievementText) -> tuple[str, ...]:
    """What a form would have asked for; an import from an older register may lack it."""
    wanted = ("benefit", "field", "maturity", "summary", "gain_metric", "contributions", "completed_on")
    return tuple(name for name in wanted if not getattr(text, name))


def with_answers(before: tuple[Contribution, ...], after: tuple[Contribution, ...], now: datetime) -> tuple[Contribution, ...]:
    """Whoever keeps the same share keeps their answer; everybody else is asked anew."""
    old = {(one.worker_id, one.share): one for one in before}
    return tuple(replace(old[one.worker_id, one.share], role=one.role) if (one.worker_id, one.share) in old
                 else replace(one, answer=Answer.ASKED, asked_at=now, answered_at=None) for one in after)  # fmt: skip
