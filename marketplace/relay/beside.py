"""Work beside the relay's own, in a thread of its own, so that changes are followed meanwhile."""

from collections.abc import Callable
from datetime import date
from threading import Thread

import structlog

from marketplace.kernel.clock import Clock
from marketplace.kernel.workdays import local_day
from marketplace.relay.faults import problem_of

log = structlog.get_logger()


class Beside:
    """`look` comes by often, of whoever leads alone, and must cost little; what it begins runs on by itself."""

    def __init__(self, name: str, is_due: Callable[[], bool], work: Callable[[], object]) -> None:
        self.name = name
        self._is_due = is_due
        self._work = work
        self._thread: Thread | None = None

    def look(self) -> None:
        if (self._thread is None or not self._thread.is_alive()) and self._is_due():
            self._thread = Thread(target=self.carry_out, name=self.name, daemon=True)
            self._thread.start()

    def carry_out(self) -> None:
        """A fault is told to the log without its words; the next look tries again."""
        try:
            self._work()
        except Exception as error:  # noqa: BLE001  whatever it was, the site goes on
            log.error("work beside the relay failed", name=self.name, problem=problem_of(self.name, error))

    def close(self) -> None:
        """Waits a moment; what is cut off then is taken up by the next leader."""
        if self._thread is not None:
            self._thread.join(5)


class Daily:
    """Once for each day in Beijing and process; done twice it must change nothing more. What failed is tried again on the next day."""

    def __init__(self, clock: Clock, work: Callable[[], object]) -> None:
        self._clock = clock
        self._work = work
        self._day: date | None = None

    def is_due(self) -> bool:
        return self._day != local_day(self._clock.now())

    def carry_out(self) -> None:
        self._day = local_day(self._clock.now())
        self._work()
