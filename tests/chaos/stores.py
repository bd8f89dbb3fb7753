"""Servers that may be killed and stopped: an embedded one of the story's own, and the Neo4j that TEST_ENGINES rules."""

import os
import signal
import socket
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from time import monotonic, sleep
from typing import Protocol

import pytest

from graph.embedded import find_server, start_embedded, stop_embedded
from graph.processes import is_gone
from graph.watch import Watch
from tests.conftest import Engine

DATABASE = "jiangchuang"
STARTS = 3
ENDS_WITHIN = 60.0


class Store(Protocol):
    """`die`: kill -9, gone for good when it returns. `rise`: whatever starts it again has begun, or is through."""

    engine: Engine

    def die(self) -> None: ...
    def rise(self) -> None: ...
    def pause(self) -> None: ...
    def resume(self) -> None: ...

    @property
    def port(self) -> int: ...


@dataclass(slots=True)
class EmbeddedStore:
    """A site's watch starts it again, as in production."""

    engine: Engine
    folder: Path

    def die(self) -> None:
        pid = self._send(signal.SIGKILL)
        began = monotonic()
        while not is_gone(pid):
            assert monotonic() - began < ENDS_WITHIN, f"process {pid} does not end"
            sleep(0.005)

    def rise(self) -> None:
        """The watch does."""

    def pause(self) -> None:
        self._send(signal.SIGSTOP)

    def resume(self) -> None:
        self._send(signal.SIGCONT)

    @property
    def port(self) -> int:
        return port_of(self.engine)

    def _send(self, what: signal.Signals) -> int:
        pid = find_server(self.folder)
        assert pid is not None
        os.kill(pid, what)
        return pid


@dataclass(slots=True)
class Neo4jStore:
    """The command knows its process; whoever runs it in production starts it again."""

    engine: Engine
    command: str

    def die(self) -> None:
        self._do("kill")
        began = monotonic()
        while listens(self.port):
            assert monotonic() - began < ENDS_WITHIN, f"port {self.port} is still heard"
            sleep(0.02)

    def rise(self) -> None:
        """Again where the first start failed: the one that was killed may hold its files for a moment longer than its port."""
        for _try in range(STARTS - 1):
            if subprocess.run([self.command, "up", "neo4j"], check=False, stdout=subprocess.DEVNULL).returncode == 0:
                return
        self._do("up")

    def pause(self) -> None:
        self._do("pause")

    def resume(self) -> None:
        self._do("resume")

    @property
    def port(self) -> int:
        return port_of(self.engine)

    def _do(self, verb: str) -> None:
        subprocess.run([self.command, verb, "neo4j"], check=True, stdout=subprocess.DEVNULL)


def port_of(engine: Engine) -> int:
    return int(engine.url.rpartition(":")[2])


def listens(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


@contextmanager
def embedded_store(folder: Path) -> Iterator[Store]:
    """Held by the story, so that it outlives each watch."""
    running = start_embedded(folder, [DATABASE])
    yield EmbeddedStore(Engine(running.url, running.user, running.password, DATABASE, shared=False), running.folder)
    stop_embedded(running)


@contextmanager
def watched(store: Store) -> Iterator[None]:
    """A watch for each kill: it gives up after so many deaths in a minute, and here death is wanted."""
    if not isinstance(store, EmbeddedStore):
        yield
        return
    watch = Watch(start_embedded(store.folder))
    yield
    watch.close()


def named_neo4j() -> Engine:
    """Skips where none is named."""
    if not (uri := os.environ.get("TEST_NEO4J_URI")):
        pytest.skip("TEST_NEO4J_URI names no Neo4j")
    return Engine(uri, os.environ["TEST_NEO4J_USER"], os.environ["TEST_NEO4J_PASSWORD"], None, shared=True)


def ruled_neo4j() -> Store:
    """Skips where nobody may kill it."""
    engine = named_neo4j()
    if not (command := os.environ.get("TEST_ENGINES")):
        pytest.skip("TEST_ENGINES names no command that kills and starts engines")
    return Neo4jStore(engine, command)
