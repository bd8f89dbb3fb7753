"""From a question to a contract: an enterprise asks, the studio answers, offers go back and forth, one is accepted."""

from collections.abc import Mapping, Sequence

import pytest

from tests.journeys.cast import Cast, a_district
from tests.journeys.conftest import Visit
from tests.journeys.live import Live
from tests.journeys.visitor import Visitor
from tests.journeys.words import zh

pytestmark = [pytest.mark.journey, pytest.mark.slow, pytest.mark.xdist_group("market journeys")]
WORD = "那就周三夜班，停两小时。"


def test_an_enterprise_and_a_studio_come_to_a_contract(live: Live, visit: Visit) -> None:
    cast = a_district(live)
    buyer, seller = visit("the enterprise user", cast.user), visit("the studio lead", cast.lead)

    asks(buyer, cast)
    answers(seller, cast)
    writes_more(buyer)
    reads_it(seller)
    proposes(seller, "320,000", ({"name": "签约", "days": "5", "share": "100", "proof": "双方确认的合同"},))
    goes_down_to(buyer, cast, "286,000")
    accepts(seller)
    both_see_the_contract(buyer, seller)


def asks(buyer: Visitor, cast: Cast) -> None:
    buyer.go(f"/enquiries/new/achievement/{cast.battery.id}")
    buyer.page.fill("main textarea", "38 台叉车，夜班 6 小时能改完吗？")
    buyer.press(buyer.main("form button[type=submit].btn-brand"))
    assert buyer.sees("38 台叉车")


def answers(seller: Visitor, cast: Cast) -> None:
    seller.is_told(cast.battery.title, zh("New question"))
    seller.page.fill("main textarea[name=answer]", "可以，单台约 35 分钟。")
    seller.press(seller.button(zh("Send the answer")))
    assert seller.sees("单台约 35 分钟")


def writes_more(buyer: Visitor) -> None:
    buyer.page.reload()
    buyer.page.fill("main textarea[name=text]", WORD)
    buyer.page.set_input_files("main input[type=file]", {"name": "铭牌.txt", "mimeType": "text/plain", "buffer": "序列号 38".encode()})
    buyer.press(buyer.button(zh("Send")))
    assert buyer.sees(WORD)
    assert buyer.link("铭牌.txt").count() == 1


def reads_it(seller: Visitor) -> None:
    seller.page.reload()
    assert seller.sees(WORD)


def proposes(seller: Visitor, total: str, stages: Sequence[Mapping[str, str]], kind: str = "", sub_kind: str = "") -> None:
    """Part by part, with the keyboard where there is one main button."""
    seller.page.reload()
    seller.press(seller.link(zh("Offers (%(n)s)", n=0)))
    seller.press(seller.link(zh("Make an offer")))
    if kind:
        seller.page.select_option("main [name=contract_kind]", kind)
        seller.page.select_option("main [name=sub_kind]", sub_kind)
    seller.opens(zh("Price"))
    seller.page.select_option("main [name=price_mode]", "instalments")
    seller.page.fill("main [name=total_fen]", total)
    seller.opens(zh("Stages"))
    for place, stage in enumerate(stages):
        if place:
            seller.button(zh("Add a stage")).click()
        for name, value in stage.items():
            seller.page.fill(f"main [name=stages-{place}-{name}]", value)
    seller.opens(zh("Check and save"))
    seller.page.keyboard.press("Tab")
    send = seller.main("form[method=post] button[data-save]")
    send.focus()
    with seller.leaving():
        seller.page.keyboard.press("Enter")
    seller.arrive()
    assert seller.sees(total)


def goes_down_to(buyer: Visitor, cast: Cast, total: str) -> None:
    buyer.is_told(cast.battery.title, zh("New offer"))
    assert buyer.button(zh("Accept")).count() == 1
    buyer.press(buyer.link(zh("Make the next offer")))
    buyer.opens(zh("Price"))
    assert buyer.page.input_value("main [name=total_fen]")
    buyer.page.fill("main [name=total_fen]", total)
    buyer.opens(zh("Check and save"))
    buyer.press(buyer.main("form[method=post] button[data-save]"))
    assert buyer.sees(total)
    assert buyer.main("td", has_text=total).first.locator(".tag").count() == 1


def accepts(seller: Visitor) -> None:
    seller.go("/my")
    seller.press(seller.main("a[href^='/offers/']").first)
    seller.press(seller.button(zh("Accept")))
    assert seller.sees(zh("The accepted offer has become a contract; what follows is agreed there."))
    assert seller.sees(zh("Accepted"))


def both_see_the_contract(buyer: Visitor, seller: Visitor) -> None:
    for one in (buyer, seller):
        one.go("/enquiries")
        one.press(one.main("tbody a").first)
        assert one.sees("HT-2026-000001")
        one.press(one.link("HT-2026-000001"))
