"""An offer: terms that one side proposes to the other. It holds until a day, is answered once, and the next one takes its place."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import ClassVar

from marketplace.kernel import permissions as rules
from marketplace.kernel.entity import linked
from marketplace.kernel.guards import OPEN_OFFER
from marketplace.kernel.labels import Label, label
from marketplace.kernel.permission import Permission
from marketplace.kernel.technology_contracts import Terms
from marketplace.kernel.trading import BINDING, BUYERS, NO_PARTY, Party, binds
from marketplace.kernel.workflow import Step, Tells, Workflow


class Status(StrEnum):
    OPEN = OPEN_OFFER
    SUPERSEDED = "superseded"
    WITHDRAWN = "withdrawn"
    DECLINED = "declined"
    EXPIRED = "expired"
    ACCEPTED = "accepted"


STATUS_LABELS: dict[str, Label] = {
    Status.OPEN: label("Waits for a word"), Status.SUPERSEDED: label("Replaced by the next one"), Status.WITHDRAWN: label("Offer withdrawn"),
    Status.DECLINED: label("Declined"), Status.EXPIRED: label("Offer ran out"), Status.ACCEPTED: label("Accepted"),
}  # fmt: skip
GONE: dict[Status, Label] = {
    Status.SUPERSEDED: label("A newer offer has taken its place."), Status.WITHDRAWN: label("The offer was withdrawn meanwhile."),
    Status.DECLINED: label("The offer was declined meanwhile."), Status.EXPIRED: label("The offer has run out."),
    Status.ACCEPTED: label("The offer is accepted already."),
}  # fmt: skip
"""What whoever comes too late reads."""


NEED = "need"


class Side(StrEnum):
    SELLER = "seller"
    BUYER = "buyer"

    @property
    def other(self) -> "Side":
        return Side.BUYER if self is Side.SELLER else Side.SELLER


SIDE_LABELS: dict[str, Label] = {Side.SELLER: label("Seller"), Side.BUYER: label("Buyer")}


@dataclass(frozen=True, slots=True)
class Person:
    """A contributor to what is sold."""

    id: str
    name: str = ""
    share: int = 0


@dataclass(frozen=True, kw_only=True)
class Bargaining:
    """Between whom. Who sells follows from what the conversation is about: a need is solved by whoever asked, everything else sold by whoever
    stands `behind` it; a work without a studio is sold by whoever has the largest share in it."""

    enquiry_id: str = linked(default="")
    title: str = linked(default="")
    about_kind: str = linked(default="")
    asking: Party = NO_PARTY
    behind: tuple[Party, ...] = linked(default=())
    people: tuple[Person, ...] = linked(default=())
    asker_id: str = linked(default="")
    entered_by: str = linked(default="")

    @property
    def provider(self) -> Party:
        if self.behind:
            return self.behind[0]
        first = max(self.people, key=lambda one: (one.share, one.id), default=None)
        return Party("worker", first.id, first.name) if first else NO_PARTY

    @property
    def seller(self) -> Party:
        return self.asking if self.about_kind == NEED else self.provider

    @property
    def buyer(self) -> Party:
        return self.provider if self.about_kind == NEED else self.asking

    @property
    def makers(self) -> tuple[str, ...]:
        """Both sides: they read it, nobody else does."""
        ids = (*(one.id for one in self.behind), *(one.id for one in self.people), self.asking.id)
        return tuple(dict.fromkeys(id for id in ids if id))

    @property
    def accounts(self) -> tuple[str, ...]:
        keeper = "" if self.behind or self.people else self.entered_by
        return tuple(account for account in (self.asker_id, keeper) if account)

    def party(self, side: Side) -> Party:
        return self.seller if side is Side.SELLER else self.buyer

    def side_of(self, tokens: Collection[str]) -> Side | None:
        """For which side somebody with these tokens may bind; None for neither, and for both."""
        sides = [side for side in Side if self.party(side).id and binds(self.party(side)) in tokens]
        return sides[0] if len(sides) == 1 else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Thread(Bargaining):
    """A conversation as offers see it. `fault` says why no offer can be made in it now."""

    id: str
    number: str
    is_closed: bool = False
    is_offered: bool = False
    """What it is about is public today."""
    listing_id: str = ""
    achievement_id: str = ""
    need_id: str = ""
    patented: bool = False
    exclusive: bool = False
    taken_up: str = ""
    """The contract whose terms somebody takes up who made the thing: there a person buys (Civil Code, article 847)."""
    contract_id: str = ""
    """A contract of this conversation that is being written, or in force, or fulfilled."""
    last: int = 0

    @property
    def fault(self) -> Label | None:
        if self.is_closed:
            return label("The conversation is closed.")
        if self.contract_id:
            return label("A contract came of this conversation already.")
        if not self.is_offered and not self.taken_up:
            return label("What this is about is no longer on offer.")
        if not self.seller.id:
            return label("Nobody here can sign as the seller.")
        if self.buyer.kind not in BUYERS and not self.taken_up:
            return label("Only an enterprise or an association can sign as the buyer.")
        return None


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer(Terms, Bargaining):
    """Never changed: whoever wants other terms makes the next one."""

    KIND: ClassVar[str] = "offer"
    READ: ClassVar[Permission] = Permission.OFFER_READ

    id: str
    version: int = 1
    ordinal: int
    status: Status = Status.OPEN
    side: Side
    holds_until: date
    note: str = ""
    reason: str = ""
    created_at: datetime
    updated_at: datetime
    account_id: str = linked(default="")
    by: str = linked(default="")
    contract_id: str = linked(default="")


P = Permission
binds_seller = rules.holds_any(lambda thing: (binds(thing.seller),) if thing.seller.id else (), label("May bind the seller."), *BINDING)
binds_buyer = rules.holds_any(lambda thing: (binds(thing.buyer),) if thing.buyer.id else (), label("May bind the buyer."), *BINDING)
made_it = rules.holds_any(lambda offer: (binds(offer.party(offer.side)),), label("May bind the side that made it."), *BINDING)
is_asked = rules.holds_any(lambda offer: (binds(offer.party(offer.side.other)),), label("May bind the side it was made to."), *BINDING)
_OPEN = frozenset({Status.OPEN})
WORKFLOW = Workflow(
    Step("propose", frozenset(), Status.OPEN, P.OFFER_MAKE, label("Make an offer"), label("New offer"), tells=Tells.MAKERS),
    Step("accept", _OPEN, Status.ACCEPTED, P.OFFER_ANSWER, label("Accept"), label("Offer accepted"), main=True, tells=Tells.MAKERS),
    Step("decline", _OPEN, Status.DECLINED, P.OFFER_ANSWER, label("Decline"), label("Offer declined"), reason=True, tells=Tells.MAKERS),
    Step("withdraw", _OPEN, Status.WITHDRAWN, P.OFFER_WITHDRAW, label("Withdraw"), label("Offer withdrawn"), tells=Tells.MAKERS),
    Step("supersede", _OPEN, Status.SUPERSEDED, P.OFFER_MAKE, label("Replace"), label("Offer replaced")),
    Step("expire", _OPEN, Status.EXPIRED, P.OFFER_END, label("Let it run out"), label("Offer ran out"), tells=Tells.MAKERS),
)  # fmt: skip
POLICY = rules.Policy({
    P.OFFER_READ: rules.is_maker | rules.is_account,
    P.OFFER_MAKE: (binds_seller | binds_buyer) & ~(binds_seller & binds_buyer),
    P.OFFER_WITHDRAW: rules.while_in(_OPEN, made_it),
    P.OFFER_ANSWER: rules.while_in(_OPEN, is_asked & ~made_it),
    P.OFFER_END: rules.nobody,
})  # fmt: skip
