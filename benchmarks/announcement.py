"""How long an announcement takes to reach everybody below a unit, and to be taken back, and how much memory the relay's process needs for it.

`python -m benchmarks.announcement [--people 100000] [--units 2000] [--mail 20] [--wipe]`: on the embedded engine, or on the Neo4j of NEO4J_URI,
which must be empty. Of a hundred people `--mail` have chosen to get it by mail, too; the letters themselves are not sent.
"""

import argparse
import os
import resource
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from time import perf_counter
from typing import Any

from benchmarks.stores import empty_graph, store_of_environment
from graph.connection import Graph
from graph.copying.store import create_nodes, create_relations
from graph.ontology import ONTOLOGY
from graph.records import value
from marketplace.domains.announcements.model import AnnouncementText, Status
from marketplace.domains.announcements.repository import count_reading, get_announcement
from marketplace.domains.announcements.service import announce, withdraw_announcement
from marketplace.kernel.actor import SYSTEM_ACTOR
from marketplace.kernel.notices import DUE
from marketplace.kernel.unit_of_work import change
from marketplace.relay.announcing import Announcing
from search.batches import batched

BATCH, PATIENCE = 5_000, 60.0
NOW = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
TO_MAIL = """
MATCH (n:Notice {delivery: $due}) RETURN count(n) AS waiting
"""


class Standing:
    """A clock that is moved by hand."""

    def __init__(self) -> None:
        self.moment = NOW

    def now(self) -> datetime:
        return self.moment


def peak_mb() -> float:
    """macOS counts in bytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1024 * 1024 if sys.platform == "darwin" else 1024)


def nodes(graph: Graph, label: str, rows: Iterator[dict[str, Any]]) -> None:
    node = ONTOLOGY.node(label)
    for some in batched(rows, BATCH):
        graph.write(lambda tx, some=some: create_nodes(tx, node, some), patience=PATIENCE)  # type: ignore[misc]


def relations(graph: Graph, source: str, type: str, target: str, rows: Iterator[tuple[str, str]]) -> None:
    ends = ONTOLOGY.node(source), ONTOLOGY.node(target)
    for some in batched(({"a": a, "b": b, "properties": {}} for a, b in rows), BATCH):
        graph.write(lambda tx, some=some: create_relations(tx, ends[0], type, ends[1], some), patience=PATIENCE)  # type: ignore[misc]


def make_district(graph: Graph, people: int, units: int, mail: int) -> None:
    """One enterprise for each base union, its people spread evenly over them."""
    seen = {"audience": ["public", "system"]}
    bases = [f"base-{n:05d}" for n in range(units)]
    nodes(graph, "Organisation", iter([{"id": "district", "name": "district", "lineage": ["district"], **seen}]))
    nodes(graph, "Organisation", ({"id": id, "name": id, "lineage": [id, "district"], **seen} for id in bases))
    relations(graph, "Organisation", "PART_OF", "Organisation", ((id, "district") for id in bases))
    nodes(graph, "Enterprise", ({"id": f"firm-{id}", "uscc": f"uscc-{id}", "name": id, **seen} for id in bases))
    relations(graph, "Enterprise", "UNDER", "Organisation", ((f"firm-{id}", id) for id in bases))
    nodes(graph, "Worker", ({"id": f"worker-{n:06d}", "name": "x", **seen} for n in range(people)))
    nodes(graph, "Account", ({"id": f"account-{n:06d}", "login": f"login-{n:06d}", "status": "active", **seen} for n in range(people)))
    relations(graph, "Account", "IS_PERSON", "Worker", ((f"account-{n:06d}", f"worker-{n:06d}") for n in range(people)))
    relations(graph, "Worker", "EMPLOYED_BY", "Enterprise", ((f"worker-{n:06d}", f"firm-{bases[n % units]}") for n in range(people)))
    takes = {"status": "open", "confirmed_at": NOW, "choices": ["announcements=at-once"], **seen}
    nodes(graph, "Postbox", ({"id": f"account-{n:06d}", **takes} for n in range(people) if n % 100 < mail))


def measure(graph: Graph) -> None:
    clock = Standing()
    text = AnnouncementText("停电通知", "周六停电检修。", "district")
    made = change(graph, SYSTEM_ACTOR, clock.now(), lambda uow: announce(uow, text))
    clock.moment += timedelta(minutes=3)
    before, began = peak_mb(), perf_counter()
    Announcing(graph, clock).carry_out()
    took = perf_counter() - began
    told, _opened = graph.read(lambda tx: count_reading(tx, made.id), reader=("system",), patience=PATIENCE)
    waiting = graph.read(lambda tx: tx.one(TO_MAIL, value("waiting"), due=DUE), patience=PATIENCE)
    print(f"{told} told in {took:.1f} s ({told / took:.0f} a second), {waiting} letters wait; memory {before:.0f} → {peak_mb():.0f} MB", flush=True)
    began = perf_counter()
    graph.read(lambda tx: count_reading(tx, made.id), reader=("system",), patience=PATIENCE)
    print(f"figures for the author {1000 * (perf_counter() - began):.0f} ms")
    change(graph, SYSTEM_ACTOR, clock.now(), lambda uow: withdraw_announcement(uow, made.id, 0))
    began = perf_counter()
    Announcing(graph, clock).carry_out()
    ended = graph.read(lambda tx: get_announcement(tx, made.id), reader=("system",))
    print(f"taken back in {perf_counter() - began:.1f} s, {'done' if ended.status is Status.CLEARED else 'NOT DONE'}")


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.announcement")
    parser.add_argument("--people", type=int, default=100_000)
    parser.add_argument("--units", type=int, default=2_000)
    parser.add_argument("--mail", type=int, default=20)
    parser.add_argument("--wipe", action="store_true", help="empty the Neo4j of NEO4J_URI first")
    asked = parser.parse_args()
    with store_of_environment() as place, empty_graph(place, wiping=asked.wipe) as graph:
        print(f"{place.name}, load average {os.getloadavg()[0]:.1f}", flush=True)
        make_district(graph, asked.people, asked.units, asked.mail)
        print(f"{asked.people} people under {asked.units} units", flush=True)
        measure(graph)
        print(f"load average {os.getloadavg()[0]:.1f}")


if __name__ == "__main__":
    main()
