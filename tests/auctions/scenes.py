"""What the stories of auctions begin with: a studio's listing, put up and announced, and enterprises that want it."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

from marketplace.domains.auctions.model import Auction, AuctionText
from marketplace.domains.auctions.service import approve_auction, submit_auction
from marketplace.domains.bids.model import Bidder
from marketplace.domains.bids.repository import list_bidders
from marketplace.domains.bids.service import admit_bidder
from marketplace.domains.listings.model import Listing, ListingText
from marketplace.domains.listings.service import create_listing, publish_listing, submit_listing
from marketplace.domains.organisations.model import Kind
from marketplace.domains.studios.model import StudioText
from marketplace.domains.studios.service import create_studio
from marketplace.kernel.actor import Actor
from marketplace.kernel.memberships import LEAD, Membership
from marketplace.kernel.technology_contracts import ContractKind, PriceMode
from marketplace.processes.auctions.service import apply_to_bid, draft_auction
from marketplace.processes.bidding.service import Answer, close_auction, place_bid
from tests.factories import Make
from tests.site import TestSite
from tests.worlds import remembered

WAN = 1_000_000
"""Ten thousand yuan in fen."""
BEGINS = datetime(2026, 11, 23, 6, tzinfo=UTC)
ENDS = BEGINS + timedelta(hours=1)
TEXT: dict[str, Any] = {
    "start_fen": 12 * WAN, "step_fen": WAN // 2, "deposit_fen": 2 * WAN, "deposit_until": BEGINS, "begins_at": BEGINS, "ends_at": ENDS,
    "late_minutes": 5, "extend_minutes": 5, "sign_workdays": 10, "return_workdays": 5, "terms": "华北独家许可 3 年，签约后 30 日内付清。",
}  # fmt: skip


@dataclass(slots=True)
class Sale:
    """`seller` leads the studio, `member` belongs to it, `host` acts for the enterprise that it is part of."""

    site: TestSite
    make: Make
    officer: Actor
    seller: Actor
    member: Actor
    host: Actor
    host_id: str
    listing: Listing
    auction: Auction

    def firm(self, name: str = "", *, admitted: bool = True) -> Actor:
        """An enterprise that asks to bid; admitted when its deposit has arrived."""
        firm = self.make.enterprise(name)
        user = self.make.enterprise_user(firm)
        bidder = self.site.acting_as(user).change(apply_to_bid, self.auction.id, "enterprise", firm.id)
        if admitted:
            self.site.acting_as(self.seller).change(admit_bidder, bidder.id, bidder.version)
        return user

    def number_of(self, user: Actor) -> int:
        return self.bidder_of(user).ordinal

    def bidder_of(self, user: Actor) -> Bidder:
        return self.site.acting_as(user).read(list_bidders, self.auction.id)[0]

    def bid(self, user: Actor, wan: float, most: float | None = None) -> Answer:
        """In ten thousands of yuan."""
        maximum = None if most is None else round(most * WAN)
        return self.site.acting_as(user).change(place_bid, self.auction.id, round(wan * WAN), maximum, self.site.clock)

    def begin(self) -> None:
        self.site.clock.set(BEGINS)

    def close(self) -> Auction:
        """The end passes and is written down."""
        self.site.clock.set(max(self.now.closes_at or ENDS, self.site.clock.now()))
        return self.site.system.change(close_auction, self.auction.id, self.site.clock)

    @property
    def now(self) -> Auction:
        found: Auction = self.site.find("auction", self.auction.id)
        return found


def on_offer(site: TestSite, make: Make) -> tuple[Actor, Actor, Actor, Actor, str, Listing]:
    """Officer, seller, member, host's user and its id, and the listing."""
    street = make.organisation("酒仙桥街道")
    host = make.enterprise("启桁建筑", under=make.organisation("启桁建筑工会", kind=Kind.BASE, under=street))
    lead, other = make.worker("何建国", at=host), make.worker("孙倩", at=host)
    officer = make.officer(of=street)
    studio = site.system.change(create_studio, StudioText(name="何建国幕墙工作室"), host.id, (Membership(lead.id, LEAD), Membership(other.id)))
    seller, member = make.person(lead), make.person(other)
    text = ListingText(
        title="幕墙渗漏分区充气定位法", benefit="查漏由 3 天降到 4 小时", summary="分区充气查漏，不拆装饰面", field="06", exclusive=True,
        contract_kind=ContractKind.LICENCE, price_mode=PriceMode.NEGOTIABLE, region="华北", valid_until=date(2027, 11, 30),
    )  # fmt: skip
    draft = site.acting_as(seller).change(create_listing, text, "studio", studio.id)
    sent = site.acting_as(seller).change(submit_listing, draft.id, draft.version)
    listing = site.acting_as(officer).change(publish_listing, sent.id, sent.version)
    return officer, seller, member, make.enterprise_user(host), host.id, listing


def announce(site: TestSite, auction: Auction, seller: Actor, officer: Actor) -> Auction:
    sent = site.acting_as(seller).change(submit_auction, auction.id, auction.version)
    return site.acting_as(officer).change(approve_auction, sent.id, sent.version)


@remembered
def put_up(site: TestSite, make: Make, *, announced: bool = True, **otherwise: Any) -> Sale:
    officer, seller, member, host, host_id, listing = on_offer(site, make)
    auction = site.acting_as(seller).change(draft_auction, listing.id, AuctionText(**(TEXT | otherwise)))
    if announced:
        auction = announce(site, auction, seller, officer)
    return Sale(site, make, officer, seller, member, host, host_id, listing, auction)
