"""A challenge: what is to be reached, for what, by when; its course from the announcement to the public result, and who moves it on."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import ClassVar

from marketplace.kernel import permissions as rules
from marketplace.kernel.criteria import Criterion
from marketplace.kernel.entity import linked
from marketplace.kernel.indicators import Indicator, indicator_of
from marketplace.kernel.labels import Label, label
from marketplace.kernel.money import shared_out
from marketplace.kernel.permission import Permission
from marketplace.kernel.publishing import Shelved
from marketplace.kernel.technology_contracts import Stage
from marketplace.kernel.workflow import Step, Tells, Workflow


class Status(StrEnum):
    DRAFT = "draft"
    SUBMITTED = "submitted"
    RETURNED = "returned"
    OPEN = "open"
    JUDGING = "judging"
    CHOSEN = "chosen"
    CONTRACTED = "contracted"
    COMPLETED = "completed"
    FAILED = "failed"
    WITHDRAWN = "withdrawn"


class TeamKind(StrEnum):
    STUDIO = "studio"
    ASSOCIATION = "association"
    ENTERPRISE = "enterprise"
    WORKER = "worker"


STATUS_LABELS: dict[str, Label] = {
    Status.DRAFT: label("Draft"), Status.SUBMITTED: label("In review"), Status.RETURNED: label("Returned"),
    Status.OPEN: label("Open for applications"), Status.JUDGING: label("Being judged"), Status.CHOSEN: label("Public notice of the choice"),
    Status.CONTRACTED: label("Under contract"), Status.COMPLETED: label("Concluded"), Status.FAILED: label("Ended without a winner"),
    Status.WITHDRAWN: label("Withdrawn"),
}  # fmt: skip
TEAM_LABELS: dict[str, Label] = {
    TeamKind.STUDIO: label("Studios"), TeamKind.ASSOCIATION: label("Technical associations"), TeamKind.ENTERPRISE: label("Enterprises"),
    TeamKind.WORKER: label("Workers and teams of workers"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Course:
    """How long judging and the public notice take, in workdays: settings of the site on the day of the announcement."""

    judging_workdays: int
    notice_workdays: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ChallengeText:
    """What the enterprise writes. Money is fen; criteria and milestones stand as columns of equal length, since a node holds nothing nested."""

    title: str
    summary: str = ""
    problem: str = ""
    indicators: tuple[str, ...] = ()
    field: str = ""
    open_to: tuple[TeamKind, ...] = tuple(TeamKind)
    prize_fen: int | None = None
    winners_most: int = 1
    apply_until: date | None = None
    escrow_fen: int | None = None
    escrow_place: str = ""
    escrow_on: date | None = None
    criterion_names: tuple[str, ...] = ()
    criterion_weights: tuple[int, ...] = ()
    reviewers_least: int = 3
    stage_names: tuple[str, ...] = ()
    stage_days: tuple[int, ...] = ()
    stage_shares: tuple[int, ...] = ()
    stage_proofs: tuple[str, ...] = ()

    @property
    def figures(self) -> tuple[Indicator, ...]:
        return tuple(indicator_of(text) for text in self.indicators)

    @property
    def criteria(self) -> tuple[Criterion, ...]:
        return tuple(Criterion(*one) for one in zip(self.criterion_names, self.criterion_weights, strict=True))

    @property
    def stages(self) -> tuple[Stage, ...]:
        amounts = shared_out(self.prize_fen or 0, self.stage_shares)
        return tuple(Stage(*one) for one in zip(self.stage_names, self.stage_days, self.stage_shares, self.stage_proofs, amounts, strict=True))


@dataclass(frozen=True, slots=True, kw_only=True)
class Challenge(ChallengeText, Shelved):
    """`winners` are names that are public since the choice; `invited` those who objected to it."""

    KIND: ClassVar[str] = "challenge"
    READ: ClassVar[Permission] = Permission.CHALLENGE_READ
    EXPLAINED: ClassVar[frozenset[StrEnum]] = frozenset({Status.RETURNED, Status.WITHDRAWN})

    status: Status = Status.DRAFT
    judging_workdays: int
    notice_workdays: int
    closed_at: datetime | None = None
    judge_until: date | None = None
    notice_until: date | None = None
    result: str = ""
    reached: tuple[str, ...] = ()
    paid_fen: int | None = None
    paid_on: date | None = None
    enterprise_id: str = linked(default="")
    enterprise_name: str = linked(default="")
    need_id: str = linked(default="")
    teams: int = linked(default=0)
    winners: tuple[str, ...] = linked(default=())
    invited: tuple[str, ...] = linked(default=())

    @property
    def makers(self) -> tuple[str, ...]:
        return (self.enterprise_id,) if self.enterprise_id else ()

    def is_taking(self, today: date) -> bool:
        """Applications."""
        return self.status is Status.OPEN and not self.has_closed and self.apply_until is not None and today <= self.apply_until

    @property
    def is_judged(self) -> bool:
        return self.status is Status.JUDGING

    @property
    def is_unsent(self) -> bool:
        return self.status in UNSENT

    @property
    def has_closed(self) -> bool:
        """For good, whatever the clock says later."""
        return self.closed_at is not None


class Objecting(StrEnum):
    RAISED = "raised"
    UPHELD = "upheld"
    DISMISSED = "dismissed"


OBJECTION_LABELS: dict[str, Label] = {
    Objecting.RAISED: label("Waits for a decision"), Objecting.UPHELD: label("Upheld"), Objecting.DISMISSED: label("Not upheld"),
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Objection:
    """Read by whoever raised it and by the officers who decide."""

    id: str
    version: int = 1
    challenge_id: str
    account_id: str
    words: str
    status: Objecting = Objecting.RAISED
    answer: str = ""
    created_at: datetime
    updated_at: datetime
    decided_at: datetime | None = None


P, S = Permission, Status
UNSENT = frozenset({S.DRAFT, S.RETURNED})
DECIDED = frozenset({S.CHOSEN, S.CONTRACTED, S.COMPLETED})
SEEN = frozenset({S.OPEN, S.JUDGING, S.FAILED, *DECIDED})
_IN_REVIEW = frozenset({S.SUBMITTED, S.RETURNED, S.WITHDRAWN, *SEEN})
_SUBMITTED, _OPEN, _JUDGING, _CHOSEN = (frozenset({one}) for one in (S.SUBMITTED, S.OPEN, S.JUDGING, S.CHOSEN))
_own = rules.is_maker | rules.is_account
WORKFLOW = Workflow(
    Step("submit", UNSENT, S.SUBMITTED, P.CHALLENGE_EDIT, label("Submit for review"), label("Submitted"), main=True, tells=Tells.OFFICERS),
    Step("publish", _SUBMITTED, S.OPEN, P.CHALLENGE_REVIEW, label("Approve and announce"), label("Announced"), main=True, tells=Tells.MAKERS),
    Step("return", _SUBMITTED, S.RETURNED, P.CHALLENGE_REVIEW, label("Return with a reason"), label("Returned"), True, tells=Tells.MAKERS),
    Step("close", _OPEN, S.JUDGING, P.CHALLENGE_CLOSE, label("Close applications"),
         label("Applications are closed: experts are to be appointed"), tells=Tells.OFFICERS),
    Step("lapse", _OPEN, S.FAILED, P.CHALLENGE_CLOSE, label("Close without an application"), label("Nobody applied"), tells=Tells.MAKERS),
    Step("extend", _JUDGING, S.JUDGING, P.CHALLENGE_JUDGE, label("Give the experts more time"), label("Judging goes on")),
    Step("choose", _JUDGING, S.CHOSEN, P.CHALLENGE_CHOOSE, label("Confirm the choice"), label("The choice is public"), True, tells=Tells.MAKERS),
    Step("choose_none", _JUDGING, S.FAILED, P.CHALLENGE_CHOOSE, label("Choose no team"), label("No team was chosen"), True, tells=Tells.MAKERS),
    Step("object", _CHOSEN, S.CHOSEN, P.CHALLENGE_OBJECT, label("Object to the choice"), label("Somebody objects to the choice"),
         tells=Tells.OFFICERS),
    Step("dismiss", _CHOSEN, S.CHOSEN, P.OBJECTION_DECIDE, label("Do not uphold it"), label("Your objection is answered"), tells=Tells.INVITED),
    Step("annul", _CHOSEN, S.JUDGING, P.OBJECTION_DECIDE, label("Uphold it: the choice is made again"), label("The choice is made again"),
         tells=Tells.MAKERS),
    Step("contract", _CHOSEN, S.CONTRACTED, P.CHALLENGE_CHOOSE, label("Draft the contracts"), label("Contracts are drafted"), tells=Tells.MAKERS),
    Step("conclude", frozenset({S.CONTRACTED}), S.COMPLETED, P.CHALLENGE_CONCLUDE, label("Publish the result"), label("The result is public"),
         tells=Tells.OFFICERS),
    Step("withdraw", frozenset({S.DRAFT, S.RETURNED, S.OPEN, S.JUDGING}), S.WITHDRAWN, P.CHALLENGE_EDIT, label("Withdraw with a reason"),
         label("Withdrawn"), True),
    Step("take_down", frozenset({S.OPEN, S.JUDGING}), S.WITHDRAWN, P.CHALLENGE_TAKE_DOWN, label("Take down with a reason"), label("Taken down"), True,
         tells=Tells.MAKERS),
)  # fmt: skip
OBJECTING = Workflow(
    Step("uphold", frozenset({Objecting.RAISED}), Objecting.UPHELD, P.OBJECTION_DECIDE, label("Uphold it: the choice is made again"),
         label("Upheld")),
    Step("dismiss", frozenset({Objecting.RAISED}), Objecting.DISMISSED, P.OBJECTION_DECIDE, label("Do not uphold it"), label("Not upheld")),
)  # fmt: skip
POLICY = rules.Policy({
    P.CHALLENGE_READ: rules.while_in(SEEN, rules.anyone) | _own | rules.while_in(_IN_REVIEW, rules.is_officer_above),
    P.CHALLENGE_CREATE: rules.enterprise_user | rules.officer,
    P.CHALLENGE_EDIT: _own,
    P.CHALLENGE_REVIEW: rules.is_reviewer & ~_own,
    P.CHALLENGE_TAKE_DOWN: rules.is_officer_above & ~_own,
    P.CHALLENGE_CLOSE: rules.nobody,
    P.CHALLENGE_JUDGE: rules.is_reviewer & ~_own,
    P.CHALLENGE_CHOOSE: _own | rules.is_reviewer,
    P.CHALLENGE_OBJECT: rules.signed_in & ~_own,
    P.CHALLENGE_CONCLUDE: _own,
    P.OBJECTION_DECIDE: rules.is_reviewer & ~_own,
})  # fmt: skip
