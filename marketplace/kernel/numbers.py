"""Numbers that people see, such as CG-2026-000123: without gap or double, counted in the transaction that uses them."""

from datetime import datetime

from graph.connection import Transaction
from graph.records import value
from marketplace.kernel.workdays import local_day

COUNT = """
MERGE (g:Guard {id: $guard})
SET g.lock = coalesce(g.lock, 0) + 1
SET g.next = coalesce(g.next, 0) + $count
RETURN g.next AS next
"""


def next_numbers(tx: Transaction, prefix: str, now: datetime, count: int) -> list[str]:
    """A run of numbers of this year in Beijing, for one import or one form."""
    year = local_day(now).year
    last = int(tx.one(COUNT, value("next"), guard=f"number:{prefix}:{year}", count=count))
    return [f"{prefix}-{year}-{ordinal:06d}" for ordinal in range(last - count + 1, last + 1)]


def next_number(tx: Transaction, prefix: str, now: datetime) -> str:
    return next_numbers(tx, prefix, now, 1)[0]
