"""The synonyms that act now, held in the process. Whoever changed them, in whichever process, is heard within a second."""

from collections.abc import Callable
from threading import Lock
from time import monotonic

from graph.connection import Graph, Transaction
from graph.errors import GraphError
from marketplace.kernel.permissions import SYSTEM
from search.synonyms import NO_SYNONYMS, Synonyms

ASKED_EVERY = 1.0
"""Seconds between two looks at the version: half of what is promised, the other half is for a slow store."""


class Vocabulary:
    """Reads one number at most each second, and the table only when that number is another."""

    def __init__(self, graph: Graph, version: Callable[[Transaction], int], table: Callable[[Transaction], Synonyms]) -> None:
        self._graph = graph
        self._read_version = version
        self._read_table = table
        self._turn = Lock()
        self._table = NO_SYNONYMS
        self._version = 0
        self._asked = float("-inf")

    def synonyms(self) -> Synonyms:
        """While one reader looks, others go on with what stands; while the store is away, all do."""
        if monotonic() - self._asked >= ASKED_EVERY and self._turn.acquire(blocking=False):
            try:
                self._look()
            except GraphError:
                pass
            finally:
                self._asked = monotonic()
                self._turn.release()
        return self._table

    def version(self) -> int:
        """Of the synonyms that act now."""
        self.synonyms()
        return self._version

    def look_again(self) -> None:
        """This process has just changed them: its next search must know."""
        self._asked = float("-inf")

    def _look(self) -> None:
        self._graph.read(self._renew, reader=(SYSTEM,), patience=0.5)

    def _renew(self, tx: Transaction) -> None:
        """The number first: what is written in between is read again at the next look, never missed."""
        version = self._read_version(tx)
        if version != self._version:
            self._table, self._version = self._read_table(tx), version
