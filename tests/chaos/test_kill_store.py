"""kill -9 of the store while four writers of a site work (ASSURANCE I1)."""

import os
import random
from time import monotonic, sleep

import pytest

from graph.connection import Graph
from tests.chaos.application import working
from tests.chaos.ledger import halves, lost, stored, wait_for
from tests.chaos.stores import Neo4jStore, Store, watched

pytestmark = [pytest.mark.chaos, pytest.mark.xdist_group("kill_store")]
ROUNDS = int(os.environ.get("CHAOS_ROUNDS", "100"))
BACK_WITHIN = float(os.environ.get("CHAOS_BACK_WITHIN", "10"))
"""Seconds from the kill where the site starts its store itself, from the end of the start where somebody else does. A busy machine needs more."""
PATIENCE = 60.0


def kill_and_await(store: Store, ledger: Graph) -> float:
    """Seconds until it answered again."""
    began = monotonic()
    store.die()
    store.rise()
    if isinstance(store, Neo4jStore):
        began = monotonic()
    wait_for(ledger, PATIENCE)
    return monotonic() - began


@pytest.mark.parametrize("kill", range(ROUNDS))
def test_killed_store_loses_nothing_that_it_acknowledged(store: Store, ledger: Graph, kill: int) -> None:
    with watched(store), working(store.engine) as application:
        application.speaks(PATIENCE)
        sleep(random.Random(kill).uniform(0.2, 1.2))
        took = kill_and_await(store, ledger)
        application.speaks(PATIENCE)
        application.kill()
        found = stored(ledger)

    print(f"{len(application.said)} acknowledged, back in {took:.1f} s")
    assert lost(application.said, found) == []
    assert halves(ledger, found) == []
    assert took <= BACK_WITHIN


def test_control_a_writer_that_speaks_before_its_commit_is_found_out(store: Store, ledger: Graph) -> None:
    with watched(store), working(store.engine, "boasting") as application:
        application.speaks(PATIENCE)
        store.die()
        application.kill()
        store.rise()
        wait_for(ledger, PATIENCE)
        assert lost(application.said, stored(ledger)) != []
