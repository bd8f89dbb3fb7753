"""A question to the makers: who may ask, who reads it, that it is answered once and both are told."""

from dataclasses import replace
from datetime import date

import pytest

from marketplace.domains.achievements.service import publish_revision, revise_achievement, submit_revision, withdraw_achievement
from marketplace.domains.enquiries.model import Status
from marketplace.domains.enquiries.repository import get_enquiry, list_enquiries
from marketplace.domains.enquiries.service import MOST_A_DAY, answer_enquiry, ask_enquiry, save_for_later
from marketplace.domains.listings.model import ListingText
from marketplace.domains.listings.service import create_listing, publish_listing, submit_listing
from marketplace.domains.studios.model import StudioText
from marketplace.domains.studios.service import create_studio, end_membership
from marketplace.kernel.actor import Actor
from marketplace.kernel.contributions import WHOLE, Contribution
from marketplace.kernel.errors import Forbidden, Invalid, NotFound, Refused, Stale
from marketplace.kernel.memberships import LEAD, Membership
from marketplace.kernel.notices import list_notices
from marketplace.pages.my.deals import waiting_deals
from marketplace.pages.my.repository import list_saved
from tests.enquiries.scenes import TEXT, Market, open_market
from tests.factories import Make
from tests.site import TestSite
from tests.studios.scenes import set_scene


@pytest.fixture
def market(site: TestSite, make: Make) -> Market:
    return open_market(site, make)


def told(site: TestSite, actor: Actor) -> list[tuple[str, str]]:
    site.drain()
    return [(one.kind, one.verb) for one in site.acting_as(actor).read(list_notices, actor.account_id) if one.kind == "enquiry"]


def test_a_question_is_answered_once_and_both_are_told(site: TestSite, market: Market) -> None:
    asked = site.acting_as(market.buyer).change(ask_enquiry, "achievement", market.work.id, "夜班 6 小时能改完吗？")
    assert asked.number.startswith("YX-")
    assert told(site, market.maker) == [("enquiry", "ask")]
    assert told(site, market.buyer) == []

    answered = site.acting_as(market.maker).change(answer_enquiry, asked.id, asked.version, "可以，单台 35 分钟。")

    assert answered.status is Status.ANSWERED
    assert told(site, market.buyer) == [("enquiry", "answer")]
    assert site.acting_as(market.buyer).read(get_enquiry, asked.id).answer == "可以，单台 35 分钟。"
    with pytest.raises(Refused):
        site.acting_as(market.maker).change(answer_enquiry, asked.id, answered.version, "改口")


def test_only_the_two_parties_read_it(site: TestSite, make: Make, market: Market) -> None:
    asked = site.acting_as(market.buyer).change(ask_enquiry, "achievement", market.work.id, "价格？")
    for stranger in (market.officer, make.enterprise_user(), make.account(), make.officer(), make.administrator()):
        with pytest.raises(NotFound):
            site.acting_as(stranger).read(get_enquiry, asked.id)
    assert site.acting_as(market.maker).read(get_enquiry, asked.id).asker.party == "顺垚仓储"
    with pytest.raises(Forbidden):
        site.acting_as(market.buyer).change(answer_enquiry, asked.id, asked.version, "自问自答")


def test_workers_officers_and_makers_do_not_ask(site: TestSite, make: Make, market: Market) -> None:
    for actor in (market.maker, market.officer, make.account()):
        with pytest.raises(Forbidden):
            site.acting_as(actor).change(ask_enquiry, "achievement", market.work.id, "？")


def test_nobody_is_asked_about_what_is_not_public(site: TestSite, market: Market) -> None:
    site.acting_as(market.maker).change(withdraw_achievement, market.work.id, market.work.version)
    for kind, id in (("achievement", market.work.id), ("achievement", "none"), ("listing", market.work.id), ("worker", market.maker.worker_id)):
        with pytest.raises(NotFound):
            site.acting_as(market.buyer).change(ask_enquiry, kind, id, "还有吗？")


def test_empty_and_endless_questions_are_refused_at_the_field(site: TestSite, market: Market) -> None:
    for text in ("  ", "长" * 2001):
        with pytest.raises(Invalid) as refused:
            site.acting_as(market.buyer).change(ask_enquiry, "achievement", market.work.id, text)
        assert list(refused.value.fields) == ["text"]


def test_a_flood_of_questions_is_refused(site: TestSite, market: Market) -> None:
    buyer = site.acting_as(market.buyer)
    for _ in range(MOST_A_DAY):
        buyer.change(ask_enquiry, "achievement", market.work.id, "一")
    with pytest.raises(Refused):
        buyer.change(ask_enquiry, "achievement", market.work.id, "二")
    site.clock.forward(days=2)
    buyer.change(ask_enquiry, "achievement", market.work.id, "三")


def test_two_colleagues_who_answer_at_once(site: TestSite, market: Market) -> None:
    asked = site.acting_as(market.buyer).change(ask_enquiry, "achievement", market.work.id, "价格？")
    with pytest.raises(Stale):
        site.acting_as(market.maker).change(answer_enquiry, asked.id, asked.version + 1, "旧的页面")


def test_each_sees_their_own_list(site: TestSite, make: Make, market: Market) -> None:
    site.acting_as(market.buyer).change(ask_enquiry, "achievement", market.work.id, "价格？")
    for actor, many in ((market.buyer, 1), (market.maker, 1), (make.enterprise_user(), 0), (market.officer, 0)):
        own = [token for token in actor.reader if token.startswith(("maker:", "account:"))]
        assert site.acting_as(actor).read(list_enquiries, own, 1).total == many


def test_saving_for_later_is_a_toggle_and_ones_own(site: TestSite, make: Make, market: Market) -> None:
    buyer = site.acting_as(market.buyer)
    assert buyer.change(save_for_later, "achievement", market.work.id)
    assert [card.id for card in buyer.read(list_saved, market.buyer.account_id)] == [market.work.id]
    assert list(site.acting_as(market.maker).read(list_saved, market.maker.account_id)) == []
    assert not buyer.change(save_for_later, "achievement", market.work.id)
    assert list(buyer.read(list_saved, market.buyer.account_id)) == []
    with pytest.raises(NotFound):
        buyer.change(save_for_later, "need", market.work.id)


def test_what_was_saved_and_then_withdrawn_is_not_listed(site: TestSite, market: Market) -> None:
    buyer = site.acting_as(market.buyer)
    buyer.change(save_for_later, "achievement", market.work.id)
    site.acting_as(market.maker).change(withdraw_achievement, market.work.id, market.work.version)
    assert list(buyer.read(list_saved, market.buyer.account_id)) == []


def test_whoever_is_no_maker_any_more_reads_and_answers_nothing_from_the_next_request_on(site: TestSite, make: Make, market: Market) -> None:
    asked = site.acting_as(market.buyer).change(ask_enquiry, "achievement", market.work.id, "价格？")
    colleague = make.person(make.worker("韩雪梅"))
    maker = site.acting_as(market.maker)
    alone = replace(TEXT, contributions=(Contribution(colleague.worker_id, WHOLE),))
    copied = maker.change(revise_achievement, market.work.id, market.work.version, alone)
    sent = maker.change(submit_revision, copied.id, copied.version)
    page = f"/enquiries/{asked.id}"
    assert site.client(market.maker).get(page).status_code == 200

    site.acting_as(market.officer).change(publish_revision, sent.id, sent.version)

    assert site.client(market.maker).get(page).status_code == 404
    assert asked.id not in site.client(market.maker).get("/enquiries").text + site.client(market.maker).get("/my").text
    with site.app.app_context():
        assert site.acting_as(market.maker).read(waiting_deals, market.maker, site.clock.now()) == []
    with pytest.raises(NotFound):
        maker.change(answer_enquiry, asked.id, asked.version, "还是我来答")
    site.drain()
    assert site.client(colleague).get(page).status_code == 200
    assert site.client(market.maker).get(page).status_code == 404


@pytest.mark.slow
def test_whoever_left_the_studio_reads_nothing_from_the_next_request_on(site: TestSite, make: Make) -> None:
    scene = set_scene(site, make)
    lead, member, officer = scene.person("周立成"), scene.person("韩雪梅"), site.acting_as(scene.officer)
    people = (Membership(lead.worker_id, LEAD), Membership(member.worker_id))
    studio = officer.change(create_studio, StudioText(name="泄压工作室"), scene.enterprise_id, people)
    offer = ListingText(title="泄压改造", field="06", benefit="少停机", summary="夜班到场", valid_until=date(2027, 5, 31))
    draft = site.acting_as(scene.now(lead.account_id)).change(create_listing, offer, "studio", studio.id)
    sent = site.acting_as(scene.now(lead.account_id)).change(submit_listing, draft.id, draft.version)
    officer.change(publish_listing, sent.id, sent.version)
    asked = site.acting_as(make.enterprise_user()).change(ask_enquiry, "listing", sent.id, "价格？")
    browser = site.client(member)
    assert site.find("enquiry", asked.id).providers == (studio.id,)
    site.drain()
    assert browser.get(f"/enquiries/{asked.id}").status_code == 200

    officer.change(end_membership, studio.id, studio.version, member.worker_id)

    assert browser.get(f"/enquiries/{asked.id}").status_code == 404
    assert asked.id not in browser.get("/enquiries").text + browser.get("/my").text


def test_whoever_joins_the_makers_reads_the_questions_too(site: TestSite, make: Make, market: Market) -> None:
    asked = site.acting_as(market.buyer).change(ask_enquiry, "achievement", market.work.id, "价格？")
    site.drain()
    colleague = make.person(make.worker("韩雪梅"))
    halves = (Contribution(market.maker.worker_id, WHOLE // 2), Contribution(colleague.worker_id, WHOLE // 2))
    with pytest.raises(NotFound):
        site.acting_as(colleague).read(get_enquiry, asked.id)

    maker = site.acting_as(market.maker)
    copied = maker.change(revise_achievement, market.work.id, market.work.version, replace(TEXT, contributions=halves))
    sent = maker.change(submit_revision, copied.id, copied.version)
    site.acting_as(market.officer).change(publish_revision, sent.id, sent.version)
    site.drain()

    assert site.acting_as(colleague).read(get_enquiry, asked.id).text == "价格？"
