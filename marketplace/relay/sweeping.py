"""Bytes to which nothing points any more leave the store: put aside on one night, gone for good when their days of grace are over."""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from functools import partial

from graph.connection import Graph, Transaction
from graph.records import value
from marketplace.kernel.clock import Clock
from marketplace.kernel.files import FileStore, Leaving
from marketplace.kernel.permissions import SYSTEM
from marketplace.kernel.workdays import local_day

PIECE, FEW = 2_000, 100
AS_SYSTEM = (SYSTEM,)


class Sweeping:
    """`days` of grace: what was removed by mistake, and named again, comes back."""

    def __init__(self, graph: Graph, files: FileStore, clock: Clock, days: int) -> None:
        self._graph, self._files, self._clock, self._days = graph, files, clock, days

    def carry_out(self) -> tuple[int, int]:
        """Returns how many were put aside and how many are gone. Done twice it changes nothing more; a killed one is taken up the next day."""
        kept, leaving = list(self._files.list_kept()), self._files.list_leaving()
        unnamed = self._unnamed({*kept, *(one.place for one in leaving)})
        gone = [one for one in leaving if one.place in unnamed and one.day + timedelta(days=self._days) <= self._today]
        for one in leaving:
            if one.place not in unnamed:
                self._files.bring_back(one)
        for one in gone:
            self._files.discard(one)
        fresh = [Leaving(self._today, place) for place in kept if place in unnamed]
        for one in fresh:
            self._files.put_aside(one)
        return len(fresh), len(gone)

    @property
    def _today(self) -> date:
        return local_day(self._clock.now())

    def _unnamed(self, places: set[str]) -> set[str]:
        """Asked after the store was listed: what came meanwhile is in no danger."""
        for named in self._named():
            places.discard(named)
        by_digest = {place.rpartition("/")[2]: place for place in places}
        for some in pieces(sorted(by_digest)):
            for digest in self._graph.read(partial(digests_in, digests=some), reader=AS_SYSTEM, patience=15):
                del by_digest[digest]
        return set(by_digest.values())

    def _named(self) -> Iterator[str]:
        after = ""
        while rows := self._graph.read(partial(list_files, after=after), reader=AS_SYSTEM, patience=15):
            yield from (place for _id, place in rows)
            after = rows[-1][0]
        yield from self._graph.read(list_other_places, reader=AS_SYSTEM, patience=15)


def pieces(digests: list[str]) -> Iterator[list[str]]:
    return (digests[at : at + FEW] for at in range(0, len(digests), FEW))


FILES = """
MATCH (f:StoredFile) WHERE f.id > $after RETURN f.id AS id, f.path AS place ORDER BY id LIMIT $limit
"""


def list_files(tx: Transaction, after: str) -> list[tuple[str, str]]:
    """Two owners may name one place."""
    return tx.all(FILES, lambda row: (str(row["id"]), str(row["place"])), after=after, limit=PIECE)


OTHERS = """
MATCH (b:ImportBatch) UNWIND [b.place, b.report] AS place RETURN place
UNION
MATCH (a:AuditArchive) RETURN a.place AS place
"""


def list_other_places(tx: Transaction) -> list[str]:
    """Uploads of imports, their reports, and the audit's archives. The place of an upload stands behind the owner of its key."""
    return [place.rpartition(":")[2] for place in tx.all(OTHERS, value("place")) if place]


IN_TEXTS = """
MATCH (v:Version) WHERE any(digest IN $digests WHERE v.body CONTAINS digest) RETURN v.body AS text
UNION
MATCH (c:Contract) WHERE any(digest IN $digests WHERE c.paper_digest CONTAINS digest) RETURN c.paper_digest AS text
"""


def digests_in(tx: Transaction, digests: Iterable[str]) -> set[str]:
    """Those that a kept version or a contract speaks of, though no file of the graph does."""
    asked = list(digests)
    return {digest for text in tx.all(IN_TEXTS, value("text"), digests=asked) for digest in asked if digest in text}
