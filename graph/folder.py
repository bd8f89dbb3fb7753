"""What the processes of one data folder share: a turn to start or stop, a count of users, a password."""

import fcntl
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO


@contextmanager
def one_at_a_time(folder: Path) -> Iterator[None]:
    with (folder / "engine.lock").open("ab") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def take_lease(folder: Path) -> IO[bytes]:
    """A shared lock that the kernel takes back from a process however it dies."""
    lease = (folder / "engine.users").open("ab")
    fcntl.flock(lease, fcntl.LOCK_SH)
    return lease


def is_last(lease: IO[bytes]) -> bool:
    """Whether nobody else uses the server: the kernel counts, so that a kill can't spoil the count."""
    with lease:
        return _is_mine(lease)


@contextmanager
def in_a_turn_without_users(folder: Path) -> Iterator[bool]:
    """Whether nobody uses the server, nor can begin to before this ends. False at once where somebody else has the turn."""
    with (folder / "engine.lock").open("ab") as lock:
        yield _is_mine(lock) and is_last(take_lease(folder))


def _is_mine(file: IO[bytes]) -> bool:
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def password_of(folder: Path) -> str:
    """Made once, at random. A lost one is replaced, and the server's memory of it too."""
    kept = folder / "engine.password"
    if kept.exists():
        return kept.read_text()
    (folder / "config" / "server-users.jsonl").unlink(missing_ok=True)
    fresh = folder / "engine.password.new"
    fresh.unlink(missing_ok=True)
    with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(secrets.token_urlsafe(24))
    fresh.rename(kept)
    return kept.read_text()
