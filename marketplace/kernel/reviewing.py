"""What waits for an officer: one Review node for each submission, so that one desk serves every kind."""

from dataclasses import dataclass
from datetime import datetime, time
from enum import StrEnum
from typing import Any, ClassVar

from graph.connection import Transaction
from graph.outbox import Event, write_events
from graph.records import properties, reader, value
from marketplace.kernel.entity import linked_names
from marketplace.kernel.errors import Refused
from marketplace.kernel.labels import label
from marketplace.kernel.permission import Permission
from marketplace.kernel.unit_of_work import UnitOfWork
from marketplace.kernel.workdays import SHANGHAI, local_day, workdays_after

FIRST_REVIEW_WORKDAYS = 5
"""▲ DOMAIN, subsidies: first review within five workdays; used for every kind until an officer sets another."""
ENDS = ("withdraw", "take_down")
"""Outcomes after which nobody reads the thing any more, so that a report of it has been answered."""


class ReviewStatus(StrEnum):
    OPEN = "open"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Review:
    """One round of one submission. `units` decide; whoever claims it keeps it until they act or let it go.

    `makers` and `accounts` are those who may not decide; `declared` and `stood_back` are accounts that told of a relation."""

    KIND: ClassVar[str] = "review"
    READ: ClassVar[Permission] = Permission.REVIEW_READ

    id: str
    version: int = 1
    kind: str
    entity_id: str
    title: str
    number: str
    unit_name: str
    stage: str
    units: tuple[str, ...]
    due_at: datetime
    created_at: datetime
    updated_at: datetime
    status: ReviewStatus = ReviewStatus.OPEN
    makers: tuple[str, ...] = ()
    accounts: tuple[str, ...] = ()
    declared: tuple[str, ...] = ()
    stood_back: tuple[str, ...] = ()
    claimed_by: str = ""
    claimed_name: str = ""
    claimed_at: datetime | None = None
    outcome: str = ""
    reason: str = ""
    closed_at: datetime | None = None


def due_from(sent: datetime) -> datetime:
    """By when a unit decides about what was sent then: the end of the last workday of the first review."""
    return datetime.combine(workdays_after(local_day(sent), FIRST_REVIEW_WORKDAYS), time(17, 30), SHANGHAI)


OPEN_REVIEW = """
CREATE (r:Review) SET r = $properties
"""


def open_review(uow: UnitOfWork, entity: Any, *, stage: str, unit_name: str) -> None:
    """Called by a room's submit step, in the same transaction. The deciding units are the entity's review units."""
    review = Review(
        id=uow.new_id(), kind=entity.KIND, entity_id=entity.id, title=entity.title, number=entity.number, unit_name=unit_name, stage=stage,
        units=tuple(entity.review_units), due_at=due_from(uow.now), created_at=uow.now, updated_at=uow.now,
        makers=tuple(entity.makers), accounts=tuple(getattr(entity, "accounts", ())),
    )  # fmt: skip
    audience = (*(f"officer:{unit}" for unit in review.units), "system")
    uow.tx.run(OPEN_REVIEW, properties=properties(review, exclude=linked_names(review)) | {"audience": audience})


LOCK_OPEN_REVIEW = """
MATCH (r:Review {entity_id: $id}) WHERE r.status = 'open'
SET r.lock = coalesce(r.lock, 0) + 1
RETURN r {.*} AS review
"""
CLOSE_REVIEW = """
MATCH (r:Review {id: $id})
SET r.status = 'closed', r.outcome = $outcome, r.reason = $reason, r.closed_at = $now, r.updated_at = $now,
    r.claimed_by = $account, r.claimed_name = $name, r.version = r.version + 1
RETURN r.id AS id
"""


def close_review(uow: UnitOfWork, entity_id: str, outcome: str, reason: str = "") -> None:
    """Raises Refused while a colleague holds it (two officers never decide one case) or while a relation is not declared."""
    if outcome in ENDS:
        answer_reports(uow, entity_id, outcome)
    review = uow.tx.find(LOCK_OPEN_REVIEW, reader(Review, "review"), id=entity_id)
    if review is None:
        return
    if outcome not in ENDS:
        _require_free(uow, review)
    uow.tx.changed(CLOSE_REVIEW, id=review.id, outcome=outcome, reason=reason, now=uow.now, account=uow.actor.account_id, name=uow.actor.name)


def _require_free(uow: UnitOfWork, review: Review) -> None:
    me = uow.actor.account_id
    if review.claimed_by not in ("", me):
        raise Refused(label("%(name)s has claimed this case."), name=review.claimed_name)
    if me in review.stood_back:
        raise Refused(label("You stood back from this case; a colleague decides."))
    if me not in review.declared and shared_employers(uow.tx, uow.actor.worker_id, review.makers):
        raise Refused(label("You work for the same employer as a maker. Declare that on the review desk first."))


ANSWER_REPORTS = """
MATCH (p:Report {entity_id: $id}) WHERE p.status = 'open'
SET p.lock = coalesce(p.lock, 0) + 1
SET p.status = 'answered', p.outcome = $outcome, p.updated_at = $now, p.version = p.version + 1
RETURN p.id AS id
"""


def answer_reports(uow: UnitOfWork, entity_id: str, outcome: str) -> None:
    """Whoever reported the thing is told that it is gone."""
    answered = uow.tx.all(ANSWER_REPORTS, value("id"), id=entity_id, outcome=outcome, now=uow.now)
    write_events(uow.tx, [Event(uow.new_id(), "report", id, "answer", False, uow.now, "") for id in answered])


SHARED_EMPLOYERS = """
MATCH (:Worker {id: $worker})-[m:EMPLOYED_BY]->(e:Enterprise)
WHERE m.until IS NULL AND (e.id IN $makers
  OR EXISTS { MATCH (e)<-[o:EMPLOYED_BY]-(w:Worker) WHERE w.id IN $makers AND o.until IS NULL }
  OR EXISTS { MATCH (e)<-[:HOSTED_BY]-(s:Studio) WHERE s.id IN $makers })
RETURN e.name AS name ORDER BY name
"""


def shared_employers(tx: Transaction, worker_id: str, makers: tuple[str, ...]) -> list[str]:
    """Enterprises that employ both the officer and a maker, or that host or are one: no bar, but to be declared."""
    return tx.all(SHARED_EMPLOYERS, value("name"), worker=worker_id, makers=makers) if worker_id else []


LIST_REVIEWS = """
MATCH (r:Review {entity_id: $id}) WHERE any(token IN r.audience WHERE token IN $reader)
RETURN r {.*} AS review ORDER BY r.created_at
"""


def list_reviews(tx: Transaction, entity_id: str) -> list[Review]:
    """Every round, the oldest first."""
    return tx.all(LIST_REVIEWS, reader(Review, "review"), id=entity_id)
