"""The one way to the store: a URL in, transactions out, each retried as a whole."""

import logging
import random
from collections.abc import Callable, Iterable
from contextvars import ContextVar
from itertools import count
from time import monotonic, sleep
from typing import Any, LiteralString, TypeVar

from neo4j import Bookmarks, Driver, GraphDatabase, ManagedTransaction, Record
from neo4j.api import BookmarkManager
from neo4j.exceptions import ConnectionPoolError, ConstraintError, DriverError, IncompleteCommit, Neo4jError, ResultFailedError

from graph.breaker import Breaker
from graph.errors import Duplicate, GraphError, NotFound, Stale, Torn, Unavailable, Uncertain
from graph.records import stored
from graph.vault import Locked, Vault

T = TypeVar("T")

RACES = 4
CONNECT_WITHIN = 3.0
FIRST_DELAY = 0.02
GROWTH = 1.6
CLUSTERS = ("neo4j", "neo4j+s", "neo4j+ssc")
UNKNOWN = frozenset({
    "Neo.ClientError.Transaction.InvalidBookmark", "Neo.ClientError.Transaction.InvalidBookmarkMixture",
    "Neo.TransientError.Transaction.BookmarkTimeout",
})  # fmt: skip
"""What a server says of bookmarks of another store, for instance of the one before a restore."""

HALF_THERE = "Neo.ClientError.Statement.EntityNotFound"
"""The embedded engine, where a relation leads to what another transaction is just making: like a torn read it passes."""

_followed: ContextVar[tuple[str, ...]] = ContextVar("followed", default=())


class Transaction:
    """One transaction of one reader. Every statement may use `$reader`, the tokens of what may be seen."""

    __slots__ = ("_driver_transaction", "_vault", "reader")

    def __init__(self, driver_transaction: ManagedTransaction, reader: tuple[str, ...], vault: Vault | None = None) -> None:
        self._driver_transaction = driver_transaction
        self._vault = vault
        self.reader = reader

    @property
    def vault(self) -> Vault:
        """Opens and seals personal values. Raises Locked where the store was opened without its keys."""
        if self._vault is not None:
            return self._vault
        raise Locked("this store was opened without the keys of its personal values")

    def seen_by(self, reader: tuple[str, ...]) -> "Transaction":
        """The same transaction with other eyes."""
        return Transaction(self._driver_transaction, reader, self._vault)

    def one(self, statement: LiteralString, read: Callable[[Record], T], /, **parameters: object) -> T:
        """The first row. Raises NotFound without one."""
        rows = self._rows(statement, parameters)
        if not rows:
            raise NotFound(parameters.get("id"))
        return read(rows[0])

    def find(self, statement: LiteralString, read: Callable[[Record], T], /, **parameters: object) -> T | None:
        rows = self._rows(statement, parameters)
        return read(rows[0]) if rows else None

    def all(self, statement: LiteralString, read: Callable[[Record], T], /, **parameters: object) -> list[T]:
        return [read(row) for row in self._rows(statement, parameters)]

    def changed(self, statement: LiteralString, /, **parameters: object) -> int:
        """How many rows came back. Raises Stale for none: what the statement compared with has moved on."""
        rows = self._rows(statement, parameters)
        if not rows:
            raise Stale(parameters.get("id"))
        return len(rows)

    def run(self, statement: LiteralString, /, **parameters: object) -> None:
        self._driver_transaction.run(statement, self._bound(parameters)).consume()

    def _rows(self, statement: LiteralString, parameters: dict[str, object]) -> list[Record]:
        return list(self._driver_transaction.run(statement, self._bound(parameters)))

    def _bound(self, parameters: dict[str, object]) -> dict[str, object]:
        return {"reader": list(self.reader)} | {name: stored(value) for name, value in parameters.items()}


class Graph:
    """Share one between threads. Made after a fork, never before: it has threads of its own."""

    def __init__(self, make_driver: Callable[[], Driver], database: str | None, seen: BookmarkManager | None = None) -> None:
        """`seen`: what this process has read and written, so that no member of a cluster answers it from an earlier state."""
        self.database = database
        self.vault: Vault | None = None
        self._seen = seen
        self._breaker = Breaker(make_driver, self._ask)

    def read(self, work: Callable[[Transaction], T], *, reader: Iterable[str] = ("public",), patience: float = 2.0) -> T:
        """Raises Unavailable. `patience` is for how many seconds a failed attempt may be repeated."""
        return self._retried(work, tuple(reader), patience, writing=False)

    def write(self, work: Callable[[Transaction], T], *, reader: Iterable[str] = ("system",), patience: float = 2.0) -> T:
        """`work` may run several times and must decide anew each time. Raises Duplicate, Unavailable, Uncertain."""
        return self._retried(work, tuple(reader), patience, writing=True)

    @property
    def is_clustered(self) -> bool:
        """Whether one of several members may answer from an earlier state."""
        return self._seen is not None

    def follow(self, bookmarks: Iterable[str]) -> None:
        """From here on, in this context (a request), reading sees at least what these tell of, whichever process wrote it."""
        _followed.set(tuple(bookmarks) if self._seen is not None else ())

    def followed(self) -> tuple[str, ...]:
        """What this context has to see: what it was told to follow, or what it has written since. Nothing outside a cluster."""
        return _followed.get()

    def ping(self) -> None:
        """Raises Unavailable when the store does not answer."""
        try:
            self._ask(self._breaker.driver())
            self._breaker.has_answered()
        except (DriverError, Neo4jError) as error:
            raise _in_our_words(error) from error

    def agent(self) -> str:
        """How the server calls itself; only dialect.py has a use for it."""
        return self._breaker.driver().get_server_info().agent

    def close(self) -> None:
        self._breaker.close()

    def _ask(self, driver: Driver) -> None:
        with driver.session(database=self.database, max_transaction_retry_time=0) as session:
            session.execute_read(lambda tx: tx.run("RETURN 1 AS alive").consume())

    def _retried(self, work: Callable[[Transaction], T], reader: tuple[str, ...], patience: float, *, writing: bool) -> T:
        """Each attempt asks the breaker anew; the driver's own loop would go on with a driver that was hung up.

        What passes, too: a node read torn while it is written (Neo4j), and one's own reading that moved on before one wrote (embedded)."""
        deadline = monotonic() + patience
        for attempt in count():
            try:
                return self._attempt(work, reader, writing=writing)
            except (DriverError, Neo4jError) as failed:
                error = _first_of(failed)
                if monotonic() > deadline or not _may_pass(error, attempt):
                    raise _in_our_words(error) from failed
                if isinstance(error, Neo4jError) and error.code in UNKNOWN:
                    _followed.set(())
            except BufferError as cut:
                raise Uncertain("the connection was closed in the middle of a word") from cut
            except (Torn, Stale):
                if attempt >= RACES - 1:
                    raise
            sleep(FIRST_DELAY * GROWTH**attempt * random.uniform(0.5, 1.5))  # noqa: S311  a pause, not a secret  # nosec B311
        raise AssertionError("attempts have no end")

    def _attempt(self, work: Callable[[Transaction], T], reader: tuple[str, ...], *, writing: bool) -> T:
        def run(driver_transaction: ManagedTransaction) -> T:
            return work(Transaction(driver_transaction, reader, self.vault))

        options: dict[str, Any] = {"bookmark_manager": self._seen, "bookmarks": Bookmarks.from_raw_values(_followed.get())} if self._seen else {}
        with self._breaker.driver().session(database=self.database, max_transaction_retry_time=0, **options) as session:
            if not writing:
                return session.execute_read(run)
            result = session.execute_write(run)
            if self._seen is not None:
                _followed.set(tuple(session.last_bookmarks().raw_values))
            return result


def _first_of(error: DriverError | Neo4jError) -> DriverError | Neo4jError:
    """When the driver rolls back, a statement that failed may fail once more as a result nobody can read: the first word counts."""
    cause = error.__cause__
    return cause if isinstance(error, ResultFailedError) and isinstance(cause, DriverError | Neo4jError) else error


def _may_pass(error: DriverError | Neo4jError, attempt: int) -> bool:
    """Two makers of one new key collide once: the loser finds the winner's node when it tries again."""
    if isinstance(error, Neo4jError) and error.code in UNKNOWN:
        return attempt < 1
    collided = isinstance(error, ConstraintError) or (isinstance(error, Neo4jError) and error.code == HALF_THERE)
    return error.is_retryable() or (collided and attempt < RACES - 1)


def _in_our_words(error: DriverError | Neo4jError) -> GraphError:
    """What time can mend is Unavailable (a driver that was hung up too); a wrong statement is a fault of ours."""
    if isinstance(error, IncompleteCommit):
        return Uncertain(str(error))
    if isinstance(error, ConstraintError):
        return Duplicate(error.message)
    if error.is_retryable() or type(error) is DriverError or isinstance(error, ConnectionPoolError):
        return Unavailable(str(error))
    return GraphError(str(error))


def open_graph(url: str, *, user: str = "", password: str = "", database: str | None = None) -> Graph:
    """The same for the embedded server, for Neo4j and for a cluster. Connects at the first use."""
    logging.getLogger("neo4j").setLevel(logging.CRITICAL)

    def make_driver() -> Driver:
        return GraphDatabase.driver(
            url,
            auth=(user, password) if user else None,
            connection_timeout=CONNECT_WITHIN,
            connection_acquisition_timeout=CONNECT_WITHIN,
            notifications_min_severity="OFF",
        )

    return Graph(make_driver, database, seen_at(url))


def seen_at(url: str) -> BookmarkManager | None:
    """A single server needs none: it always answers from its latest state."""
    return GraphDatabase.bookmark_manager() if url.partition("://")[0] in CLUSTERS else None
