"""What belongs to a reader: the audience on each thing names its makers, so that no room has to be asked."""

from dataclasses import dataclass, field
from datetime import date, datetime, time

from graph.connection import Transaction
from graph.records import reader
from marketplace.kernel.actor import Actor
from marketplace.kernel.cards import Card, list_cards
from marketplace.kernel.contributions import Answer
from marketplace.kernel.reviewing import Review, ReviewStatus
from marketplace.kernel.workdays import SHANGHAI, local_day

MOST = 100


@dataclass(frozen=True, slots=True)
class Own:
    """One thing of mine. With a `source` it came from an older register, and what is missing is to be filled in."""

    kind: str
    id: str
    title: str
    number: str
    status: str
    revision: str
    reason: str
    updated_at: datetime
    published_at: datetime | None
    source: str = ""
    missing: tuple[str, ...] = field(default=())
    used: int = 0
    ends_on: date | None = None
    reminded_for: date | None = None


OWN = """
CALL () {
  MATCH (n:Achievement) WHERE any(token IN n.audience WHERE token IN $own)
  RETURN n, 'achievement' AS kind, COUNT { MATCH (n)-[u:ADOPTED_BY]->(e:Enterprise) WHERE u.confirmed RETURN DISTINCT e } AS used
  UNION ALL
  MATCH (n:Listing) WHERE any(token IN n.audience WHERE token IN $own) RETURN n, 'listing' AS kind, 0 AS used
  UNION ALL
  MATCH (n:Need) WHERE any(token IN n.audience WHERE token IN $own) RETURN n, 'need' AS kind, 0 AS used
  UNION ALL
  MATCH (n:Patent) WHERE any(token IN n.audience WHERE token IN $own) RETURN n, 'patent' AS kind, 0 AS used
}
WITH n, kind, used ORDER BY n.updated_at DESC LIMIT $limit
RETURN kind, n.id AS id, n.title AS title, coalesce(n.number, n.patent_number, '') AS number, coalesce(n.legal_status, n.status) AS status,
       coalesce(n.revision, '') AS revision, coalesce(n.reason, '') AS reason, n.updated_at AS updated_at,
       n.published_at AS published_at, coalesce(n.source, '') AS source, coalesce(n.missing, []) AS missing, used,
       n.valid_until AS ends_on, n.reminded_for AS reminded_for
"""


def list_own(tx: Transaction, actor: Actor) -> list[Own]:
    """The latest change first; a reader with more than a hundred things searches among them."""
    return tx.all(OWN, reader(Own), own=actor.own, limit=MOST)


@dataclass(frozen=True, slots=True)
class Share:
    id: str
    title: str
    number: str
    status: str
    share: int
    answer: Answer
    asked_at: datetime | None
    used: int


SHARES = """
MATCH (:Worker {id: $worker})-[c:CONTRIBUTED_TO]->(a:Achievement) WHERE any(token IN a.audience WHERE token IN $reader)
RETURN a.id AS id, a.title AS title, a.number AS number, a.status AS status, c.share AS share, c.answer AS answer, c.asked_at AS asked_at,
       COUNT { MATCH (a)-[u:ADOPTED_BY]->(e:Enterprise) WHERE u.confirmed RETURN DISTINCT e } AS used
ORDER BY a.updated_at DESC LIMIT $limit
"""


def list_shares(tx: Transaction, worker_id: str) -> list[Share]:
    """Everything that the person has a part in."""
    return tx.all(SHARES, reader(Share), worker=worker_id, limit=MOST) if worker_id else []


CASES = """
MATCH (r:Review {status: $open}) WHERE any(token IN r.audience WHERE token IN $reader) AND coalesce(r.claimed_by, '') IN [$account, '']
RETURN r {.*} AS review ORDER BY r.claimed_by = $account DESC, r.due_at, r.id LIMIT $limit
"""


def list_my_cases(tx: Transaction, account: str, limit: int) -> list[Review]:
    """Mine first, then what nobody has claimed, by deadline."""
    return tx.all(CASES, reader(Review, "review"), open=ReviewStatus.OPEN, account=account, limit=limit)


@dataclass(frozen=True, slots=True)
class UnitCases:
    """How the cases of one unit went this year: decided in time or late, still open, of these overdue."""

    unit: str
    in_time: int
    late: int
    open: int
    overdue: int

    @property
    def all(self) -> int:
        return self.in_time + self.late + self.open

    @property
    def points(self) -> int | None:
        """The share in time of what is decided, in basis points."""
        done = self.in_time + self.late
        return round(self.in_time * 10_000 / done) if done else None


UNIT_CASES = """
CALL () {
  MATCH (r:Review {status: $open}) WHERE any(token IN r.audience WHERE token IN $reader)
  RETURN r.unit_name AS unit, 0 AS in_time, 0 AS late, 1 AS open, CASE WHEN r.due_at < $now THEN 1 ELSE 0 END AS overdue
  UNION ALL
  MATCH (r:Review {status: $closed}) WHERE any(token IN r.audience WHERE token IN $reader) AND r.closed_at >= $since
  RETURN r.unit_name AS unit, CASE WHEN r.closed_at <= r.due_at THEN 1 ELSE 0 END AS in_time,
    CASE WHEN r.closed_at > r.due_at THEN 1 ELSE 0 END AS late, 0 AS open, 0 AS overdue
}
RETURN unit, sum(in_time) AS in_time, sum(late) AS late, sum(open) AS open, sum(overdue) AS overdue
ORDER BY overdue DESC, late DESC, open DESC, unit
"""


def list_unit_cases(tx: Transaction, now: datetime) -> list[UnitCases]:
    """What an officer's units decided this year, by the unit that sent it in: where it is late comes first."""
    since = datetime.combine(local_day(now).replace(month=1, day=1), time(), SHANGHAI)
    return tx.all(UNIT_CASES, reader(UnitCases), open=ReviewStatus.OPEN, closed=ReviewStatus.CLOSED, now=now, since=since)


SAVED = """
MATCH (:Account {id: $account})-[s:SAVED]->(n) WHERE any(token IN n.audience WHERE token IN $reader)
RETURN toLower(head(labels(n))) AS kind, n.id AS id ORDER BY s.at DESC LIMIT $limit
"""


def list_saved(tx: Transaction, account: str) -> list[Card]:
    """As far as it may still be read."""
    refs = tx.all(SAVED, lambda row: (str(row["kind"]), str(row["id"])), account=account, limit=MOST)
    return list_cards(tx, refs)
