"""The answer stands on the relation between a person and the achievement."""

from datetime import datetime

from graph.connection import Transaction
from graph.records import value
from marketplace.kernel.contributions import Answer

ANSWER_SHARE = """
MATCH (w:Worker {id: $worker})-[c:CONTRIBUTED_TO]->(a:Achievement {id: $id})
SET c.answer = $answer, c.answered_at = $now
RETURN a.id AS id
"""


def save_answer(tx: Transaction, id: str, worker_id: str, answer: Answer, now: datetime) -> None:
    """Raises NotFound for somebody who has no share in it."""
    tx.one(ANSWER_SHARE, value("id"), id=id, worker=worker_id, answer=answer, now=now)
