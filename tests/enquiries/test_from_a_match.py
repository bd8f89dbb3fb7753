"""A question that a match led to remembers for which need it is asked."""

import pytest

from marketplace.domains.enquiries.service import ask_enquiry
from marketplace.domains.offers.repository import get_thread
from marketplace.kernel.errors import NotFound
from marketplace.kernel.workdays import local_day
from tests.deals.scenes import Market, open_market
from tests.factories import Make
from tests.site import TestSite

EN = {"Accept-Language": "en"}


@pytest.fixture
def market(site: TestSite, make: Make) -> Market:
    return open_market(site, make)


def own_need(market: Market) -> str:
    firm = market.buyer.parties_of("enterprise")[0]
    return market.make.need(market.site.find("enterprise", firm.id), owner=market.buyer, title="叉车电池过温").id


def test_the_contract_that_comes_of_it_solves_the_need(market: Market) -> None:
    need, buyer = own_need(market), market.site.acting_as(market.buyer)
    asked = buyer.change(ask_enquiry, "achievement", market.work.id, "12 组能改吗？", "", need)
    thread = buyer.read(get_thread, asked.id, local_day(market.site.clock.now()))
    assert (thread.need_id, thread.achievement_id) == (need, market.work.id)
    contract = market.accept(market.offer(asked), by=market.buyer)
    assert contract.need_id == need


def test_nobody_asks_for_a_need_of_somebody_else(market: Market) -> None:
    need = own_need(market)
    with pytest.raises(NotFound):
        market.site.acting_as(market.rival).change(ask_enquiry, "achievement", market.work.id, "能改吗？", "", need)
    page = f"/enquiries/new/achievement/{market.work.id}?need={need}"
    assert market.site.client(market.rival).get(page).status_code == 404
    assert "叉车电池过温" in market.site.client(market.buyer).get(page, headers=EN).text


def test_the_other_side_does_not_read_which_need_it_is(market: Market) -> None:
    need = own_need(market)
    asked = market.site.acting_as(market.buyer).change(ask_enquiry, "achievement", market.work.id, "12 组能改吗？", "", need)
    assert need not in market.site.client(market.seller).get(f"/enquiries/{asked.id}").text
