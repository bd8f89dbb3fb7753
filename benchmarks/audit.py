"""How long a search of the audit takes among a million entries, for each kind of reader and filter; and how long the chain takes to verify.

`python -m benchmarks.audit [--entries 1000000] [--rounds 40] [--verify] [--wipe]`: on the embedded engine, or on the Neo4j of NEO4J_URI,
which must be empty. The entries are of half a year, in the shape of the site's own: 43 sub-districts, 2,000 base unions, sealed one by one.
"""

import argparse
import os
import random
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from itertools import islice
from time import perf_counter
from typing import Any

from benchmarks.made_up import SEED
from benchmarks.stores import empty_graph, p50_p95, store_of_environment
from graph.connection import Graph
from graph.copying.store import create_nodes, create_relations
from graph.ontology import ONTOLOGY
from marketplace.kernel.audit import ADMINISTRATION, AuditEntry, row_of
from marketplace.kernel.chain import HEAD, seal_of, verify
from marketplace.kernel.workdays import SHANGHAI, local_day
from marketplace.pages.audit.repository import Wanted, list_audit
from marketplace.pages.audit.state import PAGE_SIZE
from marketplace.relay.sealing import MOVE_HEAD, mark_days

BATCH, DAYS, STREETS, BASES, PEOPLE, THINGS = 5_000, 180, 43, 2_000, 5_000, 100_000
BEGAN = datetime(2026, 5, 1, tzinfo=UTC)
VERBS = ("edit", "create", "submit", "publish", "import", "look", "return")
WEIGHTS = (40, 20, 12, 10, 10, 7, 1)
KINDS = ("worker", "achievement", "need", "listing", "studio")
GUARD = "MERGE (g:Guard {id: $id}) SET g.lock = 0"


def street(number: int) -> str:
    return f"street-{number:02d}"


def base(number: int) -> str:
    return f"base-{number:04d}"


def make_tree(graph: Graph) -> None:
    """The district, its sub-districts, the base unions under them."""
    node = ONTOLOGY.node("Organisation")
    units = [("district", "")] + [(street(n), "district") for n in range(STREETS)] + [(base(n), street(n % STREETS)) for n in range(BASES)]
    graph.write(lambda tx: create_nodes(tx, node, [{"id": id, "name": id, "audience": ["public", "system"]} for id, _ in units]), patience=60)
    rows = [{"a": id, "b": above, "properties": {}} for id, above in units if above]
    graph.write(lambda tx: create_relations(tx, node, "PART_OF", node, rows), patience=60)


def entries(count: int) -> Iterator[AuditEntry]:
    """One in fifty is administration; the rest belongs to a base union. Time goes evenly forward."""
    chance = random.Random(SEED)
    for number in range(count):
        unit, who = chance.randrange(BASES), chance.randrange(PEOPLE)
        above = (f"officer:{base(unit)}", f"officer:{street(unit % STREETS)}", "officer:district")
        is_administration = number % 50 == 0
        yield AuditEntry(
            id=f"{number:026d}", kind="account" if is_administration else chance.choice(KINDS), entity_id=f"thing-{chance.randrange(THINGS):06d}",
            verb=chance.choices(VERBS, WEIGHTS)[0], account_id=f"account-{who:05d}", at=BEGAN + timedelta(days=DAYS) * number / count,
            fields=("title", "summary"), audience=(*(("administrator",) if is_administration else above), f"account:account-{who:05d}", "system"),
            shelf=ADMINISTRATION if is_administration else base(unit),
        )  # fmt: skip


def make_entries(graph: Graph, count: int) -> None:
    made, sequence, previous, node = entries(count), 0, "", ONTOLOGY.node("AuditEntry")
    graph.write(lambda tx: tx.run(GUARD, id=HEAD))
    while some := list(islice(made, BATCH)):
        rows: list[dict[str, Any]] = []
        days: dict[str, list[int]] = {}
        for entry in some:
            sequence += 1
            seal = seal_of(entry, sequence, previous)
            rows.append(row_of(entry) | {"sequence": sequence, "previous": previous, "seal": seal})
            days.setdefault(local_day(entry.at).isoformat(), []).append(sequence)
            previous = seal

        def write(tx: Any, rows: list[dict[str, Any]] = rows, days: dict[str, list[int]] = days) -> None:
            create_nodes(tx, node, rows)
            mark_days(tx, days)

        graph.write(write, patience=60)
    graph.write(lambda tx: tx.run(MOVE_HEAD, id=HEAD, sequence=sequence, seal=previous))


READERS = {
    "district officer": ("officer:district",), "sub-district officer": (f"officer:{street(7)}",), "base officer": (f"officer:{base(77)}",),
    "administrator": ("administrator",),
}  # fmt: skip


def week(chance: random.Random) -> dict[str, Any]:
    first = local_day(BEGAN) + timedelta(days=chance.randrange(DAYS - 8))
    last = first + timedelta(days=6)
    moments = {"since": datetime.combine(first, time(), SHANGHAI), "until": datetime.combine(last + timedelta(days=1), time(), SHANGHAI)}
    return {"since_day": first, "until_day": last} | moments


def questions(chance: random.Random) -> dict[str, Wanted]:
    return {
        "newest": Wanted(),
        "kind and verb": Wanted(kind=chance.choice(KINDS), verb="publish"),
        "a rare verb": Wanted(verb="return"),
        "looks in a week": Wanted(verb="look", **week(chance)),
        "a week": Wanted(**week(chance)),
        "a person": Wanted(who=f"account-{chance.randrange(PEOPLE):05d}"),
        "a thing": Wanted(of=(f"thing-{chance.randrange(THINGS):06d}",)),
    }


def measure(graph: Graph, rounds: int, count: int) -> float:
    """Returns the worst p95, in milliseconds."""
    worst, chance = 0.0, random.Random(SEED + 1)
    for who, tokens in READERS.items():
        took: dict[str, list[float]] = {}
        filled: dict[str, int] = {}
        reader = ("account:reader", "public", "signed-in", "system-none", *tokens)
        for _round in range(rounds):
            for name, wanted in questions(chance).items():
                asked = replace(wanted, before=chance.choice((0, chance.randrange(1, count))) if not wanted.since else 0)
                began = perf_counter()
                found = graph.read(lambda tx, asked=asked: list_audit(tx, asked, PAGE_SIZE, "reader"), reader=reader, patience=60)  # type: ignore[misc]
                took.setdefault(name, []).append(perf_counter() - began)
                filled[name] = filled.get(name, 0) + len(found.links)
        for name, seconds in took.items():
            p50, p95 = p50_p95(seconds)
            worst = max(worst, p95)
            print(f"  {who:21} {name:16} p50 {p50:7.1f} ms  p95 {p95:7.1f} ms  {filled[name] / rounds:5.1f} entries a page", flush=True)
    return worst


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.audit")
    parser.add_argument("--entries", type=int, default=1_000_000)
    parser.add_argument("--rounds", type=int, default=40)
    parser.add_argument("--verify", action="store_true", help="also verify the whole chain")
    parser.add_argument("--wipe", action="store_true", help="empty the Neo4j of NEO4J_URI first")
    asked = parser.parse_args()
    with store_of_environment() as place, empty_graph(place, wiping=asked.wipe) as graph:
        print(f"{place.name}, load average {os.getloadavg()[0]:.1f}", flush=True)
        began = perf_counter()
        make_tree(graph)
        make_entries(graph, asked.entries)
        print(f"{asked.entries} entries written in {perf_counter() - began:.0f} s", flush=True)
        print(f"worst p95 {measure(graph, asked.rounds, asked.entries):.1f} ms")
        if asked.verify:
            began = perf_counter()
            found = verify(graph, lambda place: b"")
            print(f"{found.entries} entries verified in {perf_counter() - began:.0f} s, {len(found.faults)} faults")
        print(f"load average {os.getloadavg()[0]:.1f}")


if __name__ == "__main__":
    main()
