"""How long the explorer's own reads take in the store: counts, one ring, two rings, a way.

`python -m benchmarks.network [--nodes 100000] [--relations 500000] [--calls 300] [--wipe]`: on the embedded engine, or on the Neo4j of NEO4J_URI,
which must be empty (`--wipe` empties it first).
"""

import argparse
import os
import random
from collections.abc import Callable
from time import perf_counter

from benchmarks.graph import show_making
from benchmarks.made_up import SEED
from benchmarks.made_up_graph import ids_of
from benchmarks.stores import empty_graph, p50_p95, store_of_environment
from graph.connection import Graph, Transaction
from marketplace.pages.network.composing import compose
from marketplace.pages.network.counting import list_counts
from marketplace.pages.network.model import Ref
from marketplace.pages.network.perspectives import PEOPLE
from marketplace.pages.network.repository import steps_from
from marketplace.pages.network.state import State
from marketplace.pages.network.ways import find_way

Ask = Callable[[Transaction, Ref, Ref], object]


def two_hops(tx: Transaction, one: Ref, _other: Ref) -> object:
    """The works of a person and who else worked on them: what the explorer reads, every end checked."""
    works = [step.node.ref for step in steps_from(tx, [one], ["CONTRIBUTED_TO"])]
    return steps_from(tx, works, ["CONTRIBUTED_TO"])


ASKS: dict[str, Ask] = {
    "counts": lambda tx, one, _: list_counts(tx, one),
    "2 hops": two_hops,
    "picture, 1 step": lambda tx, one, _: compose(tx, one, State(), PEOPLE),
    "picture, 2 steps": lambda tx, one, _: compose(tx, one, State(steps=2), PEOPLE),
    "shortest way": find_way,
}


def show_asks(graph: Graph, workers: list[str], calls: int) -> None:
    for name, ask in ASKS.items():
        chance, taken = random.Random(SEED), list[float]()
        for _ in range(calls):
            one, other = (Ref("worker", id) for id in chance.sample(workers, 2))
            began = perf_counter()
            graph.read(lambda tx, ask=ask, one=one, other=other: ask(tx, one, other), patience=60)  # type: ignore[misc]
            taken.append(perf_counter() - began)
        p50, p95 = p50_p95(taken[calls // 10 :])
        print(f"{name:17} p50 {p50:7.2f} p95 {p95:7.2f} ms", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.network")
    parser.add_argument("--nodes", type=int, default=100_000)
    parser.add_argument("--relations", type=int, default=500_000)
    parser.add_argument("--calls", type=int, default=300)
    parser.add_argument("--wipe", action="store_true", help="empty the Neo4j of NEO4J_URI first")
    asked = parser.parse_args()
    with store_of_environment() as store, empty_graph(store, wiping=asked.wipe) as graph:
        ids = ids_of(asked.nodes)
        print(f"{store.name}, load average {os.getloadavg()[0]:.1f}", flush=True)
        show_making(graph, ids, asked.relations)
        show_asks(graph, ids["Worker"], asked.calls)
        print(f"load average {os.getloadavg()[0]:.1f}")


if __name__ == "__main__":
    main()
