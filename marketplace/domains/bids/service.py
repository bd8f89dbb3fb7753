"""What the seller's side does with bidders: deposits are records here, the money goes from account to account."""

from marketplace.domains.bids.model import WORKFLOW, Bidder
from marketplace.domains.bids.repository import get_bidder, save_bidder
from marketplace.kernel.errors import Refused
from marketplace.kernel.labels import label
from marketplace.kernel.unit_of_work import UnitOfWork
from marketplace.kernel.workdays import local_day
from marketplace.kernel.workflow import Change


def admit_bidder(uow: UnitOfWork, id: str, version: int) -> Bidder:
    """The deposit has arrived: from now on they may bid. Raises Refused after the end."""
    bidder = get_bidder(uow.tx, id)
    uow.actor.require(WORKFLOW.steps["admit"].needs, bidder)
    if bidder.is_over:
        raise Refused(label("The auction is over."))
    return admit(uow, bidder, version)


def admit(uow: UnitOfWork, bidder: Bidder, version: int) -> Bidder:
    """Without asking who: also where no deposit is wanted."""
    return keep_bidder(uow, WORKFLOW.step("admit", bidder, version, at=uow.now, paid_on=local_day(uow.now)))


def decline_bidder(uow: UnitOfWork, id: str, version: int, reason: str) -> Bidder:
    """With a reason, which they read."""
    bidder = get_bidder(uow.tx, id)
    uow.actor.require(WORKFLOW.steps["decline"].needs, bidder)
    return keep_bidder(uow, WORKFLOW.step("decline", bidder, version, at=uow.now, reason=reason))


def give_back_deposit(uow: UnitOfWork, id: str, version: int) -> Bidder:
    """After the end; the winner's only when the contract is signed or the auction has failed. Raises Refused before, and where none was paid."""
    bidder = get_bidder(uow.tx, id)
    uow.actor.require(WORKFLOW.steps["give_back"].needs, bidder)
    if not bidder.is_over:
        raise Refused(label("Deposits go back after the end."))
    if not bidder.deposit_fen:
        raise Refused(label("This auction asked for no deposit."))
    if bidder.is_held:
        raise Refused(label("The winner's deposit is held until the contract is signed."))
    return keep_bidder(uow, WORKFLOW.step("give_back", bidder, version, at=uow.now, returned_on=local_day(uow.now)))


def tell_bidder(uow: UnitOfWork, bidder: Bidder, verb: str) -> None:
    """By the site itself: outbid, won, lost."""
    keep_bidder(uow, WORKFLOW.step(verb, bidder, bidder.version, at=uow.now))


def keep_bidder(uow: UnitOfWork, change: Change[Bidder]) -> Bidder:
    """Saved and recorded: the relay tells them."""
    save_bidder(uow.tx, change)
    uow.record(change)
    return change.after
