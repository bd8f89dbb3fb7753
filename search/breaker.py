"""A server that does not answer must not cost every reader the wait: after a few silences readers are refused at once, and one tries again."""

from collections.abc import Callable
from threading import Lock
from time import monotonic

OPENS_AFTER = 3  # silences in a row
TRIES_EVERY = 2.0  # seconds


class Breaker:
    """Threads share it."""

    def __init__(self, clock: Callable[[], float] = monotonic) -> None:
        self._clock = clock
        self._lock = Lock()
        self._silences = 0
        self._next_try = 0.0

    def may_ask(self) -> bool:
        """While it is open, one caller every TRIES_EVERY seconds."""
        with self._lock:
            if self._silences < OPENS_AFTER:
                return True
            if self._clock() < self._next_try:
                return False
            self._next_try = self._clock() + TRIES_EVERY
            return True

    def answered(self) -> None:
        """Whatever the answer was: somebody is there."""
        self._silences = 0

    def silent(self) -> None:
        """It did not answer, or not in time."""
        with self._lock:
            self._silences += 1
            self._next_try = self._clock() + TRIES_EVERY
