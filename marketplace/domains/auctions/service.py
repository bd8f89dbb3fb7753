"""What may be done with auctions until they are announced. Each call is one transaction, retried as a whole."""

from typing import Any

from marketplace.domains.auctions.model import WORKFLOW, Auction, AuctionText
from marketplace.domains.auctions.repository import get_auction, save_auction, write_reserve
from marketplace.kernel.errors import Invalid, Refused
from marketplace.kernel.labels import Label, label
from marketplace.kernel.permission import Permission
from marketplace.kernel.reviewing import close_review, open_review
from marketplace.kernel.revisions import content_of
from marketplace.kernel.unit_of_work import UnitOfWork
from marketplace.kernel.workflow import Change, edited

NEEDED: tuple[str, ...] = ("start_fen", "step_fen", "begins_at", "ends_at", "terms")


def require_fit(text: AuctionText) -> None:
    """Raises Invalid at each field: amounts and times that contradict each other are refused while they are written."""
    faults: dict[str, Label] = {}
    if text.reserve_fen is not None and text.reserve_fen < text.start_fen:
        faults["reserve_fen"] = label("The reserve lies below the starting price.")
    if text.begins_at and text.ends_at and text.ends_at <= text.begins_at:
        faults["ends_at"] = label("The end lies before the beginning.")
    if text.deposit_fen and not text.deposit_until:
        faults["deposit_until"] = label("Say until when the deposit has to arrive.")
    if text.deposit_until and text.ends_at and text.deposit_until > text.ends_at:
        faults["deposit_until"] = label("Deposits come before the end.")
    if faults:
        raise Invalid(faults)


def revise_auction(uow: UnitOfWork, id: str, version: int, text: AuctionText) -> Auction:
    """While nobody but the seller's side has seen it."""
    before = get_auction(uow.tx, id)
    uow.actor.require(Permission.AUCTION_EDIT, before)
    require_fit(text)
    change = edited(before, version, at=uow.now, **content_of(text))
    save_auction(uow.tx, change)
    write_reserve(uow.tx, change.after)
    uow.record(change)
    return change.after


def submit_auction(uow: UnitOfWork, id: str, version: int) -> Auction:
    """To the officer above, who looks at the terms before anybody bids. Raises Invalid at each field that is missing or over."""
    change = step(uow, id, version, "submit", submitted_at=uow.now)
    if faults := faults_of(change.after, uow):
        raise Invalid(faults)
    open_review(uow, change.after, stage="submit", unit_name=change.after.seller.name)
    return keep(uow, change)


def faults_of(auction: Auction, uow: UnitOfWork) -> dict[str, Label]:
    """What review needs, and an end that is still ahead."""
    faults = {name: label("Review needs this; fill it in first.") for name in NEEDED if not getattr(auction, name)}
    for name in ("ends_at", "deposit_until") if auction.deposit_fen else ("ends_at",):
        until = getattr(auction, name)
        if until and until <= uow.now:
            faults[name] = label("This time has passed.")
    return faults


def approve_auction(uow: UnitOfWork, id: str, version: int) -> Auction:
    """Everybody sees it from now on; none of its rules changes any more. Raises Refused where it is too late for its times."""
    change = step(uow, id, version, "approve", announced_at=uow.now)
    if faults_of(change.after, uow):
        raise Refused(label("Its times have passed while it was in review. Return it, so that new ones are set."))
    close_review(uow, id, "approve")
    return keep(uow, change)


def return_auction(uow: UnitOfWork, id: str, version: int, reason: str) -> Auction:
    """To the seller, with what is to be mended."""
    change = step(uow, id, version, "return", reason)
    close_review(uow, id, "return", reason)
    return keep(uow, change)


def withdraw_auction(uow: UnitOfWork, id: str, version: int) -> Auction:
    """Before it is announced: nobody else has seen it."""
    change = step(uow, id, version, "withdraw")
    close_review(uow, id, "withdraw")
    return keep(uow, change)


def step(uow: UnitOfWork, id: str, version: int, verb: str, reason: str = "", **news: Any) -> Change[Auction]:
    """Raises NotFound, Forbidden, Refused, Invalid: readable, theirs, open, with its reason."""
    auction = get_auction(uow.tx, id)
    uow.actor.require(WORKFLOW.steps[verb].needs, auction)
    return WORKFLOW.step(verb, auction, version, at=uow.now, reason=reason, **news)


def keep(uow: UnitOfWork, change: Change[Auction]) -> Auction:
    """Saved and recorded: the last line of every verb."""
    save_auction(uow.tx, change)
    uow.record(change)
    return change.after
