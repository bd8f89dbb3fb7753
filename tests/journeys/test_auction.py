"""竞价 from the listing to the contract: put up, announced, two firms bid, a late bid moves the end, the result is confirmed."""

import time
from datetime import datetime, timedelta

import pytest

from marketplace.cli.init import found
from marketplace.domains.bids.repository import list_bidders
from marketplace.kernel.actor import Actor
from tests.auctions.scenes import on_offer
from tests.journeys.conftest import Visit
from tests.journeys.live import Live
from tests.journeys.visitor import PHONE, WIDE, Visitor
from tests.journeys.words import zh

pytestmark = [pytest.mark.journey, pytest.mark.slow, pytest.mark.xdist_group("market journeys")]
FIRST, SECOND = "京朔物流装备", "启明幕墙"
TYPED = "150,000"


def test_an_auction_from_the_listing_to_the_contract(live: Live, visit: Visit) -> None:
    found(live.site.site)
    officer, lead, _member, _host, _host_id, listing = on_offer(live.site, live.make)
    firms = {name: live.make.enterprise_user(live.make.enterprise(name)) for name in (FIRST, SECOND)}
    seller = visit("the studio lead", lead)
    address = puts_up(seller, listing.id)
    announces(visit("the officer", officer), address)

    bidders = {name: visit(f"the firm {at}", user) for at, (name, user) in enumerate(firms.items())}
    for one in bidders.values():
        applies(one, address)
    admits(seller, address)
    moves_to(live, address, begins=True)
    bids_by_keyboard(bidders[FIRST], address)
    typing_survives_a_look(bidders[FIRST], bidders[SECOND], address)
    moves_to(live, address, minutes_before=3)
    bids_late(bidders[SECOND], address)
    looks_on_a_phone(bidders[FIRST], address)
    a_guest_checks(visit("a guest", script=False), address)

    moves_to(live, address, minutes_before=0)
    ends(live, address)
    confirms(seller, address)
    finds_the_contract(bidders[SECOND], address)
    gets_the_deposit_back(seller, bidders[FIRST], live, address, firms[FIRST])


def puts_up(seller: Visitor, listing: str) -> str:
    """What contradicts itself is said at its field, and nothing typed is lost."""
    seller.go(f"/listings/{listing}")
    seller.press(seller.link(zh("Put it up for auction")))
    for name, typed in (("start_fen", "120,000"), ("step_fen", "5,000"), ("reserve_fen", "100,000")):
        seller.page.fill(f"main [name={name}]", typed)
    seller.opens(zh("Deposit"))
    seller.page.fill("main [name=deposit_fen]", "20,000")
    seller.page.fill("main [name=deposit_until]", "2026-11-23T12:00")
    seller.opens(zh("Time"))
    seller.page.fill("main [name=begins_at]", "2026-11-23T14:00")
    seller.page.fill("main [name=ends_at]", "2026-11-23T15:00")
    seller.opens(zh("Contract"))
    seller.page.fill("main [name=terms]", "华北独家许可 3 年，签约后 30 日内付清。")
    seller.opens(zh("Check and save"))
    seller.press(seller.main("form[method=post] button[data-save]"), status=422)
    seller.opens(zh("Price"))
    assert seller.page.input_value("main [name=start_fen]") == "120,000"
    seller.page.fill("main [name=reserve_fen]", "125,000")
    seller.opens(zh("Check and save"))
    seller.press(seller.main("form[method=post] button[data-save]"))
    address = seller.page.url.partition("#")[0]
    seller.press(seller.button(zh("Submit for review")))
    assert seller.sees(zh("In review"))
    return address


def announces(officer: Visitor, address: str) -> None:
    officer.go(address)
    officer.press(officer.button(zh("Approve and announce")))
    assert officer.sees(zh("Not begun"))
    assert not officer.sees("125,000")


def applies(bidder: Visitor, address: str) -> None:
    bidder.go(address)
    bidder.press(bidder.link(zh("Apply to bid")))
    bidder.press(bidder.button(zh("Apply to bid")), status=422)
    bidder.page.check("main [name=knows]")
    bidder.press(bidder.button(zh("Apply to bid")))
    assert bidder.sees(zh("Deposit awaited"))


def admits(seller: Visitor, address: str) -> None:
    for _each in (FIRST, SECOND):
        seller.go(address)
        seller.press(seller.link(zh("Admit or decline")).first)
        seller.press(seller.button(zh("The deposit has arrived")))
    seller.go(address)
    assert seller.link(zh("Admit or decline")).count() == 0


def moves_to(live: Live, address: str, *, begins: bool = False, minutes_before: int = 0) -> None:
    """The site's clock, as if people had waited."""
    auction = live.site.find("auction", address.rsplit("/", 1)[1])
    moment: datetime = auction.begins_at if begins else auction.closes_at - timedelta(minutes=minutes_before)
    live.site.clock.set(moment)


def bids_by_keyboard(bidder: Visitor, address: str) -> None:
    bidder.go(address)
    assert bidder.page.input_value("main [name=amount_fen]") == "120,000"
    bidder.page.locator("main [name=way][value=once]").focus()
    for key in ("Tab", "Tab"):
        bidder.page.keyboard.press(key)
    bidder.page.keyboard.press("Space")
    bidder.page.keyboard.press("Tab")
    with bidder.leaving():
        bidder.page.keyboard.press("Enter")
    bidder.arrive()
    assert bidder.sees(zh("You lead"))


def typing_survives_a_look(typing: Visitor, other: Visitor, address: str) -> None:
    """What somebody types stays while the page renews what moves, and says that they have been outbid."""
    typing.go(address)
    typing.page.check("main [name=way][value=proxy]")
    typing.page.fill("main [name=maximum_fen]", TYPED)
    other.go(address)
    other.page.check("main [name=knows]")
    other.press(other.button(zh("Bid")))
    assert other.sees(zh("You lead"))
    typing.page.locator("#bid-state", has_text=zh("You have been outbid")).wait_for()
    assert typing.page.input_value("main [name=maximum_fen]") == TYPED
    assert typing.page.is_checked("main [name=way][value=proxy]")
    typing.look_over()


def bids_late(bidder: Visitor, address: str) -> None:
    """A bid that is refused first, then one within the last minutes: the end moves."""
    bidder.go(address)
    bidder.page.fill("main [name=amount_fen]", "126,000")
    bidder.page.check("main [name=knows]")
    bidder.press(bidder.button(zh("Bid")), status=422)
    assert bidder.page.input_value("main [name=amount_fen]") == "126,000"
    bidder.page.fill("main [name=amount_fen]", "140,000")
    bidder.page.check("main [name=knows]")
    bidder.press(bidder.button(zh("Bid")))
    assert bidder.sees("140,000")
    assert bidder.sees("15:05")


def looks_on_a_phone(bidder: Visitor, address: str) -> None:
    """One red button at the foot leads to the panel."""
    bidder.go(address)
    bidder.page.set_viewport_size({"width": PHONE, "height": 780})
    foot = bidder.page.locator(".detail-actions .btn-brand:visible")
    assert foot.count() == 1
    foot.click()
    assert bidder.page.locator("#bid").evaluate("one => one.getBoundingClientRect().top < innerHeight")
    bidder.page.set_viewport_size(WIDE)


def a_guest_checks(guest: Visitor, address: str) -> None:
    """Without script, without names; the plain link looks again."""
    guest.go(address)
    assert not guest.sees(FIRST)
    assert not guest.sees(SECOND)
    guest.press(guest.link(zh("Look again")))
    with guest.page.expect_download() as table:
        guest.link(zh("Record as a table (CSV)")).click()
    assert table.value.suggested_filename.endswith(".csv")
    guest.go("/auctions")
    assert guest.sees(zh("Running"))


def ends(live: Live, address: str) -> None:
    """The site writes the end down, also where nobody looks."""
    id = address.rsplit("/", 1)[1]
    live.site.site.relay.wake()
    for _again in range(60):
        if live.site.find("auction", id).is_over:
            return
        live.site.site.relay.wake()
        time.sleep(0.25)
    raise AssertionError("the end was not written down")


def confirms(seller: Visitor, address: str) -> None:
    seller.go("/my")
    seller.press(seller.main(f"a[href='/auctions/{address.rsplit('/', 1)[1]}']").first)
    assert seller.sees(SECOND)
    seller.press(seller.button(zh("Confirm the result and draft the contract")))
    assert seller.sees("HT-2026-000001")


def finds_the_contract(winner: Visitor, address: str) -> None:
    winner.go(address)
    winner.press(winner.link(zh("To the contract")))
    assert winner.sees("140,000")


def gets_the_deposit_back(seller: Visitor, loser: Visitor, live: Live, address: str, user: Actor) -> None:
    bidder = live.site.acting_as(user).read(list_bidders, address.rsplit("/", 1)[1])[0]
    seller.go(f"/bidders/{bidder.id}")
    seller.press(seller.button(zh("The deposit is returned")))
    loser.go(f"/bidders/{bidder.id}")
    assert loser.sees(zh("Deposit returned"))
