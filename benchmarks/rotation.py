"""Another master key for 100,000 people while the site goes on: how fast, and whether any reader misses a value.

`python -m benchmarks.rotation [--people 100000] [--readers 4]`: on an embedded engine of its own; the rotation runs as the command does, in
a process of its own, while readers of this one open personal values by the service of the site.
"""

import argparse
import json
import random
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Event
from time import perf_counter
from typing import NamedTuple

from benchmarks.importing import identity, load
from graph.person_keys import list_old
from graph.records import value
from marketplace.cli.init import found
from marketplace.config import Settings
from marketplace.domains.workers.repository import get_clear_worker
from marketplace.opening import open_site
from marketplace.web.site import Site

SYSTEM = ("system",)
PEOPLE = """
MATCH (w:Worker) RETURN w.id AS id, w.source_key AS source ORDER BY id
"""


class Seen(NamedTuple):
    reads: int
    failed: int
    slowest: float


def read_until(site: Site, people: list[tuple[str, str]], seed: int, ended: Event) -> Seen:
    """Each read must give exactly the number that was entered."""
    choose, reads, failed, slowest = random.Random(seed), 0, 0, 0.0
    while not ended.is_set():
        id, source = choose.choice(people)
        began = perf_counter()
        try:
            worker = site.graph.read(lambda tx, id=id: get_clear_worker(tx, id), reader=SYSTEM)  # type: ignore[misc]
            failed += worker.id_number != identity(int(source.partition(":")[2]))
        except Exception as error:  # noqa: BLE001  any is a failed read
            print(type(error).__name__, error, file=sys.stderr)
            failed += 1
        reads, slowest = reads + 1, max(slowest, perf_counter() - began)
    return Seen(reads, failed, slowest)


def rotated(folder: Path) -> float:
    """Seconds of the command, its start included."""
    began = perf_counter()
    subprocess.run([sys.executable, "-m", "marketplace.cli", "rotate-keys", "--new-key", "--data", str(folder)], check=True)
    return perf_counter() - began


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--people", type=int, default=100_000)
    asked.add_argument("--readers", type=int, default=4)
    said = asked.parse_args()
    with TemporaryDirectory() as name, open_site(Settings(data_dir=Path(name))) as site, ThreadPoolExecutor(said.readers) as pool:
        found(site)
        loaded = load(site, said.people)
        people = site.graph.read(lambda tx: list(zip(tx.all(PEOPLE, value("id")), tx.all(PEOPLE, value("source")), strict=True)), reader=SYSTEM)
        ended = Event()
        readers = [pool.submit(read_until, site, people, seed, ended) for seed in range(said.readers)]
        seconds = rotated(Path(name))
        ended.set()
        seen = [one.result() for one in readers]
        site.graph.vault.keyring.reread()  # type: ignore[union-attr]
        left = len(site.graph.read(list_old, reader=SYSTEM))
    print(json.dumps({
        "people": said.people, "import_rows_per_second": round(said.people / loaded), "rotation_seconds": round(seconds, 1),
        "people_per_second": round(said.people / seconds), "reads": sum(one.reads for one in seen), "failed_reads": sum(one.failed for one in seen),
        "slowest_read_ms": round(max(one.slowest for one in seen) * 1000), "left_under_old_key": left,
    }))  # fmt: skip


if __name__ == "__main__":
    main()
