"""Questions from before they said for whom they are asked: afterwards offers can be made in them, as in every other."""

import pytest

from graph.connection import Graph
from graph.migrations.asking import name_askers
from graph.records import value
from marketplace.domains.enquiries.model import Enquiry
from marketplace.domains.offers.repository import get_thread
from marketplace.domains.offers.service import propose_offer
from marketplace.kernel.errors import Refused
from marketplace.kernel.workdays import local_day
from tests.deals.scenes import TERMS, UNTIL, Market, open_market
from tests.factories import Make
from tests.site import TestSite

FORGET = "MATCH (q:Enquiry {id: $id})-[r:ASKED_FOR]->(p) SET q.audience = [one IN q.audience WHERE one <> 'maker:' + p.id] DELETE r"
PARTIES = "MATCH (q:Enquiry {id: $id})-[:ASKED_FOR]->(p) RETURN p.name AS name"


@pytest.fixture
def market(site: TestSite, make: Make) -> Market:
    return open_market(site, make)


def as_it_was(graph: Graph, enquiry: Enquiry) -> str:
    graph.write(lambda tx: tx.run(FORGET, id=enquiry.id))
    return enquiry.id


def asked_for(graph: Graph, id: str) -> list[str]:
    return graph.read(lambda tx: tx.all(PARTIES, value("name"), id=id))


def test_an_offer_is_possible_in_an_older_question_once_it_says_for_whom(market: Market, graph: Graph) -> None:
    thread = market.thread()
    as_it_was(graph, thread)
    with pytest.raises(Refused):
        market.offer(thread)
    name_askers(graph)
    name_askers(graph)
    assert asked_for(graph, thread.id) == ["顺垚仓储"]
    colleague = market.make.enterprise_user(market.site.find("enterprise", thread.party.id))
    assert market.site.acting_as(colleague).read(get_thread, thread.id, local_day(market.site.clock.now())).asking.name == "顺垚仓储"
    assert market.site.acting_as(market.seller).change(propose_offer, thread.id, 0, TERMS, UNTIL).ordinal == 1


def test_an_answer_to_a_need_is_the_studios_and_never_the_one_who_posted_it(market: Market, graph: Graph) -> None:
    need = market.make.need(owner=market.buyer, of=market.site.find("enterprise", market.buyer.parties_of("enterprise")[0].id))
    thread = market.site.find("enquiry", market.asked(market.seller, "need", need.id).id)
    id = as_it_was(graph, thread)
    name_askers(graph)
    assert asked_for(graph, id) == [market.studio.name]


def test_whoever_acted_for_nobody_stays_alone(market: Market, graph: Graph) -> None:
    id = as_it_was(graph, market.asked())
    graph.write(lambda tx: tx.run("MATCH (:Enquiry {id: $id})-[:ASKED_BY]->(:Account)-[h:HOLDS]->(:Enterprise) SET h.until = h.since", id=id))
    name_askers(graph)
    assert asked_for(graph, id) == []
