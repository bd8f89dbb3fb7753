"""The analysis of the talent network beside the relay's own work: in a thread of its own, so that changes are followed meanwhile."""

from threading import Thread

import structlog

from graph.connection import Graph
from graph.errors import Stale
from marketplace.kernel.actor import SYSTEM_ACTOR
from marketplace.kernel.clock import Clock
from marketplace.kernel.unit_of_work import change
from marketplace.processes.talent.service import analyse, ask_nightly, claim_analysis, is_due, is_night
from marketplace.relay.faults import problem_of

log = structlog.get_logger()


class Analysing:
    """`look` comes by often and costs one small read; what is begun runs on by itself, and is made again when it was killed."""

    def __init__(self, graph: Graph, clock: Clock) -> None:
        self._graph = graph
        self._clock = clock
        self._thread: Thread | None = None

    def look(self) -> None:
        """Only whoever leads may call it."""
        if self._thread is not None and self._thread.is_alive():
            return
        if is_night(self._clock.now()):
            change(self._graph, SYSTEM_ACTOR, self._clock.now(), ask_nightly, patience=15)
        if is_due(self._graph, self._clock):
            self._thread = Thread(target=self.carry_out, name="analysis", daemon=True)
            self._thread.start()

    def carry_out(self) -> bool:
        """Whether there was something to do. A fault is kept with the run, and told to the log without its words."""
        try:
            attempt = claim_analysis(self._graph, self._clock)
            if attempt is not None:
                analyse(attempt)
        except Stale:
            log.warning("another computes the analysis")
        except Exception as error:  # noqa: BLE001  whatever it was, the site goes on
            log.error("the analysis failed", problem=problem_of("analyse", error))
        else:
            return attempt is not None
        return True

    def close(self) -> None:
        """Waits a moment; what is cut off then is made again when its claim is over."""
        if self._thread is not None:
            self._thread.join(5)
