"""Civil Code, article 847: those who made it are asked before it is transferred."""

from dataclasses import replace
from datetime import timedelta

import pytest

from marketplace.domains.contracts.model import ContractText, Origin
from marketplace.domains.contracts.model import Status as ContractStatus
from marketplace.domains.contracts.repository import get_contract, get_side
from marketplace.domains.contracts.service import draft_contract, write_clause
from marketplace.domains.enquiries.repository import get_enquiry
from marketplace.domains.enquiries.service import answer_enquiry
from marketplace.domains.offers.repository import get_thread
from marketplace.domains.offers.service import find_first_terms
from marketplace.kernel.contract_clauses import Clause
from marketplace.kernel.errors import Forbidden, NotFound, Refused, Stale
from marketplace.kernel.first_refusals import Answer, id_of
from marketplace.kernel.notices import list_notices
from marketplace.kernel.revisions import content_of, text_of
from marketplace.kernel.technology_contracts import ContractKind
from marketplace.kernel.workdays import local_day, workdays_after
from marketplace.processes.contract_papers.repository import list_open_offers
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
            market.site.acting_as(actor).change(waive_first_refusal, mine, 1)
    with pytest.raises(NotFound):
        market.site.acting_as(market.rival).change(waive_first_refusal, mine, 1)
    colleague = market.site.acting_as(market.colleague)
    assert colleague.change(waive_first_refusal, mine, 1).answer is Answer.WAIVED
    with pytest.raises(Refused):
        colleague.change(waive_first_refusal, mine, 1)
    assert market.site.find("contract", contract_id).status is ContractStatus.DRAFTED


def test_whoever_takes_it_up_stops_the_deal_and_speaks_with_the_seller(market: Market) -> None:
    contract_id, mine = transferred(market)
    colleague = market.site.acting_as(market.colleague)
    enquiry = colleague.change(take_up, mine, 1, "我按同样条件受让。")
    stopped = market.site.find("contract", contract_id)
    assert stopped.status is ContractStatus.CANCELLED
    assert "847" in stopped.reason
    assert market.site.acting_as(market.seller).read(get_enquiry, enquiry.id).text == "我按同样条件受让。"
    with pytest.raises(NotFound):
        market.site.acting_as(market.buyer).read(get_enquiry, enquiry.id)
    leader = id_of(contract_id, market.seller.worker_id)
    with pytest.raises(Refused):
        market.site.acting_as(market.seller).change(waive_first_refusal, leader, 1)


def test_silence_counts_from_the_day_after_the_last_one(market: Market) -> None:
    contract_id, mine = transferred(market)
    due = market.site.acting_as(market.colleague).read(get_first_refusal, mine).due_on
    market.site.clock.forward(days=(due - market.site.clock.now().date()).days)
    assert market.site.system.change(let_silence_count) == 0
    market.site.clock.moment += timedelta(days=1)
    with pytest.raises(Refused):
        market.site.acting_as(market.colleague).change(waive_first_refusal, mine, 1)
    assert market.site.system.change(let_silence_count) == 2
    assert {one.answer for one in market.site.system.read(list_first_refusals, contract_id)} == {Answer.SILENT}
    assert market.site.system.change(let_silence_count) == 0


def test_nobody_confirms_before_all_have_answered(market: Market) -> None:
    contract_id, mine = transferred(market)
    today = local_day(market.site.clock.now())
    assert market.site.system.read(list_open_offers, contract_id, today) == ["周立成", "韩雪梅"]
    market.site.acting_as(market.colleague).change(waive_first_refusal, mine, 1)
    assert market.site.system.read(list_open_offers, contract_id, today) == ["周立成"]
    assert market.site.system.read(list_open_offers, contract_id, workdays_after(today, WORKDAYS + 1)) == []


def written(market: Market, contract_id: str, clause: Clause, **said: object) -> None:
    """By the seller, on the draft as it stands."""
    contract = market.site.find("contract", contract_id)
    text = replace(text_of(contract, ContractText), **said)  # type: ignore[arg-type]
    market.site.acting_as(market.seller).change(write_clause, contract_id, contract.version, clause, text)


def answers(market: Market, contract_id: str) -> set[Answer]:
    return {one.answer for one in market.site.system.read(list_first_refusals, contract_id)}


def all_waive(market: Market, contract_id: str, version: int = 1) -> None:
    for one in (market.colleague, market.seller):
        market.site.acting_as(one).change(waive_first_refusal, id_of(contract_id, one.worker_id), version)


def test_another_price_asks_anew_and_an_answer_to_the_old_one_is_stale(market: Market) -> None:
    contract_id, mine = transferred(market)
    all_waive(market, contract_id)
    written(market, contract_id, Clause.PRICE, technology_fen=10_000_000)
    assert answers(market, contract_id) == {Answer.WAIVED}, "which part is for the technology is no condition"
    written(market, contract_id, Clause.PRICE, total_fen=15_000_000)
    assert answers(market, contract_id) == {Answer.ASKED}
    with pytest.raises(Stale):
        market.site.acting_as(market.colleague).change(waive_first_refusal, mine, 1)
    stale = market.site.client(market.colleague).post(f"/first-refusals/{mine}/waive", data={"version": "1", "key": "k1"})
    assert stale.status_code == 409
    all_waive(market, contract_id, 2)
    assert answers(market, contract_id) == {Answer.WAIVED}


def test_a_draft_that_becomes_a_transfer_asks_and_one_that_is_none_any_more_waits_for_nobody(market: Market) -> None:
    contract = market.accept(market.offer(market.thread(), terms=TERMS))
    today = local_day(market.site.clock.now())
    written(market, contract.id, Clause.FRAME, contract_kind=ContractKind.TRANSFER, sub_kind="know_how")
    assert answers(market, contract.id) == {Answer.ASKED}
    assert market.site.system.read(list_open_offers, contract.id, today)
    written(market, contract.id, Clause.FRAME, contract_kind=ContractKind.SERVICE, sub_kind="general")
    assert market.site.system.read(list_open_offers, contract.id, today) == []
    with pytest.raises(Refused):
        market.site.acting_as(market.colleague).change(waive_first_refusal, id_of(contract.id, market.colleague.worker_id), 1)


def test_a_transfer_from_elsewhere_asks_by_the_same_verb_and_can_be_taken_up(market: Market) -> None:
    """As an auction drafts it: without a conversation that it came from."""
    listing = market.listing()
    thread = market.thread(kind="listing", id=listing.id)
    sides = (market.site.system.read(get_side, "studio", market.studio.id), market.site.system.read(get_side, "enterprise", thread.party.id))
    text = ContractText(**content_of(TRANSFER), title="泄压装置转让")
    origin = Origin(kind="enquiry", id=thread.id, listing_id=listing.id, achievement_id=market.work.id)
    contract = market.site.system.change(draft_contract, text, *sides, origin)
    assert answers(market, contract.id) == {Answer.ASKED}
    enquiry = market.site.acting_as(market.colleague).change(take_up, id_of(contract.id, market.colleague.worker_id), 1, "我按同样条件受让。")
    assert (enquiry.about_kind, enquiry.about_id) == ("listing", listing.id)


def test_whoever_takes_it_up_buys_as_a_person_on_the_same_terms(market: Market) -> None:
    _contract, mine = transferred(market)
    colleague = market.site.acting_as(market.colleague)
    asked = colleague.change(take_up, mine, 1, "我按同样条件受让。")
    market.site.acting_as(market.seller).change(answer_enquiry, asked.id, asked.version, "好，按原条件。")
    thread = colleague.read(get_thread, asked.id, local_day(market.site.clock.now()))
    first = colleague.read(find_first_terms, thread)
    assert (first.total_fen, first.contract_kind) == (TRANSFER.total_fen, ContractKind.TRANSFER)
    bought = market.accept(market.offer(asked, by=market.colleague, terms=first), by=market.seller)
    assert (bought.buyer.kind, bought.buyer.name) == ("worker", "韩雪梅")
    assert not market.site.system.read(list_first_refusals, bought.id), "of those who made it none comes before another"
    assert colleague.read(get_contract, bought.id).number == bought.number
    with pytest.raises(NotFound):
        market.site.acting_as(market.buyer).read(get_contract, bought.id)


def test_whoever_signs_for_the_seller_takes_nothing_up_for_themselves(market: Market) -> None:
    contract_id, _mine = transferred(market)
    with pytest.raises(Refused):
        market.site.acting_as(market.seller).change(take_up, id_of(contract_id, market.seller.worker_id), 1, "我自己要。")
    assert answers(market, contract_id) == {Answer.ASKED}
