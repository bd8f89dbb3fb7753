"""The index is made anew while fifty changes a second come in, and killed before, at and after the moment it is shown (ASSURANCE I16)."""

import json
import os
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from threading import Event, Thread
from typing import Any

import pytest

from marketplace.cli.check import faults_of
from marketplace.domains.achievements.model import AchievementText
from marketplace.domains.achievements.service import create_achievement
from marketplace.kernel.actor import SYSTEM_ACTOR
from marketplace.kernel.clock import SystemClock
from marketplace.kernel.unit_of_work import change
from marketplace.opening import build_site
from search.document import Document
from search.index import Index
from search.query import SearchQuery
from tests.chaos.places import index_at
from tests.chaos.rebuilder import POINTS
from tests.conftest import Engine
from tests.engines import remove_named
from tests.factories import Make
from tests.relay.scenes import import_public
from tests.site import TestSite

pytestmark = pytest.mark.chaos
ROOT = Path(__file__).parents[2]
ROUNDS = int(os.environ.get("CHAOS_ROUNDS", "10"))
STANDING = 400
WRITES_A_SECOND = 50
PATIENCE = 120.0
ALWAYS = SearchQuery("电池热管理", reader=("public",), kinds=("achievement",))


@dataclass(slots=True)
class Busy:
    """Writes on and looks on beside the rebuild; counts what failed."""

    site: TestSite
    index: Index
    stop: Event = field(default_factory=Event)
    told: Counter[str] = field(default_factory=Counter)

    def write(self) -> None:
        clock = SystemClock()
        while not self.stop.wait(1 / WRITES_A_SECOND):
            text = AchievementText(title=f"边写边建第{self.told['written']}项")
            change(self.site.graph, SYSTEM_ACTOR, clock.now(), lambda uow, text=text: create_achievement(uow, text), patience=15)  # type: ignore[misc]
            self.told["written"] += 1

    def look(self) -> None:
        """What is published from the beginning must be found at every moment."""
        while not self.stop.wait(0.002):
            try:
                found = self.index.search(ALWAYS).total
            except Exception as error:  # noqa: BLE001  whatever it is, a reader saw it
                self.told[f"failed: {type(error).__name__}"] += 1
            else:
                self.told["found" if found == STANDING else "incomplete"] += 1

    def run(self) -> list[Thread]:
        threads = [Thread(target=work) for work in (self.write, self.look, self.look)]
        for one in threads:
            one.start()
        return threads


@pytest.fixture
def place(engine: Engine, site: TestSite, make: Make, tmp_path: Path) -> Iterator[dict[str, str]]:
    """Where the processes of this story meet: this worker's graph, and an index that any of them may lead."""
    unit = make.organisation("酒仙桥街道总工会")
    site.system.change(import_public, unit.id, STANDING)
    url = os.environ.get("ELASTICSEARCH_URL", "")
    prefix = f"rebuild-{os.getpid()}" if url else ""
    said = {"url": engine.url, "user": engine.user, "password": engine.password, "database": engine.database or ""}
    yield said | {"index": url or str(tmp_path / "shared"), "prefix": prefix, "data": str(tmp_path / "child")}
    if url:
        remove_named(prefix)


def rebuild(place: dict[str, str], point: str) -> int:
    """Its exit code."""
    command = [sys.executable, "-m", "tests.chaos.rebuilder", json.dumps(place), point]
    return subprocess.run(command, cwd=ROOT, timeout=PATIENCE, check=False).returncode


@pytest.mark.parametrize("turn", range(ROUNDS))
def test_searching_never_fails_and_the_index_is_the_graph(site: TestSite, place: dict[str, str], turn: int) -> None:
    """Each round dies at another point, and the next process carries it through."""
    assert rebuild(place, "never") == 0
    reader = index_at(place)
    busy = Busy(site, reader)
    threads = busy.run()

    killed = rebuild(place, point := POINTS[turn % len(POINTS)])
    again = rebuild(place, "never")
    busy.stop.set()
    for one in threads:
        one.join()

    print(f"killed {point}: {dict(busy.told)}")
    assert (killed, again) == (0 if point == "never" else -9, 0)
    assert {outcome for outcome in busy.told if outcome not in ("written", "found")} == set()
    assert busy.told["found"] > 50
    assert busy.told["written"] > 20
    assert differences(site, reader) == []
    reader.close()


def differences(site: TestSite, index: Index) -> list[str]:
    """After the relay has caught up."""
    whole = build_site(site.site.settings, site.graph, index, SystemClock())
    found = list(faults_of(whole))
    whole.relay.close()
    return found


def test_an_index_that_is_emptied_and_filled_where_it_stands_shows_less_meanwhile(site: TestSite, place: dict[str, str]) -> None:
    """The control: what `begin_next` is for."""
    assert rebuild(place, "never") == 0
    reader, writer = index_at(place), index_at(place)
    faces = list(reader.documents())
    busy = Busy(site, reader)
    looker = Thread(target=busy.look)
    looker.start()

    refill(writer, faces)
    busy.stop.set()
    looker.join()

    assert busy.told["incomplete"] > 0
    writer.close()
    reader.close()


def refill(index: Index, faces: list[Document]) -> None:
    latest: Any = 1 << 60
    index.delete([face.key for face in faces], latest)
    index.commit()
    Event().wait(0.2)
