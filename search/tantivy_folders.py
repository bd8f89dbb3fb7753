"""Where an embedded index lies: a numbered folder for each rebuild, and a pointer to the one that is read."""

import fcntl
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from search.errors import SearchUnavailable

POINTER = "current"
LOCK = "opening.lock"
FILLED = "filled"

Mark = tuple[int, int]


class Folders:
    """Another process may point to another folder at any moment; `mark` tells for a microsecond."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._pointer = root / POINTER

    @contextmanager
    def one_at_a_time(self) -> Iterator[None]:
        """Processes that start at once make one folder between them."""
        self._root.mkdir(parents=True, exist_ok=True)
        with (self._root / LOCK).open("ab") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield

    def mark(self) -> Mark:
        """Changes when readers are to go over. Raises SearchUnavailable when all of it is gone."""
        try:
            said = self._pointer.stat()
        except OSError as gone:
            raise SearchUnavailable(f"the index is gone: {gone}") from gone
        return said.st_mtime_ns, said.st_ino

    def current(self) -> Path | None:
        """None where nothing was made yet."""
        with suppress(FileNotFoundError):
            return self._root / self._pointer.read_text(encoding="ascii").strip()
        return None

    def make_next(self) -> Path:
        """Numbered after all that there are."""
        numbers = [int(one.name) for one in self._root.iterdir() if one.name.isdigit()]
        folder = self._root / str(max(numbers, default=0) + 1)
        folder.mkdir()
        return folder

    def point_to(self, folder: Path) -> None:
        """In one step, kept through a loss of power: a killed process leaves the old pointer or the new one."""
        fresh = self._root / f"{POINTER}.new"
        with fresh.open("w", encoding="ascii") as file:
            file.write(folder.name)
            file.flush()
            os.fsync(file.fileno())
        fresh.replace(self._pointer)

    def drop_others(self) -> None:
        """Only for who holds the pen: what others still read stays readable to them until they look again."""
        standing = self.current()
        for one in self._root.iterdir():
            if one.name.isdigit() and one != standing:
                shutil.rmtree(one, ignore_errors=True)
