"""Two web processes as in production, gunicorn over `wsgi`: one engine, one pen, one leader, and both show the same."""

import os
import secrets
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.error import URLError
from urllib.parse import quote
from urllib.request import Request, urlopen

import pytest

from graph.ports import free_port
from marketplace.config import Settings
from marketplace.domains.achievements.model import Achievement, Status
from marketplace.domains.achievements.repository import create_achievement_nodes
from marketplace.domains.organisations.model import Kind, OrganisationText
from marketplace.domains.organisations.service import create_organisation
from marketplace.kernel.actor import SYSTEM_ACTOR
from marketplace.kernel.ids import new_id
from marketplace.kernel.unit_of_work import UnitOfWork, change
from marketplace.kernel.workflow import created
from marketplace.opening import open_site
from marketplace.web.site import Site

pytestmark = [
    pytest.mark.slow,
    pytest.mark.xdist_group("two_processes"),
    pytest.mark.skipif("NEO4J_URI" in os.environ, reason="about the embedded engines"),
]
ROOT = Path(__file__).parents[2]
ENGINES = ("NEO4J_URI", "NEO4J_USER", "NEO4J_PASSWORD", "ELASTICSEARCH_URL")
PATIENCE = 60.0
PEN = ".tantivy-writer.lock"


@dataclass(frozen=True, slots=True)
class Served:
    """The running server, and the site of this process over the same folder, whose relay never runs."""

    master: int
    port: int
    folder: Path
    site: Site

    def workers(self) -> list[int]:
        return [int(pid) for pid in Path(f"/proc/{self.master}/task/{self.master}/children").read_text().split()]

    def holders(self, name: str) -> list[int]:
        """Which workers have a file of this name open."""
        return [pid for pid in self.workers() if any(link.endswith(f"/{name}") for link in open_files(pid))]

    def writer(self) -> int:
        """Who took the pen when something was to be written."""
        self.publish("给索引一件事做的装置")
        assert within(PATIENCE, lambda: len(self.holders(PEN)) == 1)
        return self.holders(PEN)[0]

    def finds(self, title: str) -> bool:
        forwarded = {"X-Forwarded-Proto": "https", "X-Forwarded-For": "192.0.2.1", "Accept-Language": "en"}
        with urlopen(Request(f"http://127.0.0.1:{self.port}/search?q={quote(title)}", headers=forwarded), timeout=20) as answer:
            return f'title="{title}"' in (page := answer.read().decode()) or f"{title}</a>" in page.replace("<mark>", "").replace("</mark>", "")

    def publish(self, title: str) -> None:
        change(self.site.graph, SYSTEM_ACTOR, self.site.clock.now(), lambda uow: publish(uow, title), patience=15)


def open_files(pid: int) -> list[str]:
    found = []
    for one in Path(f"/proc/{pid}/fd").iterdir():
        try:
            found.append(str(one.readlink()))
        except OSError:
            continue
    return found


def publish(uow: UnitOfWork, title: str) -> None:
    unit = create_organisation(uow, OrganisationText(name=f"{title}总工会", kind=Kind.SUBDISTRICT, parent_ids=()))
    made = Achievement(
        id=new_id(), number=uow.next_number("CG"), title=title, summary="降低温升。", organisation_id=unit.id, status=Status.PUBLISHED,
        created_at=uow.now, updated_at=uow.now, published_at=uow.now,
    )  # fmt: skip
    create_achievement_nodes(uow.tx, [made])
    uow.record(created(made, at=uow.now, verb="import"))


def within(seconds: float, so: Callable[[], bool]) -> bool:
    deadline = time.monotonic() + seconds
    while not so():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.1)
    return True


@contextmanager
def stopped(pid: int) -> Iterator[None]:
    """Only the other one can answer meanwhile."""
    os.kill(pid, signal.SIGSTOP)
    try:
        yield
    finally:
        os.kill(pid, signal.SIGCONT)


def answers(port: int) -> bool:
    try:
        with urlopen(f"http://127.0.0.1:{port}/healthz", timeout=5) as answer:
            return bool(answer.status == 200)
    except (URLError, OSError):
        return False


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    folder, port = tmp_path_factory.mktemp("served"), free_port(None)
    limits = {"GUEST_PER_MINUTE": "100000", "SEARCH_PER_MINUTE": "100000", "SECRET_KEY": secrets.token_urlsafe(48), "SECOND_FACTOR": "required"}
    limits |= {"PASSWORD_MEMORY_MIB": "64"}
    environment = {name: value for name, value in os.environ.items() if name not in ENGINES}
    environment |= {"DATA_DIR": str(folder), "HTTPS": "true", "PUBLIC_URL": "https://market.example", "PROXIES": "1", **limits}
    command = [sys.executable, "-m", "gunicorn", "wsgi:app", "--worker-class", "gthread", "--workers", "2", "--threads", "4", "--timeout", "60",
               "--bind", f"127.0.0.1:{port}"]  # fmt: skip
    log = (folder / "log").open("wb")
    with subprocess.Popen(command, cwd=ROOT, env=environment, stdout=log, stderr=log) as server:
        try:
            assert within(PATIENCE, lambda: answers(port)), (folder / "log").read_text()[-3000:]
            with open_site(Settings(data_dir=folder)) as site:
                yield Served(server.pid, port, folder, site)
        finally:
            server.terminate()
            server.wait(PATIENCE)
            log.close()


def test_both_use_one_engine_and_one_writes_the_index(served: Served) -> None:
    served.publish("共用引擎的装置")
    assert within(PATIENCE, lambda: len(served.holders("engine.users")) == 2)
    assert within(PATIENCE, lambda: len(served.holders(PEN)) == 1)
    time.sleep(2)
    assert len(served.holders(PEN)) == 1


def test_an_index_that_begins_with_nothing_is_not_made_anew(served: Served) -> None:
    assert (served.folder / "index" / "current").read_text() == "1"


def test_what_one_wrote_both_show(served: Served) -> None:
    served.publish("两个进程都看见的装置")
    assert within(PATIENCE, lambda: served.finds("两个进程都看见的装置"))
    for silent in served.workers():
        with stopped(silent):
            assert served.finds("两个进程都看见的装置")


def test_control_while_the_writer_stands_still_nobody_writes(served: Served) -> None:
    """It is this one process that writes; the other answers, and must not take the pen from it."""
    writer = served.writer()
    with stopped(writer):
        served.publish("写入者暂停时的装置")
        assert not within(4, lambda: served.finds("写入者暂停时的装置"))
        assert served.holders(PEN) == [writer]
    assert within(20, lambda: served.finds("写入者暂停时的装置"))


def test_when_the_writer_is_killed_the_other_takes_over(served: Served) -> None:
    writer = served.writer()
    os.kill(writer, signal.SIGKILL)
    served.publish("接班之后的装置")
    assert within(30, lambda: served.finds("接班之后的装置"))
    assert within(PATIENCE, lambda: len(served.workers()) == 2)
    assert len(served.holders(PEN)) == 1
    assert writer not in served.holders(PEN)


def test_it_ends_with_its_engine_and_leaves_nobody(served: Served) -> None:
    """Last of all: the server goes, and this process is then the engine's only user."""
    engine = int((served.folder / "graph" / "engine.pid").read_text())
    workers = served.workers()
    os.kill(served.master, signal.SIGTERM)
    assert within(PATIENCE, lambda: not any(Path(f"/proc/{pid}").exists() for pid in workers))
    assert Path(f"/proc/{engine}").exists()
    served.publish("引擎还在")
