"""A case on the desk is a Review of the kernel; a report says what is wrong with a published thing. Who may claim, declare and decide."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import ClassVar

from marketplace.kernel.labels import Label, label
from marketplace.kernel.permission import Permission
from marketplace.kernel.permissions import Holds, Policy, is_account, is_maker, is_officer_above, signed_in
from marketplace.kernel.reviewing import Review, ReviewStatus
from marketplace.kernel.workflow import Step, Tells, Workflow

LONGEST_REPORT = 1_000


class ReportStatus(StrEnum):
    OPEN = "open"
    DISMISSED = "dismissed"
    ANSWERED = "answered"


class Declaration(StrEnum):
    NONE = "none"
    WITHDRAW = "withdraw"


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """A reader's word about a published thing; whoever wrote it is told how it ended."""

    KIND: ClassVar[str] = "report"
    READ: ClassVar[Permission] = Permission.REPORT_READ

    id: str
    version: int = 1
    kind: str
    entity_id: str
    title: str
    text: str
    by: str
    units: tuple[str, ...] = ()
    status: ReportStatus = ReportStatus.OPEN
    reason: str = ""
    outcome: str = ""
    created_at: datetime
    updated_at: datetime

    @property
    def makers(self) -> tuple[str, ...]:
        return ()

    @property
    def accounts(self) -> tuple[str, ...]:
        return (self.by,)


P = Permission
_OPEN = frozenset({ReviewStatus.OPEN})
HOLDING = Workflow(
    Step("claim", _OPEN, ReviewStatus.OPEN, P.REVIEW_CLAIM, label("Claim"), label("Claimed"), main=True),
    Step("take_over", _OPEN, ReviewStatus.OPEN, P.REVIEW_CLAIM, label("Take it over"), label("Taken over")),
    Step("release", _OPEN, ReviewStatus.OPEN, P.REVIEW_RELEASE, label("Put back"), label("Put back")),
    Step("declare", _OPEN, ReviewStatus.OPEN, P.REVIEW_CLAIM, label("Declare"), label("Declared")),
)  # fmt: skip
"""Holding a case moves no status: it stays open until the thing itself is decided."""
REPORTING = Workflow(
    Step("dismiss", frozenset({ReportStatus.OPEN}), ReportStatus.DISMISSED, P.REPORT_DECIDE, label("Dismiss the report"),
         label("Report dismissed"), reason=True, tells=Tells.MAKERS),
    Step("answer", frozenset({ReportStatus.OPEN}), ReportStatus.ANSWERED, P.REPORT_DECIDE, label("Settle the report"),
         label("What you reported is no longer public"), tells=Tells.MAKERS),
)  # fmt: skip

is_holder = Holds(lambda review: (f"account:{review.claimed_by}",) if review.claimed_by else ())
POLICY = Policy({
    P.REVIEW_READ: is_officer_above,
    P.REVIEW_CLAIM: is_officer_above & ~(is_maker | is_account),
    P.REVIEW_RELEASE: is_holder,
    P.REPORT_READ: is_officer_above | is_account,
    P.REPORT_MAKE: signed_in,
    P.REPORT_DECIDE: is_officer_above & ~is_account,
})  # fmt: skip

STAGE_LABELS: dict[str, Label] = {
    "hand_in": label("Look of the base union"), "submit": label("First review"), "revision": label("Review of the new version"),
    "enterprise": label("Verification of the enterprise"), "claim": label("Verification of the claim"), "worker": label("Confirmation of the worker"),
    "transfer": label("Word of the receiving union"),
}  # fmt: skip
RETURNED = ("return", "return_revision")
"""Outcomes after which the makers are to mend something and send it again."""


@dataclass(frozen=True, slots=True)
class Check:
    """One line of the checklist: what to look at, which fields of the thing say it, and where on its page it stands."""

    words: Label
    says: tuple[str, ...]
    anchor: str = ""


CHECKS: dict[str, tuple[Check, ...]] = {
    "achievement": (
        Check(label("The benefit says against what, and by how much"), ("gain_metric", "gain_before", "gain_after", "gain_unit")),
        Check(label("Uses are shown; quantities and amounts agree"), ("adoptions",)),
        Check(label("Shares come to 100 %, every contributor was told"), ("contributions",)),
        Check(label("It differs from what is published already"), ("field", "skills")),
        Check(label("No drawings or data of customers stand on the public page"), ("files",)),
    ),
    "listing": (
        Check(label("The provider may offer it: rights and patents are theirs"), ("contract_kind",)),
        Check(label("Price and terms of payment are clear"), ("price_mode", "price_fen", "price_note")),
        Check(label("Region, validity and exclusivity make sense"), ("region", "valid_until")),
        Check(label("The description promises nothing that cannot be checked"), ("benefit",)),
    ),
    "registration": (
        Check(label("The name is the one on the licence or the union card"), ("subject", "party_name")),
        Check(label("The code belongs to this very enterprise"), ("uscc",)),
        Check(label("Whoever registers may speak for it: the union has asked there"), ("contact_name",)),
        Check(label("It is not in the register already"), ()),
    ),
    "need": (
        Check(label("A stranger understands the problem"), ("problem",)),
        Check(label("What is to be reached can be measured"), ("indicators",)),
        Check(label("Budget and deadline are believable"), ("budget_low_fen", "budget_high_fen", "deadline")),
        Check(label("The abstract gives away nothing confidential"), ("visibility", "abstract")),
    ),
}  # fmt: skip


def may_take_over(review: Review, now: datetime) -> bool:
    """A colleague's case that is overdue must not lie for ever."""
    return bool(review.claimed_by) and review.due_at < now
