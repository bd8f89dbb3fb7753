"""A rush for what is scarce: forty officers in two processes claim ten submissions. How long each waits, and whether the outcome is exact.

`python -m benchmarks.rush [--rounds 5] [--wipe]`: on the embedded engine, or on the Neo4j of NEO4J_URI, which must be empty (`--wipe` empties it
first and after each round).
"""

import argparse
import os
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime
from itertools import count
from multiprocessing import get_context
from statistics import mean
from time import perf_counter, sleep, time
from typing import NamedTuple

from benchmarks.stores import Store, empty_graph, p50_p95, store_of_environment
from graph.connection import Graph
from graph.dialect import wipe
from graph.records import value
from marketplace.domains.achievements.model import AchievementText
from marketplace.domains.achievements.service import create_achievement
from marketplace.domains.organisations.model import Kind, OrganisationText
from marketplace.domains.organisations.service import create_organisation
from marketplace.domains.reviews.service import claim_review
from marketplace.kernel import unit_of_work
from marketplace.kernel.actor import SYSTEM_ACTOR, Actor
from marketplace.kernel.errors import Refused
from marketplace.kernel.reviewing import open_review
from marketplace.kernel.unit_of_work import UnitOfWork

NOW = datetime(2026, 11, 23, 2, tzinfo=UTC)
CONTENDERS = 40
SEATS = 10
PATIENCE = 15.0
READY_WITHIN = 2.0
"""Seconds for both processes to connect."""
TARGETS = {"embedded": 250, "Neo4j": 700}
"""Milliseconds within which 95 of 100 claims are answered."""


class Claim(NamedTuple):
    """`attempts`: how often its transaction was begun."""

    outcome: str
    attempts: int
    seconds: float


def officer(number: int, unit: str) -> Actor:
    tokens = frozenset({"public", "signed-in", "officer", f"officer:{unit}", f"account:officer-{number}"})
    return Actor(f"officer-{number}", f"officer {number}", tokens=tokens)


def open_cases(uow: UnitOfWork) -> str:
    """A unit and the submissions that wait for its officers; returns the unit's id."""
    unit = create_organisation(uow, OrganisationText(name="一家基层工会", kind=Kind.BASE))
    for number in range(SEATS):
        made = create_achievement(uow, AchievementText(title=f"第{number}项改进"))
        open_review(uow, replace(made, units=(unit.id,), organisation_id=unit.id), stage="submit", unit_name="一家基层工会")
    return unit.id


def claim(graph: Graph, case: str, actor: Actor) -> Claim:
    attempts, outcome, began = count(), "claimed", perf_counter()

    def work(uow: UnitOfWork) -> None:
        next(attempts)
        claim_review(uow, case)

    try:
        unit_of_work.change(graph, actor, NOW, work, patience=PATIENCE)
    except Refused:
        outcome = "refused"
    return Claim(outcome, next(attempts), perf_counter() - began)


def contend(store: Store, unit: str, cases: list[str], numbers: range, start: float) -> list[Claim]:
    """One process: a thread for each contender, its connection opened before, as a site that runs has them. All start at the same moment."""
    graph = store.open()

    def one(number: int) -> Claim:
        graph.ping()
        sleep(max(0.0, start - time()))
        return claim(graph, cases[number % SEATS], officer(number, unit))

    with ThreadPoolExecutor(len(numbers)) as crowd:
        claims = list(crowd.map(one, numbers))
    graph.close()
    return claims


CASES = "MATCH (r:Review) RETURN r.id AS id"
HOLDERS = "MATCH (r:Review) WHERE r.claimed_by <> '' RETURN r.claimed_by AS by"


def run_round(store: Store, graph: Graph, processes: ProcessPoolExecutor) -> tuple[list[Claim], bool]:
    """The claims, and whether each case went to exactly one officer who was told so."""
    unit = unit_of_work.change(graph, SYSTEM_ACTOR, NOW, open_cases, patience=PATIENCE)
    cases = graph.read(lambda tx: tx.all(CASES, value("id")), patience=PATIENCE)
    halves, start = (range(0, CONTENDERS, 2), range(1, CONTENDERS, 2)), time() + READY_WITHIN
    runs = [processes.submit(contend, store, unit, cases, half, start) for half in halves]
    claims = [one for run in runs for one in run.result(120)]
    holders = graph.read(lambda tx: tx.all(HOLDERS, value("by")), patience=PATIENCE)
    wipe(graph)
    return claims, len(holders) == len(set(holders)) == SEATS == sum(one.outcome == "claimed" for one in claims)


def measure(store: Store, graph: Graph, rounds: int) -> None:
    """The first round is not counted: both processes load the product in it."""
    with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as processes:
        run_round(store, graph, processes)
        results = [run_round(store, graph, processes) for _ in range(rounds)]
    for number, (claims, exact) in enumerate(results, start=1):
        print(f"round {number}: {told(claims, exact=exact)}")
    every = [one for claims, _ in results for one in claims]
    print(f"all: {told(every, exact=all(exact for _, exact in results))} (target p95 {TARGETS[store.name]} ms)")


def told(claims: list[Claim], *, exact: bool) -> str:
    p50, p95 = p50_p95([one.seconds for one in claims])
    attempts = [one.attempts for one in claims]
    return f"p50 {p50:.0f} ms, p95 {p95:.0f} ms, attempts {mean(attempts):.1f} (most {max(attempts)}), {'exact' if exact else 'NOT EXACT'}"


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.rush")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--wipe", action="store_true", help="empty the Neo4j of NEO4J_URI first")
    asked = parser.parse_args()
    with store_of_environment() as store, empty_graph(store, wiping=asked.wipe) as graph:
        print(f"{store.name}, {CONTENDERS} contenders for {SEATS}, load average {os.getloadavg()[0]:.1f}", flush=True)
        measure(store, graph, asked.rounds)
        print(f"load average {os.getloadavg()[0]:.1f}")


if __name__ == "__main__":
    main()
