"""An achievement: what it is, what may happen to it, who may do it."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import ClassVar

from marketplace.kernel import permissions as rules
from marketplace.kernel.adoptions import Adoption
from marketplace.kernel.contributions import Contribution
from marketplace.kernel.entity import linked
from marketplace.kernel.importing import import_workflow
from marketplace.kernel.labels import Label, label
from marketplace.kernel.permission import Permission
from marketplace.kernel.publishing import Shelved
from marketplace.kernel.revisions import revision_workflow
from marketplace.kernel.workflow import Step, Tells, Workflow


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
class Achievement(AchievementText, Shelved):
    KIND: ClassVar[str] = "achievement"
    READ: ClassVar[Permission] = Permission.ACHIEVEMENT_READ
    READ_GUARDED: ClassVar[Permission] = Permission.ACHIEVEMENT_CONTACT
    EXPLAINED: ClassVar[frozenset[StrEnum]] = frozenset({Status.RETURNED, Status.WITHDRAWN})

    status: Status = Status.DRAFT
    via: Via = Via.STUDIO
    source: str = ""
    source_key: str = ""
    batch_id: str = ""
    missing: tuple[str, ...] = ()
    studio_id: str = linked(default="")
    studio_name: str = linked(default="")
    enterprise_id: str = linked(default="")
    enterprise_name: str = linked(default="")
    maker_ids: tuple[str, ...] = linked(default=())
    patents: tuple[PatentLink, ...] = linked(default=())
    files: tuple[EvidenceFile, ...] = linked(default=())
    reports: tuple[Adoption, ...] = linked(default=())

    @property
    def uses(self) -> tuple[Adoption, ...]:
        """What the makers say, then what adopters entered or corrected themselves."""
        return (*self.adoptions, *self.reports)

    @property
    def confirmed_uses(self) -> tuple[Adoption, ...]:
        return tuple(one for one in self.uses if one.confirmed)

    @property
    def adopters(self) -> int:
        """Enterprises that have confirmed that they use it."""
        return len({one.enterprise_id for one in self.confirmed_uses})

    @property
    def makers(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(party for party in (self.studio_id, *self.maker_ids) if party))

    @property
    def review_units(self) -> tuple[str, ...]:
        """A studio's goes to the sub-district or industry; a worker's first to the base union (DOMAIN, achievements)."""
        return self.units if self.status is Status.HANDED_IN or len(self.units) < 2 else self.units[1:]

    @property
    def saving_fen(self) -> int:
        """A year, of confirmed uses alone."""
        return sum(one.saving_fen or 0 for one in self.confirmed_uses)

    @property
    def is_public(self) -> bool:
        return self.status is Status.PUBLISHED


def through(via: Via) -> rules.Rule:
    """Whether the thing came in this way."""
    named = label("It comes in by this way.")
    return rules.Holds(lambda achievement: (rules.SIGNED_IN,) if achievement.via is via else (), kind=rules.SIGNED_IN, words=named)


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
REVISION = revision_workflow(P.ACHIEVEMENT_EDIT, P.ACHIEVEMENT_REVIEW)
IMPORT = import_workflow(Status.DRAFT, Status.PUBLISHED)

_IN_REVIEW = {Status.HANDED_IN, Status.SUBMITTED, Status.RETURNED, Status.PUBLISHED, Status.WITHDRAWN}
_own = rules.is_maker | rules.is_account
POLICY = rules.Policy({
    P.ACHIEVEMENT_READ: rules.while_in({Status.PUBLISHED}, rules.anyone) | _own | rules.while_in(_IN_REVIEW, rules.is_officer_above),
    P.ACHIEVEMENT_CONTACT: _own | rules.while_in(_IN_REVIEW, rules.is_officer_above),
    P.ACHIEVEMENT_HISTORY: _own | rules.is_officer_above,
    P.ACHIEVEMENT_CREATE: rules.signed_in,
    P.ACHIEVEMENT_EDIT: _own,
    P.ACHIEVEMENT_SUBMIT: _own & through(Via.STUDIO),
    P.ACHIEVEMENT_HAND_IN: _own & through(Via.WORKER),
    P.ACHIEVEMENT_REVIEW: rules.is_reviewer & ~_own,
    P.ACHIEVEMENT_TAKE_DOWN: rules.is_officer_above & ~_own,
    P.ACHIEVEMENT_SHARE: rules.is_maker,
    P.EVIDENCE_PUBLIC: rules.signed_in,
    P.EVIDENCE_ENTERPRISE: rules.enterprise_user | _own | rules.is_officer_above,
    P.EVIDENCE_MAKERS: _own | rules.is_officer_above,
})  # fmt: skip


def missing_of(text: AchievementText) -> tuple[str, ...]:
    """What a form would have asked for; an import from an older register may lack it."""
    wanted = ("benefit", "field", "maturity", "summary", "gain_metric", "contributions", "completed_on")
    return tuple(name for name in wanted if not getattr(text, name))
