"""Where the processes of a story meet: this worker's graph, and an index that any of them may write."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import IO

from marketplace.cli.check import faults_of
from marketplace.cli.settling import settle
from marketplace.kernel.clock import SystemClock
from marketplace.opening import build_site
from search.index import Access, Index, open_index
from tests.conftest import Engine
from tests.engines import remove_named
from tests.site import TestSite

ROOT = Path(__file__).parents[2]
NUMBERS = count()
CATCHING_UP = 60.0


@contextmanager
def meeting(engine: Engine, folder: Path) -> Iterator[dict[str, str]]:
    """With an empty index, which counts as filled: what is told of here is how it is followed, not how it is made anew."""
    url = os.environ.get("ELASTICSEARCH_URL", "")
    prefix = f"chaos-{os.getpid()}-{next(NUMBERS)}" if url else ""
    said = {"url": engine.url, "user": engine.user, "password": engine.password, "database": engine.database or ""}
    place = said | {"index": url or str(folder / "shared"), "prefix": prefix, "data": str(folder / "child")}
    empty = index_at(place)
    empty.note_filled()
    empty.close()
    yield place
    if url:
        remove_named(prefix)


def index_at(place: dict[str, str]) -> Index:
    return open_index(place["index"], Access(prefix=place["prefix"]) if place["prefix"] else None)


@contextmanager
def following(place: dict[str, str], task: str = "follow") -> Iterator[IO[str]]:
    """What the process says, line by line; killed with -9 in the end, whatever it is at."""
    command = [sys.executable, "-m", "tests.chaos.follower", json.dumps(place), task]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        try:
            yield process.stdout
        finally:
            process.kill()


def differences(site: TestSite, index: Index) -> list[str]:
    """Between the graph and this index, after a relay of this process has caught up."""
    whole = build_site(site.site.settings, site.graph, index, SystemClock())
    settle(whole, CATCHING_UP)
    found = list(faults_of(whole))
    whole.relay.close()
    return found
