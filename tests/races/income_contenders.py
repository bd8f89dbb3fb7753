"""Many who confirm one payment at the same moment; with the guard, and as it would be without."""

from graph.connection import Graph, Transaction
from graph.errors import Stale
from graph.records import value
from marketplace.domains.payments.repository import get_payment
from marketplace.kernel.actor import SYSTEM_ACTOR
from marketplace.kernel.errors import Refused
from marketplace.processes.income.service import confirm_payment
from tests.races.contenders import PATIENCE, change


def confirm(graph: Graph, _number: int, payment: str) -> str:
    """Each has read the first version, as two windows have it open."""
    try:
        change(graph, lambda uow: confirm_payment(uow, payment, 1))
    except (Stale, Refused):
        return "late"
    return "confirmed"


SHARED_OUT = "MATCH (p:Posting {payment_id: $id}) RETURN count(p) AS count"
POST = "CREATE (:Posting {id: $posting, payment_id: $id, root_id: $id, amount_fen: 9600})"
CONFIRM = "MATCH (p:Payment {id: $id}) SET p.status = 'confirmed'"


def confirm_without_guard(graph: Graph, number: int, payment: str) -> str:
    """What the lock is for: look in one transaction, enter in a later one."""
    seen = graph.read(lambda tx: get_payment(tx, payment), reader=SYSTEM_ACTOR.reader)
    if seen.version != 1 or seen.confirmed_at or count_postings_in(graph, payment):
        return "late"
    graph.write(lambda tx: tx.run(POST, posting=f"naive-{number}-{payment}", id=payment), patience=PATIENCE)
    graph.write(lambda tx: tx.run(CONFIRM, id=payment), patience=PATIENCE)
    return "confirmed"


def count_postings_in(graph: Graph, payment: str) -> int:
    return graph.read(lambda tx: count_postings(tx, payment), reader=SYSTEM_ACTOR.reader)


def count_postings(tx: Transaction, payment: str) -> int:
    return int(tx.one(SHARED_OUT, value("count"), id=payment))
