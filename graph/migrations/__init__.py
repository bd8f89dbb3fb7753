"""Numbered data changes: each runs once in a database, in order, and is remembered in the transaction that made it."""

from collections.abc import Callable
from dataclasses import dataclass

from graph.connection import Graph, Transaction
from graph.records import value


@dataclass(frozen=True, slots=True)
class Migration:
    """`change` must fit into one transaction; split what touches more than 5,000 rows into several numbers."""

    number: int
    why: str
    change: Callable[[Transaction], None]

    @property
    def id(self) -> str:
        return f"migration:{self.number:04}"


AGREED_BEFORE = """
MATCH (w:Worker) SET w.concealed = coalesce(w.concealed, $concealed)
"""


def keep_back_employers(tx: Transaction) -> None:
    """Whoever agreed before there were parts agreed to name, skills, levels and works: not to the employer, and not to be written to."""
    tx.run(AGREED_BEFORE, concealed=["EMPLOYED_BY", "ABOUT"])


HELD_BEFORE = """
MATCH (a:Account)-[h:HOLDS]->(p) WHERE h.id IS NULL SET h.id = a.id + '-' + h.role + '-' + p.id
"""


def name_holdings(tx: Transaction) -> None:
    """Whoever held a role before roles had a history holds it on: each gets the id by which it is extended, ended and lent."""
    tx.run(HELD_BEFORE)


MIGRATIONS: tuple[Migration, ...] = (
    Migration(1, "parts of the public card", keep_back_employers), Migration(12, "roles with a history", name_holdings),
)  # fmt: skip

DONE = """
MATCH (g:Guard)
WHERE g.id IN $ids AND g.lock > 0
RETURN g.id AS id
"""


def pending(graph: Graph, migrations: tuple[Migration, ...] = MIGRATIONS) -> list[Migration]:
    """What has not run yet, in order."""
    ids = [migration.id for migration in migrations]
    done = set(graph.read(lambda tx: tx.all(DONE, value("id"), ids=ids), reader=("system",)))
    return sorted((one for one in migrations if one.id not in done), key=lambda one: one.number)


def run_migrations(graph: Graph, migrations: tuple[Migration, ...] = MIGRATIONS) -> list[Migration]:
    """Returns what it ran. Two processes may start at once: the second waits at the guard and finds it done."""
    return [one for one in pending(graph, migrations) if graph.write(lambda tx, one=one: _run_once(tx, one), patience=15)]  # type: ignore[misc]


LOCK = """
MERGE (g:Guard {id: $id})
SET g.lock = coalesce(g.lock, 0) + 1
RETURN g.lock AS turn
"""


def _run_once(tx: Transaction, migration: Migration) -> bool:
    """The first to lock the guard makes the change; a failed one leaves no guard behind."""
    if tx.one(LOCK, value("turn"), id=migration.id) > 1:
        return False
    migration.change(tx)
    return True
