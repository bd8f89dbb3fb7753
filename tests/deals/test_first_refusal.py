"""Civil Code, article 847: those who made it are asked before it is transferred."""

from datetime import timedelta

import pytest

from marketplace.domains.contracts.model import Status as ContractStatus
from marketplace.domains.enquiries.repository import get_enquiry
from marketplace.kernel.errors import Forbidden, NotFound, Refused
from marketplace.kernel.notices import list_notices
from marketplace.kernel.workdays import local_day, workdays_after
from marketplace.processes.contract_papers.repository import list_open_offers
from marketplace.processes.deals.model import Answer, id_of
from marketplace.processes.deals.repository import get_first_refusal, list_first_refusals
from marketplace.processes.deals.service import let_silence_count, take_up, waive_first_refusal
from tests.deals.scenes import TERMS, TRANSFER, WORKDAYS, Market, open_market
from tests.factories import Make
from tests.site import TestSite


@pytest.fixture
def market(site: TestSite, make: Make) -> Market:
    return open_market(site, make)


def transferred(market: Market) -> tuple[str, str]:
    """The contract, and the question to the colleague."""
    contract = market.accept(market.offer(market.thread(), terms=TRANSFER))
    return contract.id, id_of(contract.id, market.colleague.worker_id)


def test_each_contributor_is_asked_and_told(market: Market) -> None:
    contract_id, mine = transferred(market)
    asked = market.site.system.read(list_first_refusals, contract_id)
    assert {one.name for one in asked} == {"周立成", "韩雪梅"}
    today = market.site.clock.now().date()
    assert {one.due_on for one in asked} == {workdays_after(today, WORKDAYS)}
    market.site.drain()
    notices = market.site.acting_as(market.colleague).read(list_notices, market.colleague.account_id)
    assert (("first-refusal", "ask", mine)) in [(one.kind, one.verb, one.entity_id) for one in notices]


def test_nobody_is_asked_where_nothing_is_transferred(market: Market) -> None:
    contract = market.accept(market.offer(market.thread(), terms=TERMS))
    assert market.site.system.read(list_first_refusals, contract.id) == []


def test_a_contributor_waives_for_themselves_alone(market: Market) -> None:
    contract_id, mine = transferred(market)
    for actor in (market.buyer, market.seller):
        with pytest.raises(Forbidden):
            market.site.acting_as(actor).change(waive_first_refusal, mine)
    with pytest.raises(NotFound):
        market.site.acting_as(market.rival).change(waive_first_refusal, mine)
    colleague = market.site.acting_as(market.colleague)
    assert colleague.change(waive_first_refusal, mine).answer is Answer.WAIVED
    with pytest.raises(Refused):
        colleague.change(waive_first_refusal, mine)
    assert market.site.find("contract", contract_id).status is ContractStatus.DRAFTED


def test_whoever_takes_it_up_stops_the_deal_and_speaks_with_the_seller(market: Market) -> None:
    contract_id, mine = transferred(market)
    colleague = market.site.acting_as(market.colleague)
    enquiry = colleague.change(take_up, mine, "我按同样条件受让。")
    stopped = market.site.find("contract", contract_id)
    assert stopped.status is ContractStatus.CANCELLED
    assert "847" in stopped.reason
    assert market.site.acting_as(market.seller).read(get_enquiry, enquiry.id).text == "我按同样条件受让。"
    with pytest.raises(NotFound):
        market.site.acting_as(market.buyer).read(get_enquiry, enquiry.id)
    leader = id_of(contract_id, market.seller.worker_id)
    with pytest.raises(Refused):
        market.site.acting_as(market.seller).change(waive_first_refusal, leader)


def test_silence_counts_from_the_day_after_the_last_one(market: Market) -> None:
    contract_id, mine = transferred(market)
    due = market.site.acting_as(market.colleague).read(get_first_refusal, mine).due_on
    market.site.clock.forward(days=(due - market.site.clock.now().date()).days)
    assert market.site.system.change(let_silence_count) == 0
    market.site.clock.moment += timedelta(days=1)
    with pytest.raises(Refused):
        market.site.acting_as(market.colleague).change(waive_first_refusal, mine)
    assert market.site.system.change(let_silence_count) == 2
    assert {one.answer for one in market.site.system.read(list_first_refusals, contract_id)} == {Answer.SILENT}
    assert market.site.system.change(let_silence_count) == 0


def test_nobody_confirms_before_all_have_answered(market: Market) -> None:
    contract_id, mine = transferred(market)
    today = local_day(market.site.clock.now())
    assert market.site.system.read(list_open_offers, contract_id, today) == ["周立成", "韩雪梅"]
    market.site.acting_as(market.colleague).change(waive_first_refusal, mine)
    assert market.site.system.read(list_open_offers, contract_id, today) == ["周立成"]
    assert market.site.system.read(list_open_offers, contract_id, workdays_after(today, WORKDAYS + 1)) == []
