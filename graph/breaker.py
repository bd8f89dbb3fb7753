"""A store that hangs must not hang the site: a probe of its own decides whether new work may begin.

A driver's read has no end of its own, so two threads are needed: one asks, one looks at the clock.
"""

import threading
from collections.abc import Callable
from contextlib import suppress
from math import inf
from time import monotonic

from neo4j import Driver
from neo4j.exceptions import DriverError, Neo4jError

from graph.errors import Unavailable

PROBE_EVERY = 0.5
REFUSE_AFTER = 2.5
"""A probe that got no answer to one question for so long tries a new connection: the old one may be mute for ever while the store is well."""
HANG_UP_AFTER = 6.0
FIRST_ANSWER_WITHIN = 15.0
"""A server that has just started answers its first client slowly; nothing is refused before that."""


class Breaker:
    """Holds the pool's driver. Threads end with the process; open it after a fork, not before."""

    def __init__(self, make_driver: Callable[[], Driver], ask: Callable[[Driver], object]) -> None:
        self._make_driver = make_driver
        self._ask = ask
        self._lock = threading.Lock()
        self._ended = threading.Event()
        self._driver: Driver | None = None
        self._probe: Driver | None = None
        self._doubted: list[tuple[float, Driver]] = []
        self._asked = inf
        self._refused = False
        self._answered = self._hung_up = monotonic() + FIRST_ANSWER_WITHIN
        for loop in (self._probe_loop, self._watch_loop):
            threading.Thread(target=loop, name=f"graph{loop.__name__}", daemon=True).start()

    @property
    def ready(self) -> bool:
        return not self._refused and self._silence() < REFUSE_AFTER

    def driver(self) -> Driver:
        """Raises Unavailable at once while the store does not answer the probe."""
        if self._ended.is_set() or not self.ready:
            raise Unavailable("the store does not answer")
        with self._lock:
            if self._driver is None:
                self._driver = self._make_driver()
            return self._driver

    def has_answered(self) -> None:
        """Somebody else got an answer: the patience with a server that has just started ends here."""
        self._answered = self._hung_up = monotonic()

    def close(self) -> None:
        self._ended.set()
        self._hang_up()
        self._end_doubted(0)

    def _silence(self) -> float:
        return monotonic() - self._answered

    def _probe_loop(self) -> None:
        while not self._ended.wait(PROBE_EVERY):
            self._probe_once()
        self._close_probe()

    def _probe_once(self) -> None:
        """An answer that took too long counts as none. A driver that is closed while it asks may raise whatever it likes, and
        a probe that ended by it would leave the site away for good."""
        began = self._asked = monotonic()
        try:
            self._ask(self._probing())
        except Exception:  # noqa: BLE001
            self._refused = True
        else:
            self._refused = False
            if monotonic() - began < REFUSE_AFTER:
                self._answered = monotonic()
        finally:
            self._asked = inf

    def _probing(self) -> Driver:
        with self._lock:
            if self._probe is None:
                self._probe = self._make_driver()
            return self._probe

    def _watch_loop(self) -> None:
        while not self._ended.wait(PROBE_EVERY):
            if min(self._silence(), monotonic() - self._hung_up) > HANG_UP_AFTER:
                self._hang_up()
            elif min(self._silence(), monotonic() - self._asked) > REFUSE_AFTER:
                self._doubt()
            self._end_doubted(HANG_UP_AFTER - REFUSE_AFTER)

    def _doubt(self) -> None:
        """New work begins on new connections; what waits on the old ones has a while left."""
        with self._lock:
            if self._driver is not None:
                self._doubted.append((monotonic(), self._driver))
            self._driver = None
        self._close_probe()

    def _end_doubted(self, after: float) -> None:
        now = monotonic()
        with self._lock:
            ended = [driver for since, driver in self._doubted if now - since >= after]
            self._doubted = [(since, driver) for since, driver in self._doubted if now - since < after]
        for driver in ended:
            self._close(driver)

    def _hang_up(self) -> None:
        """Closing the drivers from outside is the one thing that ends a read that hangs."""
        with self._lock:
            pool, self._driver = self._driver, None
        self._hung_up = monotonic()
        self._close(pool)
        self._close_probe()

    def _close_probe(self) -> None:
        with self._lock:
            probe, self._probe = self._probe, None
        self._close(probe)

    @staticmethod
    def _close(driver: Driver | None) -> None:
        if driver is not None:
            with suppress(DriverError, Neo4jError, OSError, BufferError):
                driver.close()
