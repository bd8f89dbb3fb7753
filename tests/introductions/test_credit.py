"""What a scout's public card tells of their introductions: how many became conversations, how many a contract, never whose."""

import pytest

from marketplace.domains.workers.service import withdraw_consent
from marketplace.kernel.actor import GUEST, Actor
from marketplace.kernel.scouting import Credit, credit_on_card
from tests.factories import Make
from tests.introductions.scenes import Bridge, a_bridge
from tests.introductions.test_introductions import EN, declines, sign
from tests.site import TestSite

NOTHING = Credit()


@pytest.fixture
def bridge(site: TestSite, make: Make) -> Bridge:
    return a_bridge(site, make)


def card(bridge: Bridge, who: Actor) -> str:
    answer = bridge.site.client(who).get(f"/workers/{bridge.scout.worker_id}", headers=EN)
    assert answer.status_code == 200
    return answer.text


def told_to(bridge: Bridge, who: Actor) -> Credit:
    return bridge.site.acting_as(who).read(credit_on_card, bridge.scout.worker_id)


def test_an_introduction_that_came_to_nothing_is_not_on_the_card(bridge: Bridge) -> None:
    bridge.introduced(need_id=bridge.market.make.need().id)
    declines(bridge, bridge.market.buyer, bridge.introduced())
    assert told_to(bridge, bridge.market.rival) == Credit(made=2)
    assert "Brought together" not in card(bridge, bridge.market.rival)


def test_the_card_counts_conversations_and_contracts(bridge: Bridge) -> None:
    one = bridge.opened()
    assert "Brought together" in card(bridge, bridge.market.rival)
    assert "1 time" in card(bridge, bridge.market.rival)
    assert "led to a contract" not in card(bridge, bridge.market.rival)

    contract = bridge.agreed(one)
    assert "led to a contract" not in card(bridge, bridge.market.rival), "it is not signed yet"
    sign(bridge, contract)
    page = card(bridge, bridge.market.rival)
    assert "1 time, of which 1 led to a contract" in page
    for secret in (contract.number, one.number, bridge.need.title, bridge.market.work.title):
        assert secret not in page


def test_whoever_may_not_read_the_card_learns_nothing(bridge: Bridge) -> None:
    bridge.opened()
    assert told_to(bridge, GUEST) == NOTHING
    assert told_to(bridge, bridge.market.rival) == Credit(made=1, opened=1)
    worker = bridge.site.find("worker", bridge.scout.worker_id)
    bridge.site.acting_as(bridge.scout).change(withdraw_consent, worker.id, worker.version)
    for who in (GUEST, bridge.market.rival, bridge.scout):
        assert told_to(bridge, who) == NOTHING
    assert "Brought together" not in card(bridge, bridge.scout)


def test_the_person_sees_before_they_agree_what_the_card_would_say(bridge: Bridge) -> None:
    own = f"/workers/{bridge.scout.worker_id}/consent"
    assert "Brought together" not in bridge.site.client(bridge.scout).get(own, headers=EN).text
    bridge.opened()
    assert "Brought together" in bridge.site.client(bridge.scout).get(own, headers=EN).text


def test_an_account_without_a_card_is_credited_nowhere_in_public(bridge: Bridge) -> None:
    one = bridge.introduced(by=bridge.market.officer)
    bridge.accepts(bridge.market.buyer, one)
    bridge.accepts(bridge.market.seller, one)
    assert told_to(bridge, bridge.market.rival) == NOTHING
