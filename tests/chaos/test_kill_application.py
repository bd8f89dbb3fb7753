"""kill -9 of the application while four writers work (ASSURANCE I1, I2)."""

import os
import random
import subprocess
import sys
import time
from pathlib import Path

import pytest

from graph.connection import Graph
from marketplace.cli.check import faults_of
from tests.conftest import Engine
from tests.site import TestSite

pytestmark = pytest.mark.chaos
ROOT = Path(__file__).parents[2]
ROUNDS = int(os.environ.get("CHAOS_ROUNDS", "20"))

STORED = """
MATCH (a:Achievement)
RETURN a.id AS id, a.version AS version,
  COUNT { MATCH (e:AuditEntry {entity_id: a.id}) } AS entries, COUNT { MATCH (o:OutboxEvent {entity_id: a.id}) } AS events
"""
ORPHANS = """
MATCH (o:OutboxEvent) WHERE NOT EXISTS { MATCH (a:Achievement {id: o.entity_id}) } RETURN o.id AS id
"""


def run_until_killed(engine: Engine, seconds: float) -> list[tuple[str, str]]:
    """What the application said was done before it died."""
    command = [sys.executable, "-m", "tests.chaos.writers", engine.url, engine.user, engine.password, engine.database or ""]
    with subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as application:
        assert application.stdout is not None
        assert application.stdout.readline().strip() == "ready"
        time.sleep(seconds)
        application.kill()
        said = application.stdout.read().splitlines()
    return [(verb, id) for verb, id in (line.split() for line in said if len(line.split()) == 2)]


def stored(graph: Graph) -> dict[str, tuple[int, int, int]]:
    return {
        row["id"]: (row["version"], row["entries"], row["events"])
        for row in graph.read(lambda tx: tx.all(STORED, lambda record: record.data()), patience=15)
    }


@pytest.mark.parametrize("kill", range(ROUNDS))
def test_killed_application_loses_nothing_that_it_acknowledged(engine: Engine, site: TestSite, kill: int) -> None:
    said = run_until_killed(engine, random.Random(kill).uniform(0.3, 1.5))
    found = stored(site.graph)

    least = {"created": 1, "revised": 2}
    assert [id for verb, id in said if found.get(id, (0, 0, 0))[0] < least[verb]] == []
    assert {id: seen for id, seen in found.items() if not seen[0] == seen[1] == seen[2]} == {}
    assert site.graph.read(lambda tx: tx.all(ORPHANS, lambda record: record["id"])) == []
    site.drain()
    assert list(faults_of(site.site)) == []


HALF = "CREATE (a:Achievement {id: 'half', version: 1})"


def test_a_half_written_change_would_be_seen(site: TestSite) -> None:
    """The control: a change without its entry and its event."""
    site.graph.write(lambda tx: tx.run(HALF))
    assert stored(site.graph)["half"] == (1, 0, 0)
