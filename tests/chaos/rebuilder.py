"""A process that leads and makes the index anew, and may be made to die at a named point of it."""

import json
import os
import signal
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from graph.connection import open_graph
from marketplace.cli.reindex import index_anew
from marketplace.config import Settings
from marketplace.kernel.clock import SystemClock
from marketplace.opening import build_site
from search.document import Document
from search.index import Next
from tests.chaos.places import index_at
from tests.engines import Passing

POINTS = ("half filled", "before shown", "after shown", "never", "begun")


def die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


@dataclass(slots=True)
class Mortal:
    """A next index at whose named point the process dies."""

    next: Next
    point: str
    steps: int = 0

    def put(self, documents: Iterable[Document]) -> int:
        self.steps += 1
        if self.point == "begun" or (self.point == "half filled" and self.steps == 3):
            die()
        return self.next.put(documents)

    def show(self) -> None:
        if self.point == "before shown":
            die()
        self.next.show()
        if self.point == "after shown":
            die()

    def __getattr__(self, name: str) -> Any:
        return getattr(self.next, name)


def main() -> None:
    """Waits for the lease of the one before it; says how many things it wrote."""
    place, point = json.loads(sys.argv[1]), sys.argv[2]
    graph = open_graph(place["url"], user=place["user"], password=place["password"], database=place["database"] or None)
    index: Any = Passing(index_at(place), lambda following: Mortal(following, point))
    site = build_site(Settings(data_dir=Path(place["data"])), graph, index, SystemClock())
    print(index_anew(site), flush=True)
    site.relay.close()
    index.close()


if __name__ == "__main__":
    main()
