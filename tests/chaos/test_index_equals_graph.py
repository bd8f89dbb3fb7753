"""The relay is killed with -9 again and again while writers write: nothing is missing from the index, extra or stale (ASSURANCE I3)."""

import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from itertools import count
from pathlib import Path
from random import Random
from statistics import quantiles
from threading import Event, Thread
from time import monotonic, sleep
from typing import Any

import pytest

from graph.errors import Unavailable
from graph.outbox import count_events
from marketplace.domains.achievements.model import Achievement, AchievementText
from marketplace.domains.achievements.service import (
    create_achievement,
    publish_achievement,
    revise_achievement,
    submit_achievement,
    withdraw_achievement,
)
from marketplace.kernel.actor import Actor
from marketplace.kernel.clock import SystemClock
from marketplace.kernel.contributions import Contribution
from marketplace.kernel.unit_of_work import change
from marketplace.opening import build_site
from search.document import Document
from search.index import Index
from search.query import SearchQuery
from tests.chaos.places import differences, following, index_at, meeting
from tests.conftest import Engine
from tests.factories import Make
from tests.relay.scenes import TEXT, Scene, set_scene
from tests.site import TestSite

pytestmark = pytest.mark.chaos
ROUNDS = int(os.environ.get("CHAOS_ROUNDS", "10"))
WRITERS = 3
PAUSE = 0.02
PROBES = 40
PATIENCE = 30.0


@dataclass(slots=True)
class Writers:
    """Drafts become public, some of them are withdrawn again: what must come, change and go in the index."""

    scene: Scene
    stop: Event = field(default_factory=Event)
    written: "count[int]" = field(default_factory=count)
    failed: list[str] = field(default_factory=list)
    refused: int = 0
    """By a store that is too busy to answer the probe: the writer is told so, and nothing is lost."""

    def act(self, actor: Actor, verb: Callable[..., Achievement], *args: Any) -> Achievement:
        return change(self.scene.site.graph, actor, SystemClock().now(), lambda uow: verb(uow, *args), patience=15)

    def publish(self, title: str) -> Achievement:
        maker, officer = self.scene.maker, self.scene.officer
        text = replace(TEXT, title=title, contributions=(Contribution(maker.worker_id, 10_000),))
        draft = self.act(maker, create_achievement, text, self.scene.studio_id)
        revised = self.act(maker, revise_achievement, draft.id, draft.version, news_of(text))
        sent = self.act(maker, submit_achievement, draft.id, revised.version)
        return self.act(officer, publish_achievement, draft.id, sent.version)

    def write(self) -> None:
        while not self.stop.wait(PAUSE):
            try:
                public = self.publish(f"第{(number := next(self.written))}项改进")
                if number % 3 == 0:
                    self.act(self.scene.maker, withdraw_achievement, public.id, public.version)
            except Unavailable:
                self.refused += 1
            except Exception as error:  # noqa: BLE001  whatever it is, a write was lost
                self.failed.append(repr(error))


def news_of(text: AchievementText) -> AchievementText:
    return replace(text, benefit="工时减少三成")


@contextmanager
def writing(scene: Scene) -> Iterator[Writers]:
    writers = Writers(scene)
    threads = [Thread(target=writers.write) for _ in range(WRITERS)]
    for one in threads:
        one.start()
    try:
        yield writers
    finally:
        writers.stop.set()
        for one in threads:
            one.join()


@pytest.fixture
def scene(site: TestSite, make: Make) -> Scene:
    return set_scene(site, make)


@pytest.fixture
def place(engine: Engine, site: TestSite, tmp_path: Path) -> Iterator[dict[str, str]]:
    with meeting(engine, tmp_path) as place:
        yield place


def kill_while_it_writes(place: dict[str, str], random: Random) -> None:
    """A little after one of its first writes: before, in or after the commit of a batch."""
    with following(place) as said:
        for _ in range(random.randint(1, 3)):
            assert said.readline().strip() == "writes"
        sleep(random.uniform(0, 0.3))


def test_after_many_deaths_of_the_relay_the_index_is_the_graph(scene: Scene, place: dict[str, str]) -> None:
    with writing(scene) as writers:
        for kill in range(ROUNDS):
            kill_while_it_writes(place, Random(kill))
    behind = scene.site.system.read(count_events)
    index = index_at(place)
    assert differences(scene.site, index) == []
    written = f"{next(writers.written)} things written, {writers.refused} writes refused"
    print(f"{written}, {ROUNDS} kills, {behind} events behind after the last, {index.count()} faces")
    assert writers.failed == []
    index.close()


def test_how_long_a_change_takes_to_be_found(scene: Scene, place: dict[str, str]) -> None:
    """From the commit on, with a good relay in another process; the figure is printed, time fails nothing."""
    index, writers = index_at(place), Writers(scene)
    with following(place) as said:
        assert said.readline().strip() == "writes"
        lags = [seconds_until_found(index, writers.publish(f"可查装置{number}号{number:03d}")) for number in range(PROBES)]
    print(f"found after p50 {quantiles(lags, n=20)[9]:.2f} s, p95 {quantiles(lags, n=20)[18]:.2f} s, {PROBES} changes")
    assert max(lags) < PATIENCE
    index.close()


def seconds_until_found(index: Index, public: Achievement) -> float:
    """By its number, as the public."""
    began = monotonic()
    asked = SearchQuery(public.number, reader=("public",))
    while public.id not in {hit.id for hit in index.search(asked).hits} and monotonic() - began < PATIENCE:
        sleep(0.01)
    return monotonic() - began


@dataclass(slots=True)
class Swallowing:
    """An index that says it took a thing, and while it is `hungry` did not."""

    index: Index
    id: str
    hungry: bool = False

    def put(self, documents: Iterable[Document]) -> int:
        faces = list(documents)
        kept = [face for face in faces if not self.hungry or face.id != self.id]
        return self.index.put(kept) + len(faces) - len(kept)

    def __getattr__(self, name: str) -> Any:
        return getattr(self.index, name)


FAULTS = {"first": ["index: missing {id}"], "second": ["index: differs {id} (audience)"], "never": []}


@pytest.mark.parametrize("hungry", FAULTS)
def test_a_swallowed_write_would_be_seen(scene: Scene, place: dict[str, str], hungry: str) -> None:
    """The control, with one that swallows nothing beside it."""
    public, index = scene.published(), index_at(place)
    swallowing = Swallowing(index, public.id, hungry=hungry == "first")
    drain_into(swallowing, scene)
    if hungry != "first":
        swallowing.hungry = hungry == "second"
        scene.site.acting_as(scene.maker).change(withdraw_achievement, public.id, public.version)
        drain_into(swallowing, scene)
    assert differences(scene.site, index) == [fault.format(id=public.id) for fault in FAULTS[hungry]]
    index.close()


def drain_into(index: Any, scene: Scene) -> None:
    whole = build_site(scene.site.site.settings, scene.site.graph, index, SystemClock())
    whole.relay.drain()
    whole.relay.close()


def test_a_face_of_nobody_would_be_seen(scene: Scene, place: dict[str, str]) -> None:
    index = index_at(place)
    index.put([Document(key="ghost", id="ghost", kind="achievement", version=1, audience=("public",), title="没有的成果")])
    index.commit()
    assert differences(scene.site, index) == ["index: extra ghost"]
    index.close()
