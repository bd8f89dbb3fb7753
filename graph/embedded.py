"""Starts the embedded server of a data folder, or joins the one that runs: any number of processes may use it.

All that is known of a running server lies in the folder (its pid, its log), so a kill -9 of anybody leaves
nothing that the next start could not read. The last user to leave in good order stops it; after the last one was
killed, the server's keeper does.
"""

import os
import re
import subprocess
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from signal import SIGKILL, SIGTERM
from time import monotonic, sleep
from typing import IO

from graph.errors import StartFailed
from graph.folder import is_last, one_at_a_time, password_of, take_lease
from graph.jvm import USER, root_setting, server_command
from graph.ports import free_port, says_hello
from graph.processes import command_of, is_gone

START_WITHIN = 60.0
STOP_WITHIN = 15.0
LOG_HEAD = 65_536
LISTENING = re.compile(rb"BOLT connections on [^\s:]*:(\d+)")
STARTED = b"ArcadeDB Server started"
PORT_TAKEN = b"Unable to listen"
"""Then it lingers without ever listening."""
ROOT = Path(__file__).resolve().parents[1]


@dataclass(frozen=True, slots=True)
class Running:
    """A server that answers. Hold it for as long as the server is needed, then `stop_embedded`."""

    url: str
    user: str
    password: str = field(repr=False)
    pid: int
    folder: Path
    joined: bool
    lease: IO[bytes] = field(repr=False)
    keeper: subprocess.Popen[bytes] | None = field(default=None, repr=False)
    """Of whoever launched it: ends with the server."""


def start_embedded(folder: Path, databases: Sequence[str] = ("jiangchuang",)) -> Running:
    """Raises StartFailed with the end of the log. A server that hangs is replaced."""
    folder = folder.resolve()
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    with one_at_a_time(folder):
        password = password_of(folder)
        pid = find_server(folder)
        if pid and (port := _answering_port(folder, pid)):
            return Running(_url(port), USER, password, pid, folder, joined=True, lease=take_lease(folder))
        if pid:
            _end(folder, pid, SIGKILL)
        keeper = _launch(folder, tuple(databases))
        pid, port = _once_started(folder, keeper)
        return Running(_url(port), USER, password, pid, folder, joined=False, lease=take_lease(folder), keeper=keeper)


def start_ahead(folder: Path, databases: Sequence[str] = ("jiangchuang",)) -> None:
    """Set a stopped server on its way and don't wait: `start_embedded` joins it. A folder that was never used stays as it is."""
    folder = folder.resolve()
    if not (folder / "engine.password").exists():
        return
    with one_at_a_time(folder):
        if find_server(folder) is None:
            keeper = _launch(folder, tuple(databases))
            while find_server(folder) is None and keeper.poll() is None:
                sleep(0.005)


def stop_embedded(running: Running) -> bool:
    """Leave it; true when nobody else used it and it has ended."""
    with one_at_a_time(running.folder):
        if not is_last(running.lease):
            return False
        if pid := find_server(running.folder):
            _end(running.folder, pid, SIGTERM)
        if running.keeper:
            running.keeper.wait(STOP_WITHIN)
        return True


def find_server(folder: Path) -> int | None:
    """The pid of the folder's own server. A pid that another program got since is not it."""
    pid = _recorded_pid(folder)
    return pid if pid and root_setting(folder) in command_of(pid) else None


def _recorded_pid(folder: Path) -> int | None:
    with suppress(FileNotFoundError, ValueError):
        return int((folder / "engine.pid").read_text())
    return None


def _launch(folder: Path, databases: tuple[str, ...]) -> subprocess.Popen[bytes]:
    """On its last port, so that clients find it again after a crash; on any other if that one is taken."""
    if dying := _recorded_pid(folder):
        _has_ended(folder, dying)
    command = server_command(folder, folder / "engine.password", databases, free_port(_port_in_log(folder)))
    with (folder / "engine.log").open("wb") as log:
        # A session of its own: Ctrl-C in the terminal reaches the site, which closes first and stops the server then.
        return subprocess.Popen(
            [sys.executable, "-P", "-m", "graph.keeper", str(folder), *command], env=os.environ | {"PYTHONPATH": str(ROOT)},
            stdin=subprocess.DEVNULL, stdout=log, stderr=log, cwd=folder, start_new_session=True,
        )  # fmt: skip


def _once_started(folder: Path, keeper: subprocess.Popen[bytes]) -> tuple[int, int]:
    """Its pid and its port. What does not come up, or is not wanted any more, is ended with its keeper."""
    try:
        port = _port_once_started(folder, lambda: keeper.poll() is None)
        return _recorded_pid(folder) or keeper.pid, port
    except BaseException:
        with suppress(ProcessLookupError):
            os.killpg(keeper.pid, SIGKILL)
        keeper.wait()
        raise


def _port_once_started(folder: Path, is_alive: Callable[[], bool]) -> int:
    deadline = monotonic() + START_WITHIN
    while is_alive() and monotonic() < deadline and PORT_TAKEN not in _log_head(folder):
        if STARTED in _log_head(folder) and (port := _port_in_log(folder)):
            return port
        sleep(0.02)
    raise StartFailed((folder / "engine.log").read_text(errors="replace")[-2000:])


def _answering_port(folder: Path, pid: int) -> int | None:
    """None for a server that is frozen or fails to come up, after a fair wait."""
    with suppress(StartFailed):
        port = _port_once_started(folder, lambda: find_server(folder) == pid)
        return port if says_hello(port) else None
    return None


def _end(folder: Path, pid: int, signal: int) -> None:
    """Raises StartFailed for a process that even SIGKILL does not end."""
    for step in (signal, SIGKILL):
        with suppress(ProcessLookupError):
            os.kill(pid, step)
        if _has_ended(folder, pid):
            return
    raise StartFailed(f"process {pid} does not end")


def _has_ended(folder: Path, pid: int) -> bool:
    """Waits for it; a dying server still holds the port and the data for a moment."""
    deadline = monotonic() + STOP_WITHIN
    while monotonic() < deadline:
        if is_gone(pid) or (command_of(pid) and find_server(folder) != pid):
            return True
        sleep(0.01)
    return False


def _log_head(folder: Path) -> bytes:
    with suppress(FileNotFoundError), (folder / "engine.log").open("rb") as log:
        return log.read(LOG_HEAD)
    return b""


def _port_in_log(folder: Path) -> int | None:
    found = LISTENING.search(_log_head(folder))
    return int(found.group(1)) if found else None


def _url(port: int) -> str:
    return f"bolt://127.0.0.1:{port}"
