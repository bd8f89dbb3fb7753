"""The embedded server comes back after anything: its own death, its launcher's, a hang, a pid that is somebody else's."""

import os
import signal
import stat
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from time import monotonic, sleep

import pytest

from graph.connection import Graph, open_graph
from graph.embedded import Running, find_server, start_embedded, stop_embedded
from graph.errors import GraphError, Unavailable
from graph.processes import is_gone
from graph.records import value

SITE = """
import signal, sys, time
from pathlib import Path
from graph.embedded import start_embedded, stop_embedded
signal.signal(signal.SIGINT, signal.default_int_handler)
running = start_embedded(Path(sys.argv[1]))
try:
    print(running.pid, flush=True)
    time.sleep(60)
except KeyboardInterrupt:
    print("alive" if running.keeper.poll() is None else "dead", stop_embedded(running), flush=True)
"""
GUARDS = "MATCH (g:Guard) RETURN count(g) AS guards"


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    yield tmp_path
    if pid := find_server(tmp_path):
        os.kill(pid, signal.SIGKILL)


def open_running(running: Running) -> Graph:
    return open_graph(running.url, user=running.user, password=running.password, database="jiangchuang")


def guards_once_back(graph: Graph, within: float) -> int:
    deadline = monotonic() + within
    while True:
        try:
            return int(graph.read(lambda tx: tx.one(GUARDS, value("guards"))))
        except GraphError:
            if monotonic() > deadline:
                raise
            sleep(0.05)


def start_site(folder: Path) -> tuple[subprocess.Popen[str], int]:
    site = subprocess.Popen([sys.executable, "-c", SITE, str(folder)], stdout=subprocess.PIPE, text=True, start_new_session=True)
    assert site.stdout
    return site, int(site.stdout.readline())


@pytest.mark.slow
def test_killed_server_comes_back_on_its_port_with_all_that_was_acknowledged(folder: Path) -> None:
    first = start_embedded(folder)
    graph = open_running(first)
    graph.write(lambda tx: tx.run("CREATE (:Guard {id: 'kept'})"))
    os.kill(first.pid, signal.SIGKILL)
    second = start_embedded(folder)
    assert (second.joined, second.url) == (False, first.url)
    assert guards_once_back(graph, within=5) == 1
    graph.close()
    assert [stop_embedded(first), stop_embedded(second)] == [False, True]
    assert is_gone(second.pid)


@pytest.mark.slow
def test_second_start_joins_and_only_the_last_user_stops(folder: Path) -> None:
    first = start_embedded(folder)
    second = start_embedded(folder)
    assert (second.joined, second.pid, second.url) == (True, first.pid, first.url)
    assert stop_embedded(first) is False
    open_running(second).ping()
    assert stop_embedded(second) is True
    assert find_server(folder) is None


@pytest.mark.slow
def test_killed_site_leaves_a_server_that_the_next_start_joins_and_can_stop(folder: Path) -> None:
    site, pid = start_site(folder)
    site.kill()
    site.wait()
    running = start_embedded(folder)
    assert (running.joined, running.pid) == (True, pid)
    assert stop_embedded(running) is True


@pytest.mark.slow
def test_ctrl_c_reaches_the_site_and_not_its_server(folder: Path) -> None:
    site, pid = start_site(folder)
    os.killpg(site.pid, signal.SIGINT)
    assert site.communicate(timeout=20)[0] == "alive True\n"
    assert is_gone(pid)


def test_pid_of_another_program_is_not_our_server(folder: Path) -> None:
    (folder / "engine.pid").write_text(str(os.getpid()))
    assert find_server(folder) is None
    (folder / "engine.pid").write_text("")
    assert find_server(folder) is None


@pytest.mark.slow
def test_password_is_random_and_for_its_owner_only(folder: Path) -> None:
    running = start_embedded(folder)
    kept = folder / "engine.password"
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    assert len(running.password) >= 32
    assert running.password not in repr(running)
    stop_embedded(running)
    kept.unlink()
    renewed = start_embedded(folder)
    assert renewed.password != running.password
    graph = open_running(renewed)
    graph.ping()
    graph.close()
    stop_embedded(renewed)


@pytest.mark.slow
def test_hanging_server_refuses_new_work_at_once_and_ends_hung_work(folder: Path) -> None:
    running = start_embedded(folder)
    graph = open_running(running)
    graph.ping()
    os.kill(running.pid, signal.SIGSTOP)
    hung = monotonic()
    with pytest.raises(Unavailable):
        graph.read(lambda tx: tx.one(GUARDS, value("guards")))
    assert monotonic() - hung < 10
    refused = monotonic()
    with pytest.raises(Unavailable):
        graph.read(lambda tx: tx.one(GUARDS, value("guards")))
    assert monotonic() - refused < 0.1
    os.kill(running.pid, signal.SIGCONT)
    assert guards_once_back(graph, within=5) == 0
    graph.close()
    stop_embedded(running)


@pytest.mark.slow
def test_frozen_server_is_replaced_by_the_next_start(folder: Path) -> None:
    frozen = start_embedded(folder)
    os.kill(frozen.pid, signal.SIGSTOP)
    running = start_embedded(folder)
    assert (running.joined, running.pid != frozen.pid) == (False, True)
    assert [stop_embedded(frozen), stop_embedded(running)] == [False, True]
