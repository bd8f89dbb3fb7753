"""A whole `marketplace restore`, as an operator runs it: the copy looked at, graph and files put back, the index made anew, both sides compared.

`python -m benchmarks.restoring [--documents 100000] [--wipe]`: the copy is made on the embedded engines and restored on them, or on the empty
Neo4j of NEO4J_URI and the Elasticsearch of ELASTICSEARCH_URL (`--wipe` empties that Neo4j first, and takes away what was restored).
"""

import argparse
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import perf_counter

from benchmarks.filled_site import filled
from benchmarks.made_up import given_titles
from benchmarks.stores import empty_graph, store_of_environment
from search.elastic_index import remove_index
from search.index import Access

TARGET = 900
"""Seconds for 100,000 (ASSURANCE, I15)."""
ENGINES = ("NEO4J_URI", "NEO4J_USER", "NEO4J_PASSWORD", "NEO4J_DATABASE", "ELASTICSEARCH_URL")


def marketplace(*words: str, env: dict[str, str]) -> tuple[str, float]:
    """What the command printed last, and how many seconds it took. Ends the program where it failed."""
    began = perf_counter()
    ended = subprocess.run([sys.executable, "-m", "marketplace.cli", *words], env=env, capture_output=True, text=True, check=False)
    if ended.returncode:
        raise SystemExit(f"marketplace {words[0]}: {ended.stderr[-2000:]}")
    return ended.stdout.strip().splitlines()[-1], perf_counter() - began


def measure(folder: Path, titles: list[str], documents: int) -> None:
    target = dict(os.environ, ELASTICSEARCH_PREFIX=f"restoring-{os.getpid()}")
    embedded = {name: value for name, value in target.items() if name not in ENGINES}
    with on_embedded_engines(), filled(folder / "from", titles, documents):
        pass
    _, seconds = marketplace("backup", str(folder / "copy"), "--data", str(folder / "from"), env=embedded)
    print(f"backup: {seconds:.1f} s", flush=True)
    told, seconds = marketplace("restore", str(folder / "copy"), "--data", str(folder / "to"), env=target)
    print(f"restore: {seconds:.1f} s (target {TARGET} s for 100,000); {told}", flush=True)
    digests = {marketplace("check", "--digest", "--data", str(folder / at), env=env)[0] for at, env in (("from", embedded), ("to", target))}
    print("equal digests" if len(digests) == 1 else f"DIGESTS DIFFER: {sorted(digests)}", flush=True)
    if url := os.environ.get("ELASTICSEARCH_URL"):
        remove_index(url, Access(prefix=target["ELASTICSEARCH_PREFIX"]))


@contextmanager
def on_embedded_engines() -> Iterator[None]:
    """What is to be copied lies there, whatever it is restored to."""
    named = {name: os.environ.pop(name) for name in ENGINES if name in os.environ}
    yield
    os.environ.update(named)


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.restoring")
    parser.add_argument("--documents", type=int, default=100_000)
    parser.add_argument("--wipe", action="store_true", help="empty the Neo4j of NEO4J_URI before and afterwards")
    asked = parser.parse_args()
    titles = given_titles()
    print(f"load average {os.getloadavg()[0]:.1f}", flush=True)
    with tempfile.TemporaryDirectory() as name:
        make_room(wiping=asked.wipe)
        measure(Path(name), titles, asked.documents)
        make_room(wiping=asked.wipe)
    print(f"load average {os.getloadavg()[0]:.1f}")


def make_room(*, wiping: bool) -> None:
    if os.environ.get("NEO4J_URI"):
        with store_of_environment() as store, empty_graph(store, wiping=wiping):
            return


if __name__ == "__main__":
    main()
