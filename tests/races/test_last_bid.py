"""Both bid the same in the last second: one is accepted, the end moves once, and the record verifies. Without the guard it does not."""

import os
from datetime import timedelta

import pytest

from graph.connection import Graph
from marketplace.domains.auctions.model import Auction, AuctionText
from marketplace.domains.auctions.repository import get_auction
from marketplace.domains.auctions.service import approve_auction, submit_auction
from marketplace.domains.bids.repository import list_bids
from marketplace.domains.bids.scoring import first_fault
from marketplace.domains.enterprises.model import EnterpriseText
from marketplace.domains.enterprises.service import create_enterprise
from marketplace.domains.listings.model import ListingText
from marketplace.domains.listings.service import create_listing, publish_listing, submit_listing
from marketplace.domains.organisations.service import create_organisation
from marketplace.kernel.actor import SYSTEM_ACTOR
from marketplace.processes.auctions.service import apply_to_bid, draft_auction
from tests.conftest import Engine
from tests.races.bidding_contenders import ENDS, START, STEP, bid_under_guard, bid_without_guard, bidder, duel
from tests.races.contenders import NOW, change, named

pytestmark = [pytest.mark.slow, pytest.mark.race, pytest.mark.xdist_group("races")]
Track = tuple[Engine, Graph]
ROUNDS = int(os.environ.get("ROUNDS", "20"))


def announced(graph: Graph) -> tuple[str, list[tuple[str, int]]]:
    """An auction without deposit, and two enterprises with their numbers."""
    unit = change(graph, lambda uow: create_organisation(uow, named(0)))
    firms = [change(graph, lambda uow, name=name: create_enterprise(uow, EnterpriseText(name=name, union_name=unit.name))) for name in "甲乙丙"]  # type: ignore[misc, attr-defined]
    offer = ListingText(title="幕墙查漏", benefit="省工", field="06", valid_until=NOW.date() + timedelta(days=300))
    listing = change(graph, lambda uow: create_listing(uow, offer, "enterprise", firms[0].id))
    for verb in (submit_listing, publish_listing):
        listing = change(graph, lambda uow, verb=verb, one=listing: verb(uow, one.id, one.version))  # type: ignore[misc]
    text = AuctionText(start_fen=START, step_fen=STEP, begins_at=ENDS - timedelta(hours=1), ends_at=ENDS, late_minutes=5, extend_minutes=5,
                       sign_workdays=10, return_workdays=5, terms="条件")  # fmt: skip
    auction = change(graph, lambda uow: draft_auction(uow, listing.id, text))
    for step in (submit_auction, approve_auction):
        auction = change(graph, lambda uow, step=step, one=auction: step(uow, one.id, one.version))  # type: ignore[misc]
    numbers = [
        (firm.id, change(graph, lambda uow, firm=firm: apply_to_bid(uow, auction.id, "enterprise", firm.id), bidder(firm.id)).ordinal)  # type: ignore[misc, attr-defined]
        for firm in firms[1:]
    ]
    return auction.id, numbers  # type: ignore[attr-defined]


def state_of(graph: Graph, id: str) -> tuple[Auction, int | None]:
    now = graph.read(lambda tx: get_auction(tx, id), reader=SYSTEM_ACTOR.reader)
    bids = graph.read(lambda tx: list_bids(tx, id, 2 * ROUNDS + now.bids), reader=SYSTEM_ACTOR.reader)
    return now, first_fault(bids, now.number, now.bids, now.head)


def test_of_two_equal_last_bids_one_counts(racetrack: Track) -> None:
    engine, graph = racetrack
    id, firms = announced(graph)
    assert duel(engine, bid_under_guard, firms, id, ROUNDS) == [1] * ROUNDS
    now, fault = state_of(graph, id)
    assert (now.bids, now.extensions, now.closes_at, fault) == (ROUNDS, ROUNDS, ENDS + timedelta(minutes=5 * ROUNDS), None)


def test_without_the_guard_both_count_and_the_record_breaks(racetrack: Track) -> None:
    engine, graph = racetrack
    id, firms = announced(graph)
    assert 2 in duel(engine, bid_without_guard, firms, id, 20)
    assert state_of(graph, id)[1] is not None
