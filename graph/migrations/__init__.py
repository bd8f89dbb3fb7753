"""Numbered data changes: each runs once in a database, in order, and is remembered in the transaction that made it."""

from collections.abc import Callable
from dataclasses import dataclass

from graph.connection import Graph, Transaction
from graph.migrations.asking import name_askers
from graph.migrations.sealing import seal_stored
from graph.records import value


def no_change(tx: Transaction) -> None:
    return None


def no_sweep(graph: Graph) -> None:
    return None


@dataclass(frozen=True, slots=True)
class Migration:
    """`change` must fit into one transaction; split what touches more than 5,000 rows into several numbers. What is too much for that is
    a `sweep` of many transactions, which runs before and, where it was broken off, again: it must find by itself what is left to do."""

    number: int
    why: str
    change: Callable[[Transaction], None] = no_change
    sweep: Callable[[Graph], None] = no_sweep

    @property
    def id(self) -> str:
        return f"migration:{self.number:04}"


AGREED_BEFORE = """
MATCH (w:Worker) SET w.concealed = coalesce(w.concealed, $concealed)
"""


def keep_back_employers(tx: Transaction) -> None:
    """Whoever agreed before there were parts agreed to name, skills, levels and works: not to the employer, and not to be written to."""
    tx.run(AGREED_BEFORE, concealed=["EMPLOYED_BY", "ABOUT"])


FILE_ENTRIES = """
MATCH (e:AuditEntry) WHERE e.shelf IS NULL
WITH e LIMIT $most
WITH e, [token IN e.audience WHERE token STARTS WITH 'officer:'] AS above
WITH e, above, size(above) = 0 AND any(kind IN $administration WHERE kind = e.kind) AS is_administration
WITH e, is_administration, CASE WHEN is_administration THEN 'administration' WHEN size(above) > 0 THEN substring(above[0], 8) ELSE '' END AS shelf
SET e.shelf = shelf, e.act = CASE WHEN shelf = '' THEN null ELSE shelf + '|' + e.verb END,
    e.audience = e.audience + ['account:' + e.account_id] + CASE WHEN is_administration THEN ['administrator'] ELSE [] END
RETURN count(e) AS filed
"""
MOST_FILED = 5_000
MARK_DAYS = """
MATCH (e:AuditEntry) WHERE e.sequence IS NOT NULL
WITH substring(toString(e.at + duration('PT8H')), 0, 10) AS day, min(e.sequence) AS first, max(e.sequence) AS last
MERGE (d:AuditDay {id: day})
SET d.first = CASE WHEN coalesce(d.first, first) < first THEN d.first ELSE first END,
    d.last = CASE WHEN coalesce(d.last, last) > last THEN d.last ELSE last END
"""


def file_older_entries(graph: Graph) -> None:
    """Entries from before the audit could be searched: under their unit or under administration. A filed one has a shelf, empty or not."""
    kinds = ["account", "synonym", "missed", "download", "network-export"]
    while graph.write(lambda tx: tx.one(FILE_ENTRIES, value("filed"), administration=kinds, most=MOST_FILED), patience=15):
        continue


def mark_days(tx: Transaction) -> None:
    """On which days they stand. After a restore it runs again, when older entries of a day may lie in the archive: a day only grows."""
    tx.run(MARK_DAYS)


HELD_BEFORE = """
MATCH (a:Account)-[h:HOLDS]->(p) WHERE h.id IS NULL SET h.id = a.id + '-' + h.role + '-' + p.id
"""


def name_holdings(tx: Transaction) -> None:
    """Whoever held a role before roles had a history holds it on: each gets the id by which it is extended, ended and lent."""
    tx.run(HELD_BEFORE)


MIGRATIONS: tuple[Migration, ...] = (
    Migration(1, "parts of the public card", keep_back_employers),
    Migration(2, "personal values lie sealed", sweep=seal_stored),
    Migration(3, "the audit can be searched", mark_days, sweep=file_older_entries),
    Migration(4, "roles with a history", name_holdings),
    Migration(5, "for whom a question was asked", sweep=name_askers),
)

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
    return [one for one in pending(graph, migrations) if _ran(graph, one)]


def _ran(graph: Graph, migration: Migration) -> bool:
    migration.sweep(graph)
    return graph.write(lambda tx: _run_once(tx, migration), patience=15)


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
