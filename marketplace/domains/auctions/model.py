"""An auction of a listing: what was announced, where it stands, what came of it, and who may do what with it."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import ClassVar

from marketplace.kernel import permissions as rules
from marketplace.kernel.entity import linked
from marketplace.kernel.labels import Label, label
from marketplace.kernel.permission import Permission
from marketplace.kernel.technology_contracts import ContractKind
from marketplace.kernel.trading import BINDING, binds
from marketplace.kernel.workflow import Step, Tells, Workflow


class Status(StrEnum):
    """That it is running follows from the clock, and is no status; that it has ended is written down and stays."""

    DRAFTED = "drafted"
    SUBMITTED = "submitted"
    RETURNED = "returned"
    ANNOUNCED = "announced"
    ENDED = "ended"
    CONCLUDED = "concluded"
    FAILED = "failed"
    WITHDRAWN = "withdrawn"


class Phase(StrEnum):
    """What a reader is told, from the status and the clock."""

    WRITTEN = "written"
    AHEAD = "ahead"
    RUNNING = "running"
    CLOSING = "closing"
    OVER = "over"


class Outcome(StrEnum):
    """Why there is no winner, where the site itself says so."""

    NONE = ""
    NO_BID = "no-bid"
    BELOW_RESERVE = "below-reserve"
    CALLED_OFF = "called-off"
    DECLARED = "declared"


STATUS_LABELS: dict[str, Label] = {
    Status.DRAFTED: label("Draft"), Status.SUBMITTED: label("In review"), Status.RETURNED: label("Returned"), Status.ANNOUNCED: label("Announced"),
    Status.ENDED: label("Ended, result to be confirmed"), Status.CONCLUDED: label("Concluded"), Status.FAILED: label("Failed"),
    Status.WITHDRAWN: label("Withdrawn"),
}  # fmt: skip
PHASE_LABELS: dict[str, Label] = {
    Phase.WRITTEN: label("Not announced"), Phase.AHEAD: label("Not begun"), Phase.RUNNING: label("Running"), Phase.CLOSING: label("Being closed"),
    Phase.OVER: label("Over"),
}  # fmt: skip
OUTCOME_LABELS: dict[str, Label] = {
    Outcome.NO_BID: label("Nobody bid."), Outcome.BELOW_RESERVE: label("The reserve was not reached."),
    Outcome.CALLED_OFF: label("The seller called it off before anybody bid."), Outcome.DECLARED: label("The seller declared it failed."),
}  # fmt: skip
PUBLIC = frozenset({Status.ANNOUNCED, Status.ENDED, Status.CONCLUDED, Status.FAILED})
OPEN = frozenset({Status.DRAFTED, Status.SUBMITTED, Status.RETURNED, Status.ANNOUNCED, Status.ENDED, Status.CONCLUDED})
"""A listing has one such auction at a time."""


@dataclass(frozen=True, slots=True)
class Seller:
    """The party that offers the listing."""

    kind: str = ""
    id: str = ""
    name: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AuctionText:
    """What the form edits. Money is fen. The reserve stands apart from the auction's node: nobody but the seller's side reads it."""

    start_fen: int = 0
    step_fen: int = 0
    reserve_fen: int | None = linked(default=None)
    deposit_fen: int = 0
    deposit_until: datetime | None = None
    begins_at: datetime | None = None
    ends_at: datetime | None = None
    late_minutes: int = 0
    extend_minutes: int = 0
    sign_workdays: int = 0
    return_workdays: int = 0
    terms: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Auction(AuctionText):
    """`ends_at` is the end as announced, `closes_at` the one that late bids have moved it to."""

    KIND: ClassVar[str] = "auction"
    READ: ClassVar[Permission] = Permission.AUCTION_READ
    READ_GUARDED: ClassVar[Permission] = Permission.AUCTION_RESERVE

    id: str
    version: int = 1
    number: str
    title: str
    status: Status = Status.DRAFTED
    reason: str = ""
    entered_by: str = ""
    created_at: datetime
    updated_at: datetime
    submitted_at: datetime | None = None
    announced_at: datetime | None = None
    closed_at: datetime | None = None
    contract_kind: ContractKind = ContractKind.SERVICE
    sub_kind: str = ""
    region: str = ""
    exclusive: bool = False
    outcome: Outcome = Outcome.NONE
    winner: int = 0
    winner_fen: int | None = None
    sign_by: date | None = None
    return_by: date | None = None
    contract_id: str = ""
    listing_id: str = linked(default="")
    achievement_id: str = linked(default="")
    seller: Seller = Seller()
    organisation_name: str = linked(default="")
    units: tuple[str, ...] = linked(default=())
    has_reserve: bool = linked(default=False)
    is_reserve_reached: bool = linked(default=True)
    highest_fen: int | None = linked(default=None)
    leader: int = linked(default=0)
    bids: int = linked(default=0)
    extensions: int = linked(default=0)
    closes_at: datetime | None = linked(default=None)  # noqa: RUF009
    last_at: datetime | None = linked(default=None)  # noqa: RUF009
    head: str = linked(default="")

    @property
    def makers(self) -> tuple[str, ...]:
        return (self.seller.id,) if self.seller.id else ()

    @property
    def accounts(self) -> tuple[str, ...]:
        return (self.entered_by,) if self.entered_by else ()

    @property
    def review_units(self) -> tuple[str, ...]:
        """The sub-district or industry above the base union, as of the listing."""
        return self.units[1:] or self.units

    @property
    def is_public(self) -> bool:
        return self.status in PUBLIC

    @property
    def is_over(self) -> bool:
        return self.closed_at is not None

    @property
    def is_returned(self) -> bool:
        return self.status is Status.RETURNED

    @property
    def awaits_seller(self) -> bool:
        return self.status is Status.ENDED

    @property
    def has_reasons(self) -> bool:
        return self.outcome in (Outcome.CALLED_OFF, Outcome.DECLARED)

    def phase(self, now: datetime) -> Phase:
        """An end that is written down stays, whatever the clock says later."""
        if self.is_over:
            return Phase.OVER
        if self.status is not Status.ANNOUNCED or self.begins_at is None or self.closes_at is None:
            return Phase.WRITTEN
        return Phase.AHEAD if now < self.begins_at else Phase.RUNNING if now < self.closes_at else Phase.CLOSING

    def is_late(self, now: datetime) -> bool:
        """Whether a bid now would move the end."""
        return self.closes_at is not None and timedelta(0) < self.closes_at - now <= timedelta(minutes=self.late_minutes)


P = Permission
_BINDS = label("Binds the seller: a studio's leader, an association's officer, an enterprise's user, the worker.")
is_binding = rules.holds_any(lambda auction: (binds(auction.seller),), _BINDS, *BINDING)
_WRITTEN = frozenset({Status.DRAFTED, Status.RETURNED})
_WON = frozenset({Status.ENDED, Status.CONCLUDED})
WORKFLOW = Workflow(
    Step("submit", _WRITTEN, Status.SUBMITTED, P.AUCTION_BIND, label("Submit for review"), label("Submitted"), main=True, tells=Tells.OFFICERS),
    Step("approve", frozenset({Status.SUBMITTED}), Status.ANNOUNCED, P.AUCTION_REVIEW, label("Approve and announce"), label("Auction announced"),
         main=True, tells=Tells.MAKERS),
    Step("return", frozenset({Status.SUBMITTED}), Status.RETURNED, P.AUCTION_REVIEW, label("Return with a reason"), label("Returned"),
         reason=True, tells=Tells.MAKERS),
    Step("withdraw", _WRITTEN | {Status.SUBMITTED}, Status.WITHDRAWN, P.AUCTION_BIND, label("Drop the auction"), label("Auction dropped")),
    Step("call_off", frozenset({Status.ANNOUNCED}), Status.FAILED, P.AUCTION_BIND, label("Call the auction off"), label("Auction called off"),
         reason=True, tells=Tells.MAKERS),
    Step("end", frozenset({Status.ANNOUNCED}), Status.ENDED, P.AUCTION_CLOSE, label("Write the end down"), label("The auction has ended"),
         tells=Tells.MAKERS),
    Step("lapse", frozenset({Status.ANNOUNCED}), Status.FAILED, P.AUCTION_CLOSE, label("Write down that it failed"), label("The auction has failed"),
         tells=Tells.MAKERS),
    Step("conclude", frozenset({Status.ENDED}), Status.CONCLUDED, P.AUCTION_BIND, label("Confirm the result and draft the contract"),
         label("Result confirmed, contract drafted"), main=True, tells=Tells.MAKERS),
    Step("pass_on", _WON, Status.ENDED, P.AUCTION_BIND, label("Pass to the next bidder"), label("Passed to the next bidder"),
         reason=True, tells=Tells.MAKERS),
    Step("fail", _WON, Status.FAILED, P.AUCTION_BIND, label("Declare it failed"), label("Declared failed"), reason=True, tells=Tells.MAKERS),
)  # fmt: skip
POLICY = rules.Policy({
    P.AUCTION_READ: rules.while_in(PUBLIC, rules.anyone) | rules.is_maker | rules.while_in(PUBLIC | {Status.SUBMITTED, Status.RETURNED},
                                                                                           rules.is_officer_above),
    P.AUCTION_RESERVE: rules.is_maker,
    P.AUCTION_CREATE: rules.is_maker,
    P.AUCTION_EDIT: rules.while_in(_WRITTEN, rules.is_maker),
    P.AUCTION_REVIEW: rules.is_reviewer & ~rules.is_maker & ~rules.is_account,
    P.AUCTION_CLOSE: rules.nobody,
    P.AUCTION_BIND: is_binding,
    P.AUCTION_BID: (rules.enterprise_user | rules.association_officer) & ~rules.is_maker,
})  # fmt: skip
