"""The whole search page over HTTP against Datasette on SQLite FTS5 over the same tokens, one after the other on one machine.

`python -m benchmarks.search_page [--documents N] [--clients N] [--seconds S] [--json]`
"""

import argparse
import json
import sqlite3
import sys
import tempfile
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any
from urllib.parse import quote
from urllib.request import urlopen

from benchmarks.clients import Speed, ask
from benchmarks.filled_site import command_of, filled, free_port, served
from benchmarks.made_up import given_titles
from marketplace.domains.achievements.model import AchievementText
from marketplace.kernel.importing import MOST_ROWS
from search.analysis import fold, pairs
from search.query import SearchQuery

QUERIES = (
    "电池",
    "检测",
    "材料",
    "机器",
    "系统 控制",
    "焊接",
    "污水 处理",
    "传感",
    "制备 方法",
    "智能",
    "轴承",
    "芯片",
    "催化",
    "农业",
    "监测 装置",
    "软件",
)
FACETS = ("kind", "field", "maturity", "area", "year")
ANEW = "site, each page made anew"
TURNS = 4_000
"""More pages than are asked for in the time."""
WHOLE = {"facet_time_limit_ms": "60000", "sql_time_limit_ms": "60000"}
"""As Datasette comes, but nothing is cut short: every facet is counted to its end."""
TUNED = WHOLE | {"suggest_facets": "off", "num_sql_threads": "2", "default_page_size": "20"}
"""As somebody who knows it would set it for this very page."""
TABLE = """
CREATE TABLE docs (id INTEGER PRIMARY KEY, title TEXT, benefit TEXT, kind TEXT, field TEXT, maturity INT, area INT, year INT, tokens TEXT)
"""


def prepare(folder: Path, titles: list[str], count: int) -> tuple[list[AchievementText], dict[str, int], dict[str, float]]:
    """Returns what was made, how many hits each query has in our index, and how long loading took."""
    with filled(folder, titles, count) as (site, made, seconds):
        counts = {text: site.index.search(SearchQuery(text=text, reader=("public",))).total for text in QUERIES}
    return made, counts, seconds


def write_sqlite(path: Path, made: list[AchievementText]) -> None:
    """A table with an index for each facet, and an FTS5 table over its tokens, as Datasette's own tools make them."""
    with sqlite3.connect(path) as base:
        base.execute(TABLE)
        base.executemany("INSERT INTO docs VALUES (?,?,?,?,?,?,?,?,?)", (_row(number, text) for number, text in enumerate(made)))
        base.execute('CREATE VIRTUAL TABLE docs_fts USING fts5(tokens, content="docs", content_rowid="id")')
        base.execute("INSERT INTO docs_fts(docs_fts) VALUES ('rebuild')")
        for name in FACETS:
            base.execute(f"CREATE INDEX docs_{name} ON docs({name})")


def _row(number: int, text: AchievementText) -> tuple[Any, ...]:
    tokens = " ".join(pairs(fold("\n".join((text.title, text.benefit, text.summary)))))
    return number, text.title, text.benefit, text.kind.value, text.field, text.maturity, number // MOST_ROWS % 43, 2026, tokens


def ours(folder: Path, asked: argparse.Namespace) -> dict[str, Speed]:
    """As guests ask, for the same and while nothing changes; and each page with an address of its own, so that none is shown twice."""
    port = free_port()
    paths = [f"/search?q={quote(text)}" for text in QUERIES]
    never_twice = [f"{path}&turn={number}" for number in range(TURNS) for path in paths]
    with served(command_of(folder, port), f"http://127.0.0.1:{port}{paths[0]}", folder / "run.log"):
        return {"site": ask(port, paths, asked.clients, asked.seconds), ANEW: ask(port, never_twice, asked.clients, asked.seconds)}


def theirs(folder: Path, path: Path, counts: dict[str, int], asked: argparse.Namespace, settings: Mapping[str, str]) -> Speed:
    port = free_port()
    flags = [word for name, text in settings.items() for word in ("--setting", name, text)]
    command = [sys.executable, "-m", "datasette", str(path), "--port", str(port), *flags]
    facets = "".join(f"&_facet={name}" for name in FACETS)
    paths = [f"/base/docs?_search={quote(text)}{facets}" for text in QUERIES]
    with served(command, f"http://127.0.0.1:{port}/", folder / "datasette.log"):
        compare(port, counts)
        return ask(port, paths, asked.clients, asked.seconds)


def compare(port: int, counts: dict[str, int]) -> None:
    """Both must have found the same number for each query, or the speeds say nothing."""
    for text, count in counts.items():
        rows = _json(f"http://127.0.0.1:{port}/base/docs.json?_search={quote(text)}&_size=1")["filtered_table_rows_count"]
        assert rows == count, f"{text}: {count} hits here, {rows} there"


def _json(url: str) -> Any:
    with urlopen(url) as answer:
        return json.load(answer)


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.search_page")
    parser.add_argument("--documents", type=int, default=100_000)
    parser.add_argument("--clients", type=int, default=8)
    parser.add_argument("--seconds", type=float, default=20)
    parser.add_argument("--json", action="store_true")
    asked = parser.parse_args()
    titles = given_titles()
    with tempfile.TemporaryDirectory() as name:
        result = measure(Path(name), titles, asked)
    print(json.dumps(result)) if asked.json else show(result)


def measure(folder: Path, titles: list[str], asked: argparse.Namespace) -> dict[str, Any]:
    made, counts, seconds = prepare(folder, titles, asked.documents)
    write_sqlite(folder / "base.db", made)
    speeds = ours(folder, asked)
    for name, settings in (("datasette, as it comes", WHOLE), ("datasette, tuned", TUNED)):
        speeds[name] = theirs(folder, folder / "base.db", counts, asked, settings)
    return {"documents": len(made), "hits": counts, "loading": seconds, "speeds": {name: asdict(one) for name, one in speeds.items()}}


def show(result: dict[str, Any]) -> None:
    site, anew = (result["speeds"][name]["requests_per_second"] for name in ("site", ANEW))
    for name, one in result["speeds"].items():
        rate = one["requests_per_second"]
        ratios = "" if name in ("site", ANEW) else f"   the site is {site / rate:.1f} times as fast, {anew / rate:.1f} times with each page made anew"
        print(f"{name:<26} {rate:8.1f} requests/s   p50 {one['p50_ms']:8.1f} ms   p95 {one['p95_ms']:8.1f} ms{ratios}")
    loading = result["loading"]
    print(f"{result['documents']} documents; import {result['documents'] / loading['import_seconds']:.0f} rows/s, "
          f"index {result['documents'] / loading['index_seconds']:.0f} documents/s")  # fmt: skip


if __name__ == "__main__":
    main()
