"""A listing is put up, and those who want to bid get their numbers. Each call is one transaction, retried as a whole."""

import secrets
from collections.abc import Sequence
from datetime import datetime

from marketplace.domains.auctions.model import Auction, AuctionText, Phase, Seller
from marketplace.domains.auctions.repository import create_auction_node, find_open_auction, get_auction, take_turn
from marketplace.domains.auctions.service import require_fit
from marketplace.domains.bids.model import MOST_BIDDERS, Bidder
from marketplace.domains.bids.repository import create_bidder_node, list_taken
from marketplace.domains.bids.service import admit
from marketplace.domains.contracts.repository import get_side
from marketplace.domains.listings.repository import get_listing
from marketplace.kernel.errors import NotFound, Refused
from marketplace.kernel.labels import label
from marketplace.kernel.permission import Permission
from marketplace.kernel.revisions import content_of
from marketplace.kernel.unit_of_work import UnitOfWork
from marketplace.kernel.workflow import created


def draft_auction(uow: UnitOfWork, listing_id: str, text: AuctionText) -> Auction:
    """Of a public listing, by whoever offers it; one at a time. What the listing says of the contract is copied, so that it stays."""
    listing = get_listing(uow.tx, listing_id)
    uow.actor.require(Permission.AUCTION_CREATE, listing)
    if not listing.is_public:
        raise Refused(label("Only a listing that is on offer can be put up."))
    if number := find_open_auction(uow.tx, listing.id):
        raise Refused(label("%(number)s is open for this listing already."), number=number)
    require_fit(text)
    auction = Auction(
        **content_of(text), id=uow.new_id(), number=uow.next_number("JP"), title=listing.title, created_at=uow.now, updated_at=uow.now,
        entered_by=uow.actor.account_id, contract_kind=listing.contract_kind, sub_kind=listing.sub_kind, region=listing.region,
        exclusive=listing.exclusive, listing_id=listing.id, achievement_id=listing.achievement_id, units=listing.units,
        seller=Seller(listing.offerer.kind, listing.offerer.id, listing.offerer.name),
    )  # fmt: skip
    create_auction_node(uow.tx, auction)
    uow.record(created(auction, at=uow.now))
    return auction


def apply_to_bid(uow: UnitOfWork, id: str, party_kind: str, party_id: str) -> Bidder:
    """One number for one legal person, and none for the seller's own. Raises Refused for both, and after the deposits' last moment.

    Without a deposit whoever asks is admitted at once."""
    take_turn(uow.tx, id)
    auction = get_auction(uow.tx, id)
    uow.actor.require(Permission.AUCTION_BID, auction)
    _require_open(auction, uow.now)
    party = next((one for one in uow.actor.parties_of("enterprise", "association") if (one.kind, one.id) == (party_kind, party_id)), None)
    if party is None:
        raise NotFound(party_id)
    side, taken = get_side(uow.tx, party.kind, party.id), list_taken(uow.tx, id)
    legal = side.enterprise_id or side.id
    _require_other_person(uow, get_auction(uow.seeing_all().tx, id).seller, legal, taken)
    bidder = Bidder(
        id=uow.new_id(), ordinal=_free_number([number for number, _ in taken]), legal_id=legal, created_at=uow.now, updated_at=uow.now,
        entered_by=uow.actor.account_id, auction_id=id, title=auction.title, seller_id=auction.seller.id, party_kind=party.kind, party_id=party.id,
        party_name=party.name,
    )  # fmt: skip
    create_bidder_node(uow.tx, bidder)
    uow.record(created(bidder, at=uow.now, verb="apply"))
    return bidder if auction.deposit_fen else admit(uow, bidder, bidder.version)


def _require_open(auction: Auction, now: datetime) -> None:
    if auction.phase(now) not in (Phase.AHEAD, Phase.RUNNING):
        raise Refused(label("This auction takes no bids any more."))
    if auction.deposit_until and auction.deposit_fen and now > auction.deposit_until:
        raise Refused(label("The time for deposits is over."))


def _require_other_person(uow: UnitOfWork, seller: Seller, legal: str, taken: Sequence[tuple[int, str]]) -> None:
    side = get_side(uow.tx, seller.kind, seller.id)
    if legal in (side.id, side.enterprise_id):
        raise Refused(label("Nobody bids on what they offer themselves."))
    if any(legal == other for _number, other in taken):
        raise Refused(label("Your enterprise has a number here already."))


def _free_number(taken: Sequence[int]) -> int:
    """By lot: the seller, who sees whose deposit arrives when, must not learn from it who bids."""
    free = [number for number in range(1, MOST_BIDDERS + 1) if number not in taken]
    if not free:
        raise Refused(label("All numbers of this auction are given."))
    return secrets.choice(free)
