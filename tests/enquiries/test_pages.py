"""Enquiries on the screen, for those who see them differently."""

import pytest

from marketplace.domains.enquiries.service import ask_enquiry
from tests.enquiries.scenes import Market, open_market
from tests.factories import Make
from tests.site import TestSite


@pytest.fixture
def market(site: TestSite, make: Make) -> Market:
    return open_market(site, make)


def test_a_question_goes_from_the_form_to_its_answer(site: TestSite, market: Market) -> None:
    buyer, maker = site.client(market.buyer), site.client(market.maker)
    about = f"/achievements/{market.work.id}"
    ask = f"/enquiries/new/achievement/{market.work.id}"
    assert ask in buyer.get(about).text
    assert ask not in maker.get(about).text
    assert ask in site.client().get(about).text
    assert buyer.get(f"/enquiries/new?kind=achievement&id={market.work.id}").headers["Location"] == ask
    assert market.work.title in buyer.get(ask).text

    assert buyer.post(ask, data={"key": "k1", "text": " "}).status_code == 422
    path = buyer.post(ask, data={"key": "k2", "text": "夜班 6 小时能改完吗？<script>"}).headers["Location"]
    assert buyer.post(ask, data={"key": "k2", "text": "夜班 6 小时能改完吗？<script>"}).headers["Location"] == path

    waiting = buyer.get(path).text
    assert "夜班 6 小时" in waiting
    assert "<script>夜" not in waiting
    assert 'name="answer"' not in waiting
    assert "顺垚仓储" in maker.get(path).text
    assert path in maker.get("/my").text
    assert maker.post(path, data={"key": "k3", "version": "1", "answer": ""}).status_code == 422
    assert maker.post(path, data={"key": "k4", "version": "1", "answer": "可以，单台 35 分钟。"}).status_code == 302
    assert "单台 35 分钟" in buyer.get(path).text
    assert maker.post(path, data={"key": "k5", "version": "2", "answer": "改口"}).status_code == 409


def test_who_is_no_party_gets_404_and_who_may_not_ask_403(site: TestSite, make: Make, market: Market) -> None:
    asked = site.acting_as(market.buyer).change(ask_enquiry, "achievement", market.work.id, "价格？")
    assert site.client(market.officer).get(f"/enquiries/{asked.id}").status_code == 404
    assert site.client(make.administrator()).get(f"/enquiries/{asked.id}").status_code == 404
    assert site.client().get(f"/enquiries/{asked.id}").status_code == 302
    assert site.client(make.account()).get(f"/enquiries/new/achievement/{market.work.id}").status_code == 403
    for kind, id in (("achievement", "none"), ("worker", market.work.id), ("", "")):
        assert site.client(market.buyer).get(f"/enquiries/new?kind={kind}&id={id}", follow_redirects=True).status_code == 404


def test_the_list_shows_ones_own_and_says_when_it_is_empty(site: TestSite, make: Make, market: Market) -> None:
    asked = site.acting_as(market.buyer).change(ask_enquiry, "achievement", market.work.id, "价格？")
    assert asked.number in site.client(market.buyer).get("/enquiries").text
    assert "顺垚仓储" in site.client(market.maker).get("/enquiries?page=-1").text
    assert asked.number not in site.client(make.account()).get("/enquiries").text


def test_saving_for_later_on_the_screen(site: TestSite, market: Market) -> None:
    browser, path = site.client(market.buyer), f"/enquiries/save/achievement/{market.work.id}"
    assert browser.post(path).headers["Location"] == f"/achievements/{market.work.id}"
    assert market.work.title in browser.get("/my").text
    browser.post(path)
    assert market.work.title not in browser.get("/my").text
    assert browser.post("/enquiries/save/achievement/none").status_code == 404
    assert browser.get(path).status_code == 405
    assert site.client().post(path).status_code == 302
