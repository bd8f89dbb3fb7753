"""How long it takes until what became public has been compared with every saved search, and those who look for it are told.

`RELEVANCE_DATA=… python -m benchmarks.alerts [--searches 10000] [--documents 1000]`: the whole site on the embedded engines. Each search is of an
account of its own: two words of a real title, some with a filter, a phrase or a -word, saved on some day of the last three months.
The documents come in through the import and its relay; the
time is that of the alerts alone, from the queue in the graph to the messages. A tenth of the documents is tried against every search, too, to show
that the index over searches leaves none out.
"""

import argparse
import os
import random
import tempfile
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from time import perf_counter
from typing import Any, LiteralString

from benchmarks.announcement import nodes, relations
from benchmarks.filled_site import load
from benchmarks.made_up import SEED, given_titles, texts
from graph.records import value
from marketplace.cli.init import found
from marketplace.config import Settings
from marketplace.domains.saved_searches.model import Alerts, SavedSearch
from marketplace.kernel.entity import node_properties
from marketplace.kernel.taxonomy import list_fields
from marketplace.opening import open_site
from marketplace.relay.alerting import Alerting
from marketplace.relay.following import many_of
from marketplace.web.site import Site
from search.analysis import plain_words
from search.standing import lay_open

TARGET = 60.0
FINDINGS = "MATCH (f:Finding) RETURN count(f) AS number"
MESSAGES = "MATCH (n:Notice) WHERE n.kind = 'saved-search' RETURN count(n) AS number"
FOUND = "MATCH (f:Finding) RETURN f.search_id AS search, f.entity_id AS thing"
IDS = "MATCH (n:Achievement) RETURN n.id AS id ORDER BY id LIMIT $limit"


@dataclass(frozen=True, slots=True)
class Asking:
    """What somebody might save: words that stand in titles, so that most find something one day."""

    titles: list[str]
    fields: list[str]
    chance: random.Random

    def search(self, number: int, site: Site) -> SavedSearch:
        words = [word for word in plain_words(self.chance.choice(self.titles)) if len(word) > 1] or ["装置"]
        first, second = self.chance.choice(words), self.chance.choice(words)
        text = self.chance.choice((f"{first} {second}", f"{first} {second}", f'"{first}{second}"', f"{first} {second} -系统", first))
        filters = self.chance.choice(((), (), (f"field={self.chance.choice(self.fields)}",), ("kind=achievement",), ("has_patent=no",)))
        now = site.clock.now() - timedelta(days=self.chance.uniform(0.1, 90))
        return SavedSearch(
            id=f"search-{number:06d}", title=text[:80], words=text, filters=filters, alerts=self.chance.choice(list(Alerts)),
            since=now, seen_at=now, created_at=now, updated_at=now, owner_id=f"reader-{number:06d}",
        )  # fmt: skip


def make_searches(site: Site, asking: Asking, count: int) -> None:
    made = [asking.search(number, site) for number in range(count)]
    accounts: Iterator[dict[str, Any]] = (
        {"id": one.owner_id, "login": one.owner_id, "name": "x", "status": "active", "version": 1, "audience": ["system"]} for one in made
    )
    nodes(site.graph, "Account", accounts)
    nodes(site.graph, "SavedSearch", (node_properties(one) for one in made))
    relations(site.graph, "Account", "SEARCHES_FOR", "SavedSearch", ((one.owner_id, one.id) for one in made))


def alerting_of(site: Site) -> Alerting:
    return Alerting(site.graph, site.rooms, site.vocabulary, site.clock)


def left_out(site: Site, alerting: Alerting, most: int) -> int:
    """Findings of every search tried against these documents that the alerts have not written."""
    ids = site.graph.read(lambda tx: tx.all(IDS, value("id"), limit=most), reader=("system",), patience=60)
    things = site.graph.read(lambda tx: many_of(tx, site.rooms["achievement"], ids), reader=("system",), patience=60)
    told = set(site.graph.read(lambda tx: tx.all(FOUND, lambda row: (row["search"], row["thing"])), reader=("system",), patience=60))
    searches = alerting.book.understood
    laid = [lay_open(face) for thing in things for face in site.rooms["achievement"].documents(thing)]
    due = {(id, one.document.id) for one in laid for id, search in searches.items() if search.finds(one)}
    return len(due - told)


def counted(site: Site, statement: LiteralString) -> int:
    return int(site.graph.read(lambda tx: tx.one(statement, value("number")), reader=("system",), patience=60))


def timed(work: Callable[[], Any]) -> tuple[float, Any]:
    began = perf_counter()
    result = work()
    return perf_counter() - began, result


def measure(site: Site, titles: list[str], searches: int, documents: int) -> None:
    fields = [term.code for term in site.graph.read(list_fields)]
    make_searches(site, Asking(titles, fields, random.Random(SEED)), searches)
    load(site, list(texts(titles, documents, fields)))
    alerting = alerting_of(site)
    began, _ = timed(lambda: site.graph.read(lambda tx: alerting.book.renew(tx, site.vocabulary.synonyms()), reader=("system",), patience=60))
    took, fresh = timed(alerting.carry_out)
    pairs = searches * documents
    print(f"{searches} saved searches laid out in {began:.1f} s")
    print(f"{documents} documents: {took:.1f} s (target {TARGET:.0f} s); {alerting.book.candidates} candidates of {pairs} pairs", flush=True)
    print(f"{fresh} findings, {counted(site, MESSAGES)} messages, {counted(site, FINDINGS)} stand in the graph")
    print(f"left out of a tenth of the documents: {left_out(site, alerting, documents // 10)}")
    again, more = timed(alerting.carry_out)
    print(f"a second pass: {more} findings in {again:.2f} s; {'within' if began + took <= TARGET else 'BEYOND'} the target")


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.alerts")
    parser.add_argument("--searches", type=int, default=10_000)
    parser.add_argument("--documents", type=int, default=1_000)
    asked = parser.parse_args()
    titles = given_titles()
    with tempfile.TemporaryDirectory() as folder, suppress(KeyboardInterrupt), open_site(Settings(data_dir=Path(folder))) as site:
        found(site)
        site.relay.drain()
        alerting_of(site).carry_out()
        print(f"load average {os.getloadavg()[0]:.1f}", flush=True)
        measure(site, titles, asked.searches, asked.documents)
        print(f"load average {os.getloadavg()[0]:.1f}")


if __name__ == "__main__":
    main()
