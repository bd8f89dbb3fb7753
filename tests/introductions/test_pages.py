"""The pages of introductions: where the button stands, what is refused at its field, what of it is a person's own."""

import pytest

from marketplace.domains.introductions.repository import get_introduction
from marketplace.processes.erasure.service import ask_erasure, carry_out_erasure
from marketplace.processes.looks.repository import read_parts
from tests.factories import Make
from tests.introductions.scenes import OPENING, WHY, Bridge, a_bridge
from tests.site import TestSite

EN = {"Accept-Language": "en"}


@pytest.fixture
def bridge(site: TestSite, make: Make) -> Bridge:
    return a_bridge(site, make)


def test_the_button_is_there_for_whoever_belongs_to_neither(bridge: Bridge) -> None:
    need, work = f"/introductions/with/need/{bridge.need.id}", f"/introductions/with/achievement/{bridge.market.work.id}"
    scout, seller, guest = (bridge.site.client(who) for who in (bridge.scout, bridge.market.seller, None))
    assert need in scout.get(f"/needs/{bridge.need.id}").text
    assert work in scout.get(f"/achievements/{bridge.market.work.id}").text
    assert work not in seller.get(f"/achievements/{bridge.market.work.id}").text
    assert "/introductions/" not in guest.get(f"/needs/{bridge.need.id}").text


def test_the_other_one_is_chosen_by_its_number(bridge: Bridge) -> None:
    scout, pair = bridge.site.client(bridge.scout), f"/introductions/new/{bridge.need.id}/achievement/{bridge.market.work.id}"
    by_work = scout.post(f"/introductions/with/need/{bridge.need.id}", data={"number": bridge.market.work.number})
    by_need = scout.post(f"/introductions/with/achievement/{bridge.market.work.id}", data={"number": bridge.need.number})
    assert by_work.headers["Location"] == by_need.headers["Location"] == pair
    assert scout.get(pair).status_code == 200
    for wrong in (bridge.need.number, "CG-1999-000001", ""):
        assert scout.post(f"/introductions/with/need/{bridge.need.id}", data={"number": wrong}).status_code == 422
    assert scout.get(f"/introductions/with/worker/{bridge.market.seller.worker_id}").status_code == 404


def test_what_is_missing_is_said_at_its_field(bridge: Bridge) -> None:
    scout, buyer = bridge.site.client(bridge.scout), bridge.site.client(bridge.market.buyer)
    address = f"/introductions/new/{bridge.need.id}/achievement/{bridge.market.work.id}"
    short = scout.post(address, data={"why": "太短"}, headers=EN)
    assert (short.status_code, "Between 20 and 600 characters." in short.text) == (422, True)
    one = bridge.introduced()
    assert buyer.post(f"/introductions/{one.id}", data={"opening": " "}).status_code == 422
    assert buyer.post(f"/introductions/{one.id}", data={"opening": "长" * 2_001}).status_code == 422
    assert buyer.post(f"/introductions/{one.id}", data={"opening": OPENING}).status_code == 302


def test_it_waits_in_my_work_until_my_side_has_answered(bridge: Bridge) -> None:
    one = bridge.introduced()
    seller = bridge.site.client(bridge.market.seller)
    assert f"/introductions/{one.id}" in seller.get("/my").text
    bridge.accepts(bridge.market.seller, one)
    assert f"/introductions/{one.id}" not in seller.get("/my").text
    assert f"/introductions/{one.id}" in seller.get("/introductions").text
    assert f"/introductions/{one.id}" not in bridge.site.client(bridge.market.rival).get("/introductions").text


def test_a_scout_takes_their_words_along_and_may_be_forgotten(bridge: Bridge) -> None:
    one = bridge.introduced()
    person = bridge.scout.worker_id
    [copied] = bridge.site.system.read(read_parts, person)["introductions"]
    assert (copied["number"], copied["why"]) == (one.number, WHY)

    asked = bridge.site.acting_as(bridge.scout).change(ask_erasure, person, "不再参加", bridge.scout.name)
    bridge.site.system.change(carry_out_erasure, asked.id, asked.version)
    left = bridge.site.acting_as(bridge.market.seller).read(get_introduction, one.id)
    assert left.why == ""
    assert left.scout_name != bridge.scout.name
    assert bridge.site.client(bridge.market.seller).get(f"/introductions/{one.id}").status_code == 200
