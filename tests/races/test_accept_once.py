"""An offer is accepted once, and what is sold exclusively has one live deal (I9), whoever comes at the same moment."""

import os
from collections import Counter

import pytest

from graph.connection import Graph
from graph.errors import Stale
from marketplace.kernel.errors import AlreadyDone, Refused
from marketplace.kernel.form_keys import FormKey
from marketplace.processes.deals.service import accept_offer
from tests.conftest import Engine
from tests.races import deal_contenders as contenders
from tests.races.contenders import change
from tests.races.deal_contenders import Stall, duel

pytestmark = [pytest.mark.slow, pytest.mark.race, pytest.mark.xdist_group("races")]
Track = tuple[Engine, Graph]
ROUNDS = int(os.environ.get("ROUNDS", "5"))
CONTROL_ROUNDS = 20
"""Without a guard two may come one after the other by chance, so many times hardly ever."""


def test_of_two_colleagues_who_accept_one_does(racetrack: Track) -> None:
    engine, graph = racetrack
    stall = Stall(graph)
    listing = stall.listing(exclusive=False)
    offers = [stall.offered(listing) for _round in range(ROUNDS)]
    outcomes = Counter(duel(engine, contenders.accept_as_a_colleague, [stall.told(one) for one in offers]))
    assert outcomes == {("accepted", "late"): ROUNDS}
    assert [graph.read(lambda tx, one=one: contenders.count_contracts_of(tx, one)) for one in offers] == [1] * ROUNDS


def test_of_an_acceptance_and_a_withdrawal_one_comes_first(racetrack: Track) -> None:
    engine, graph = racetrack
    stall = Stall(graph)
    listing = stall.listing(exclusive=False)
    offers = [stall.offered(listing) for _round in range(ROUNDS)]
    outcomes = duel(engine, contenders.accept_or_withdraw, [stall.told(one) for one in offers])
    assert set(outcomes) <= {("accepted", "late"), ("late", "withdrawn")}
    deals = [graph.read(lambda tx, one=one: contenders.count_contracts_of(tx, one)) for one in offers]
    assert deals == [int("accepted" in one) for one in outcomes]


def test_of_two_buyers_of_what_is_sold_once_one_gets_it(racetrack: Track) -> None:
    engine, graph = racetrack
    stall = Stall(graph)
    listings = [stall.listing(exclusive=True) for _round in range(ROUNDS)]
    rounds = [stall.told(stall.offered(one, 0), stall.offered(one, 1)) for one in listings]
    assert Counter(duel(engine, contenders.buy_what_is_sold_once, rounds)) == {("accepted", "late"): ROUNDS}
    assert [graph.read(lambda tx, one=one: contenders.count_contracts_selling(tx, one)) for one in listings] == [1] * ROUNDS


def test_fifty_sends_of_one_acceptance_make_one_contract(racetrack: Track) -> None:
    """I7: one key, one effect."""
    _engine, graph = racetrack
    stall = Stall(graph)
    offer = stall.offered(stall.listing(exclusive=False))
    outcomes: Counter[str] = Counter()
    for _send in range(50):
        try:
            change(graph, lambda uow: accept_offer(uow, offer, 1, 15), stall.buyers[0], FormKey("one-key", "one-body"))
        except AlreadyDone:
            outcomes["done"] += 1
        except (Stale, Refused):
            outcomes["refused"] += 1
        else:
            outcomes["accepted"] += 1
    assert outcomes == {"accepted": 1, "done": 49}
    assert graph.read(lambda tx: contenders.count_contracts_of(tx, offer)) == 1


def test_without_the_guard_both_accept(racetrack: Track) -> None:
    engine, graph = racetrack
    stall = Stall(graph)
    listing = stall.listing(exclusive=False)
    rounds = [stall.told(stall.offered(listing)) for _round in range(CONTROL_ROUNDS)]
    assert ("accepted", "accepted") in duel(engine, contenders.accept_without_guard, rounds)


def test_without_the_guard_both_buy_what_is_sold_once(racetrack: Track) -> None:
    engine, graph = racetrack
    stall = Stall(graph)
    listings = [stall.listing(exclusive=True) for _round in range(CONTROL_ROUNDS)]
    assert ("accepted", "accepted") in duel(engine, contenders.sell_without_guard, [stall.told(one) for one in listings])
