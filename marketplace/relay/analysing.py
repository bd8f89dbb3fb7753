"""The analysis of the talent network: asked for each night, and whenever an administrator wants it anew."""

import structlog

from graph.connection import Graph
from graph.errors import Stale
from marketplace.kernel.actor import SYSTEM_ACTOR
from marketplace.kernel.clock import Clock
from marketplace.kernel.unit_of_work import change
from marketplace.processes.talent.service import analyse, ask_nightly, claim_analysis, is_due, is_night

log = structlog.get_logger()


class Analysing:
    """What is begun is made again when it was killed: its claim runs out."""

    def __init__(self, graph: Graph, clock: Clock) -> None:
        self._graph = graph
        self._clock = clock

    def is_due(self) -> bool:
        """Asks for that of the night, too."""
        if is_night(self._clock.now()):
            change(self._graph, SYSTEM_ACTOR, self._clock.now(), ask_nightly, patience=15)
        return is_due(self._graph, self._clock)

    def carry_out(self) -> bool:
        """Whether there was something to do. A fault is kept with the run."""
        attempt = claim_analysis(self._graph, self._clock)
        if attempt is None:
            return False
        try:
            analyse(attempt)
        except Stale:
            log.warning("another computes the analysis")
        return True
