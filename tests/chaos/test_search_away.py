"""Search is away, killed, hung or its pen in other hands: writes succeed, pages answer, later the relay catches up (ASSURANCE I11)."""

import os
import subprocess
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from time import monotonic, sleep

import pytest

from graph.outbox import count_events, get_backlog, list_aside, list_pending
from marketplace.cli.check import faults_of
from marketplace.domains.achievements.model import Achievement
from marketplace.domains.achievements.service import withdraw_achievement
from search.index import Index
from tests.chaos.places import CATCHING_UP, following, index_at, meeting
from tests.conftest import Engine
from tests.factories import Make
from tests.relay.scenes import Scene, set_scene
from tests.relay.test_setting_aside import spoil
from tests.site import TestSite, make_site

ELASTICSEARCH, ENGINES = os.environ.get("ELASTICSEARCH_URL", ""), os.environ.get("TEST_ENGINES", "")
pytestmark = [
    pytest.mark.chaos,
    pytest.mark.skipif(bool(ELASTICSEARCH) and not ENGINES, reason="TEST_ENGINES names no command that kills and starts Elasticsearch"),
]
WRITES = 100 * int(os.environ.get("CHAOS_ROUNDS", "10"))
LOOK_EVERY = 40
TRIES = 4
"""Of starting a server again, on a machine that may be slow."""


def command(verb: str) -> int:
    return subprocess.run([ENGINES, verb, "elasticsearch"], capture_output=True, check=False).returncode


@contextmanager
def killed(place: dict[str, str]) -> Iterator[None]:
    command("kill")
    try:
        yield
    finally:
        assert 0 in (command("up") for _ in range(TRIES))


@contextmanager
def hung(place: dict[str, str]) -> Iterator[None]:
    """It takes connections and answers nobody."""
    command("pause")
    try:
        yield
    finally:
        command("resume")


@contextmanager
def held(place: dict[str, str]) -> Iterator[None]:
    """Another process has the pen and writes nothing; it is killed in the end."""
    with following(place, "hold") as said:
        assert said.readline().strip() == "holds"
        yield


WAYS = {"killed": killed, "hung": hung} if ELASTICSEARCH else {"held": held}


@pytest.fixture
def place(engine: Engine, tmp_path: Path) -> Iterator[dict[str, str]]:
    with meeting(engine, tmp_path) as place:
        yield place


@pytest.fixture
def index(place: dict[str, str]) -> Iterator[Index]:
    index = index_at(place)
    yield index
    index.close()


@pytest.fixture
def scene(site: TestSite, index: Index) -> Scene:
    """A site of its own over an index that may go away; its relay has not begun."""
    shared = make_site(site.graph, index, site.site.settings)
    return set_scene(shared, Make(shared))


def write(scene: Scene, number: int) -> Achievement:
    """As the door between views and services does it, with no more patience than there; some become public, some of them not for long."""
    if number % 10:
        return scene.draft(f"搜索停止时第{number}项改进")
    public = scene.published(f"搜索停止时第{number}项改进")
    if number % 20 == 10:
        scene.site.acting_as(scene.maker).change(withdraw_achievement, public.id, public.version)
    return public


def look(scene: Scene, one: Achievement) -> set[int]:
    """The statuses of its own page, of the first page, and of a form that is sent."""
    browser = scene.site.client(scene.officer)
    pages = {browser.get(path).status_code for path in (f"/achievements/{one.id}", "/")}
    sent = browser.post(f"/achievements/{one.id}/steps/take_down", data={"version": str(one.version), "reason": "重复"})
    return pages | {200 if sent.status_code == 302 else sent.status_code}


def seconds_until_followed(scene: Scene) -> float:
    began = monotonic()
    while scene.site.system.read(get_backlog).pending and monotonic() - began < 2 * CATCHING_UP:
        sleep(0.1)
    return monotonic() - began


@pytest.mark.parametrize("way", WAYS)
def test_every_write_succeeds_and_the_index_is_the_graph_afterwards(scene: Scene, place: dict[str, str], way: str) -> None:
    with closing(scene.site.site.relay) as relay:
        with WAYS[way](place):
            relay.start()
            statuses, behind = set[int](), 0
            for number in range(WRITES):
                one = write(scene, number)
                if number % LOOK_EVERY == 0:
                    statuses |= look(scene, one)
            behind = scene.site.system.read(count_events)
        seconds = seconds_until_followed(scene)
    print(f"{way}: {WRITES} writes, {behind} events behind, followed after {seconds:.1f} s")
    assert statuses == {200}
    assert behind >= WRITES
    assert seconds <= CATCHING_UP
    assert list(faults_of(scene.site.site)) == []


@pytest.mark.parametrize("way", WAYS)
def test_what_cannot_be_followed_holds_up_nobody_after_the_return(scene: Scene, place: dict[str, str], way: str) -> None:
    with closing(scene.site.site.relay) as relay:
        with WAYS[way](place):
            relay.start()
            good, bad = scene.published("好的锂离子电池"), scene.published("坏的锂离子电池")
            later = scene.published("后来的锂离子电池")
            spoil(scene, bad.id)
        seconds_until_followed(scene)
    assert {event.entity_id for event in scene.site.system.read(list_aside)} == {bad.id}
    assert {hit.id for hit in scene.site.search("锂离子电池").hits} == {good.id, later.id}


@pytest.mark.parametrize("way", WAYS)
def test_control_nothing_is_followed_meanwhile(scene: Scene, place: dict[str, str], way: str) -> None:
    """Else search was not away at all."""
    with closing(scene.site.site.relay) as relay:
        with WAYS[way](place):
            relay.start()
            public = scene.published("没有人跟进的锂离子电池")
            sleep(2)
            waiting = {event.entity_id for event in scene.site.system.read(list_pending)}
        seconds_until_followed(scene)
    assert public.id in waiting
    assert [hit.id for hit in scene.site.search("锂离子电池").hits] == [public.id]
