"""A payment is confirmed and shared out once, and the ledger's chain has no fork, however many press the button at the same moment."""

import os
from pathlib import Path

import pytest

from graph.connection import Graph
from marketplace.config import Settings
from marketplace.domains.ledger.model import faults_of
from tests.conftest import Engine
from tests.engines import empty_index
from tests.factories import Make
from tests.income.scenes import Till, open_till
from tests.races import income_contenders as contenders
from tests.races.contenders import contest
from tests.site import make_site

pytestmark = [pytest.mark.slow, pytest.mark.race, pytest.mark.xdist_group("races")]
Track = tuple[Engine, Graph]
ROUNDS = int(os.environ.get("CHAOS_ROUNDS", "3"))


def a_till(graph: Graph, folder: Path) -> Till:
    """The scene through the services; the contenders have connections of their own."""
    with empty_index(folder / "index") as index:
        site = make_site(graph, index, Settings(data_dir=folder / "data"))
        return open_till(site, Make(site))


def test_of_many_who_confirm_one_does(racetrack: Track, tmp_path: Path) -> None:
    engine, graph = racetrack
    till = a_till(graph, tmp_path)
    for round in range(1, ROUNDS + 1):
        payment = till.record(9_600)
        assert contest(engine, contenders.confirm, 6, payment.id) == {"confirmed": 1, "late": 5}
        assert contenders.count_postings_in(graph, payment.id) == 1
        assert till.sums()["received"] == -9_600 * round
        assert faults_of(till.entries()) == []


def test_payments_of_one_contract_confirmed_at_once_stand_in_one_chain(racetrack: Track, tmp_path: Path) -> None:
    """Two payments, each confirmed by three: two postings, no number twice."""
    engine, graph = racetrack
    till = a_till(graph, tmp_path)
    first, second = till.record(9_600), till.record(100)
    assert contest(engine, either, 6, f"{first.id} {second.id}") == {"confirmed": 2, "late": 4}
    assert faults_of(till.entries()) == []
    assert till.sums()["received"] == -9_700


def either(graph: Graph, number: int, about: str) -> str:
    return contenders.confirm(graph, number, about.split()[number % 2])


def test_without_the_guard_one_payment_is_shared_out_twice(racetrack: Track, tmp_path: Path) -> None:
    """Six may come one after the other by chance, five times hardly ever."""
    engine, graph = racetrack
    till = a_till(graph, tmp_path)
    tries = (contest(engine, contenders.confirm_without_guard, 6, till.record(9_600).id) for _try in range(5))
    assert any(outcome["confirmed"] > 1 for outcome in tries)
