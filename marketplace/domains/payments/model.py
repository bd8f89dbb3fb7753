"""A payment under a contract: recorded by the buyer, confirmed by the seller, never edited. A wrong one is cancelled out by another record."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import ClassVar

from marketplace.kernel import permissions as rules
from marketplace.kernel.entity import linked
from marketplace.kernel.income import keepers_of
from marketplace.kernel.labels import Label, label
from marketplace.kernel.permission import Permission
from marketplace.kernel.permissions import LEADS, MAKER
from marketplace.kernel.technology_contracts import PriceMode, Terms
from marketplace.kernel.workflow import Step, Tells, Workflow


class Status(StrEnum):
    RECORDED = "recorded"
    CONFIRMED = "confirmed"
    DISPUTED = "disputed"
    COUNTERED = "countered"


class Kind(StrEnum):
    ENTRY_FEE = "entry_fee"
    INSTALMENT = "instalment"
    ROYALTY = "royalty"
    REFUND = "refund"


class StageState(StrEnum):
    """Where the money of a stage stands."""

    DUE = "due"
    RECORDED = "recorded"
    CONFIRMED = "confirmed"
    OVERDUE = "overdue"


STATUS_LABELS: dict[str, Label] = {
    Status.RECORDED: label("Recorded, waits for the seller"), Status.CONFIRMED: label("Arrived"), Status.DISPUTED: label("The seller objects"),
    Status.COUNTERED: label("Cancelled out"),
}  # fmt: skip
STATUS_TONES: dict[str, str] = {Status.RECORDED: "due", Status.CONFIRMED: "ok", Status.DISPUTED: "error", Status.COUNTERED: "neutral"}
KIND_LABELS: dict[str, Label] = {
    Kind.ENTRY_FEE: label("Entry fee"), Kind.INSTALMENT: label("Instalment"), Kind.ROYALTY: label("Royalty payment"), Kind.REFUND: label("Refund"),
}  # fmt: skip
STAGE_LABELS: dict[str, Label] = {
    StageState.DUE: label("Not paid yet"), StageState.RECORDED: label("Recorded"), StageState.CONFIRMED: label("Arrived"),
    StageState.OVERDUE: label("Overdue"),
}  # fmt: skip
STAGE_TONES: dict[str, str] = {StageState.DUE: "neutral", StageState.RECORDED: "due", StageState.CONFIRMED: "ok", StageState.OVERDUE: "error"}
COUNTED = frozenset({Status.RECORDED, Status.CONFIRMED})
"""What may yet have been paid; a disputed one has not arrived, one that was cancelled out never was."""
KINDS_OF: dict[str, tuple[Kind, ...]] = {
    PriceMode.ROYALTY: (Kind.ROYALTY, Kind.REFUND), PriceMode.ENTRY_ROYALTY: (Kind.ENTRY_FEE, Kind.ROYALTY, Kind.REFUND),
}  # fmt: skip
LUMP_SUM = (Kind.INSTALMENT, Kind.REFUND)


def kinds_of(terms: Terms) -> tuple[Kind, ...]:
    """Which payments the way of paying knows: Civil Code, article 846."""
    return KINDS_OF.get(terms.price_mode, LUMP_SUM)


@dataclass(frozen=True, slots=True, kw_only=True)
class PaymentText:
    """What the buyer says of it. A refund is negative, as is what cancels out another record."""

    kind: Kind
    amount_fen: int
    stage: int = 0
    paid_on: date
    reference: str = ""
    refunds_id: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Payment(PaymentText):
    """`stage` counts from 1; 0 is none. `posted_at`: since when it stands in the ledger; without one it waits for the unit's rule."""

    KIND: ClassVar[str] = "payment"
    READ: ClassVar[Permission] = Permission.PAYMENT_READ

    id: str
    version: int = 1
    number: str
    status: Status = Status.RECORDED
    reason: str = ""
    contract_id: str
    counters_id: str = ""
    recorded_by: str = ""
    confirmed_by: str = ""
    confirmed_at: datetime | None = None
    posted_at: datetime | None = None
    created_at: datetime
    updated_at: datetime
    title: str = linked(default="")
    seller_kind: str = linked(default="")
    seller_id: str = linked(default="")
    enterprise_id: str = linked(default="")
    buyer_id: str = linked(default="")

    @property
    def makers(self) -> tuple[str, ...]:
        """Both parties, and the legal person behind the seller."""
        return tuple(dict.fromkeys(id for id in (self.seller_id, self.enterprise_id, self.buyer_id) if id))

    @property
    def keepers(self) -> tuple[str, ...]:
        return keepers_of(self.seller_kind, self.seller_id, self.enterprise_id)


@dataclass(frozen=True, slots=True)
class StageMoney:
    """A stage of the contract with what was paid for it. `place` counts from 1; 0 stands for what belongs to no stage."""

    place: int
    name: str
    due_on: date | None
    amount_fen: int
    recorded_fen: int
    confirmed_fen: int
    state: StageState


def stages_of(terms: Terms, signed_on: date | None, payments: Iterable[Payment], today: date) -> list[StageMoney]:
    """Each stage as its records say it stands on this day; the days count from when the contract came into force."""
    payments = list(payments)
    stages = terms.stages
    return [
        _stage(place, one.name, signed_on + timedelta(days=one.days) if signed_on else None, one.amount_fen, payments, today)
        for place, one in enumerate(stages, 1)
    ]


def _stage(place: int, name: str, due_on: date | None, amount: int, payments: list[Payment], today: date) -> StageMoney:
    mine = [one for one in payments if one.stage == place and one.status in COUNTED]
    confirmed = sum(one.amount_fen for one in mine if one.status is Status.CONFIRMED)
    recorded = sum(one.amount_fen for one in mine) - confirmed
    return StageMoney(place, name, due_on, amount, recorded, confirmed, _state(due_on, amount, recorded, confirmed, today))


def _state(due_on: date | None, amount: int, recorded: int, confirmed: int, today: date) -> StageState:
    if confirmed >= amount:
        return StageState.CONFIRMED
    if recorded > 0 and confirmed + recorded >= amount:
        return StageState.RECORDED
    return StageState.OVERDUE if due_on and due_on < today else StageState.DUE


P = Permission
_STANDING = frozenset({Status.RECORDED, Status.DISPUTED})
WORKFLOW = Workflow(
    Step("record", frozenset(), Status.RECORDED, P.PAYMENT_RECORD, label("Record a payment"), label("A payment is recorded"), tells=Tells.MAKERS),
    Step("confirm", _STANDING, Status.CONFIRMED, P.PAYMENT_CONFIRM, label("Confirm that it arrived"), label("A payment has arrived"),
         main=True, tells=Tells.MAKERS),
    Step("dispute", frozenset({Status.RECORDED}), Status.DISPUTED, P.PAYMENT_CONFIRM, label("It did not arrive"),
         label("The seller objects to a payment"),
         reason=True, tells=Tells.MAKERS),
    Step("counter", _STANDING, Status.COUNTERED, P.PAYMENT_COUNTER, label("Cancel out"), label("A payment's record is cancelled out"), reason=True,
         tells=Tells.MAKERS),
    Step("share", frozenset({Status.CONFIRMED}), Status.CONFIRMED, P.PAYMENT_CONFIRM, label("Share it out now"), label("A payment is shared out")),
)  # fmt: skip
keeps_the_books = rules.holds_any(lambda thing: thing.keepers, label("Keeps the seller's books."), LEADS, MAKER)
is_payer = rules.Holds(lambda payment: (MAKER + payment.buyer_id,), kind=MAKER, words=label("Acts for the buyer."))
acts_for_buyer = rules.Holds(lambda contract: (MAKER + contract.buyer.id,), kind=MAKER, words=label("Acts for the buyer."))
POLICY = rules.Policy({
    P.PAYMENT_READ: rules.is_maker,
    P.PAYMENT_RECORD: acts_for_buyer,
    P.PAYMENT_COUNTER: is_payer,
    P.PAYMENT_CONFIRM: keeps_the_books & ~is_payer,
})  # fmt: skip
