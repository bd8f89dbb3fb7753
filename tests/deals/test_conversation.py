"""Both sides write to each other, with files that nobody else opens, until one of them closes it."""

from datetime import timedelta
from io import BytesIO

import pytest

from marketplace.domains.enquiries.model import Status
from marketplace.domains.enquiries.repository import get_enquiry
from marketplace.domains.enquiries.service import answer_enquiry, ask_enquiry, close_enquiry, remind_of_answers
from marketplace.kernel.errors import Invalid, NotFound, Refused
from marketplace.kernel.notices import list_notices
from marketplace.kernel.pace import pace_of
from marketplace.processes.conversation.repository import list_messages
from marketplace.processes.conversation.service import write_message
from tests.deals.scenes import Market, open_market
from tests.factories import Make
from tests.site import TestSite


@pytest.fixture
def market(site: TestSite, make: Make) -> Market:
    return open_market(site, make)


def test_after_the_answer_both_write_and_the_other_is_told(market: Market) -> None:
    asked = market.asked()
    buyer, seller = market.site.acting_as(market.buyer), market.site.acting_as(market.seller)
    buyer.change(write_message, asked.id, "补充：库温零下 18 度。")
    with pytest.raises(Refused):
        seller.change(write_message, asked.id, "还没答就写")
    thread = market.thread()
    buyer.change(write_message, thread.id, "夜班可以。")
    seller.change(write_message, thread.id, "那就周三 22 点。")
    assert [one.text for one in buyer.read(list_messages, thread.id)] == ["夜班可以。", "那就周三 22 点。"]
    market.site.drain()
    told = [(one.verb, one.entity_id) for one in buyer.read(list_notices, market.buyer.account_id)]
    assert ("write", thread.id) in told
    assert ("add", asked.id) in [(one.verb, one.entity_id) for one in seller.read(list_notices, market.seller.account_id)]


def test_a_message_makes_nobodys_answer_stale(market: Market) -> None:
    asked = market.asked()
    market.site.acting_as(market.buyer).change(write_message, asked.id, "补充")
    assert market.site.acting_as(market.seller).read(get_enquiry, asked.id).version == asked.version


def test_colleagues_of_the_asker_read_and_write_too_and_nobody_else(market: Market) -> None:
    thread = market.thread()
    firm = market.site.find("enterprise", thread.party.id)
    market.site.acting_as(market.make.enterprise_user(firm)).change(write_message, thread.id, "我是他的同事。")
    for stranger in (market.rival, market.officer, market.make.administrator()):
        with pytest.raises(NotFound):
            market.site.acting_as(stranger).change(write_message, thread.id, "？")


def test_either_side_closes_it_with_a_word(market: Market) -> None:
    thread = market.thread()
    seller = market.site.acting_as(market.seller)
    with pytest.raises(Invalid):
        seller.change(close_enquiry, thread.id, thread.version, " ")
    closed = seller.change(close_enquiry, thread.id, thread.version, "型号已停产")
    assert closed.status is Status.CLOSED
    with pytest.raises(Refused):
        market.site.acting_as(market.buyer).change(write_message, thread.id, "还在吗？")


def test_the_makers_are_reminded_once_on_the_last_day(market: Market) -> None:
    asked = market.asked()
    remind = market.site.system
    market.site.clock.forward(days=4)
    assert remind.change(remind_of_answers, 5) == 0
    market.site.clock.set(market.site.clock.now() + timedelta(days=3))
    assert remind.change(remind_of_answers, 5) == 1
    assert remind.change(remind_of_answers, 5) == 0
    market.site.drain()
    assert "remind" in [one.verb for one in market.site.acting_as(market.seller).read(list_notices, market.seller.account_id)]
    market.site.clock.forward(days=1)
    assert "tag-error" in market.site.client(market.buyer).get(f"/enquiries/{asked.id}").text


def test_how_quickly_they_answer_is_said_from_five_answers_on(market: Market) -> None:
    for many in range(1, 6):
        asked = market.asked()
        market.site.clock.forward(hours=3)
        market.site.acting_as(market.seller).change(answer_enquiry, asked.id, asked.version, "可以。")
        said = market.site.acting_as(market.rival).read(pace_of, (market.studio.id,))
        assert said.hours == (3 if many == 5 else None)
        shown = market.site.client().get(f"/studios/{market.studio.id}", headers={"Accept-Language": "en"}).text
        assert ("3 hours" in shown) is (many == 5)
    assert "3" in market.site.client(market.rival).get(f"/enquiries/new/achievement/{market.work.id}").text


def test_files_go_with_a_message_and_are_never_shown_inline(market: Market) -> None:
    thread = market.thread()
    buyer, path = market.site.client(market.buyer), f"/enquiries/{thread.id}"
    bad = buyer.post(f"{path}/messages", data={"key": "k1", "text": "见附件", "files": (BytesIO(b"MZ"), "run.exe")})
    assert bad.status_code == 422
    assert "见附件" in bad.text
    sent = buyer.post(f"{path}/messages", data={"key": "k2", "text": "见附件", "files": (BytesIO("铭牌".encode()), "铭牌.txt")})
    assert sent.status_code == 302
    file = market.site.acting_as(market.seller).read(list_messages, thread.id)[0].files[0]
    answer = market.site.client(market.seller).get(f"{path}/files/{file.id}")
    assert answer.data == "铭牌".encode()
    assert answer.headers["Content-Disposition"].startswith("attachment")
    for stranger in (market.rival, market.officer, market.make.administrator()):
        assert market.site.client(stranger).get(f"{path}/files/{file.id}").status_code == 404


def test_the_deal_on_the_screen(market: Market) -> None:
    """Offer, counter-offer, acceptance; fifty sends of the acceptance are one."""
    thread = market.thread()
    buyer, seller, path = market.site.client(market.buyer), market.site.client(market.seller), f"/enquiries/{thread.id}/offers"
    assert "/offers/new" in seller.get(path).text
    form = {
        "key": "o1", "seen": "0", "contract_kind": "service", "sub_kind": "general", "price_mode": "instalments", "total_fen": "320,000",
        "royalty_course": "level", "holds_until": "2026-12-07", "stages-0-name": "签约", "stages-0-days": "5", "stages-0-share": "30",
        "stages-0-proof": "合同", "stages-1-name": "验收", "stages-1-days": "90", "stages-1-share": "70", "stages-1-proof": "报告",
    }  # fmt: skip
    for field, wrong in (
        ("total_fen", "-5"),
        ("total_fen", "9" * 20),
        ("total_fen", "许多"),
        ("stages-1-share", "71"),
        ("holds_until", "2020-01-01"),
    ):
        refused = seller.post(f"{path}/new", data=form | {field: wrong, "note": "写好的附言"})
        assert (refused.status_code, "写好的附言" in refused.text) == (422, True), (field, wrong)
    assert seller.post(f"{path}/new", data=form).status_code == 302
    assert buyer.post(f"{path}/new", data=form | {"key": "o2", "total_fen": "260000"}).status_code == 422
    assert buyer.post(f"{path}/new", data=form | {"key": "o3", "seen": "1", "total_fen": "260000"}).status_code == 302
    shown = seller.get(path).text
    assert "320,000" in shown
    assert "260,000" in shown
    assert "/steps/accept" in shown
    offer = shown.split('action="/offers/')[1].split("/")[0]
    assert offer in market.site.client(market.seller).get("/my").text
    answers = [seller.post(f"/offers/{offer}/steps/accept", data={"key": "same", "version": "1"}).status_code for _send in range(50)]
    assert set(answers) == {302}
    late = seller.post(f"/offers/{offer}/steps/accept", data={"key": "other", "version": "1"})
    assert late.status_code == 409
    contracts = market.site.graph.read(lambda tx: tx.all("MATCH (k:Contract) RETURN k.id AS id", lambda row: str(row["id"])))
    assert len(contracts) == 1
    assert "HT-2026" in buyer.get(f"/enquiries/{thread.id}").text


def test_an_offer_on_an_anonymous_need_does_not_name_its_poster(market: Market) -> None:
    firm = market.make.enterprise("玄铁精工")
    need = market.make.need(firm, visibility="anonymous")
    asked = market.site.acting_as(market.seller).change(ask_enquiry, "need", need.id, "我们能做。")
    market.offer(asked)
    browser = market.site.client(market.seller)
    for path in (f"/enquiries/{asked.id}", f"/enquiries/{asked.id}/offers", f"/enquiries/{asked.id}/offers/new", "/my", "/enquiries"):
        shown = browser.get(path)
        assert shown.status_code == 200
        assert "玄铁" not in shown.text
        assert firm.id not in shown.text
