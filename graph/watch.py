"""While a site runs, an embedded server that died is started again, on its old port, so that open connections find it."""

import logging
from collections.abc import Callable
from threading import Event, Thread
from time import monotonic

from graph.embedded import Running, find_server, start_embedded, stop_embedded
from graph.errors import StartFailed

LOOK_EVERY = 0.25
MOST_DEATHS = 5
WITHIN = 60.0
"""More deaths in so many seconds are no accident: a person has to look."""

log = logging.getLogger(__name__)


class Watch:
    """Holds what was started, and everything that was started after it, until it is closed."""

    def __init__(self, running: Running, start: Callable[[], Running] | None = None) -> None:
        self._running = [running]
        self._start = start or (lambda: start_embedded(running.folder))
        self._deaths: list[float] = []
        self._ended = Event()
        self._thread = Thread(target=self._look, name="graph watch", daemon=True)
        self._thread.start()

    def close(self) -> None:
        """Stop watching first, else the end in good order would look like a death."""
        self._ended.set()
        self._thread.join()
        for running in self._running:
            stop_embedded(running)

    def _look(self) -> None:
        folder = self._running[0].folder
        while not self._ended.wait(LOOK_EVERY):
            if find_server(folder) is None and not self._start_again():
                return

    def _start_again(self) -> bool:
        """False when it is not worth another try."""
        now = monotonic()
        self._deaths = [*(death for death in self._deaths if now - death < WITHIN), now]
        if len(self._deaths) > MOST_DEATHS:
            log.error("the embedded graph died %d times within %.0f s; it stays down", MOST_DEATHS, WITHIN)
            return False
        log.warning("the embedded graph is gone; starting it again")
        try:
            self._running.append(self._start())
        except StartFailed as failed:
            log.error("the embedded graph did not start: %s", str(failed)[-500:])
        return True
