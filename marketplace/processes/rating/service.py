"""Who may rate whom, and until when."""

from datetime import datetime, timedelta

from marketplace.domains.contracts.model import Contract, Side, Status
from marketplace.domains.contracts.repository import get_contract
from marketplace.domains.ratings.model import Rating, RatingText, key_of
from marketplace.domains.ratings.service import give_rating
from marketplace.kernel.actor import Actor
from marketplace.kernel.errors import Forbidden, Refused
from marketplace.kernel.labels import label
from marketplace.kernel.parties import find_seat
from marketplace.kernel.revisions import content_of
from marketplace.kernel.trading import binds
from marketplace.kernel.unit_of_work import UnitOfWork

SELLER, BUYER = "seller", "buyer"


def side_of(actor: Actor, contract: Contract) -> str:
    """For which side they may speak; empty for neither, and for whoever stands on both."""
    mine = [name for name, side in ((SELLER, contract.seller), (BUYER, contract.buyer)) if binds(side) in actor.tokens]
    return mine[0] if len(mine) == 1 else ""


def ends_at(contract: Contract, days: int) -> datetime | None:
    """Until then both may rate; then what was said is shown. None as long as it is not fulfilled."""
    return contract.ended_at + timedelta(days=days) if contract.status is Status.FULFILLED and contract.ended_at else None


def rate_contract(uow: UnitOfWork, contract_id: str, text: RatingText, days: int) -> Rating:
    """Each side once, after acceptance. Raises NotFound for everybody but the parties, Forbidden for who can't speak for one,
    Refused before and after the time."""
    contract = get_contract(uow.tx, contract_id)
    side, ends = side_of(uow.actor, contract), ends_at(contract, days)
    if not side:
        raise Forbidden(label("Whoever speaks for one of the two sides rates the other."))
    if ends is None:
        raise Refused(label("Ratings are given when the contract has been fulfilled and accepted."))
    if uow.now >= ends:
        raise Refused(label("The time for ratings is over: what was said is shown now."))
    return give_rating(uow, _rating(uow, contract, side, text, ends))


def _rating(uow: UnitOfWork, contract: Contract, side: str, text: RatingText, ends: datetime) -> Rating:
    mine, theirs = (contract.seller, contract.buyer) if side == SELLER else (contract.buyer, contract.seller)
    return Rating(
        **content_of(text), id=uow.new_id(), key=key_of(contract.id, side), contract_id=contract.id, number=contract.number, side=side,
        rater_id=mine.id, rater_kind=mine.kind, rated_id=theirs.id, rated_kind=theirs.kind, units=_units(uow, theirs), due_at=ends,
        created_at=uow.now, updated_at=uow.now,
    )  # fmt: skip


def _units(uow: UnitOfWork, side: Side) -> tuple[str, ...]:
    """Whose officers may take it down: those above who was rated."""
    return tuple(find_seat(uow.tx, side.kind, side.id).units)
