"""Somebody who belongs to neither introduces a work to a need; both sides accept; their conversation is open."""

import pytest

from tests.introductions.scenes import OPENING, WHY
from tests.journeys.cast import Cast, a_district
from tests.journeys.conftest import Visit
from tests.journeys.live import Live
from tests.journeys.visitor import Visitor
from tests.journeys.words import zh

pytestmark = [pytest.mark.journey, pytest.mark.slow, pytest.mark.xdist_group("market journeys")]
NEED = "防爆区叉车电池频繁过温"


def test_a_scout_brings_two_together(live: Live, visit: Visit) -> None:
    cast = a_district(live)
    need = live.make.need(cast.adopter, owner=cast.user, title=NEED, problem="锂离子电池组热失控，要定向泄压")
    live.site.drain()
    scout, buyer, seller = visit("the scout", cast.stranger), visit("the enterprise user", cast.user), visit("the studio lead", cast.lead)

    introduces(scout, cast, need.id)
    says_yes_first(seller)
    says_yes_then(buyer)
    they_speak(buyer, seller)
    keeps_the_credit(scout)


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
