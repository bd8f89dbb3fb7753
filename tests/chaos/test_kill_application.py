"""kill -9 of the application while four writers work (ASSURANCE I1, I2)."""

import os
import random
import time

import pytest

from marketplace.cli.check import faults_of
from tests.chaos.application import working
from tests.chaos.ledger import Said, halves, lost, stored
from tests.conftest import Engine
from tests.site import TestSite

pytestmark = pytest.mark.chaos
ROUNDS = int(os.environ.get("CHAOS_ROUNDS", "20"))


def run_until_killed(engine: Engine, seconds: float) -> Said:
    """What the application said was done before it died."""
    with working(engine) as application:
        time.sleep(seconds)
        application.kill()
        return application.said


@pytest.mark.parametrize("kill", range(ROUNDS))
def test_killed_application_loses_nothing_that_it_acknowledged(engine: Engine, site: TestSite, kill: int) -> None:
    said = run_until_killed(engine, random.Random(kill).uniform(0.3, 1.5))
    found = stored(site.graph)

    assert lost(said, found) == []
    assert halves(site.graph, found) == []
    site.drain()
    assert list(faults_of(site.site)) == []


HALF = "CREATE (a:Achievement {id: 'half', version: 1})"


def test_a_half_written_change_would_be_seen(site: TestSite) -> None:
    """The control: a change without its entry and its event."""
    site.graph.write(lambda tx: tx.run(HALF))
    assert halves(site.graph, stored(site.graph)) == ["half"]
