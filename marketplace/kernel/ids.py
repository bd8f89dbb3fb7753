"""Identifiers are sortable strings made by the application, fixed before the first attempt of a change."""

from datetime import datetime

from ulid import ULID

TIME_PART = 10


def new_id() -> str:
    """26 characters, sortable by the time of making."""
    return str(ULID()).lower()


def earliest_id(moment: datetime) -> str:
    """Not greater than any id made since."""
    return str(ULID.from_datetime(moment)).lower()[:TIME_PART]


class Ids:
    """The ids of one change: a retried attempt gets the same ones, so that a repeated write is harmless."""

    def __init__(self) -> None:
        self._made: list[str] = []
        self._next = 0

    def restart(self) -> "Ids":
        """Begin an attempt: the first id is handed out again."""
        self._next = 0
        return self

    def new(self) -> str:
        if self._next == len(self._made):
            self._made.append(new_id())
        self._next += 1
        return self._made[self._next - 1]
