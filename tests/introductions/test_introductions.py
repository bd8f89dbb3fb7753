"""A scout introduces a need and a work; each side answers; the second yes begins their conversation; the credit is the scout's."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from marketplace.domains.contracts.model import Contract
from marketplace.domains.contracts.service import confirm_contract
from marketplace.domains.enquiries.service import ask_enquiry
from marketplace.domains.introductions.model import Introduction, Side, Status
from marketplace.domains.introductions.repository import get_introduction
from marketplace.domains.needs.model import Visibility
from marketplace.domains.needs.service import close_need
from marketplace.kernel.actor import GUEST, Actor
from marketplace.kernel.errors import Forbidden, Invalid, NotFound, Refused
from marketplace.kernel.notices import list_notices
from marketplace.kernel.scouting import credit_of
from marketplace.processes.introducing.service import decline_introduction
from tests.factories import Make
from tests.introductions.scenes import BOUNDS, OPENING, WHY, Bridge, a_bridge
from tests.site import TestSite

EN = {"Accept-Language": "en"}
ENQUIRIES = "MATCH (q:Enquiry)-[:MEANT_FOR]->(:Need {id: $need}) RETURN count(q) AS number"


@pytest.fixture
def bridge(site: TestSite, make: Make) -> Bridge:
    return a_bridge(site, make)


def enquiries_for(bridge: Bridge) -> int:
    return bridge.site.system.read(lambda tx: tx.one(ENQUIRIES, lambda row: int(row["number"]), need=bridge.need.id))


def told(bridge: Bridge, who: Actor) -> list[str]:
    bridge.site.drain()
    found = bridge.site.system.read(list_notices, who.account_id)
    return [one.verb for one in found if one.kind == Introduction.KIND]


def declines(bridge: Bridge, who: Actor, one: Introduction, reason: str = "已有供应商") -> Introduction:
    return bridge.site.acting_as(who).change(decline_introduction, one.id, one.version, reason)


def test_both_sides_and_the_scout_read_it_and_nobody_else(bridge: Bridge) -> None:
    one = bridge.introduced()
    for who in (bridge.scout, bridge.market.seller, bridge.market.colleague, bridge.market.buyer):
        assert bridge.site.acting_as(who).read(get_introduction, one.id).why == WHY
    for who in (GUEST, bridge.market.rival, bridge.market.officer):
        with pytest.raises(NotFound):
            bridge.site.acting_as(who).read(get_introduction, one.id)
    assert told(bridge, bridge.market.seller) == told(bridge, bridge.market.buyer) == ["introduce"]
    assert told(bridge, bridge.scout) == []


@pytest.mark.parametrize("first", ["buyer", "seller"])
def test_the_second_yes_begins_the_conversation(bridge: Bridge, first: str) -> None:
    one = bridge.introduced()
    order = sorted((bridge.market.buyer, bridge.market.seller), key=lambda who: who != getattr(bridge.market, first))
    assert bridge.accepts(order[0], one).status is Status.PROPOSED
    assert enquiries_for(bridge) == 0
    assert bridge.accepts(order[1], one).status is Status.OPENED

    asked = bridge.conversation(one)
    assert (asked.text, asked.asker_id, asked.about_id) == (OPENING, bridge.market.buyer.account_id, bridge.market.work.id)
    assert asked.party.id == bridge.need.enterprise_id
    assert asked.makers == (*bridge.site.acting_as(bridge.market.seller).read(get_introduction, one.id).providing, asked.party.id)
    assert sorted(told(bridge, bridge.scout)) == ["accept", "open"]


def test_nobody_reads_the_first_words_before_the_conversation(bridge: Bridge) -> None:
    one = bridge.introduced()
    bridge.accepts(bridge.market.buyer, one)
    seen = {who.name: bridge.site.acting_as(who).read(get_introduction, one.id) for who in (bridge.scout, bridge.market.seller, bridge.market.buyer)}
    assert [one.opening for one in seen.values()] == ["", "", OPENING]
    assert [bool(one.asker_id) for one in seen.values()] == [False, False, True]


def test_the_scout_reads_the_reason_and_never_the_conversation(bridge: Bridge) -> None:
    one = bridge.introduced()
    bridge.accepts(bridge.market.buyer, one)
    declined = declines(bridge, bridge.market.seller, one)
    assert (declined.status, declined.declined_by) == (Status.DECLINED, Side.PROVIDING)
    assert sorted(told(bridge, bridge.scout)) == ["accept", "decline"]
    page = bridge.site.client(bridge.scout).get(f"/introductions/{one.id}", headers=EN).text
    assert "已有供应商" in page
    assert OPENING not in page
    with pytest.raises(Refused):
        bridge.accepts(bridge.market.seller, one)
    with pytest.raises(Refused):
        declines(bridge, bridge.market.buyer, one)
    assert enquiries_for(bridge) == 0


def test_declining_wants_a_reason(bridge: Bridge) -> None:
    with pytest.raises(Invalid):
        declines(bridge, bridge.market.buyer, bridge.introduced(), " ")


def test_the_scout_answers_for_neither_side(bridge: Bridge) -> None:
    one = bridge.introduced()
    with pytest.raises(Forbidden):
        bridge.accepts(bridge.scout, one)
    with pytest.raises(Forbidden):
        declines(bridge, bridge.scout, one)


def test_who_stands_behind_one_of_the_two_introduces_neither(bridge: Bridge) -> None:
    for who in (bridge.market.seller, bridge.market.buyer, bridge.market.colleague):
        with pytest.raises(Forbidden):
            bridge.introduced(by=who)


def test_the_same_two_once_and_so_many_in_a_day(bridge: Bridge, make: Make) -> None:
    bridge.introduced()
    with pytest.raises(Refused, match="already"):
        bridge.introduced()
    for _more in range(BOUNDS.a_day - 1):
        bridge.introduced(need_id=make.need().id)
    with pytest.raises(Refused, match="tomorrow"):
        bridge.introduced(need_id=make.need().id)
    bridge.site.clock.forward(days=1, minutes=1)
    assert bridge.introduced(need_id=make.need().id).status is Status.PROPOSED


def test_another_scout_may_see_the_same(bridge: Bridge) -> None:
    """The two speak only once; the credit is whose introduction they took up."""
    first, second = bridge.introduced(), bridge.introduced(by=bridge.market.officer)
    bridge.accepts(bridge.market.buyer, first)
    bridge.accepts(bridge.market.seller, first)
    with pytest.raises(Refused, match="under way"):
        bridge.accepts(bridge.market.seller, second)
    assert declines(bridge, bridge.market.seller, second, "已在谈").status is Status.DECLINED


def test_two_who_speak_already_are_not_brought_together_again(bridge: Bridge) -> None:
    one = bridge.introduced()
    bridge.site.acting_as(bridge.market.buyer).change(ask_enquiry, "achievement", bridge.market.work.id, "能改吗？", "", bridge.need.id)
    with pytest.raises(Refused, match="under way"):
        bridge.accepts(bridge.market.seller, one)


@pytest.mark.parametrize("why", ["", "太短", "长" * (BOUNDS.most + 1)])
def test_the_reason_has_bounds(bridge: Bridge, why: str) -> None:
    with pytest.raises(Invalid):
        bridge.introduced(why=why)


def test_what_is_hidden_or_over_is_not_introduced(bridge: Bridge, make: Make) -> None:
    with pytest.raises(NotFound):
        bridge.introduced(need_id=make.need(public=False).id)
    with pytest.raises(NotFound):
        bridge.introduced(kind="worker", id=bridge.market.seller.worker_id)
    one = bridge.introduced()
    bridge.site.acting_as(bridge.market.buyer).change(close_need, bridge.need.id, bridge.need.version)
    with pytest.raises(Refused, match="not public"):
        bridge.introduced(by=bridge.market.officer)
    with pytest.raises(Refused, match="not public"):
        bridge.accepts(bridge.market.seller, one)


def test_a_need_keeps_back_what_it_keeps_back(bridge: Bridge, make: Make) -> None:
    """Confidential details and an anonymous name stand on no page of an introduction before both have agreed."""
    secret = make.need(make.enterprise("守密工厂"), visibility=Visibility.CONFIDENTIAL, problem="真空度不稳")
    nameless = make.need(make.enterprise("无名工厂"), visibility=Visibility.ANONYMOUS)
    for need in (secret, nameless):
        one = bridge.introduced(need_id=need.id)
        for who in (bridge.scout, bridge.market.seller):
            client = bridge.site.client(who)
            pages = client.get(f"/introductions/{one.id}").text + client.get("/introductions").text + client.get("/my").text
            assert "真空度不稳" not in pages
            assert "无名工厂" not in pages


def test_whoever_left_since_begins_no_conversation(bridge: Bridge) -> None:
    one = bridge.introduced()
    bridge.accepts(bridge.market.buyer, one)
    end = "MATCH (:Account {id: $id})-[h:HOLDS]->(:Enterprise) SET h.until = $now"
    bridge.site.graph.write(lambda tx: tx.run(end, id=bridge.market.buyer.account_id, now=bridge.site.clock.now()))
    asked_anew = bridge.accepts(bridge.market.seller, one)
    assert (asked_anew.status, asked_anew.needing_at, asked_anew.opening) == (Status.PROPOSED, None, "")
    assert enquiries_for(bridge) == 0


def test_a_contract_is_the_scouts_credit_and_its_parties_secret(bridge: Bridge) -> None:
    one = bridge.opened()
    contract = bridge.agreed(one)
    assert contract.need_id == bridge.need.id
    assert not bridge.outcome(bridge.scout, one).signed
    sign(bridge, contract)

    seen = bridge.outcome(bridge.scout, one)
    assert (seen.signed, seen.contract_number, seen.enquiry_id) == (True, "", "")
    assert bridge.outcome(bridge.market.seller, one).contract_number == contract.number
    credit = bridge.site.acting_as(bridge.scout).read(credit_of, bridge.scout.account_id)
    assert (credit.made, credit.opened, credit.signed) == (1, 1, 1)
    scouted, party = (bridge.site.client(who).get(f"/introductions/{one.id}", headers=EN).text for who in (bridge.scout, bridge.market.buyer))
    assert "Led to a contract" in scouted
    assert contract.number not in scouted
    assert contract.number in party


def sign(bridge: Bridge, contract: Contract) -> None:
    sold = bridge.site.acting_as(bridge.market.seller).change(confirm_contract, contract.id, contract.version)
    bridge.site.acting_as(bridge.market.buyer).change(confirm_contract, contract.id, sold.version)


def test_who_accepts_at_once_makes_one_conversation(bridge: Bridge) -> None:
    one = bridge.introduced()

    def send(turn: int) -> int:
        who = (bridge.market.buyer, bridge.market.seller, bridge.market.colleague)[turn % 3]
        said = {"opening": OPENING} if who == bridge.market.buyer else {}
        return bridge.site.client(who).post(f"/introductions/{one.id}", data=said).status_code

    with ThreadPoolExecutor(6) as pool:
        outcomes = list(pool.map(send, range(12)))
    assert set(outcomes) <= {302, 409}
    assert outcomes.count(302) >= 2
    assert enquiries_for(bridge) == 1
    assert bridge.site.find("introduction", one.id).status is Status.OPENED


def test_two_scouts_and_both_sides_at_once_make_one_conversation(bridge: Bridge) -> None:
    both = bridge.introduced(), bridge.introduced(by=bridge.market.officer)
    for one in both:
        bridge.accepts(bridge.market.buyer, one)
    with ThreadPoolExecutor(2) as pool:
        outcomes = list(pool.map(lambda one: bridge.site.client(bridge.market.seller).post(f"/introductions/{one.id}").status_code, both))
    assert sorted(outcomes) == [302, 409]
    assert enquiries_for(bridge) == 1


def test_a_double_send_makes_one(bridge: Bridge) -> None:
    client, address = bridge.site.client(bridge.scout), f"/introductions/new/{bridge.need.id}/achievement/{bridge.market.work.id}"
    answers = [client.post(address, data={"key": "one-key", "why": WHY}) for _again in range(2)]
    assert {one.status_code for one in answers} <= {302, 409}
    assert bridge.site.acting_as(bridge.scout).read(credit_of, bridge.scout.account_id).made == 1
