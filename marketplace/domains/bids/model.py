"""Whoever bids: an enterprise or an association under a number, admitted when its deposit has arrived."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import ClassVar

from marketplace.kernel import permissions as rules
from marketplace.kernel.entity import linked
from marketplace.kernel.labels import Label, label
from marketplace.kernel.permission import Permission
from marketplace.kernel.permissions import MAKER
from marketplace.kernel.workflow import Step, Tells, Workflow


class BidderStatus(StrEnum):
    APPLIED = "applied"
    ADMITTED = "admitted"
    DECLINED = "declined"
    RETURNED = "returned"


MOST_BIDDERS = 99
"""Numbers have two digits."""


BIDDER_LABELS: dict[str, Label] = {
    BidderStatus.APPLIED: label("Deposit awaited"), BidderStatus.ADMITTED: label("Admitted"), BidderStatus.DECLINED: label("Not admitted"),
    BidderStatus.RETURNED: label("Deposit returned"),
}  # fmt: skip


class Way(StrEnum):
    """By hand, or by the site for whoever named a secret maximum."""

    MANUAL = "manual"
    PROXY = "proxy"


WAY_LABELS: dict[str, Label] = {Way.MANUAL: label("By hand"), Way.PROXY: label("By the site, for a maximum")}


@dataclass(frozen=True, slots=True, kw_only=True)
class Bid:
    """One line of the record. `extends_to` is the new end, where this bid moved it."""

    id: str
    sequence: int
    ordinal: int
    amount_fen: int
    at: datetime
    way: Way
    extends_to: datetime | None = None
    previous: str
    digest: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Bidder:
    """`legal_id` is the legal person behind the party: it has one number, whoever of it asks. The seller learns the number after the end.

    `is_held`: the winner's deposit, until the contract is signed or the auction has failed."""

    KIND: ClassVar[str] = "bidder"
    READ: ClassVar[Permission] = Permission.BIDDER_READ

    id: str
    version: int = 1
    status: BidderStatus = BidderStatus.APPLIED
    ordinal: int
    legal_id: str
    reason: str = ""
    entered_by: str = ""
    created_at: datetime
    updated_at: datetime
    paid_on: date | None = None
    returned_on: date | None = None
    auction_id: str = linked(default="")
    number: str = linked(default="")
    title: str = linked(default="")
    deposit_fen: int = linked(default=0)
    deposit_until: datetime | None = linked(default=None)  # noqa: RUF009
    return_by: date | None = linked(default=None)  # noqa: RUF009
    seller_id: str = linked(default="")
    is_over: bool = linked(default=False)
    is_held: bool = linked(default=False)
    party_kind: str = linked(default="")
    party_id: str = linked(default="")
    party_name: str = linked(default="")

    @property
    def makers(self) -> tuple[str, ...]:
        return (self.party_id,) if self.party_id else ()

    @property
    def others(self) -> tuple[str, ...]:
        return (self.seller_id,)

    @property
    def owes_deposit(self) -> bool:
        """Whether the seller has money of theirs that must go back now."""
        return bool(self.deposit_fen) and self.is_admitted and self.is_over and not self.is_held

    @property
    def is_waiting(self) -> bool:
        return self.status is BidderStatus.APPLIED

    @property
    def is_declined(self) -> bool:
        return self.status is BidderStatus.DECLINED

    @property
    def is_admitted(self) -> bool:
        return self.status is BidderStatus.ADMITTED


def own_of(bidders: Sequence[Bidder], parties: Collection[str]) -> Bidder | None:
    """Of whoever acts for several `parties` that applied: the one that may bid, else the first."""
    mine = [one for one in bidders if one.party_id in parties]
    return next((one for one in mine if one.is_admitted), mine[0] if mine else None)


P = Permission
is_seller = rules.Holds(lambda bidder: (MAKER + bidder.seller_id,), kind=MAKER, words=label("Acts for the seller."))
_ADMITTED = frozenset({BidderStatus.ADMITTED})
WORKFLOW = Workflow(
    Step("apply", frozenset(), BidderStatus.APPLIED, P.BIDDER_TELL, label("Ask to bid"), label("Somebody wants to bid"), tells=Tells.OTHERS),
    Step("admit", frozenset({BidderStatus.APPLIED}), BidderStatus.ADMITTED, P.BIDDER_ADMIT, label("The deposit has arrived"),
         label("Admitted to the auction"), tells=Tells.MAKERS),
    Step("decline", frozenset({BidderStatus.APPLIED}), BidderStatus.DECLINED, P.BIDDER_ADMIT, label("Do not admit"),
         label("Not admitted to the auction"), reason=True, tells=Tells.MAKERS),
    Step("give_back", _ADMITTED, BidderStatus.RETURNED, P.BIDDER_ADMIT, label("The deposit is returned"), label("Deposit returned"),
         tells=Tells.MAKERS),
    Step("outbid", _ADMITTED, BidderStatus.ADMITTED, P.BIDDER_TELL, label("Say that another one leads"), label("You have been outbid"),
         tells=Tells.MAKERS),
    Step("win", _ADMITTED, BidderStatus.ADMITTED, P.BIDDER_TELL, label("Say that the auction is won"), label("You have won the auction"),
         tells=Tells.MAKERS),
    Step("win_late", frozenset({BidderStatus.RETURNED}), BidderStatus.RETURNED, P.BIDDER_TELL, label("Say that it has become their turn"),
         label("The one before you does not sign: it is your turn"), tells=Tells.MAKERS),
    Step("lose", _ADMITTED, BidderStatus.ADMITTED, P.BIDDER_TELL, label("Say that the auction is over"),
         label("The auction is over, you did not win it"), tells=Tells.MAKERS),
)  # fmt: skip
POLICY = rules.Policy({
    P.BIDDER_READ: rules.is_maker | is_seller,
    P.BIDDER_ADMIT: is_seller & ~rules.is_maker,
    P.BIDDER_TELL: rules.nobody,
})  # fmt: skip
