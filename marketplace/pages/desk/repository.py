"""The queue of an officer's units, counted and paged in the graph."""

from dataclasses import asdict, dataclass
from datetime import datetime, time

from graph.connection import Transaction
from graph.records import reader
from marketplace.domains.reviews.model import RETURNED, Report, ReportStatus
from marketplace.kernel.paging import Page
from marketplace.kernel.reviewing import Review, ReviewStatus
from marketplace.kernel.workdays import SHANGHAI, local_day
from marketplace.pages.desk.state import PAGE_SIZE, DeskState, Tab, Window, midnight_after


@dataclass(frozen=True, slots=True)
class Counts:
    """`done` and `in_time` are of this month, of the same units."""

    all: int
    unclaimed: int
    mine: int
    today: int
    overdue: int
    returned: int
    reports: int
    done: int
    in_time: int


COUNT = """
CALL () {
  MATCH (r:Review {status: $open}) WHERE any(token IN r.audience WHERE token IN $reader)
  RETURN count(r) AS all, sum(CASE WHEN coalesce(r.claimed_by, '') = '' THEN 1 ELSE 0 END) AS unclaimed,
    sum(CASE WHEN r.claimed_by = $account THEN 1 ELSE 0 END) AS mine,
    sum(CASE WHEN r.due_at >= $now AND r.due_at < $midnight THEN 1 ELSE 0 END) AS today,
    sum(CASE WHEN r.due_at < $now THEN 1 ELSE 0 END) AS overdue
}
CALL () {
  MATCH (r:Review {status: $closed}) WHERE any(token IN r.audience WHERE token IN $reader)
  RETURN sum(CASE WHEN r.closed_at >= $month THEN 1 ELSE 0 END) AS done,
    sum(CASE WHEN r.closed_at >= $month AND r.closed_at <= r.due_at THEN 1 ELSE 0 END) AS in_time,
    sum(CASE WHEN r.outcome IN $returned AND NOT EXISTS { MATCH (n:Review {entity_id: r.entity_id}) WHERE n.created_at > r.created_at }
        THEN 1 ELSE 0 END) AS returned
}
CALL () {
  MATCH (p:Report {status: $unanswered}) WHERE any(token IN p.audience WHERE token IN $reader) AND p.by <> $account
  RETURN count(p) AS reports
}
RETURN all, unclaimed, mine, today, overdue, returned, reports, done, in_time
"""


def count_cases(tx: Transaction, account: str, now: datetime) -> Counts:
    month = datetime.combine(local_day(now).replace(day=1), time(), SHANGHAI)
    return tx.one(
        COUNT, reader(Counts), open=ReviewStatus.OPEN, closed=ReviewStatus.CLOSED, unanswered=ReportStatus.OPEN, returned=RETURNED, account=account,
        now=now, midnight=midnight_after(now), month=month,
    )  # fmt: skip


QUEUE = """
MATCH (r:Review {status: $status})
WHERE any(token IN r.audience WHERE token IN $reader) AND ($kind = '' OR r.kind = $kind) AND ($unit = '' OR r.unit_name = $unit)
  AND ($holder IS NULL OR coalesce(r.claimed_by, '') = $holder) AND ($after IS NULL OR r.due_at >= $after)
  AND ($before IS NULL OR r.due_at < $before)
WITH r ORDER BY CASE WHEN $order = 'newest' THEN r.created_at END DESC, CASE WHEN $order = 'unit' THEN r.unit_name END, r.due_at, r.id
WITH collect(r) AS found
RETURN size(found) AS total, [r IN found[$skip..$skip + $limit] | r {.*}] AS reviews
"""
RETURNED_QUEUE = """
MATCH (r:Review {status: $status})
WHERE r.outcome IN $returned AND any(token IN r.audience WHERE token IN $reader)
  AND ($kind = '' OR r.kind = $kind) AND ($unit = '' OR r.unit_name = $unit)
  AND NOT EXISTS { MATCH (n:Review {entity_id: r.entity_id}) WHERE n.created_at > r.created_at }
WITH r ORDER BY CASE WHEN $order = 'unit' THEN r.unit_name END, r.closed_at, r.id
WITH collect(r) AS found
RETURN size(found) AS total, [r IN found[$skip..$skip + $limit] | r {.*}] AS reviews
"""


@dataclass(frozen=True, slots=True)
class Found:
    total: int
    reviews: tuple[Review, ...]


def list_cases(tx: Transaction, state: DeskState, window: Window) -> Page[Review]:
    skip = (state.page - 1) * PAGE_SIZE
    asked = {"kind": state.kind, "unit": state.unit, "order": state.order, "skip": skip, "limit": PAGE_SIZE}
    if state.tab is Tab.RETURNED:
        found = tx.one(RETURNED_QUEUE, reader(Found), status=ReviewStatus.CLOSED, returned=RETURNED, **asked)
    else:
        found = tx.one(QUEUE, reader(Found), status=ReviewStatus.OPEN, **asked, **asdict(window))
    return Page(found.reviews, found.total, state.page, PAGE_SIZE)


@dataclass(frozen=True, slots=True)
class Choices:
    kinds: tuple[str, ...]
    units: tuple[str, ...]


CHOICES = """
MATCH (r:Review {status: $open}) WHERE any(token IN r.audience WHERE token IN $reader)
RETURN collect(DISTINCT r.kind) AS kinds, collect(DISTINCT r.unit_name) AS units
"""


def list_choices(tx: Transaction) -> Choices:
    """What the filters may narrow to."""
    return tx.one(CHOICES, reader(Choices), open=ReviewStatus.OPEN)


REPORTS = """
MATCH (p:Report {status: $open}) WHERE any(token IN p.audience WHERE token IN $reader) AND p.by <> $account
  AND ($kind = '' OR p.kind = $kind)
RETURN p {.*} AS report ORDER BY p.created_at, p.id SKIP $skip LIMIT $limit
"""


def list_open_reports(tx: Transaction, state: DeskState, account: str) -> list[Report]:
    """The oldest first; nobody answers a report of their own."""
    skip = (state.page - 1) * PAGE_SIZE
    return tx.all(REPORTS, reader(Report, "report"), open=ReportStatus.OPEN, account=account, kind=state.kind, skip=skip, limit=PAGE_SIZE)
