"""What waits for me in auctions: a bid that was outbid, a result to confirm, deposits that arrived or are to go back."""

from collections.abc import Iterator
from datetime import date, datetime, time

from flask_babel import gettext as _

from graph.connection import Transaction
from graph.records import value
from marketplace.domains.auctions.model import Auction, Phase, Status
from marketplace.domains.auctions.repository import get_auctions
from marketplace.domains.bids.model import Bidder, BidderStatus
from marketplace.domains.bids.repository import get_bidders
from marketplace.kernel.actor import Actor
from marketplace.kernel.permission import Permission
from marketplace.kernel.permissions import MAKER
from marketplace.kernel.workdays import SHANGHAI
from marketplace.pages.my.deals import MOST, Deal
from marketplace.web.words import money

TO_CONFIRM = """
MATCH (a:Auction {status: $ended}) WHERE any(token IN a.guarded_audience WHERE token IN $reader) RETURN a.id AS id ORDER BY a.sign_by, id LIMIT $limit
"""
TO_ADMIT = """
UNWIND $parties AS party
MATCH (p:Enterprise|Studio|Association|Worker {id: party})<-[:AUCTIONED_BY]-(a:Auction)<-[:BIDS_IN]-(b:Bidder)
WHERE any(token IN b.audience WHERE token IN $reader)
  AND ((b.status = $applied AND a.closed_at IS NULL) OR (b.status = $admitted AND a.closed_at IS NOT NULL AND a.deposit_fen > 0))
RETURN b.id AS id ORDER BY b.created_at, id LIMIT $limit
"""
OUTBID = """
UNWIND $parties AS party
MATCH (p:Enterprise|Association {id: party})<-[:BIDS_FOR]-(b:Bidder {status: $admitted})-[:BIDS_IN]->(a:Auction {status: $announced})
MATCH (s:Standing {id: a.id})
WHERE any(token IN b.audience WHERE token IN $reader)
  AND s.leader <> b.ordinal AND EXISTS { MATCH (a)<-[:BID_IN]-(o:Bid) WHERE o.ordinal = b.ordinal }
RETURN DISTINCT a.id AS id ORDER BY id LIMIT $limit
"""


def list_to_confirm(tx: Transaction, actor: Actor) -> list[Auction]:
    """Ended with a winner, and the seller whom I bind has not said what comes of it."""
    found = get_auctions(tx, tx.all(TO_CONFIRM, value("id"), ended=Status.ENDED, limit=MOST))
    return [one for one in found if actor.can(Permission.AUCTION_BIND, one)]


def list_deposits(tx: Transaction, actor: Actor) -> list[Bidder]:
    """Of whoever applied to my side's auctions, or whose money is to go back."""
    status = {"applied": BidderStatus.APPLIED, "admitted": BidderStatus.ADMITTED}
    found = get_bidders(tx, tx.all(TO_ADMIT, value("id"), parties=_makers(actor), limit=MOST, **status))
    return [one for one in found if (one.owes_deposit or not one.is_over) and actor.can(Permission.BIDDER_ADMIT, one)]


def list_outbid(tx: Transaction, actor: Actor) -> list[Auction]:
    status = {"admitted": BidderStatus.ADMITTED, "announced": Status.ANNOUNCED}
    parties = [one.id for one in actor.parties_of("enterprise", "association")]
    return get_auctions(tx, tx.all(OUTBID, value("id"), parties=parties, limit=MOST, **status)) if parties else []


def _makers(actor: Actor) -> list[str]:
    return [token.removeprefix(MAKER) for token in actor.reader if token.startswith(MAKER)]


def waiting_auctions(tx: Transaction, actor: Actor, now: datetime) -> Iterator[Deal]:
    for one in list_outbid(tx, actor):
        if one.phase(now) is Phase.RUNNING and one.closes_at:
            yield Deal("auction", one.id, _("Outbid"), one.title, money(one.highest_fen), _("Look at it"), one.closes_at)
    for one in list_to_confirm(tx, actor):
        note = _("%(number)s, bidder %(winner)s at %(amount)s", number=one.number, winner=f"{one.winner:02d}", amount=money(one.winner_fen))
        yield Deal("auction", one.id, _("Result to confirm"), one.title, note, _("Confirm"), _end_of(one.sign_by, now))
    for bidder in list_deposits(tx, actor):
        yield _deposit(bidder, now)


def _deposit(bidder: Bidder, now: datetime) -> Deal:
    note = f"{bidder.number}，{bidder.party_name}"
    if bidder.owes_deposit:
        return Deal("bidder", bidder.id, _("Deposit to return"), bidder.title, note, _("Record it"), _end_of(bidder.return_by, now))
    return Deal("bidder", bidder.id, _("Bidder to admit"), bidder.title, note, _("Look at it"), bidder.deposit_until or now)


def _end_of(day: date | None, now: datetime) -> datetime:
    return datetime.combine(day, time(), SHANGHAI) if day else now
