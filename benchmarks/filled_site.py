"""A site filled with made-up achievements, and served: what benchmarks over HTTP begin with."""

import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import perf_counter

from benchmarks.clients import wait_for
from benchmarks.made_up import texts
from graph.records import value
from marketplace.cli.init import found
from marketplace.config import Settings
from marketplace.domains.achievements.model import AchievementText
from marketplace.domains.achievements.service import import_achievements
from marketplace.kernel.actor import SYSTEM_ACTOR
from marketplace.kernel.importing import MOST_ROWS, Intake, Row
from marketplace.kernel.taxonomy import list_fields
from marketplace.kernel.unit_of_work import change
from marketplace.opening import open_site
from marketplace.web.site import Site

QUIET = {"GUEST_PER_MINUTE": "0", "USER_PER_MINUTE": "0", "SEARCH_PER_MINUTE": "0"}
UNITS = """
MATCH (o:Organisation) WHERE o.kind = 'subdistrict' RETURN o.id AS id ORDER BY id
"""


def load(site: Site, made: list[AchievementText]) -> dict[str, float]:
    """Through the batch verb of the import, a thousand a transaction, each thousand of another sub-district. Nothing is left to do behind it."""
    units = site.graph.read(lambda tx: tx.all(UNITS, value("id")), reader=("system",))
    began = perf_counter()
    for at in range(0, len(made), MOST_ROWS):
        rows = [Row(f"made-up:{at + n}", text) for n, text in enumerate(made[at : at + MOST_ROWS])]
        intake = Intake("made-up", publish=True, unit_id=units[at // MOST_ROWS % len(units)])
        change(site.graph, SYSTEM_ACTOR, site.clock.now(), lambda uow, rows=rows, intake=intake: import_achievements(uow, rows, intake), patience=15)  # type: ignore[misc]
    imported = perf_counter()
    site.relay.drain()
    indexed = perf_counter()
    site.relay.beside["alerts"].carry_out()
    return {"import_seconds": imported - began, "index_seconds": indexed - imported}


@contextmanager
def filled(folder: Path, titles: list[str], count: int) -> Iterator[tuple[Site, list[AchievementText], dict[str, float]]]:
    """An open site with so many achievements, what was made, and how long loading took."""
    with open_site(Settings(data_dir=folder)) as site:
        found(site)
        site.relay.drain()
        fields = [term.code for term in site.graph.read(list_fields)]
        made = list(texts(titles, count, fields))
        yield site, made, load(site, made)


def command_of(folder: Path, port: int) -> list[str]:
    return [sys.executable, "-m", "marketplace.cli", "run", "--no-demo", "--port", str(port), "--data", str(folder)]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def served(command: list[str], ready: str, log: Path) -> Iterator[None]:
    with log.open("wb") as out:
        process = subprocess.Popen(command, stdout=out, stderr=out, env=os.environ | QUIET)
        try:
            wait_for(ready)
            yield
        except SystemExit:
            print(log.read_text(encoding="utf-8", errors="replace")[-2000:], file=sys.stderr)
            raise
        finally:
            process.terminate()
            process.wait(30)
