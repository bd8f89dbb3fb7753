"""Bids and the end of an auction, decided under its guard. Time is the site's own, read after the guard is held: whoever waits for it is later."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from marketplace.domains.auctions.model import WORKFLOW, Auction, Outcome, Phase
from marketplace.domains.auctions.repository import Standing, get_auction, list_due, save_standing, take_turn
from marketplace.domains.auctions.service import keep, step
from marketplace.domains.bids.model import Bid, Bidder, own_of
from marketplace.domains.bids.repository import list_bidders, write_bids
from marketplace.domains.bids.scoring import FIRST, Lead, Offer, Raise, Rules, digest_of, end_after, on_record, settle
from marketplace.domains.bids.service import keep_bidder, tell_bidder
from marketplace.kernel.clock import Clock
from marketplace.kernel.errors import Refused
from marketplace.kernel.labels import label
from marketplace.kernel.permission import Permission
from marketplace.kernel.unit_of_work import UnitOfWork
from marketplace.kernel.workdays import local_day, workdays_after
from marketplace.kernel.workflow import edited


@dataclass(frozen=True, slots=True)
class Answer:
    """What became of a bid. `is_late`: it came after the end, which is written down by now. `leads` may be false at once: somebody's maximum
    was higher."""

    auction: Auction
    is_late: bool = False
    leads: bool = False
    bids: tuple[Bid, ...] = ()


def rules_of(auction: Auction) -> Rules:
    """As announced."""
    return Rules(auction.start_fen, auction.step_fen, timedelta(minutes=auction.late_minutes), timedelta(minutes=auction.extend_minutes))


def lead_of(standing: Standing) -> Lead:
    """With the secret maximum: for nobody but the rules."""
    return Lead(standing.leader, standing.highest_fen or 0, standing.maximum_fen or 0)


def place_bid(uow: UnitOfWork, id: str, amount_fen: int, maximum_fen: int | None, clock: Clock) -> Answer:
    """Raises NotFound, Forbidden for the seller's side, Refused for who is not admitted or at the wrong time, Invalid below what is due."""
    standing = take_turn(uow.tx, id)
    auction = get_auction(uow.tx, id)
    uow.actor.require(Permission.AUCTION_BID, auction)
    moment = on_record(max(clock.now(), standing.last_at or auction.created_at))
    phase = auction.phase(moment)
    if phase is Phase.CLOSING:
        return Answer(_close(uow.seeing_all(), auction, standing, moment), is_late=True)
    if phase is not Phase.RUNNING:
        raise Refused(label("The auction has not begun.") if phase is Phase.AHEAD else label("The auction has ended; nothing counts any more."))
    bidder = _own_bidder(uow, id)
    lead, raises = settle(rules_of(auction), lead_of(standing), Offer(bidder.ordinal, amount_fen, maximum_fen))
    bids = _chained(uow, auction, standing, raises, moment)
    return _counted(uow, auction, bidder, standing, lead, bids)


def _own_bidder(uow: UnitOfWork, id: str) -> Bidder:
    parties = {party.id for party in uow.actor.parties_of("enterprise", "association")}
    own = own_of(list_bidders(uow.tx, id), parties)
    if own is None or not own.is_admitted:
        raise Refused(label("You may bid when the seller has recorded that your deposit arrived."))
    return own


def _chained(uow: UnitOfWork, auction: Auction, standing: Standing, raises: tuple[Raise, ...], moment: datetime) -> tuple[Bid, ...]:
    """The last one of the raises carries the new end, where they came late."""
    closes_at = standing.closes_at or moment
    moved = end_after(rules_of(auction), closes_at, moment)
    bids: list[Bid] = []
    previous = standing.head or FIRST
    for place, one in enumerate(raises, 1):
        extends_to = moved if place == len(raises) and moved != closes_at else None
        bid = Bid(
            id=uow.new_id(), sequence=standing.bids + place, ordinal=one.ordinal, amount_fen=one.amount_fen, at=moment, way=one.way,
            extends_to=extends_to, previous=previous, digest="",
        )  # fmt: skip
        bids.append(replace(bid, digest=digest_of(bid, auction.number)))
        previous = bids[-1].digest
    return tuple(bids)


def _counted(uow: UnitOfWork, auction: Auction, bidder: Bidder, standing: Standing, lead: Lead, bids: tuple[Bid, ...]) -> Answer:
    """The record, where it stands now, and word to whoever led before."""
    after = replace(standing, leader=lead.ordinal, highest_fen=lead.amount_fen, maximum_fen=lead.maximum_fen)
    if bids:
        write_bids(uow.tx, auction.id, bids)
        moved = bids[-1].extends_to
        after = replace(
            after, bids=bids[-1].sequence, head=bids[-1].digest, last_at=bids[-1].at, closes_at=moved or standing.closes_at,
            extensions=standing.extensions + (moved is not None),
        )  # fmt: skip
    save_standing(uow.tx, after)
    keep_bidder(uow, edited(bidder, bidder.version, at=uow.now, verb="bid"))
    if standing.leader not in (0, lead.ordinal):
        _tell_number(uow.seeing_all(), auction.id, standing.leader, "outbid")
    return Answer(get_auction(uow.tx, auction.id), leads=lead.ordinal == bidder.ordinal, bids=bids)


def _tell_number(uow: UnitOfWork, id: str, ordinal: int, verb: str) -> None:
    for bidder in list_bidders(uow.tx, id):
        if bidder.ordinal == ordinal:
            tell_bidder(uow, bidder, verb)


def close_auction(uow: UnitOfWork, id: str, clock: Clock) -> Auction:
    """Write the end down once it has passed: from then on nothing counts, whatever a clock says later. Does nothing before."""
    standing = take_turn(uow.tx, id)
    auction = get_auction(uow.tx, id)
    moment = on_record(max(clock.now(), standing.last_at or auction.created_at))
    return _close(uow, auction, standing, moment) if auction.phase(moment) is Phase.CLOSING else auction


def close_due(uow: UnitOfWork, clock: Clock) -> int:
    """By the site itself, a batch at a time. Returns how many ends were written down."""
    due = list_due(uow.tx, clock.now())
    closed = [close_auction(uow, id, clock) for id in due]
    return sum(one.is_over for one in closed)


def _close(uow: UnitOfWork, auction: Auction, standing: Standing, moment: datetime) -> Auction:
    """As the system: neither whoever bid too late nor anybody else decides it."""
    outcome = _outcome_of(auction)
    verb = "lapse" if outcome else "end"
    today = local_day(moment)
    change = WORKFLOW.step(
        verb, auction, auction.version, at=uow.now, closed_at=standing.closes_at, outcome=outcome, winner=0 if outcome else standing.leader,
        winner_fen=None if outcome else standing.highest_fen, return_by=workdays_after(today, auction.return_workdays),
        sign_by=None if outcome else workdays_after(today, auction.sign_workdays),
    )  # fmt: skip
    keep(uow, change)
    tell_of_end(uow, change.after)
    return change.after


def _outcome_of(auction: Auction) -> Outcome:
    if not auction.bids:
        return Outcome.NO_BID
    return Outcome.NONE if auction.is_reserve_reached else Outcome.BELOW_RESERVE


def tell_of_end(uow: UnitOfWork, auction: Auction) -> None:
    """Each admitted bidder, as the system: the winner that they won, the others that it is over."""
    for bidder in list_bidders(uow.seeing_all().tx, auction.id):
        if bidder.is_admitted:
            tell_bidder(uow, bidder, "win" if bidder.ordinal == auction.winner else "lose")


def call_off_auction(uow: UnitOfWork, id: str, version: int, reason: str) -> Auction:
    """As long as nobody has bid: under the guard, so that no bid comes in between. Raises Refused afterwards."""
    if take_turn(uow.tx, id).bids:
        raise Refused(label("Somebody has bid: the auction goes on to its end."))
    change = step(uow, id, version, "call_off", reason, closed_at=uow.now, outcome=Outcome.CALLED_OFF)
    change = replace(change, after=replace(change.after, return_by=workdays_after(local_day(uow.now), change.after.return_workdays)))
    tell_of_end(uow.seeing_all(), keep(uow, change))
    return change.after
