"""Suggestions while one types, over HTTP: every keystroke of words that people type, in characters, by sound and by initials.

`python -m benchmarks.suggestions [--documents N] [--clients N] [--seconds S] [--json]`
"""

import argparse
import json
import os
import tempfile
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any
from urllib.parse import quote

from benchmarks.clients import Speed, ask
from benchmarks.filled_site import command_of, filled, free_port, served
from benchmarks.made_up import given_titles

TYPED = (
    "锂离子电池",
    "污水处理",
    "焊接机器人",
    "制备方法",
    "dianchi",
    "zhibeifangfa",
    "jiance",
    "ldc",
    "wscl",
    "电池gl",
    "智能kongzhi",
    "led",
    "CG-2026-0001",
    "一种",
)


def keystrokes() -> Iterator[str]:
    """What stands in the box after each letter."""
    return (words[:end] for words in TYPED for end in range(1, len(words) + 1))


def measure(folder: Path, titles: list[str], asked: argparse.Namespace) -> dict[str, Any]:
    with filled(folder, titles, asked.documents) as (_, made, loading):
        pass
    port = free_port()
    paths = [f"/search/suggest?q={quote(text)}" for text in keystrokes()]
    with served(command_of(folder, port), f"http://127.0.0.1:{port}{paths[0]}", folder / "run.log"):
        ask(port, paths, 1, 5)
        by_clients: dict[int, Speed] = {clients: ask(port, paths, clients, asked.seconds) for clients in dict.fromkeys((1, asked.clients))}
    return {"documents": len(made), "loading": loading, "speeds": {str(clients): asdict(speed) for clients, speed in by_clients.items()}}


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.suggestions")
    parser.add_argument("--documents", type=int, default=100_000)
    parser.add_argument("--clients", type=int, default=4)
    parser.add_argument("--seconds", type=float, default=15)
    parser.add_argument("--json", action="store_true")
    asked = parser.parse_args()
    titles = given_titles()
    with tempfile.TemporaryDirectory() as name:
        result = measure(Path(name), titles, asked)
    print(json.dumps(result)) if asked.json else show(result)


def show(result: dict[str, Any]) -> None:
    load = " ".join(f"{one:.1f}" for one in os.getloadavg())
    for clients, one in result["speeds"].items():
        print(f"{result['documents']} documents, {clients} typing: {one['requests_per_second']:.0f} requests/s   p50 {one['p50_ms']:.1f} ms"
              f"   p95 {one['p95_ms']:.1f} ms   load {load}")  # fmt: skip


if __name__ == "__main__":
    main()
