"""A server that dies under a running site comes back; one that nobody uses any more goes."""

import os
import signal
import socket
from collections.abc import Iterator
from pathlib import Path
from time import monotonic, sleep

import pytest

from graph import keeper
from graph.connection import Graph, open_graph
from graph.embedded import Running, find_server, start_ahead, start_embedded, stop_embedded
from graph.errors import GraphError, StartFailed
from graph.ports import OURS, free_port
from graph.records import value
from graph.watch import MOST_DEATHS, Watch
from tests.graph.test_embedded import start_site

GUARDS = "MATCH (g:Guard) RETURN count(g) AS guards"


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    yield tmp_path
    if pid := find_server(tmp_path):
        os.kill(pid, signal.SIGKILL)


def answers(graph: Graph, guards: int) -> bool:
    try:
        return bool(graph.read(lambda tx: tx.one(GUARDS, value("guards"))) == guards)
    except GraphError:
        return False


def seconds_until(happened: object, within: float) -> float:
    began = monotonic()
    assert callable(happened)
    while not happened():
        assert monotonic() - began < within, "it did not happen"
        sleep(0.05)
    return monotonic() - began


@pytest.mark.slow
def test_a_server_that_was_killed_is_back_with_all_it_acknowledged(folder: Path) -> None:
    running = start_embedded(folder)
    watch = Watch(running)
    graph = open_graph(running.url, user=running.user, password=running.password, database="jiangchuang")
    graph.write(lambda tx: tx.run("CREATE (:Guard {id: 'kept'})"))
    os.kill(running.pid, signal.SIGKILL)
    seconds_until(lambda: find_server(folder) not in (None, running.pid), within=10)
    assert seconds_until(lambda: answers(graph, guards=1), within=15) < 15
    graph.close()
    watch.close()
    assert find_server(folder) is None


@pytest.mark.slow
def test_a_server_never_listens_where_clients_are_lent_ports(folder: Path) -> None:
    (folder / "engine.log").write_text("Listening for incoming BOLT connections on 127.0.0.1:45678 (protocol v1)")
    running = start_embedded(folder)
    port = int(running.url.rpartition(":")[2])
    assert port in OURS
    stop_embedded(running)
    assert free_port(port) == port
    with socket.create_server(("127.0.0.1", port)):
        assert free_port(port) not in (0, port)


@pytest.mark.slow
def test_a_server_that_dies_again_and_again_stays_down(folder: Path) -> None:
    tries: list[int] = []

    def fails() -> Running:
        tries.append(1)
        raise StartFailed("no disk")

    running = start_embedded(folder)
    watch = Watch(running, fails)
    os.kill(running.pid, signal.SIGKILL)
    seconds_until(lambda: len(tries) == MOST_DEATHS, within=10)
    sleep(1)
    assert len(tries) == MOST_DEATHS
    watch.close()


@pytest.mark.slow
def test_the_server_of_a_killed_site_ends_when_nobody_came_back(folder: Path) -> None:
    site, pid = start_site(folder)
    assert find_server(folder) == pid
    site.kill()
    site.wait()
    seconds_until(lambda: find_server(folder) is None, within=keeper.UNUSED_FOR * keeper.LOOK_EVERY + 10)


@pytest.mark.slow
def test_a_server_set_on_its_way_is_joined_by_the_start_that_follows(folder: Path) -> None:
    start_ahead(folder)
    assert find_server(folder) is None, "a folder that was never used stays as it is"
    stop_embedded(start_embedded(folder))
    start_ahead(folder)
    pid = find_server(folder)
    assert pid is not None
    running = start_embedded(folder)
    assert (running.joined, running.pid) == (True, pid)
    assert stop_embedded(running) is True
