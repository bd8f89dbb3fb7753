"""Offers go back and forth; one is accepted, once; the contract is drafted with its terms."""

from dataclasses import replace
from datetime import date

import pytest

from marketplace.domains.achievements.service import withdraw_achievement
from marketplace.domains.contracts.service import cancel_contract
from marketplace.domains.enquiries.service import ask_enquiry, close_enquiry
from marketplace.domains.listings.service import withdraw_listing
from marketplace.domains.offers.model import Side, Status
from marketplace.domains.offers.repository import get_offer, list_offers
from marketplace.domains.offers.service import decline_offer, expire_offers, withdraw_offer
from marketplace.kernel.actor import Actor
from marketplace.kernel.errors import Forbidden, Invalid, NotFound, Refused
from marketplace.kernel.notices import list_notices
from marketplace.kernel.technology_contracts import PriceMode
from tests.deals.scenes import TERMS, UNTIL, Market, open_market
from tests.factories import Make
from tests.site import TestSite


@pytest.fixture
def market(site: TestSite, make: Make) -> Market:
    return open_market(site, make)


def told(market: Market, actor: Actor, kind: str = "offer") -> list[str]:
    market.site.drain()
    return [one.verb for one in market.site.acting_as(actor).read(list_notices, actor.account_id) if one.kind == kind]


def test_offers_go_back_and_forth_until_one_is_accepted(market: Market) -> None:
    thread = market.thread()
    first = market.offer(thread)
    second = market.offer(thread, market.buyer, 1, replace(TERMS, total_fen=26_000_000, technology_fen=None))
    third = market.offer(thread, market.seller, 2, replace(TERMS, total_fen=28_600_000, technology_fen=None))

    contract = market.accept(third)

    assert [first.side, second.side, third.side] == [Side.SELLER, Side.BUYER, Side.SELLER]
    statuses = [one.status for one in market.site.acting_as(market.buyer).read(list_offers, thread.id)]
    assert statuses == [Status.SUPERSEDED, Status.SUPERSEDED, Status.ACCEPTED]
    drafted = market.site.find("contract", contract.id)
    assert (drafted.total_fen, drafted.stage_shares, drafted.title) == (28_600_000, (3_000, 7_000), market.work.title)
    assert (drafted.seller.name, drafted.buyer.name, drafted.origin_id) == ("周立成储能工作室", "顺垚仓储", thread.id)
    assert drafted.achievement_id == market.work.id
    assert market.site.acting_as(market.buyer).read(get_offer, third.id).contract_id == contract.id
    assert "accept" in told(market, market.seller)
    assert told(market, market.buyer).count("propose") == 2


def test_nobody_accepts_their_own_offer_nor_somebody_elses(market: Market) -> None:
    offer = market.offer(market.thread())
    for actor in (market.seller, market.colleague):
        with pytest.raises(Forbidden):
            market.accept(offer, actor)
    for stranger in (market.rival, market.officer, market.make.administrator()):
        with pytest.raises(NotFound):
            market.accept(offer, stranger)
    assert market.site.find("offer", offer.id).status is Status.OPEN


def test_a_member_reads_offers_and_the_leader_makes_them(market: Market) -> None:
    thread = market.thread()
    with pytest.raises(Forbidden):
        market.offer(thread, market.colleague)
    offer = market.offer(thread)
    assert market.site.acting_as(market.colleague).read(get_offer, offer.id).total_fen == TERMS.total_fen


def test_whoever_comes_too_late_reads_what_happened(market: Market) -> None:
    thread = market.thread()
    buyer, seller = market.site.acting_as(market.buyer), market.site.acting_as(market.seller)
    withdrawn = market.offer(thread)
    seller.change(withdraw_offer, withdrawn.id, withdrawn.version)
    declined = market.offer(thread, seen=1)
    buyer.change(decline_offer, declined.id, declined.version, "预算不够")
    for offer, words in ((withdrawn, "withdrawn"), (declined, "declined")):
        with pytest.raises(Refused) as refused:
            market.accept(offer)
        assert words in refused.value.message
    accepted = market.offer(thread, seen=2)
    market.accept(accepted)
    with pytest.raises(Refused) as twice:
        market.accept(accepted)
    assert "accepted already" in twice.value.message
    with pytest.raises(Refused):
        seller.change(withdraw_offer, accepted.id, accepted.version)
    with pytest.raises(Refused) as after:
        market.offer(thread, seen=3)
    assert "contract" in after.value.message


def test_declining_needs_a_reason_which_the_other_side_reads(market: Market) -> None:
    offer = market.offer(market.thread())
    buyer = market.site.acting_as(market.buyer)
    with pytest.raises(Invalid):
        buyer.change(decline_offer, offer.id, offer.version, " ")
    buyer.change(decline_offer, offer.id, offer.version, "预算不够")
    assert market.site.acting_as(market.seller).read(get_offer, offer.id).reason == "预算不够"
    assert "decline" in told(market, market.seller)


def test_an_offer_runs_out_by_the_calendar_even_before_the_site_has_noted_it(market: Market) -> None:
    offer = market.offer(market.thread())
    market.site.clock.forward(days=14)
    assert market.site.system.change(expire_offers) == 0
    market.site.clock.forward(days=1)
    with pytest.raises(Refused) as late:
        market.accept(offer)
    assert "run out" in late.value.message
    assert market.site.system.change(expire_offers) == 1
    assert market.site.find("offer", offer.id).status is Status.EXPIRED
    assert "expire" in told(market, market.buyer)
    market.site.clock.forward(days=-3)
    with pytest.raises(Refused):
        market.accept(offer)


@pytest.mark.parametrize(("field", "terms"), [
    ("total_fen", replace(TERMS, total_fen=None, technology_fen=None)), ("total_fen", replace(TERMS, total_fen=-1, technology_fen=None)),
    ("total_fen", replace(TERMS, total_fen=10**16, technology_fen=None)), ("technology_fen", replace(TERMS, technology_fen=40_000_000)),
    ("stages", replace(TERMS, stage_shares=(3_000, 7_100))), ("stages", replace(TERMS, stage_shares=(-1, 10_001))),
    ("stages", replace(TERMS, stage_days=(-5, 90))),
    ("sub_kind", replace(TERMS, sub_kind="patent_licence")), ("price_mode", replace(TERMS, price_mode=PriceMode.NEGOTIABLE)),
    ("royalty_bp", replace(TERMS, price_mode=PriceMode.ROYALTY)), ("valid_until", replace(TERMS, valid_from=date(2027, 1, 2), valid_until=UNTIL)),
])  # fmt: skip
def test_terms_that_do_not_fit_are_refused_at_their_field(market: Market, field: str, terms: object) -> None:
    thread = market.thread()
    with pytest.raises(Invalid) as refused:
        market.offer(thread, terms=terms)  # type: ignore[arg-type]
    assert list(refused.value.fields) == [field]


def test_a_patent_licence_needs_a_patent_and_a_day_to_come(market: Market) -> None:
    thread = market.thread()
    licence = replace(TERMS, contract_kind="licence", sub_kind="patent_licence")
    with pytest.raises(Invalid) as refused:
        market.offer(thread, terms=licence)
    assert "patent" in refused.value.message
    with pytest.raises(Invalid) as passed:
        market.offer(thread, until=date(2026, 11, 22))
    assert list(passed.value.fields) == ["holds_until"]


def test_of_two_who_offer_at_once_the_second_reads_the_first(market: Market) -> None:
    thread = market.thread()
    market.offer(thread)
    with pytest.raises(Invalid) as refused:
        market.offer(thread, market.buyer, seen=0)
    assert list(refused.value.fields) == ["seen"]
    assert len(market.site.acting_as(market.buyer).read(list_offers, thread.id)) == 1


def test_nothing_is_offered_or_accepted_on_what_is_withdrawn(market: Market) -> None:
    thread = market.thread()
    offer = market.offer(thread)
    market.site.acting_as(market.seller).change(withdraw_achievement, market.work.id, market.work.version)
    for attempt in (lambda: market.accept(offer), lambda: market.offer(thread, seen=1)):
        with pytest.raises(Refused) as refused:
            attempt()
        assert "no longer on offer" in refused.value.message


def test_nothing_is_accepted_on_a_listing_that_is_over(market: Market) -> None:
    listing = market.listing(exclusive=False)
    over = market.offer(market.thread(kind="listing", id=listing.id))
    withdrawn = market.offer(market.thread(market.rival, "listing", listing.id))
    market.site.clock.set(market.site.clock.now().replace(year=2027, month=6, day=2))
    with pytest.raises(Refused):
        market.accept(over)
    market.site.clock.set(market.site.clock.now().replace(year=2026, month=11, day=24))
    market.site.acting_as(market.seller).change(withdraw_listing, listing.id, listing.version)
    with pytest.raises(Refused):
        market.accept(withdrawn, market.rival)


def test_an_exclusive_listing_has_one_live_deal(market: Market) -> None:
    listing = market.listing()
    offers = [market.offer(market.thread(by, "listing", listing.id)) for by in (market.buyer, market.rival)]
    contract = market.accept(offers[0])
    with pytest.raises(Refused) as refused:
        market.accept(offers[1], market.rival)
    assert "exclusively" in refused.value.message
    assert market.site.find("offer", offers[1].id).status is Status.OPEN

    market.site.acting_as(market.buyer).change(cancel_contract, contract.id, contract.version, "预算取消")

    assert market.accept(offers[1], market.rival).listing_id == listing.id


def test_a_listing_that_is_not_exclusive_is_sold_twice(market: Market) -> None:
    listing = market.listing(exclusive=False)
    offers = [(market.offer(market.thread(by, "listing", listing.id)), by) for by in (market.buyer, market.rival)]
    assert len({market.accept(offer, by).id for offer, by in offers}) == 2


def test_a_need_is_answered_by_a_studio_and_its_poster_buys(market: Market) -> None:
    firm = market.make.enterprise("玄铁精工")
    owner = market.make.enterprise_user(firm)
    need = market.make.need(firm, owner=owner)
    site = market.site
    asked = site.acting_as(market.seller).change(ask_enquiry, "need", need.id, "我们做过同样的线，可以来看。")
    assert asked.party.name == "周立成储能工作室"
    offer = market.offer(asked)
    contract = site.find("contract", market.accept(offer, owner).id)
    assert (contract.seller.id, contract.buyer.id, contract.need_id) == (market.studio.id, firm.id, need.id)
    assert site.acting_as(market.make.person(market.make.worker())).change(ask_enquiry, "need", need.id, "我来").party.kind == "worker"


def test_a_conversation_is_not_closed_over_an_open_offer(market: Market) -> None:
    thread = market.thread()
    offer = market.offer(thread)
    seller = market.site.acting_as(market.seller)
    with pytest.raises(Refused):
        seller.change(close_enquiry, thread.id, thread.version, "另有安排")
    seller.change(withdraw_offer, offer.id, offer.version)
    seller.change(close_enquiry, thread.id, thread.version, "另有安排")
    with pytest.raises(Refused) as closed:
        market.offer(thread, seen=1)
    assert "closed" in closed.value.message
