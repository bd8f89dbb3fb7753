"""Ends of auctions are written down soon after they have passed, also where nobody looks."""

from functools import partial

from graph.connection import Graph
from marketplace.domains.auctions.repository import list_due
from marketplace.kernel.actor import SYSTEM_ACTOR
from marketplace.kernel.clock import Clock
from marketplace.kernel.permissions import SYSTEM
from marketplace.kernel.unit_of_work import change
from marketplace.processes.bidding.service import close_due


class Closing:
    """Only whoever leads; what a killed leader left open is due again."""

    def __init__(self, graph: Graph, clock: Clock) -> None:
        self._graph = graph
        self._clock = clock

    def is_due(self) -> bool:
        return bool(self._graph.read(lambda tx: list_due(tx, self._clock.now()), reader=(SYSTEM,)))

    def carry_out(self) -> None:
        while change(self._graph, SYSTEM_ACTOR, self._clock.now(), partial(close_due, clock=self._clock), patience=15):
            continue
