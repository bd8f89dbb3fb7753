"""Listings on the screen, for those who see them differently."""

from tests.enquiries.scenes import open_market
from tests.factories import Make
from tests.site import TestSite

FORM = {
    "key": "a", "version": "0", "title": "电池泄压改造服务", "benefit": "单台 35 分钟", "contract_kind": "service", "sub_kind": "general",
    "price_mode": "fixed", "price_fen": "36,000", "price_on_enquiry": "y", "field": "", "valid_until": "2027-05-31",
}  # fmt: skip


def test_a_listing_is_written_with_a_hidden_price(site: TestSite, make: Make) -> None:
    market = open_market(site, make)
    maker = site.client(market.maker)
    assert 'value="2027-11-23"' in maker.get("/listings/new").text

    wrong = maker.post("/listings/new", data=FORM | {"sub_kind": "patent_right"})
    assert wrong.status_code == 422
    path = maker.post("/listings/new", data=FORM | {"key": "b"}).headers["Location"]
    assert "36,000" in maker.get(path).text
    assert site.client(market.officer).get(path).status_code == 404
    assert site.client().get(path).status_code == 404
    assert maker.post(f"{path}/steps/submit", data={"version": "1"}).status_code == 422
    assert maker.post(f"{path}/edit", data=FORM | {"key": "c", "version": "7", "title": "旧页面"}).status_code == 409
