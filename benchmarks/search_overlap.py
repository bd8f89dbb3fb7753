"""Whether both search engines find and rank alike: the same documents, the same real needs, the ten best of each; and what each takes.

`ELASTICSEARCH_URL=http://127.0.0.1:9200 RELEVANCE_DATA=DIR python -m benchmarks.search_overlap [--json]`
"""

import argparse
import json
import os
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import mean, median
from time import perf_counter
from typing import Any

from benchmarks.relevance import bring_in, lines
from marketplace.app import create_app
from marketplace.cli.init import found
from marketplace.config import Settings
from marketplace.opening import open_site
from marketplace.processes.matching.service import rank_for_need
from marketplace.web.words import speaking
from search.elastic_index import remove_index
from search.index import Access, Index, open_index
from search.query import SearchQuery
from search.results import Hit

DEPTH = 10
PUBLIC = ("public",)
Ask = Callable[[Index, dict[str, Any]], list[Hit]]


@dataclass(frozen=True, slots=True)
class Overlap:
    """Of one way to ask: the share of the ten best that both name, how often they are the same in the same order, and milliseconds (p50)."""

    asked: int
    overlap: float
    same_order: int
    furthest_score: float
    embedded_ms: float
    elasticsearch_ms: float


def by_matching(index: Index, need: dict[str, Any]) -> list[Hit]:
    return rank_for_need(index, need["title"], need["content"], PUBLIC, ("achievement",), DEPTH)


def by_searching(index: Index, need: dict[str, Any]) -> list[Hit]:
    return list(index.search(SearchQuery(need["title"], reader=PUBLIC, size=DEPTH, facets=("kind", "field"), kinds=("achievement",))).hits)


WAYS: dict[str, Ask] = {"matching": by_matching, "searching for its title": by_searching}


def timed(ask: Ask, index: Index, need: dict[str, Any]) -> tuple[list[Hit], float]:
    began = perf_counter()
    hits = ask(index, need)
    return hits, 1000 * (perf_counter() - began)


def compare(ask: Ask, embedded: Index, elastic: Index, needs: list[dict[str, Any]]) -> Overlap:
    for index in (embedded, elastic):
        ask(index, needs[0])
    rows = [(timed(ask, embedded, need), timed(ask, elastic, need)) for need in needs]
    pairs = [([hit.id for hit in one], [hit.id for hit in other]) for (one, _), (other, _) in rows]
    apart = [abs(a.score / b.score - 1) for (one, _), (other, _) in rows for a, b in zip(one, other, strict=False) if b.score]
    return Overlap(
        len(needs), mean(len(set(one) & set(other)) / max(1, len(one), len(other)) if one or other else 1.0 for one, other in pairs),
        sum(one == other for one, other in pairs), max(apart, default=0.0), median(ms for (_, ms), _ in rows), median(ms for _, (_, ms) in rows),
    )  # fmt: skip


@contextmanager
def both(url: str, achievements: Path, needs: Path) -> Iterator[tuple[Index, Index]]:
    """The achievements and needs, imported by the product into the embedded index, and the very same documents in Elasticsearch."""
    access = Access(prefix=f"overlap-{os.getpid()}")
    with tempfile.TemporaryDirectory() as folder, open_site(Settings(data_dir=Path(folder), elasticsearch_url="")) as site:
        with create_app(site=site).test_request_context(), speaking("en"):
            found(site)
            site.relay.drain()
            bring_in(site, "achievement", achievements)
            bring_in(site, "need", needs)
        elastic = open_index(url, access)
        try:
            elastic.put(site.index.documents())
            elastic.commit()
            yield site.index, elastic
        finally:
            elastic.close()
            remove_index(url, access)


def main() -> None:
    folder = Path(os.environ.get("RELEVANCE_DATA", "relevance"))
    parser = argparse.ArgumentParser(prog="python -m benchmarks.search_overlap")
    parser.add_argument("--json", action="store_true")
    asked = parser.parse_args()
    url = os.environ.get("ELASTICSEARCH_URL") or os.environ.get("TEST_ELASTICSEARCH_URL")
    if not url or not (folder / "needs.jsonl").exists():
        print("skipped: ELASTICSEARCH_URL and RELEVANCE_DATA say which server and which needs")
        return
    with both(url, folder / "achievements.jsonl", folder / "needs.jsonl") as (embedded, elastic):
        found = {name: compare(ask, embedded, elastic, lines(folder / "needs.jsonl")) for name, ask in WAYS.items()}
    if asked.json:
        print(json.dumps({name: asdict(one) for name, one in found.items()}))
        return
    for name, one in found.items():
        print(f"{name}: overlap of the {DEPTH} best {one.overlap:.4f}, in the same order {one.same_order} of {one.asked}, "
              f"scores at most {100 * one.furthest_score:.3f} % apart")  # fmt: skip
        print(f"  p50 embedded {one.embedded_ms:.1f} ms, Elasticsearch {one.elasticsearch_ms:.1f} ms")


if __name__ == "__main__":
    main()
