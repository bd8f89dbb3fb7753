"""Real engines for every test: the embedded ones, or Neo4j where NEO4J_URI says so and Elasticsearch where ELASTICSEARCH_URL does."""

import fcntl
import os
import tempfile
from base64 import b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from graph.connection import Graph, open_graph
from graph.constraints import apply_constraints
from graph.dialect import wipe
from graph.embedded import start_embedded, stop_embedded
from graph.ontology import ONTOLOGY
from marketplace.config import Settings
from marketplace.opening import vault_of
from tests.browser import chromium as chromium
from tests.engines import empty_index
from tests.factories import Make
from tests.scheduling import Together
from tests.site import TestSite, make_site

os.environ.setdefault("PERSONAL_KEY", b64encode(bytes(range(32))).decode())
os.environ.setdefault("SECOND_FACTOR", "optional")  # stories about something else sign in with a password alone
os.environ.setdefault("PASSWORD_MEMORY_MIB", "1")  # what hashing costs, no story is about
QUICKLY_COMPILED = "-XX:TieredStopAtLevel=1"
"""For the server of the tests: what it compiles more thoroughly it asks less than that costs, a third of the time of a run."""
WORKER = os.environ.get("PYTEST_XDIST_WORKER", "gw0")
WORKERS = int(os.environ.get("PYTEST_XDIST_WORKER_COUNT", "1"))


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Together | None:
    return Together(config, log) if config.getvalue("dist") == "loadgroup" else None


@dataclass(frozen=True, slots=True)
class Engine:
    """Where this worker's database is."""

    url: str
    user: str
    password: str = field(repr=False)
    database: str | None
    shared: bool
    """Neo4j Community has one database: those who use it take turns."""

    def open(self) -> Graph:
        """With the keys of every site and process of the run: they meet in one store."""
        graph = open_graph(self.url, user=self.user, password=self.password, database=self.database)
        graph.vault = vault_of(Settings())
        return graph


@pytest.fixture(scope="session")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    """One server for the whole run; the workers of a parallel run join it, each in a database of its own."""
    if uri := os.environ.get("NEO4J_URI"):
        yield Engine(uri, os.environ["NEO4J_USER"], os.environ["NEO4J_PASSWORD"], None, shared=True)
        return
    base = tmp_path_factory.getbasetemp()
    folder = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / "engine"
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("JAVA_TOOL_OPTIONS", QUICKLY_COMPILED)
        running = start_embedded(folder, [f"gw{number}" for number in range(WORKERS)])
    yield Engine(running.url, running.user, running.password, WORKER, shared=False)
    stop_embedded(running)


@pytest.fixture(scope="session")
def open_store(engine: Engine) -> Iterator[Graph]:
    """The worker's one connection, constraints in place. Tests want `graph`, which is also empty."""
    graph = engine.open()
    with turn(engine):
        apply_constraints(graph, ONTOLOGY)
    yield graph
    graph.close()


@pytest.fixture
def graph(engine: Engine, open_store: Graph) -> Iterator[Graph]:
    """An empty graph with all constraints."""
    with turn(engine):
        wipe(open_store)
        kept = open_store.vault
        yield open_store
        open_store.vault = kept


@pytest.fixture(scope="session")
def compiled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Templates of the applications that a story makes itself."""
    return tmp_path_factory.mktemp("compiled")


@pytest.fixture
def site(graph: Graph, tmp_path: Path, compiled: Path) -> Iterator[TestSite]:
    """The whole site over an empty graph and an empty index of its own; nobody is counted or kept out by limits."""
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "templates").symlink_to(compiled)
    settings = Settings(data_dir=tmp_path / "data", guest_per_minute=0, user_per_minute=0, search_per_minute=0, registrations_per_hour=0)
    with empty_index(tmp_path / "index") as index:
        yield make_site(graph, index, settings)


@pytest.fixture
def make(site: TestSite) -> Make:
    return Make(site)


@contextmanager
def turn(engine: Engine) -> Iterator[None]:
    """Alone in the database, among all runs on this machine, where it is shared."""
    if not engine.shared:
        yield
        return
    with (Path(tempfile.gettempdir()) / "jiangchuang-tests-neo4j.lock").open("ab") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
