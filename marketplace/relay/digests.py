"""Digests: what waited for its day is due on that morning; the letters themselves are those of every other mail."""

from datetime import date, timedelta

from graph.connection import Graph
from graph.records import value
from marketplace.kernel.clock import Clock
from marketplace.kernel.notices import DUE, Delivery
from marketplace.kernel.permissions import SYSTEM
from marketplace.kernel.workdays import SHANGHAI, local_day

AS_SYSTEM = (SYSTEM,)
MORNING = 7
"""Nobody wants a letter at midnight."""


class Digesting:
    """Each morning in Beijing, once: the guard remembers the day, whoever leads."""

    def __init__(self, graph: Graph, clock: Clock) -> None:
        self._graph = graph
        self._clock = clock
        self._day: date | None = None

    def is_due(self) -> bool:
        return self._day != local_day(self._clock.now()) and self._clock.now().astimezone(SHANGHAI).hour >= MORNING

    def carry_out(self) -> int:
        """What waited for the daily digest is due, on Mondays what waited for the weekly one, too. Returns how many."""
        today = local_day(self._clock.now())
        monday = today - timedelta(days=today.weekday())
        released = self._release(Delivery.DAILY, today) + self._release(Delivery.WEEKLY, monday)
        self._day = today
        return released

    def _release(self, waiting: Delivery, day: date) -> int:
        """The day is marked last: a killed one releases the rest."""
        guard, count = f"digest:{waiting}", 0
        if self._graph.read(lambda tx: tx.find(RELEASED, value("id"), id=guard, day=day.isoformat()), reader=AS_SYSTEM, patience=15):
            return 0
        while some := self._graph.write(lambda tx: int(tx.one(RELEASE, value("released"), waiting=waiting, due=DUE, limit=BATCH)), patience=15):
            count += some
        self._graph.write(lambda tx: tx.run(MARK_DAY, id=guard, day=day.isoformat()), patience=15)
        return count


RELEASED = """
MATCH (g:Guard {id: $id}) WHERE g.applied_at >= $day RETURN g.id AS id
"""
RELEASE = """
MATCH (n:Notice {delivery: $waiting}) WITH n LIMIT $limit
SET n.delivery = $due RETURN count(n) AS released
"""
MARK_DAY = """
MERGE (g:Guard {id: $id}) SET g.lock = coalesce(g.lock, 0) + 1, g.applied_at = $day
"""
BATCH = 1_000
