"""What the crawl meets of auctions: one announced, in which the firm has asked for a number, and a draft."""

from marketplace.domains.auctions.model import AuctionText
from marketplace.domains.auctions.service import approve_auction, submit_auction
from marketplace.kernel.actor import Actor
from marketplace.processes.auctions.service import apply_to_bid, draft_auction
from tests.access.people import People
from tests.access.things import Workshop
from tests.auctions.scenes import TEXT
from tests.site import TestSite


def auction_things(site: TestSite, people: People, readers: dict[str, Actor]) -> dict[str, str]:
    """The owner sells what they offer themselves, the officer announces it, the firm's deposit has not arrived yet."""
    shop = Workshop(site, people)
    public, quiet = (shop.offer(word, "submit", "publish", price_fen=100) for word in ("wqputup", "wqputupquietly"))
    draft = shop.owner.change(draft_auction, quiet.id, AuctionText(**TEXT))
    sent = shop.owner.change(draft_auction, public.id, AuctionText(**TEXT))
    sent = shop.owner.change(submit_auction, sent.id, sent.version)
    announced = shop.officer.change(approve_auction, sent.id, sent.version)
    firm = readers["firm"]
    bidder = site.acting_as(firm).change(apply_to_bid, announced.id, "enterprise", firm.parties[0].id)
    return {"auction": announced.id, "draft auction": draft.id, "bidder": bidder.id}
