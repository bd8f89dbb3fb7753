"""kill -9 of the application at eight points: a change has its one event, or it never was (ASSURANCE I2)."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from graph.connection import Graph
from marketplace.cli.check import faults_of
from marketplace.config import Settings
from marketplace.domains.achievements.service import create_achievement, revise_achievement
from marketplace.kernel.errors import AlreadyDone
from marketplace.kernel.unit_of_work import change
from marketplace.relay.lease import LASTS
from search.index import open_index
from tests.chaos.doomed import KEY, NEWS, NOW, RELAYS, Point, is_killed, relay, revise, write_event_apart
from tests.chaos.ledger import halves, stored
from tests.conftest import Engine
from tests.site import TestSite, make_site

pytestmark = [pytest.mark.chaos, pytest.mark.xdist_group("kill_points")]
ROUNDS = int(os.environ.get("CHAOS_ROUNDS", "20"))
BEFORE, AFTER = (1, 1, 1), (2, 2, 2)
Place = tuple[Engine, TestSite]


@pytest.fixture
def place(ground: tuple[Engine, Graph], tmp_path: Path) -> Iterator[Place]:
    """A whole site; the doomed process has the same graph and the same folder."""
    engine, graph = ground
    index = open_index(str(tmp_path / "index"))
    yield engine, make_site(graph, index, Settings(data_dir=tmp_path / "data"))
    index.close()


def a_draft(site: TestSite) -> str:
    return site.system.change(create_achievement, NEWS).id


def send_again(site: TestSite, id: str) -> None:
    """As the browser does when it had no answer."""
    change(site.graph, site.system.actor, NOW, lambda uow: revise_achievement(uow, id, 1, NEWS), key=KEY, patience=15)


def ends_well(site: TestSite) -> bool:
    """The relay of another process takes over: index, outbox and journal agree with the graph."""
    site.clock.forward(seconds=LASTS.total_seconds() + 1)
    site.drain()
    return list(faults_of(site.site)) == []


@pytest.mark.parametrize("point", [point for point in Point if point not in (*RELAYS, Point.AFTER_COMMIT)])
@pytest.mark.parametrize("_kill", range(ROUNDS))
def test_change_that_was_killed_before_its_commit_never_was_and_can_be_sent_again(place: Place, point: Point, _kill: int) -> None:
    engine, site = place
    draft = a_draft(site)
    assert is_killed(revise, engine, point, draft)
    assert stored(site.graph) == {draft: BEFORE}
    send_again(site, draft)
    assert stored(site.graph) == {draft: AFTER}
    assert halves(site.graph, stored(site.graph)) == []
    assert ends_well(site)


@pytest.mark.parametrize("_kill", range(ROUNDS))
def test_change_that_was_killed_after_its_commit_is_whole_and_is_not_done_twice(place: Place, _kill: int) -> None:
    engine, site = place
    draft = a_draft(site)
    assert is_killed(revise, engine, Point.AFTER_COMMIT, draft)
    assert stored(site.graph) == {draft: AFTER}
    with pytest.raises(AlreadyDone):
        send_again(site, draft)
    assert stored(site.graph) == {draft: AFTER}
    assert ends_well(site)


@pytest.mark.parametrize("point", RELAYS)
@pytest.mark.parametrize("_kill", range(ROUNDS))
def test_relay_that_was_killed_before_it_settled_leaves_every_event_to_the_next(place: Place, tmp_path: Path, point: Point, _kill: int) -> None:
    engine, site = place
    draft = a_draft(site)
    send_again(site, draft)
    assert is_killed(relay, engine, point, tmp_path)
    assert stored(site.graph) == {draft: AFTER}
    assert ends_well(site)
    assert stored(site.graph) == {draft: (2, 2, 0)}


def test_control_an_event_written_apart_is_missed(place: Place) -> None:
    engine, site = place
    assert is_killed(write_event_apart, engine)
    assert len(halves(site.graph, stored(site.graph))) == 1
