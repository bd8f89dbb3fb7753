"""A listing from its terms to its end: ways of paying, hints, the reminder and the renewal, and how it is received."""

from datetime import date, timedelta

import pytest

from marketplace.domains.listings.model import ListingText, Status
from marketplace.domains.listings.service import create_listing, publish_listing, remind_listings, renew_listing, revise_listing, submit_listing
from marketplace.kernel.attention import forget_views, list_attention
from marketplace.kernel.errors import Invalid
from marketplace.kernel.hints import Written, hints_of
from marketplace.kernel.technology_contracts import Course, PriceMode
from marketplace.web.viewing import MOST
from tests.adoption.scenes import Scene, stage
from tests.factories import Make
from tests.site import TestSite

BROWSER = {"User-Agent": "Mozilla/5.0", "Accept-Language": "en"}
TEXT = ListingText(
    title="泄压装置改造", benefit="每年省 50 万元", field="0601", valid_until=date(2026, 12, 20), price_mode=PriceMode.FIXED, price_fen=100
)


@pytest.fixture
def scene(site: TestSite, make: Make) -> Scene:
    return stage(site, make)


def offered(scene: Scene, text: ListingText = TEXT) -> str:
    lead, officer = scene.site.acting_as(scene.lead), scene.site.acting_as(scene.officer)
    draft = lead.change(create_listing, text, "studio", scene.work.studio_id, scene.work_id)
    sent = lead.change(submit_listing, draft.id, draft.version)
    return officer.change(publish_listing, sent.id, sent.version).id


def terms(**more: object) -> ListingText:
    return ListingText(title="x", **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(("text", "at"), [
    (terms(price_mode=PriceMode.ENTRY_ROYALTY, price_fen=100), "royalty_bp"),
    (terms(price_mode=PriceMode.ENTRY_ROYALTY, royalty_bp=100), "price_fen"),
    (terms(price_mode=PriceMode.ROYALTY), "royalty_bp"), (terms(price_mode=PriceMode.TRIAL), "trial_days"),
    (terms(price_mode=PriceMode.INSTALMENTS), "price_fen"),
])  # fmt: skip
def test_each_way_of_paying_names_what_it_lacks(site: TestSite, scene: Scene, text: ListingText, at: str) -> None:
    with pytest.raises(Invalid) as refused:
        site.acting_as(scene.lead).change(create_listing, text, "studio", scene.work.studio_id)
    assert list(refused.value.fields) == [at]


def test_an_entry_fee_with_a_rising_royalty_and_a_trial_are_said_on_the_page(site: TestSite, scene: Scene) -> None:
    both = offered(scene, ListingText(title="许可", benefit="1", field="06", valid_until=date(2027, 1, 1), price_mode=PriceMode.ENTRY_ROYALTY,
                                      price_fen=5_000_000, royalty_bp=250, royalty_course=Course.RISING))  # fmt: skip
    page = site.client().get(f"/listings/{both}", headers=BROWSER).text
    assert "50,000" in page
    assert "2.5%" in page
    assert "Rising" in page
    trial = offered(
        scene, ListingText(title="试用", benefit="1", field="06", valid_until=date(2027, 1, 1), price_mode=PriceMode.TRIAL, trial_days=60)
    )
    assert "60 days" in site.client().get(f"/listings/{trial}", headers=BROWSER).text


def test_the_offerer_is_reminded_once_and_renews_from_the_page(site: TestSite, scene: Scene) -> None:
    id = offered(scene)
    assert site.system.change(remind_listings, 30) == 1
    assert site.system.change(remind_listings, 30) == 0
    site.drain()
    client = site.client(scene.lead)
    assert "Expires soon; renew it" in client.get("/notices", headers=BROWSER).text
    assert f"/listings/{id}" in client.get("/my", headers=BROWSER).text

    assert client.post(f"/listings/{id}/steps/renew", data={"version": site.find("listing", id).version}).status_code == 302

    renewed = site.find("listing", id)
    assert (renewed.status, renewed.valid_until) == (Status.PUBLISHED, date(2027, 12, 20))
    assert site.system.change(remind_listings, 30) == 0
    assert "To renew" not in client.get("/my", headers=BROWSER).text


def test_whoever_ends_later_is_not_reminded_and_a_new_end_is_reminded_of_again(site: TestSite, scene: Scene) -> None:
    id = offered(scene)
    assert site.system.change(remind_listings, 10) == 0
    site.system.change(remind_listings, 30)
    listing = site.find("listing", id)
    site.acting_as(scene.lead).change(renew_listing, id, listing.version, 12)
    site.clock.forward(days=380)
    assert site.system.change(remind_listings, 30) == 1


def test_views_are_counted_by_day_without_the_offerers_own_and_without_machines(site: TestSite, scene: Scene) -> None:
    id = offered(scene)
    own, guest = site.client(scene.lead), site.client()
    for _ in range(MOST - 1):
        guest.get(f"/listings/{id}", headers=BROWSER).close()
    own.get(f"/listings/{id}", headers=BROWSER).close()
    guest.get(f"/listings/{id}", headers={"User-Agent": "Googlebot/2.1"}).close()
    guest.get(f"/listings/{id}", headers={"User-Agent": ""}).close()
    assert site.system.read(list_attention, id, site.clock.now())[0].views == 0, "they wait in memory"
    guest.get(f"/listings/{id}", headers=BROWSER).close()
    assert site.system.read(list_attention, id, site.clock.now())[0].views == MOST
    page = own.get(f"/listings/{id}", headers=BROWSER).text
    assert "How it is received" in page
    assert "How it is received" not in guest.get(f"/listings/{id}", headers=BROWSER).text
    assert "How it is received" not in site.client(scene.user).get(f"/achievements/{scene.work_id}", headers=BROWSER).text
    assert "How it is received" in own.get(f"/achievements/{scene.work_id}", headers=BROWSER).text


def test_a_few_views_are_written_after_a_while_and_old_days_are_forgotten(site: TestSite, scene: Scene) -> None:
    id, guest = offered(scene), site.client()
    guest.get(f"/listings/{id}", headers=BROWSER).close()
    site.clock.forward(seconds=31)
    guest.get(f"/listings/{id}", headers=BROWSER).close()
    assert site.system.read(list_attention, id, site.clock.now())[0].views == 2
    site.clock.forward(days=10)
    assert [week.views for week in site.system.read(list_attention, id, site.clock.now())][:2] == [0, 2]
    assert site.system.change(forget_views, 30) == 0
    assert site.system.change(forget_views, 5) == 1


def test_saves_and_enquiries_stand_beside_the_views(site: TestSite, scene: Scene) -> None:
    user = site.client(scene.user)
    user.post(f"/save/achievement/{scene.work_id}")
    week = site.system.read(list_attention, scene.work_id, site.clock.now() + timedelta(days=1))
    assert sum(one.enquiries for one in week) == 0
    user.post(f"/enquiries/achievement/{scene.work_id}", data={"text": "能改吗？"})
    assert sum(one.enquiries for one in site.system.read(list_attention, scene.work_id, site.clock.now())) in (0, 1)


@pytest.mark.parametrize(("text", "met"), [
    (Written(), [False, False, False]), (Written(benefit="每年省 126 万元"), [True, False, False]),
    (Written(benefit="省了三成电费"), [True, False, False]),
    (Written(benefit="明显提高", summary="原来靠人工拆装，" + "步骤" * 40), [False, True, True]), (Written(measured=True), [False, True, False]),
])  # fmt: skip
def test_hints_say_what_is_there_and_what_is_missing(text: Written, met: list[bool]) -> None:
    assert [one.is_met for one in hints_of(text)] == met


def test_maturity_wants_evidence_and_a_listing_a_price() -> None:
    work = hints_of(Written(asks_maturity=True, maturity=7, files=0, uses=1))
    assert [one.is_met for one in work][3:] == [True, True]
    assert [one.is_met for one in hints_of(Written(price=False))][3:] == [False]


def test_hints_stand_in_the_form_and_follow_what_is_typed(site: TestSite, scene: Scene) -> None:
    client = site.client(scene.lead)
    for room in ("listings", "achievements"):
        assert 'id="hints"' in client.get(f"/{room}/new", headers=BROWSER).text
        before = client.post(f"/{room}/hints", data={"benefit": "更好"}, headers=BROWSER).text
        after = client.post(f"/{room}/hints", data={"benefit": "省 3 小时"}, headers=BROWSER).text
        assert before.count("missing") == after.count("missing") + 1


def test_a_change_of_terms_is_a_new_version(site: TestSite, scene: Scene) -> None:
    id = offered(scene)
    listing = site.find("listing", id)
    text = ListingText(
        **{name: getattr(listing, name) for name in ListingText.__dataclass_fields__} | {"trial_days": 30, "price_mode": PriceMode.TRIAL}
    )
    site.acting_as(scene.lead).change(revise_listing, id, listing.version, text)
    assert site.find("listing", id).trial_days is None
