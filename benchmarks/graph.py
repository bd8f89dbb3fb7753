"""How fast the graph is made and asked, and what the product's own layer costs above the bare driver.

`python -m benchmarks.graph [--nodes 100000] [--relations 500000] [--calls 2000] [--wipe]`: on the embedded engine, or on the Neo4j of NEO4J_URI,
which must be empty (`--wipe` empties it first).
"""

import argparse
import os
import random
from collections.abc import Callable
from time import perf_counter
from typing import LiteralString, NamedTuple

from neo4j import Driver, GraphDatabase, Session

from benchmarks.made_up import SEED
from benchmarks.made_up_graph import ids_of, make_nodes, make_relations
from benchmarks.stores import Store, empty_graph, p50_p95, store_of_environment
from graph.connection import Graph
from graph.records import value

LONGEST = 120.0
"""Seconds for one kind of call; a slow one is measured by fewer calls, and their number is printed."""


class Call(NamedTuple):
    """`$id` and `$other` are two workers; the answer's column is `found`."""

    name: str
    statement: LiteralString
    writes: bool = False


LOOK_UP = "MATCH (w:Worker {id: $id}) RETURN w.name AS found"
TWO_HOPS = "MATCH (w:Worker {id: $id})-[:CONTRIBUTED_TO]->(:Achievement)<-[:CONTRIBUTED_TO]-(other:Worker) RETURN DISTINCT other.id AS found"
SHORTEST = """
MATCH (a:Worker {id: $id}), (b:Worker {id: $other})
MATCH path = shortestPath((a)-[:CONTRIBUTED_TO|MEMBER_OF*..8]-(b))
RETURN length(path) AS found
"""
WRITE = "MATCH (w:Worker {id: $id}) SET w.version = w.version + 1 RETURN w.version AS found"
CALLS = (Call("point look-up", LOOK_UP), Call("2 hops", TWO_HOPS), Call("shortest path", SHORTEST), Call("write", WRITE, writes=True))
Ask = Callable[[Call, dict[str, str]], list[object]]


def ask_product(graph: Graph) -> Ask:
    def ask(call: Call, about: dict[str, str]) -> list[object]:
        door = graph.write if call.writes else graph.read
        return door(lambda tx: tx.all(call.statement, value("found"), **about), patience=60)

    return ask


def ask_driver(driver: Driver, database: str | None) -> Ask:
    """As its makers' manual has it: a session and a managed transaction for each call."""

    def ask(call: Call, about: dict[str, str]) -> list[object]:
        with driver.session(database=database) as session:
            return managed(session, call, about)

    return ask


def managed(session: Session, call: Call, about: dict[str, str]) -> list[object]:
    door = session.execute_write if call.writes else session.execute_read
    return door(lambda tx: [row["found"] for row in tx.run(call.statement, about)])


def measure(call: Call, asks: tuple[Ask, Ask], workers: list[str], calls: int) -> tuple[list[float], list[float]]:
    """Both ask about the same workers, in turn; who begins alternates, for the second finds warm pages."""
    chance, taken = random.Random(SEED), (list[float](), list[float]())
    ends = perf_counter() + LONGEST
    for turn in range(calls):
        about = dict(zip(("id", "other"), chance.sample(workers, 2), strict=True))
        for which in (turn % 2, 1 - turn % 2):
            began = perf_counter()
            asks[which](call, about)
            taken[which].append(perf_counter() - began)
        if perf_counter() > ends and turn:
            break
    return taken


def show_calls(store: Store, graph: Graph, workers: list[str], calls: int) -> None:
    with GraphDatabase.driver(store.url, auth=(store.user, store.password), notifications_min_severity="OFF") as driver:
        asks = ask_driver(driver, store.database), ask_product(graph)
        for call in CALLS:
            measure(call, asks, workers, min(20, calls))
            raw, product = measure(call, asks, workers, calls)
            (raw50, raw95), (own50, own95) = p50_p95(raw), p50_p95(product)
            print(f"{call.name:14} driver p50 {raw50:7.2f} p95 {raw95:7.2f} ms   product p50 {own50:7.2f} p95 {own95:7.2f} ms   "
                  f"product/driver p50 {own50 / raw50:.2f} p95 {own95 / raw95:.2f}   ({len(raw)} calls each)", flush=True)  # fmt: skip


def show_making(graph: Graph, ids: dict[str, list[str]], relations: int) -> None:
    began = perf_counter()
    nodes = make_nodes(graph, ids)
    between = perf_counter()
    print(f"{nodes} nodes made: {nodes / (between - began):.0f} nodes/s", flush=True)
    made = make_relations(graph, ids, relations)
    print(f"{made} relations made: {made / (perf_counter() - between):.0f} relations/s", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.graph")
    parser.add_argument("--nodes", type=int, default=100_000)
    parser.add_argument("--relations", type=int, default=500_000)
    parser.add_argument("--calls", type=int, default=2_000)
    parser.add_argument("--wipe", action="store_true", help="empty the Neo4j of NEO4J_URI first")
    asked = parser.parse_args()
    with store_of_environment() as store, empty_graph(store, wiping=asked.wipe) as graph:
        ids = ids_of(asked.nodes)
        print(f"{store.name}, load average {os.getloadavg()[0]:.1f}", flush=True)
        show_making(graph, ids, asked.relations)
        show_calls(store, graph, ids["Worker"], asked.calls)
        print(f"load average {os.getloadavg()[0]:.1f}")


if __name__ == "__main__":
    main()
