"""A contract between two parties: what they agreed, the clauses of article 845, who has confirmed it, and what may still happen to it."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import ClassVar

from marketplace.kernel import permissions as rules
from marketplace.kernel.entity import linked
from marketplace.kernel.labels import Label, label
from marketplace.kernel.permission import Permission
from marketplace.kernel.technology_contracts import PriceMode, Terms
from marketplace.kernel.trading import BINDING, binds
from marketplace.kernel.workflow import Step, Tells, Workflow


class Status(StrEnum):
    DRAFTED = "drafted"
    IN_FORCE = "in-force"
    FULFILLED = "fulfilled"
    TERMINATED = "terminated"
    CANCELLED = "cancelled"


STATUS_LABELS: dict[str, Label] = {
    Status.DRAFTED: label("Being written"), Status.IN_FORCE: label("In force"), Status.FULFILLED: label("Accepted and closed"),
    Status.TERMINATED: label("Terminated"), Status.CANCELLED: label("Not concluded"),
}  # fmt: skip
LIVE = frozenset({Status.DRAFTED, Status.IN_FORCE})
"""An exclusive listing has one such contract at a time."""


class Amendment(StrEnum):
    """What one side has proposed while the contract is in force: another text, or its end."""

    NONE = "none"
    CHANGE = "change"
    END = "end"


class EndKind(StrEnum):
    AGREED = "agreed"
    DECLARED = "declared"
    STEPPED_BACK = "stepped-back"


END_LABELS: dict[str, Label] = {
    EndKind.AGREED: label("Ended by agreement"), EndKind.DECLARED: label("Declared ended by one side"),
    EndKind.STEPPED_BACK: label("The buyer stepped back during the trial"),
}  # fmt: skip


class Part(StrEnum):
    """Which of the two sides."""

    SELLER = "seller"
    BUYER = "buyer"


@dataclass(frozen=True, slots=True)
class Side:
    """A party. What is no legal person (a studio) signs by its enterprise, whose credit code and place are named."""

    kind: str = ""
    id: str = ""
    name: str = ""
    enterprise_id: str = ""
    enterprise_name: str = ""
    uscc: str = ""
    area: str = ""


NO_SIDE = Side()


@dataclass(frozen=True, slots=True, kw_only=True)
class ContractText(Terms):
    """What both write together before they confirm: the terms, and the clauses of the Civil Code, article 845."""

    title: str = ""
    confidentiality: str = ""
    ownership: str = ""
    definitions: str = ""
    other: str = ""
    trial_days: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """What a contract comes from: an enquiry, an auction, a challenge; and what it is about."""

    kind: str
    id: str
    listing_id: str = ""
    achievement_id: str = ""
    need_id: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Contract(ContractText):
    """`seller_at` and `buyer_at` are the moments at which each side confirmed the text of `text_digest`; any change of it clears all three."""

    KIND: ClassVar[str] = "contract"
    READ: ClassVar[Permission] = Permission.CONTRACT_READ

    id: str
    version: int = 1
    number: str
    status: Status = Status.DRAFTED
    amendment: Amendment = Amendment.NONE
    amendment_by: str = ""
    amendment_reason: str = ""
    reason: str = ""
    created_at: datetime
    updated_at: datetime
    seller_at: datetime | None = None
    buyer_at: datetime | None = None
    seller_by: str = ""
    buyer_by: str = ""
    text_digest: str = ""
    signed_on: date | None = None
    trial_until: date | None = None
    trial_kept_at: datetime | None = None
    ended_at: datetime | None = None
    end_kind: str = ""
    accepted_words: str = ""
    check_code: str = ""
    paper_digest: str = ""
    origin_kind: str = linked(default="")
    origin_id: str = linked(default="")
    listing_id: str = linked(default="")
    achievement_id: str = linked(default="")
    need_id: str = linked(default="")
    patented: bool = linked(default=False)
    seller: Side = NO_SIDE
    buyer: Side = NO_SIDE

    @property
    def makers(self) -> tuple[str, ...]:
        """Both parties: they read it, nobody else does."""
        return tuple(id for id in (self.seller.id, self.buyer.id) if id)

    @property
    def units(self) -> tuple[str, ...]:
        """No officer reads it, nor its versions."""
        return ()

    @property
    def is_bound(self) -> bool:
        """Both have signed it."""
        return self.signed_on is not None

    @property
    def on_trial(self) -> bool:
        """先用后转: used first, and not yet kept."""
        return self.status is Status.IN_FORCE and self.price_mode is PriceMode.TRIAL and self.trial_kept_at is None


P = Permission
is_seller = rules.holds_any(lambda one: (binds(one.seller),), label("May bind the seller."), *BINDING)
is_buyer = rules.holds_any(lambda one: (binds(one.buyer),), label("May bind the buyer."), *BINDING)
_DRAFTED, _RUNNING = frozenset({Status.DRAFTED}), frozenset({Status.IN_FORCE})
WORKFLOW = Workflow(
    Step("confirm_for_seller", _DRAFTED, Status.DRAFTED, P.CONTRACT_SELL, label("Confirm as the seller"), label("Confirmed by the seller"),
         main=True, tells=Tells.MAKERS),
    Step("confirm_for_buyer", _DRAFTED, Status.DRAFTED, P.CONTRACT_BUY, label("Confirm as the buyer"), label("Confirmed by the buyer"), main=True,
         tells=Tells.MAKERS),
    Step("rewrite", _DRAFTED, Status.DRAFTED, P.CONTRACT_EDIT, label("Change the text"), label("The text was changed: both confirm it anew"),
         tells=Tells.MAKERS),
    Step("come_into_force", _DRAFTED, Status.IN_FORCE, P.CONTRACT_READ, label("Let it come into force"), label("The contract is in force"),
         tells=Tells.MAKERS),
    Step("cancel", _DRAFTED, Status.CANCELLED, P.CONTRACT_EDIT, label("Do not conclude it"), label("Not concluded"), reason=True, tells=Tells.MAKERS),
    Step("keep", _RUNNING, Status.IN_FORCE, P.CONTRACT_ACCEPT, label("Keep it after the trial"), label("Kept after the trial"), main=True,
         tells=Tells.MAKERS),
    Step("step_back", _RUNNING, Status.TERMINATED, P.CONTRACT_ACCEPT, label("Step back from the trial"), label("Stepped back from the trial"),
         reason=True, tells=Tells.MAKERS),
    Step("accept", _RUNNING, Status.FULFILLED, P.CONTRACT_ACCEPT, label("Accept the whole"), label("Accepted and closed"), main=True,
         tells=Tells.MAKERS),
    Step("declare_end", _RUNNING, Status.TERMINATED, P.CONTRACT_CHANGE, label("Declare it ended"), label("One side has ended the contract"),
         reason=True, tells=Tells.MAKERS),
)  # fmt: skip
POLICY = rules.Policy({
    P.CONTRACT_READ: rules.is_maker,
    P.CONTRACT_EDIT: rules.while_in(_DRAFTED, rules.is_maker),
    P.CONTRACT_SELL: is_seller & ~is_buyer,
    P.CONTRACT_BUY: is_buyer & ~is_seller,
    P.CONTRACT_CHANGE: rules.while_in(_RUNNING, is_seller | is_buyer),
    P.CONTRACT_ACCEPT: rules.while_in(_RUNNING, is_buyer & ~is_seller),
})  # fmt: skip
