"""How good the product's own matching is on real needs: imported by the product, ranked by the product, judged by people.

`python -m benchmarks.relevance [--needs F --achievements F --judgements F] [--whole] [--json]`
"""

import argparse
import json
import os
import tempfile
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from time import perf_counter
from typing import Any

from benchmarks.relevance_parts import Judge, ablation, judge_by
from benchmarks.relevance_score import Scores, interval, mean
from marketplace.app import create_app
from marketplace.cli.init import found
from marketplace.config import Settings
from marketplace.kernel.actor import SYSTEM_ACTOR
from marketplace.kernel.importing import Checked, Intake
from marketplace.opening import open_site
from marketplace.processes.imports.forms import KINDS, check_file
from marketplace.processes.imports.service import Conduct, open_batch, run_batch
from marketplace.processes.matching.service import rank_for_need
from marketplace.web.site import Site
from marketplace.web.words import speaking
from search.elastic_index import remove_index
from search.index import Access

SOURCE = "relevance"
WORDS = {"scores": "the site", "low": "95 % interval from", "high": "95 % interval to"}


def lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def bring_in(site: Site, kind: str, path: Path) -> dict[str, float]:
    """Through the product's import, public at once. Returns rows and seconds of checking and importing, then of indexing."""
    conduct = Conduct(site.graph, site.clock, SYSTEM_ACTOR)
    began = perf_counter()
    checked = check_file(conduct, KINDS[kind], path.name, path.read_bytes(), Intake(SOURCE, publish=True))
    if checked.faults:
        raise SystemExit(f"{path}: {checked.faults[0]}")
    import_rows(conduct, site, kind, path.name, checked)
    imported = perf_counter()
    site.relay.drain()
    return {"rows": len(checked.rows), "seconds": imported - began, "indexing_seconds": perf_counter() - imported}


def import_rows(conduct: Conduct, site: Site, kind: str, name: str, checked: Checked) -> None:
    batch = conduct.change(lambda uow: open_batch(uow, kind, name, SOURCE, rows=checked.total, refused=0, publish=True, whole=True))
    batch = conduct.change(lambda uow: run_batch(uow, batch.id, batch.version))
    conduct.run(batch, KINDS[kind].verb, checked.rows, site.rooms[kind])


SOURCES = """
MATCH (a:Achievement) WHERE a.source_key IS NOT NULL RETURN a.id AS id, a.source_key AS key
"""


def source_ids(site: Site) -> dict[str, str]:
    """Our ids → those of the register."""
    pairs = site.graph.read(lambda tx: tx.all(SOURCES, lambda row: (row["id"], row["key"])), reader=("system",), patience=15)
    return {id: key.removeprefix(f"{SOURCE}:") for id, key in pairs}


@dataclass(frozen=True, slots=True)
class Judged:
    """The needs that staff judged something for, and how a ranking for one of them is told good."""

    needs: list[dict[str, Any]]
    judge: Judge

    @classmethod
    def of(cls, needs: Path, achievements: Path, judgements: Path) -> "Judged":
        levels: defaultdict[str, dict[str, int]] = defaultdict(dict)
        for one in lines(judgements):
            levels[one["need"]][one["achievement"]] = one["level"]
        titles = {one["id"]: one["title"] for one in lines(achievements)}
        return cls([need for need in lines(needs) if need["id"] in levels], judge_by(levels, titles))


def scores_of(site: Site, judged: Judged, theirs: dict[str, str]) -> list[Scores]:
    """Each need's ranking by the product, of all achievements."""

    def ranked(need: dict[str, Any]) -> list[str]:
        hits = rank_for_need(site.index, need["title"], need["content"], ("public",), ("achievement",), len(theirs))
        return [theirs[hit.id] for hit in hits]

    return [judged.judge(need["id"], ranked(need)) for need in judged.needs]


@contextmanager
def empty_site() -> Iterator[Site]:
    """On the engines that the environment names; in Elasticsearch under a name of its own, which is gone afterwards."""
    access = Access(prefix=f"relevance-{os.getpid()}")
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(data_dir=Path(folder), elasticsearch_prefix=access.prefix)
        try:
            with open_site(settings) as site:
                yield site
        finally:
            if settings.elasticsearch_url:
                remove_index(settings.elasticsearch_url, access)


def measure(needs: Path, achievements: Path, judgements: Path, whole: bool) -> dict[str, Any]:
    """`whole` leaves out what each part is worth, which takes ten times as long."""
    with empty_site() as site:
        with create_app(site=site).test_request_context(), speaking("en"):
            found(site)
            site.relay.drain()
            imports = {"achievement": bring_in(site, "achievement", achievements), "need": bring_in(site, "need", needs)}
        judged, theirs = Judged.of(needs, achievements, judgements), source_ids(site)
        scores = scores_of(site, judged, theirs)
        parts = {} if whole else dict(ablation(site, judged.needs, theirs, judged.judge))
    low, high = interval(scores)
    named = {"scores": mean(scores), "low": low, "high": high} | parts
    return {"imports": imports} | {name: asdict(one) for name, one in named.items()}


def show(result: dict[str, Any]) -> None:
    for name, one in result.items():
        if name != "imports":
            print(f"{WORDS.get(name, name):<42} dedup nDCG@10 {one['dedup_ndcg']:.3f}   judged nDCG@10 {one['judged_ndcg']:.3f}   "
                  f"recall@100 {one['recall']:.3f}   nDCG@10 {one['ndcg']:.3f}")  # fmt: skip
    for kind, one in result["imports"].items():
        imported, indexed = one["rows"] / one["seconds"], one["rows"] / one["indexing_seconds"]
        print(f"import of {one['rows']:.0f} {kind}s: {imported:.0f} rows/s; then indexed: {indexed:.0f}/s")


def main() -> None:
    folder = Path(os.environ.get("RELEVANCE_DATA", "relevance"))
    parser = argparse.ArgumentParser(prog="python -m benchmarks.relevance")
    for name in ("needs", "achievements", "judgements"):
        parser.add_argument(f"--{name}", type=Path, default=folder / f"{name}.jsonl")
    parser.add_argument("--whole", action="store_true", help="the product's ranking only, without its parts and folds")
    parser.add_argument("--json", action="store_true")
    asked = parser.parse_args()
    files = (asked.needs, asked.achievements, asked.judgements)
    if not all(path.exists() for path in files):
        print("skipped: no relevance data; set RELEVANCE_DATA to the folder of needs.jsonl, achievements.jsonl and judgements.jsonl")
        return
    result = measure(*files, asked.whole)
    print(json.dumps(result)) if asked.json else show(result)


if __name__ == "__main__":
    main()
