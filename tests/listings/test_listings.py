"""Offers under the five contract kinds: who may offer, what fits together, who sees a price, what time does to them."""

from dataclasses import replace
from datetime import date

import pytest

from marketplace.domains.listings.model import Listing, ListingText, Status
from marketplace.domains.listings.repository import get_listing
from marketplace.domains.listings.service import (
    create_listing,
    publish_listing,
    publish_revision,
    renew_listing,
    return_listing,
    revise_listing,
    submit_listing,
    submit_revision,
    take_down_listing,
    withdraw_listing,
)
from marketplace.domains.patents.model import PatentText
from marketplace.kernel.actor import GUEST, Actor
from marketplace.kernel.cards import list_cards
from marketplace.kernel.errors import Forbidden, Invalid, NotFound, Stale
from marketplace.kernel.technology_contracts import ContractKind, PriceMode
from marketplace.kernel.workdays import local_day
from marketplace.processes.protection.service import register_patent
from tests.enquiries.scenes import Market, open_market
from tests.factories import Make
from tests.site import TestSite

TEXT = ListingText(
    title="电池泄压改造服务", benefit="单台 35 分钟，夜班到场", summary="含铭牌核对和检测报告", field="06", contract_kind=ContractKind.SERVICE,
    sub_kind="general", price_mode=PriceMode.FIXED, price_fen=3_600_000, valid_until=date(2027, 5, 31),
)  # fmt: skip


@pytest.fixture
def market(site: TestSite, make: Make) -> Market:
    return open_market(site, make)


def offered(site: TestSite, market: Market, text: ListingText = TEXT, achievement: str = "") -> Listing:
    return site.acting_as(market.maker).change(create_listing, text, "worker", market.maker.worker_id, achievement)


def public(site: TestSite, market: Market, text: ListingText = TEXT, achievement: str = "") -> Listing:
    draft = offered(site, market, text, achievement)
    sent = site.acting_as(market.maker).change(submit_listing, draft.id, draft.version)
    return site.acting_as(market.officer).change(publish_listing, sent.id, sent.version)


def seen(site: TestSite, id: str, actor: Actor) -> Listing:
    return site.acting_as(actor).read(get_listing, id)


def test_from_a_draft_to_the_public(site: TestSite, make: Make, market: Market) -> None:
    listing = public(site, market, achievement=market.work.id)
    site.drain()

    assert (listing.number, listing.status) == ("GP-2026-000001", Status.PUBLISHED)
    assert seen(site, listing.id, GUEST).achievement_title == market.work.title
    found = site.search("夜班", facets=("price_band", "contract_kind"))
    assert [hit.id for hit in found.hits] == [listing.id]
    assert {facet.name: facet.values for facet in found.facets} == {"price_band": (("5", 1),), "contract_kind": (("service", 1),)}


def test_who_does_not_act_for_a_party_cannot_offer_for_it(site: TestSite, market: Market) -> None:
    with pytest.raises(Forbidden):
        site.acting_as(market.buyer).change(create_listing, TEXT, "worker", market.maker.worker_id)
    enterprise = market.buyer.parties_of("enterprise")[0].id
    with pytest.raises(Invalid) as refused:
        site.acting_as(market.buyer).change(create_listing, TEXT, "enterprise", enterprise, market.work.id)
    assert list(refused.value.fields) == ["achievement_id"]


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"sub_kind": "patent_right"}, "sub_kind"),
        ({"contract_kind": ContractKind.TRANSFER, "sub_kind": "patent_right"}, "sub_kind"),
        ({"contract_kind": ContractKind.LICENCE, "sub_kind": "patent_licence"}, "sub_kind"),
        ({"valid_from": date(2028, 1, 1)}, "valid_until"),
        ({"price_fen": None}, "price_fen"),
        ({"price_mode": PriceMode.ROYALTY}, "royalty_bp"),
    ],
)
def test_what_does_not_fit_is_refused_at_its_field(site: TestSite, market: Market, changes: dict[str, object], field: str) -> None:
    with pytest.raises(Invalid) as refused:
        offered(site, market, replace(TEXT, **changes), market.work.id)  # type: ignore[arg-type]
    assert list(refused.value.fields) == [field]


def test_a_contract_on_a_patent_needs_an_achievement_with_one(site: TestSite, market: Market) -> None:
    enterprise = site.find("achievement", market.work.id).enterprise_id
    patent = PatentText(title="泄压装置", patent_number="201710601862.3")
    site.system.change(register_patent, patent, enterprise, market.work.id)
    licence = replace(TEXT, contract_kind=ContractKind.LICENCE, sub_kind="patent_licence")

    assert public(site, market, licence, market.work.id).has_patent


def test_review_needs_a_benefit_a_field_and_a_day_to_come(site: TestSite, market: Market) -> None:
    draft = offered(site, market, replace(TEXT, benefit="", field="", valid_until=date(2026, 11, 1)))
    with pytest.raises(Invalid) as refused:
        site.acting_as(market.maker).change(submit_listing, draft.id, draft.version)
    assert set(refused.value.fields) == {"benefit", "field", "valid_until"}


def test_drafts_are_the_offerers_and_submitted_ones_the_officers_too(site: TestSite, make: Make, market: Market) -> None:
    draft = offered(site, market)
    elsewhere = make.officer(of="望京街道")
    for actor in (market.officer, elsewhere, market.buyer, GUEST):
        with pytest.raises(NotFound):
            seen(site, draft.id, actor)
    sent = site.acting_as(market.maker).change(submit_listing, draft.id, draft.version)
    assert seen(site, sent.id, market.officer).status is Status.SUBMITTED
    with pytest.raises(NotFound):
        site.acting_as(elsewhere).change(publish_listing, sent.id, sent.version)
    with pytest.raises(Forbidden):
        site.acting_as(market.maker).change(publish_listing, sent.id, sent.version)
    returned = site.acting_as(market.officer).change(return_listing, sent.id, sent.version, "请写明交付物")
    assert seen(site, returned.id, market.maker).reason == "请写明交付物"


def test_a_price_on_enquiry_never_leaves_the_store(site: TestSite, make: Make, market: Market) -> None:
    listing = public(site, market, replace(TEXT, price_on_enquiry=True, royalty_bp=250, price_note="三期付清"))
    site.drain()

    for actor in (GUEST, market.buyer, make.account(), make.officer(of="望京街道")):
        hidden = seen(site, listing.id, actor)
        assert (hidden.price_fen, hidden.royalty_bp, hidden.price_note) == (None, None, "")
        assert site.acting_as(actor).read(list_cards, [("listing", listing.id)])[0].price_fen is None
    for actor in (market.maker, market.officer):
        assert seen(site, listing.id, actor).price_fen == 3_600_000
        assert site.acting_as(actor).read(list_cards, [("listing", listing.id)])[0].price_fen == 3_600_000
    facet = site.search("夜班", facets=("price_band",)).facets[0]
    assert facet.values == (("open", 1),)


def test_hiding_a_price_takes_the_listing_out_of_search_until_the_index_follows(site: TestSite, market: Market) -> None:
    listing = public(site, market)
    site.drain()
    copied = site.acting_as(market.maker).change(revise_listing, listing.id, listing.version, replace(TEXT, price_on_enquiry=True))
    sent = site.acting_as(market.maker).change(submit_revision, copied.id, copied.version)
    assert seen(site, listing.id, GUEST).price_fen == 3_600_000
    site.acting_as(market.officer).change(publish_revision, sent.id, sent.version)

    assert site.search("夜班").hits == ()
    site.drain()
    assert [hit.id for hit in site.search("夜班").hits] == [listing.id]
    assert seen(site, listing.id, GUEST).price_fen is None


def test_time_lets_a_listing_expire_and_its_owner_renews_it(site: TestSite, market: Market) -> None:
    listing = public(site, market)
    other = public(site, market, replace(TEXT, valid_until=date(2028, 1, 1)))
    site.drain()
    site.clock.forward(days=200)
    site.site.relay.pass_day()
    site.drain()

    expired = site.find("listing", listing.id)
    assert expired.status is Status.EXPIRED
    assert site.find("listing", other.id).status is Status.PUBLISHED
    assert [hit.id for hit in site.search("夜班").hits] == [other.id]
    with pytest.raises(NotFound):
        seen(site, listing.id, GUEST)
    renewed = site.acting_as(market.maker).change(renew_listing, expired.id, expired.version, 6)
    assert (renewed.status, renewed.valid_until) == (Status.PUBLISHED, date(2027, 12, 11))
    with pytest.raises(Forbidden):
        site.acting_as(market.officer).change(renew_listing, renewed.id, renewed.version)


def test_the_last_day_still_counts(site: TestSite, market: Market) -> None:
    site.site.relay.pass_day()
    today = local_day(site.clock.now())
    listing = public(site, market, replace(TEXT, valid_until=today))
    site.site.relay.pass_day()
    assert site.find("listing", listing.id).status is Status.PUBLISHED
    site.clock.forward(days=1)
    site.site.relay.pass_day()
    assert site.find("listing", listing.id).status is Status.EXPIRED


def test_withdrawn_and_taken_down_are_gone_at_once(site: TestSite, market: Market) -> None:
    listing, other = public(site, market), public(site, market)
    site.drain()
    site.acting_as(market.maker).change(withdraw_listing, listing.id, listing.version)
    with pytest.raises(Invalid):
        site.acting_as(market.officer).change(take_down_listing, other.id, other.version, " ")
    site.acting_as(market.officer).change(take_down_listing, other.id, other.version, "超出经营范围")

    assert site.search("夜班").hits == ()
    with pytest.raises(NotFound):
        seen(site, other.id, GUEST)


def test_a_stale_version_is_refused(site: TestSite, market: Market) -> None:
    draft = offered(site, market)
    site.acting_as(market.maker).change(revise_listing, draft.id, draft.version, replace(TEXT, region="京津冀"))
    with pytest.raises(Stale):
        site.acting_as(market.maker).change(revise_listing, draft.id, draft.version, replace(TEXT, region="华北"))
