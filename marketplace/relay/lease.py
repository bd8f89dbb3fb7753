"""One leader at a time: a lease on a guard node, taken over when its holder has not renewed it."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from graph.connection import Graph, Transaction
from graph.records import value

LASTS = timedelta(seconds=3)
"""After a crash the next leader waits so long; a change must be searchable within two seconds of a good one."""
TERM_BITS = 40

TAKE = """
MERGE (g:Guard {id: $id})
SET g.lock = coalesce(g.lock, 0) + 1
WITH g WHERE g.until IS NULL OR g.until <= $now OR g.holder = $holder
SET g.term = CASE WHEN g.holder = $holder THEN g.term ELSE coalesce(g.term, 0) + 1 END
SET g.holder = $holder, g.until = $until
RETURN g.term AS term
"""
LEAVE = """
MATCH (g:Guard {id: $id, holder: $holder}) SET g.until = null
"""


@dataclass(slots=True)
class Lease:
    """`next_version` grows with every call and with every leader, so that a deposed one can't overwrite."""

    holder: str
    id: str = "lease:relay"
    term: int = 0
    until: datetime | None = None
    sequence: int = 0

    def hold(self, graph: Graph, now: datetime) -> bool:
        """Take it or keep it; false while another leads. The store is asked only when half of it is over."""
        if self.until is not None and now < self.until - LASTS / 2:
            return True
        term = graph.write(lambda tx: self._take(tx, now), patience=15)
        if term is not None and term != self.term:
            self.term, self.sequence = term, 0
        self.until = None if term is None else now + LASTS
        return term is not None

    def _take(self, tx: Transaction, now: datetime) -> int | None:
        return tx.find(TAKE, value("term"), id=self.id, holder=self.holder, now=now, until=now + LASTS)

    def leave(self, graph: Graph) -> None:
        """The next leader need not wait."""
        if self.until is not None:
            self.until = None
            graph.write(lambda tx: tx.run(LEAVE, id=self.id, holder=self.holder))

    def next_version(self) -> int:
        self.sequence += 1
        return self.term << TERM_BITS | self.sequence
