"""A scout takes an introduction back while it waits: both sides are told why, nothing goes on from there, and one outcome stands."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from marketplace.domains.introductions.model import Status
from marketplace.domains.introductions.repository import get_introduction
from marketplace.kernel.errors import Forbidden, Invalid, NotFound, Refused, Stale
from marketplace.kernel.scouting import credit_of
from marketplace.pages.my.deals import list_introduced
from marketplace.processes.erasure.service import ask_erasure, carry_out_erasure
from marketplace.processes.introducing.service import withdraw_introduction
from marketplace.processes.looks.repository import read_parts
from tests.factories import Make
from tests.introductions.scenes import OPENING, REASON, Bridge, a_bridge
from tests.introductions.test_introductions import EN, declines, enquiries_for, told
from tests.site import TestSite


@pytest.fixture
def bridge(site: TestSite, make: Make) -> Bridge:
    return a_bridge(site, make)


def test_both_sides_are_told_and_nothing_goes_on_from_there(bridge: Bridge) -> None:
    one = bridge.introduced()
    gone = bridge.withdrawn(one)
    assert (gone.status, gone.reason, gone.declined_by) == (Status.WITHDRAWN, REASON, "")
    assert sorted(told(bridge, bridge.market.buyer)) == sorted(told(bridge, bridge.market.seller)) == ["introduce", "withdraw"]
    assert told(bridge, bridge.scout) == []
    for who in (bridge.market.buyer, bridge.market.seller):
        with pytest.raises(Refused):
            bridge.accepts(who, one)
        with pytest.raises(Refused):
            declines(bridge, who, one)
        assert bridge.site.acting_as(who).read(list_introduced, who, who.own, 5) == []
        page = bridge.site.client(who).get(f"/introductions/{one.id}", headers=EN).text
        assert REASON in page
        assert "Accept the introduction" not in page
    with pytest.raises(Refused):
        bridge.withdrawn(gone)
    assert enquiries_for(bridge) == 0


def test_it_wants_a_reason(bridge: Bridge) -> None:
    with pytest.raises(Invalid):
        bridge.withdrawn(bridge.introduced(), " ")


def test_nobody_but_the_scout_withdraws_it(bridge: Bridge) -> None:
    one = bridge.introduced()
    for who, refused, status in ((bridge.market.buyer, Forbidden, 403), (bridge.market.seller, Forbidden, 403), (bridge.market.rival, NotFound, 404)):
        with pytest.raises(refused):
            bridge.site.acting_as(who).change(withdraw_introduction, one.id, one.version, REASON)
        assert bridge.site.client(who).post(f"/introductions/{one.id}/steps/withdraw", data={"reason": REASON}).status_code == status
    assert bridge.site.find("introduction", one.id).status is Status.PROPOSED


def test_the_button_stands_there_for_the_scout_while_it_waits(bridge: Bridge) -> None:
    one, step = bridge.introduced(), "/steps/withdraw"
    scout, buyer = bridge.site.client(bridge.scout), bridge.site.client(bridge.market.buyer)
    assert step in scout.get(f"/introductions/{one.id}").text
    assert step not in buyer.get(f"/introductions/{one.id}").text
    assert scout.post(f"/introductions/{one.id}{step}", data={"version": one.version, "reason": " "}).status_code == 422
    assert scout.post(f"/introductions/{one.id}{step}", data={"version": one.version, "reason": REASON}).status_code == 302
    assert step not in scout.get(f"/introductions/{one.id}").text


def test_the_same_two_are_not_introduced_again_by_the_same_scout(bridge: Bridge) -> None:
    bridge.withdrawn(bridge.introduced())
    with pytest.raises(Refused, match="final"):
        bridge.introduced()
    assert bridge.introduced(by=bridge.market.officer).status is Status.PROPOSED


def test_whoever_has_not_seen_a_yes_does_not_take_it_back(bridge: Bridge) -> None:
    """The version that the scout saw is older than the buyer's yes; having read of it, they may."""
    one = bridge.introduced()
    bridge.accepts(bridge.market.buyer, one)
    with pytest.raises(Stale):
        bridge.withdrawn(one)
    bridge.withdrawn(bridge.site.find("introduction", one.id))
    for who in (bridge.scout, bridge.market.seller, bridge.market.buyer):
        left = bridge.site.acting_as(who).read(get_introduction, one.id)
        assert (left.status, left.opening, left.asker_id) == (Status.WITHDRAWN, "", "")


def test_a_conversation_is_not_taken_back(bridge: Bridge) -> None:
    opened = bridge.opened()
    with pytest.raises(Refused):
        bridge.withdrawn(opened)
    assert bridge.site.acting_as(bridge.scout).read(credit_of, bridge.scout.account_id).opened == 1


@pytest.mark.race
def test_withdrawing_against_the_second_yes_has_one_outcome(bridge: Bridge) -> None:
    """Whoever comes second is told so: a conversation and a withdrawal never stand side by side."""
    one = bridge.introduced()
    bridge.accepts(bridge.market.seller, one)
    seen = bridge.site.find("introduction", one.id)

    def send(turn: int) -> tuple[bool, int]:
        if turn % 2:
            said = {"version": seen.version, "reason": REASON}
            return False, bridge.site.client(bridge.scout).post(f"/introductions/{one.id}/steps/withdraw", data=said).status_code
        return True, bridge.site.client(bridge.market.buyer).post(f"/introductions/{one.id}", data={"opening": OPENING}).status_code

    with ThreadPoolExecutor(4) as pool:
        outcomes = list(pool.map(send, range(4)))
    won = [accepted for accepted, status in outcomes if status == 302]
    assert len(won) == 1
    assert {status for _accepted, status in outcomes} == {302, 409}
    ended = bridge.site.find("introduction", one.id)
    assert ended.status is (Status.OPENED if won[0] else Status.WITHDRAWN)
    assert enquiries_for(bridge) == int(won[0])


def test_the_reason_is_the_scouts_own_and_goes_with_them(bridge: Bridge) -> None:
    mine = bridge.withdrawn(bridge.introduced())
    theirs = bridge.introduced(need_id=bridge.market.make.need(bridge.market.make.enterprise("另一家"), owner=None).id)
    declines(bridge, bridge.market.seller, theirs, "不做这一类")
    copied = {one["number"]: one.get("reason") for one in bridge.site.system.read(read_parts, bridge.scout.worker_id)["introductions"]}
    assert copied == {mine.number: REASON, theirs.number: None}

    asked = bridge.site.acting_as(bridge.scout).change(ask_erasure, bridge.scout.worker_id, "不再参加", bridge.scout.name)
    bridge.site.system.change(carry_out_erasure, asked.id, asked.version)
    assert bridge.site.find("introduction", mine.id).reason == ""
    assert bridge.site.find("introduction", theirs.id).reason == "不做这一类"
    assert "Withdrawn by whoever introduced the two." in bridge.site.client(bridge.market.seller).get(f"/introductions/{mine.id}", headers=EN).text
