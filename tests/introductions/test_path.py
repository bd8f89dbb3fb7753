"""The page of an introduction shows the path that speaks for the two, as its reader may see it, and no frame where there is none."""

from dataclasses import dataclass
from datetime import date

import pytest

from marketplace.domains.introductions.model import Introduction
from marketplace.domains.listings.model import ListingText
from marketplace.domains.listings.service import create_listing, publish_listing, submit_listing
from marketplace.domains.workers.service import withdraw_consent
from marketplace.kernel.actor import Actor
from marketplace.processes.introducing.service import introduce
from marketplace.processes.matching.model import Link
from marketplace.processes.matching.service import path_between
from tests.factories import Make
from tests.introductions.scenes import BOUNDS, WHY, a_bridge
from tests.matching.scenes import SKILL, World, build
from tests.site import TestSite

EN = {"Accept-Language": "en"}
HEADING = "The path that speaks for it"


@dataclass(slots=True)
class Told:
    """`scout` introduces the maker's work to the buyer's need."""

    world: World
    scout: Actor
    one: Introduction

    def page(self, who: Actor) -> str:
        answer = self.world.site.client(who).get(f"/introductions/{self.one.id}", headers=EN)
        assert answer.status_code == 200
        return answer.text

    def path(self, who: Actor) -> tuple[Link, ...]:
        return self.world.site.acting_as(who).read(path_between, self.one.need_id, self.one.thing_kind, self.one.thing_id)


@pytest.fixture
def told(site: TestSite, make: Make) -> Told:
    world = build(site, make)
    scout = make.person(make.worker("沈牵线"))
    one = site.acting_as(scout).change(introduce, world.need.id, "achievement", world.work.id, WHY, BOUNDS)
    return Told(world, scout, one)


def test_the_path_is_that_of_the_match(told: Told) -> None:
    [match] = told.world.matches(told.scout)
    path = told.path(told.scout)
    assert [(link.kind, link.title, link.note) for link in path] == [(link.kind, link.title, link.note) for link in match.path]
    for who in (told.scout, told.world.buyer, told.world.maker):
        page = told.page(who)
        assert HEADING in page
        assert SKILL in page
        assert f"/workers/{told.world.maker.worker_id}" in page


def test_the_scout_sees_it_where_they_write_why(told: Told) -> None:
    page = told.world.site.client(told.scout).get(f"/introductions/new/{told.world.need.id}/achievement/{told.world.work.id}", headers=EN)
    assert HEADING in page.text
    assert "京朔物流" in page.text, "who uses it already"


def test_whoever_hides_their_card_stands_on_no_path(told: Told) -> None:
    """But to themselves."""
    worker = told.world.site.find("worker", told.world.maker.worker_id)
    told.world.site.acting_as(told.world.maker).change(withdraw_consent, worker.id, worker.version)
    for who in (told.scout, told.world.buyer):
        assert "worker" not in [link.kind for link in told.path(who)]
        assert worker.name not in told.page(who)
    assert "worker" in [link.kind for link in told.path(told.world.maker)]


def test_where_there_is_no_path_there_is_no_frame(site: TestSite, make: Make) -> None:
    """An offer of no work in the register, to a need that requires no skill: nothing stands between the two."""
    bridge = a_bridge(site, make)
    text = ListingText(title="上门检修叉车电池", benefit="少停机", field="0601", valid_until=date(2027, 5, 31))
    seller = site.acting_as(bridge.market.seller)
    draft = seller.change(create_listing, text, "studio", bridge.market.studio.id, "")
    sent = seller.change(submit_listing, draft.id, draft.version)
    listing = site.acting_as(bridge.market.officer).change(publish_listing, sent.id, sent.version)

    one = bridge.introduced(kind="listing", id=listing.id)
    for address in (f"/introductions/{one.id}", f"/introductions/new/{bridge.need.id}/listing/{listing.id}"):
        page = site.client(bridge.scout).get(address, headers=EN).text
        assert listing.title in page
        assert HEADING not in page
        assert 'class="chain' not in page


def test_what_is_hidden_or_missing_leads_nowhere(told: Told, make: Make) -> None:
    for need, thing in ((make.need(public=False).id, told.world.work.id), (told.world.need.id, "no such work"), ("no such need", told.world.work.id)):
        assert told.world.site.acting_as(told.scout).read(path_between, need, "achievement", thing) == ()
