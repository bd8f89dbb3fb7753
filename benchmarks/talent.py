"""How long the analysis of the talent network takes, step by step, and how much memory.

`python -m benchmarks.talent [--nodes 100000] [--relations 500000] [--pivots 256] [--wipe]`: on the embedded engine, or on the Neo4j of NEO4J_URI,
which must be empty (`--wipe` empties it first). The memory is this process' own: the store's lies beside it, as it does while the site runs.
"""

import argparse
import os
import resource
import sys
from itertools import pairwise
from time import perf_counter

from benchmarks.made_up_graph import ids_of, make_nodes, make_relations
from benchmarks.stores import empty_graph, store_of_environment
from graph.connection import Graph
from marketplace.kernel.clock import SystemClock
from marketplace.processes.talent import repository as store
from marketplace.processes.talent.model import Parameters
from marketplace.processes.talent.service import analyse, claim_analysis


def peak_mb() -> float:
    """macOS counts in bytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1024 * 1024 if sys.platform == "darwin" else 1024)


def measure(graph: Graph, pivots: int, round: str) -> None:
    """As an administrator asks for it and whoever leads carries it out."""
    graph.write(lambda tx: store.ask(tx, round))
    attempt = claim_analysis(graph, SystemClock())
    if attempt is None:
        raise SystemExit("another computes it")
    marks: list[tuple[str, float]] = []
    run = analyse(attempt, Parameters(most_pivots=pivots), lambda step: marks.append((step, perf_counter())))
    steps = [f"{step} {after - at:.1f} s" for (step, at), (_, after) in pairwise(marks)]
    print(f"{round}: {marks[-1][1] - marks[0][1]:.1f} s in all: {', '.join(steps)}; peak {peak_mb():.0f} MB", flush=True)
    print(f"  {run.nodes} nodes, {run.relations} links, {run.groups} groups, modularity {run.modularity:.3f}, {run.pivots} starting points")


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.talent")
    parser.add_argument("--nodes", type=int, default=100_000)
    parser.add_argument("--relations", type=int, default=500_000)
    parser.add_argument("--pivots", type=int, default=Parameters().most_pivots)
    parser.add_argument("--wipe", action="store_true", help="empty the Neo4j of NEO4J_URI first")
    asked = parser.parse_args()
    with store_of_environment() as place, empty_graph(place, wiping=asked.wipe) as graph:
        print(f"{place.name}, load average {os.getloadavg()[0]:.1f}", flush=True)
        ids = ids_of(asked.nodes)
        made = make_nodes(graph, ids), make_relations(graph, ids, asked.relations)
        del ids
        print(f"{made[0]} nodes and {made[1]} relations made, {peak_mb():.0f} MB", flush=True)
        measure(graph, asked.pivots, "first run")
        measure(graph, asked.pivots, "second run, which drops the first")
        print(f"load average {os.getloadavg()[0]:.1f}")


if __name__ == "__main__":
    main()
