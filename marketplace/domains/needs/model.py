"""A need: what an enterprise looks for, how much of it the public sees, and who may do what with it."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import ClassVar

from marketplace.kernel import permissions as rules
from marketplace.kernel.entity import linked
from marketplace.kernel.importing import import_workflow
from marketplace.kernel.indicators import Indicator as Indicator
from marketplace.kernel.indicators import indicator_of as indicator_of
from marketplace.kernel.labels import Label, label
from marketplace.kernel.permission import Permission
from marketplace.kernel.publishing import Shelved
from marketplace.kernel.revisions import revision_workflow
from marketplace.kernel.workflow import Step, Tells, Workflow


class Status(StrEnum):
    DRAFT = "draft"
    SUBMITTED = "submitted"
    RETURNED = "returned"
    PUBLISHED = "published"
    CLOSED = "closed"
    WITHDRAWN = "withdrawn"


class Visibility(StrEnum):
    """DOMAIN, who sees what: all, only the abstract, or all without the enterprise's name."""

    OPEN = "open"
    CONFIDENTIAL = "confidential"
    ANONYMOUS = "anonymous"


STATUS_LABELS: dict[str, Label] = {
    Status.DRAFT: label("Draft"), Status.SUBMITTED: label("In review"), Status.RETURNED: label("Returned"),
    Status.PUBLISHED: label("Open for solutions"), Status.CLOSED: label("Closed"), Status.WITHDRAWN: label("Withdrawn"),
}  # fmt: skip
VISIBILITY_LABELS: dict[str, Label] = {
    Visibility.OPEN: label("Open"), Visibility.CONFIDENTIAL: label("Confidential: the public sees only the abstract"),
    Visibility.ANONYMOUS: label("Anonymous: without the enterprise's name"),
}  # fmt: skip

HIDDEN: dict[Visibility, tuple[str, ...]] = {
    Visibility.OPEN: (), Visibility.CONFIDENTIAL: ("details",), Visibility.ANONYMOUS: ("name",),
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class NeedText:
    """What a form edits and a version keeps. Money is fen; without a budget it is negotiable."""

    title: str
    abstract: str = ""
    problem: str = ""
    indicators: tuple[str, ...] = ()
    field: str = ""
    skills: tuple[str, ...] = ()
    visibility: Visibility = Visibility.OPEN
    budget_low_fen: int | None = None
    budget_high_fen: int | None = None
    deadline: date | None = None

    @property
    def figures(self) -> tuple[Indicator, ...]:
        return tuple(indicator_of(text) for text in self.indicators)


@dataclass(frozen=True, slots=True, kw_only=True)
class Need(NeedText, Shelved):
    KIND: ClassVar[str] = "need"
    READ: ClassVar[Permission] = Permission.NEED_READ
    READ_GUARDED: ClassVar[Permission] = Permission.NEED_GUARDED
    EXPLAINED: ClassVar[frozenset[StrEnum]] = frozenset({Status.RETURNED, Status.WITHDRAWN})

    status: Status = Status.DRAFT
    source: str = ""
    source_key: str = ""
    batch_id: str = ""
    missing: tuple[str, ...] = ()
    revealed_at: datetime | None = None
    enterprise_id: str = linked(default="")
    enterprise_name: str = linked(default="")
    is_inside: bool = linked(default=True)

    @property
    def makers(self) -> tuple[str, ...]:
        return (self.enterprise_id,) if self.enterprise_id else ()

    @property
    def is_public(self) -> bool:
        return self.status is Status.PUBLISHED

    @property
    def is_anonymous(self) -> bool:
        return self.visibility is Visibility.ANONYMOUS

    @property
    def hides_details(self) -> bool:
        """Whether this reader sees the abstract only."""
        return self.visibility is Visibility.CONFIDENTIAL and not self.is_inside

    @property
    def hidden(self) -> tuple[str, ...]:
        """What the public face leaves out; where more is hidden than before, the index must not be asked until it follows."""
        return HIDDEN[self.visibility]


def is_hidden_name(need: Need) -> tuple[str, ...]:
    return (rules.SIGNED_IN,) if need.is_anonymous else ()


P = Permission
_SEEN = {Status.PUBLISHED, Status.CLOSED}
_IN_REVIEW = {Status.SUBMITTED, Status.RETURNED, Status.PUBLISHED, Status.CLOSED, Status.WITHDRAWN}
_own = rules.is_maker | rules.is_account
WORKFLOW = Workflow(
    Step("submit", frozenset({Status.DRAFT, Status.RETURNED}), Status.SUBMITTED, P.NEED_EDIT, label("Submit for review"), label("Submitted"),
         main=True, tells=Tells.OFFICERS),
    Step("publish", frozenset({Status.SUBMITTED}), Status.PUBLISHED, P.NEED_REVIEW, label("Approve and publish"), label("Published"), main=True,
         tells=Tells.MAKERS),
    Step("return", frozenset({Status.SUBMITTED}), Status.RETURNED, P.NEED_REVIEW, label("Return with a reason"), label("Returned"), reason=True,
         tells=Tells.MAKERS),
    Step("reveal", frozenset({Status.PUBLISHED}), Status.PUBLISHED, P.NEED_REVEAL, label("Show the enterprise's name"), label("Name shown")),
    Step("close", frozenset({Status.PUBLISHED}), Status.CLOSED, P.NEED_EDIT, label("Close: solved or not needed any more"), label("Closed")),
    Step("reopen", frozenset({Status.CLOSED}), Status.PUBLISHED, P.NEED_EDIT, label("Open again"), label("Opened again")),
    Step("withdraw", frozenset({Status.PUBLISHED, Status.CLOSED}), Status.WITHDRAWN, P.NEED_EDIT, label("Withdraw"), label("Withdrawn")),
    Step("take_down", frozenset(_SEEN), Status.WITHDRAWN, P.NEED_TAKE_DOWN, label("Take down with a reason"), label("Taken down"), reason=True,
         tells=Tells.MAKERS),
)  # fmt: skip
REVISION = revision_workflow(P.NEED_EDIT, P.NEED_REVIEW)
IMPORT = import_workflow(Status.DRAFT, Status.PUBLISHED)
POLICY = rules.Policy({
    P.NEED_READ: rules.while_in(_SEEN, rules.anyone) | _own | rules.while_in(_IN_REVIEW, rules.is_officer_above),
    P.NEED_GUARDED: _own | rules.while_in(_IN_REVIEW, rules.is_officer_above),
    P.NEED_HISTORY: _own | rules.is_officer_above,
    P.NEED_CREATE: rules.enterprise_user | rules.officer,
    P.NEED_EDIT: _own,
    P.NEED_REVEAL: _own & rules.Holds(is_hidden_name, kind=rules.SIGNED_IN, words=label("The name of its enterprise is kept back.")),
    P.NEED_REVIEW: rules.is_reviewer & ~_own,
    P.NEED_TAKE_DOWN: rules.is_officer_above & ~_own,
})  # fmt: skip


def missing_of(text: NeedText) -> tuple[str, ...]:
    """What a form would have asked for; an import from an older register may lack it."""
    return tuple(name for name in ("problem", "field", "deadline", "indicators") if not getattr(text, name))
