"""A process that does nothing but run the relay over an index that others share; ends by being killed."""

import json
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from time import sleep
from typing import Any

from graph.connection import open_graph
from marketplace.config import Settings
from marketplace.kernel.clock import SystemClock
from marketplace.opening import build_site
from search.document import Document
from search.index import Index
from tests.chaos.places import index_at


@dataclass(frozen=True, slots=True)
class Telling:
    """Says when it is about to write, so that it can be killed in the middle of it."""

    index: Index

    def put(self, documents: Iterable[Document]) -> int:
        print("writes", flush=True)
        return self.index.put(documents)

    def __getattr__(self, name: str) -> Any:
        return getattr(self.index, name)


def follow(place: dict[str, str], index: Index) -> None:
    graph = open_graph(place["url"], user=place["user"], password=place["password"], database=place["database"] or None)
    telling: Any = Telling(index)
    build_site(Settings(data_dir=Path(place["data"])), graph, telling, SystemClock()).relay.start()


def main() -> None:
    """`hold` takes the pen of the index and follows nothing."""
    place, task = json.loads(sys.argv[1]), sys.argv[2]
    index = index_at(place)
    if task == "hold":
        print("holds" if index.is_writable else "reads", flush=True)
    else:
        follow(place, index)
    while True:
        sleep(60)


if __name__ == "__main__":
    main()
