"""Somebody who belongs to neither introduces a work to a need; both sides accept; their conversation is open. Another one they take back."""

import pytest

from marketplace.kernel.actor import Actor
from tests.introductions.scenes import OPENING, REASON, WHY
from tests.journeys.cast import Cast, a_district
from tests.journeys.conftest import Visit
from tests.journeys.live import Live
from tests.journeys.visitor import Visitor
from tests.journeys.words import zh

pytestmark = [pytest.mark.journey, pytest.mark.slow, pytest.mark.xdist_group("market journeys")]
NEED = "防爆区叉车电池频繁过温"
OTHER_NEED = "仓库叉车电池夜间掉电"


def test_a_scout_brings_two_together(live: Live, visit: Visit) -> None:
    cast = a_district(live)
    need = live.make.need(cast.adopter, owner=cast.user, title=NEED, problem="锂离子电池组热失控，要定向泄压")
    other = live.make.need(cast.adopter, owner=cast.user, title=OTHER_NEED, problem="低温下掉电")
    live.site.drain()
    person = live.make.person(live.make.worker("沈牵线"))
    scout, buyer, seller = visit("the scout", person), visit("the enterprise user", cast.user), visit("the studio lead", cast.lead)

    introduces(scout, cast, need.id)
    says_yes_first(seller)
    says_yes_then(buyer)
    they_speak(buyer, seller)
    keeps_the_credit(scout)
    takes_another_back(scout, cast, other.id)
    reads_why(buyer)
    card_tells_it(seller, person)


def introduces(scout: Visitor, cast: Cast, need_id: str) -> None:
    """From the page of the need by its matches; the same button stands at each of them."""
    scout.go(f"/needs/{need_id}")
    scout.press(scout.link(zh("Introduce")).first)
    scout.press(scout.link(zh("Choose among the matches")))
    scout.press(scout.main(f"a[href='/introductions/new/{need_id}/achievement/{cast.battery.id}']"))
    scout.press(scout.button(zh("Introduce them")), status=422)
    assert scout.sees(zh("Fill this in."))
    scout.page.fill("main textarea[name=why]", WHY)
    scout.press(scout.button(zh("Introduce them")))
    assert scout.sees(WHY)
    assert not scout.button(zh("Accept the introduction")).count()


def says_yes_first(seller: Visitor) -> None:
    seller.is_told(NEED, zh("Somebody introduces you"))
    assert seller.sees(WHY)
    seller.press(seller.button(zh("Accept the introduction")))
    assert seller.sees(zh("You have accepted; the other side has not answered yet."))


def says_yes_then(buyer: Visitor) -> None:
    buyer.go("/my")
    buyer.press(buyer.main("a[href^='/introductions/']").first)
    buyer.page.fill("main textarea[name=opening]", OPENING)
    buyer.press(buyer.button(zh("Accept the introduction")))
    assert buyer.sees(OPENING)


def they_speak(buyer: Visitor, seller: Visitor) -> None:
    seller.is_told(NEED, zh("Both sides accept an introduction"))
    seller.press(seller.link(zh("To the conversation")))
    seller.page.fill("main textarea[name=answer]", "能，夜班 22 点后到场。")
    seller.press(seller.button(zh("Send the answer")))
    buyer.page.reload()
    assert buyer.sees("夜班 22 点后到场")


def keeps_the_credit(scout: Visitor) -> None:
    scout.go("/introductions")
    assert scout.sees(zh("Accepted by both sides"))
    scout.press(scout.main("tbody a").first)
    assert scout.sees(zh("Both sides have accepted and speak with each other."))
    assert not scout.sees(OPENING)


def takes_another_back(scout: Visitor, cast: Cast, need_id: str) -> None:
    """Not without a reason; afterwards the same two cannot be introduced again."""
    new = f"/introductions/new/{need_id}/achievement/{cast.battery.id}"
    scout.go(new)
    scout.page.fill("main textarea[name=why]", WHY)
    scout.press(scout.button(zh("Introduce them")))
    scout.main("summary", has_text=zh("Withdraw the introduction")).click()
    scout.look_over()
    scout.page.fill("main textarea[name=reason]", REASON)
    scout.press(scout.main(".step-reason button[type=submit]"))
    assert scout.sees(zh("Withdrawn by whoever introduced the two: %(reason)s", reason=REASON))
    assert not scout.main(".step-reason").count()
    scout.go(new)
    scout.page.fill("main textarea[name=why]", WHY)
    scout.press(scout.button(zh("Introduce them")), status=409)


def reads_why(buyer: Visitor) -> None:
    buyer.is_told(OTHER_NEED, zh("An introduction is withdrawn"))
    assert buyer.sees(REASON)
    assert not buyer.button(zh("Accept the introduction")).count()


def card_tells_it(seller: Visitor, scout: Actor) -> None:
    seller.go(f"/workers/{scout.worker_id}")
    assert seller.sees(zh("Brought together"))
