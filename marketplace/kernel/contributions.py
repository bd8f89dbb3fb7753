"""Who has what share in a thing, and whether they agree. Shares decide who gets what of its income."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from graph.connection import Transaction
from graph.records import value

WHOLE = 10_000
"""Shares are basis points; all contributors together hold 100 %."""
SILENCE = timedelta(days=15)
"""DOMAIN, achievements: an unanswered share counts after 15 days."""


class Answer(StrEnum):
    ASKED = "asked"
    CONFIRMED = "confirmed"
    OBJECTED = "objected"


@dataclass(frozen=True, slots=True)
class Contribution:
    """A person's dated share. `name` is empty where the reader may not see the person."""

    worker_id: str
    share: int
    name: str = ""
    role: str = ""
    answer: Answer = Answer.ASKED
    asked_at: datetime | None = None
    answered_at: datetime | None = None

    def counts(self, now: datetime) -> bool:
        """Confirmed, or silent for fifteen days."""
        silent = self.asked_at is not None and self.answer is Answer.ASKED and now >= self.asked_at + SILENCE
        return self.answer is Answer.CONFIRMED or silent


def with_answers(before: tuple[Contribution, ...], after: tuple[Contribution, ...], now: datetime) -> tuple[Contribution, ...]:
    """Whoever keeps the same share keeps their answer; everybody else is asked anew."""
    old = {(one.worker_id, one.share): one for one in before}
    return tuple(replace(old[one.worker_id, one.share], role=one.role) if (one.worker_id, one.share) in old
                 else replace(one, answer=Answer.ASKED, asked_at=now, answered_at=None) for one in after)  # fmt: skip


CLOSE_ENQUIRIES = """
MATCH (:Achievement {id: $id})<-[:ABOUT]-(q:Enquiry)
SET q.audience = [token IN q.audience WHERE NOT token IN $gone], q.version = q.version + 1
"""


def close_enquiries(tx: Transaction, id: str, before: tuple[Contribution, ...], after: tuple[Contribution, ...]) -> None:
    """Whoever has no part in it any more does not read what is asked about it, from the next request on; an answer in hand is compared anew."""
    if gone := {one.worker_id for one in before} - {one.worker_id for one in after}:
        tx.run(CLOSE_ENQUIRIES, id=id, gone=[f"maker:{worker}" for worker in gone])


CONTRIBUTORS = """
UNWIND $ids AS id MATCH (:Achievement {id: id})<-[:CONTRIBUTED_TO]-(w:Worker) RETURN DISTINCT w.id AS id
"""


def list_contributors(tx: Transaction, ids: list[str]) -> list[tuple[str, str]]:
    """Whose cards count these works."""
    return [("worker", id) for id in tx.all(CONTRIBUTORS, value("id"), ids=ids)]
