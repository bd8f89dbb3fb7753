"""How fast the figures page answers over a large market, and how long counting it anew takes.

`python -m benchmarks.figures [--contracts 20000] [--clients 4] [--seconds 10]`: as many contracts, three quarters as many achievements, as many
enquiries and a quarter as many needs, spread over the sub-districts; then the page as it is served, and the list behind a number.
"""

import argparse
import random
import tempfile
from datetime import datetime, timedelta
from pathlib import Path
from time import perf_counter
from typing import Any, LiteralString

from benchmarks.clients import ask
from benchmarks.filled_site import command_of, filled, free_port, served
from graph.records import value
from marketplace.kernel.actor import SYSTEM_ACTOR
from marketplace.kernel.unit_of_work import change
from marketplace.processes.figures.service import count_figures
from marketplace.web.site import Site

BATCH = 1_000
FIELDS = ("0101", "0201", "0302", "0601", "0701", "1001", "")
STATES = ("in-force", "in-force", "fulfilled", "fulfilled", "drafted", "terminated", "cancelled")
UNITS = "MATCH (o:Organisation {kind: 'subdistrict'}) RETURN o.id AS id ORDER BY id"
WORKS = """
UNWIND $rows AS row CREATE (n:Achievement {id: row.id, title: row.id, number: row.id, status: 'published', published_at: row.at, field: row.field,
  audience: ['public', 'system']}) WITH n, row MATCH (o:Organisation {id: row.unit}) CREATE (n)-[:UNDER]->(o)
"""
NEEDS = """
UNWIND $rows AS row CREATE (n:Need {id: row.id, title: row.id, number: row.id, status: 'published', published_at: row.at, field: row.field,
  visibility: 'open', audience: ['public', 'system']}) WITH n, row MATCH (o:Organisation {id: row.unit}) CREATE (n)-[:UNDER]->(o)
"""
ABOUT_WORKS = "UNWIND $rows AS row MATCH (n:Achievement {id: row.work}) CREATE (:Enquiry {id: 'q' + row.id, created_at: row.at})-[:ABOUT]->(n)"
ABOUT_NEEDS = "UNWIND $rows AS row MATCH (n:Need {id: row.need}) CREATE (:Enquiry {id: 'p' + row.id, created_at: row.at})-[:ABOUT]->(n)"
OFFERS = "UNWIND $rows AS row MATCH (q:Enquiry {id: 'q' + row.id}) CREATE (:Offer {id: 'o' + row.id})-[:OFFERED_IN]->(q)"
CONTRACTS = """
UNWIND $rows AS row MATCH (a:Achievement {id: row.work})
CREATE (c:Contract {id: row.id, number: row.id, status: row.status, signed_on: row.day, audience: ['system']})-[:CONCERNS]->(a)
"""
SOLVING = "UNWIND $rows AS row MATCH (c:Contract {id: row.id}) MATCH (n:Need {id: row.need}) CREATE (c)-[:SOLVES]->(n)"


def write(site: Site, statement: LiteralString, rows: list[dict[str, Any]]) -> None:
    for at in range(0, len(rows), BATCH):
        site.graph.write(lambda tx, some=rows[at : at + BATCH]: tx.run(statement, rows=some), patience=60)  # type: ignore[misc]


def make(site: Site, contracts: int) -> None:
    """The same market every time."""
    dice, now = random.Random(20150017), site.clock.now()
    units = site.graph.read(lambda tx: tx.all(UNITS, value("id")), reader=("system",))
    works, needs = contracts * 3 // 4, contracts // 4
    write(site, WORKS, [thing(f"w{n}", dice, now, units) for n in range(works)])
    write(site, NEEDS, [thing(f"n{n}", dice, now, units) for n in range(needs)])
    rows: list[dict[str, Any]] = []
    for n in range(contracts):
        at = now - timedelta(days=dice.randrange(1, 700))
        rows.append({
            "id": f"c{n}", "work": f"w{dice.randrange(works)}", "need": f"n{n % needs}", "status": dice.choice(STATES), "at": at, "day": at.date(),
        })  # fmt: skip
    write(site, CONTRACTS, rows)
    write(site, ABOUT_WORKS, rows)
    write(site, OFFERS, rows[::2])
    write(site, ABOUT_NEEDS, rows[: needs * 2])
    write(site, SOLVING, rows[:needs])


def thing(id: str, dice: random.Random, now: datetime, units: list[str]) -> dict[str, Any]:
    return {"id": id, "at": now - timedelta(days=dice.randrange(2_000)), "field": dice.choice(FIELDS), "unit": dice.choice(units)}


PAGES = ("/figures", "/figures?by=field", "/figures?by=year")
LISTS = ("/figures/list?what=published", "/figures/list?what=needs&year=2024", "/figures/list?what=mature&field=06")


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.figures")
    parser.add_argument("--contracts", type=int, default=20_000)
    parser.add_argument("--clients", type=int, default=4)
    parser.add_argument("--seconds", type=float, default=10)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        with filled(folder, ["x"], 0) as (site, _made, _seconds):
            began = perf_counter()
            make(site, asked.contracts)
            made = perf_counter()
            sheets = change(site.graph, SYSTEM_ACTOR, site.clock.now(), lambda uow: count_figures(uow, 12, timedelta()), patience=60)
            print(f"{asked.contracts} contracts made in {made - began:.0f} s, {sheets} sheets counted in {perf_counter() - made:.1f} s", flush=True)
        port = free_port()
        with served(command_of(folder, port), f"http://127.0.0.1:{port}/figures", Path(place) / "log"):
            for name, pages in (("figures page", PAGES), ("list behind a number", LISTS)):
                for clients in (1, asked.clients):
                    speed = ask(port, pages, clients, asked.seconds)
                    print(
                        f"{name}, {clients} clients: p50 {speed.p50_ms:.0f} ms, p95 {speed.p95_ms:.0f} ms, {speed.requests_per_second:.0f}/s",
                        flush=True,
                    )


if __name__ == "__main__":
    main()
