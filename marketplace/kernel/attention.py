"""How often a thing is looked at, saved and asked about: by day, without persons. A node for each day and thing, which never has a relation."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from graph.connection import Transaction
from graph.records import reader, value
from marketplace.kernel.unit_of_work import UnitOfWork
from marketplace.kernel.workdays import SHANGHAI, local_day

WEEKS = 8
BATCH = 2_000
COUNT = """
UNWIND $rows AS row
MERGE (d:ViewDay {id: row.id}) ON CREATE SET d.thing_id = row.thing, d.day = row.day, d.views = 0
SET d.lock = coalesce(d.lock, 0) + 1
WITH d, row SET d.views = d.views + row.views
"""


def count_views(tx: Transaction, views: Mapping[tuple[date, str], int]) -> None:
    """Day and thing → how often it was looked at. In the order of their ids, so that two batches never wait for each other."""
    rows = [{"id": f"{day.isoformat()}-{thing}", "thing": thing, "day": day, "views": count} for (day, thing), count in sorted(views.items())]
    tx.run(COUNT, rows=rows)


@dataclass(frozen=True, slots=True)
class Week:
    monday: date
    views: int = 0
    saves: int = 0
    enquiries: int = 0


@dataclass(frozen=True, slots=True)
class Happened:
    day: date
    views: int = 0
    saves: int = 0
    enquiries: int = 0


VIEWS = """
MATCH (d:ViewDay {thing_id: $id}) WHERE d.day >= $day RETURN d.day AS day, d.views AS views
"""
ENQUIRIES = """
CALL () {
  MATCH (q:Enquiry)-[:ABOUT]->(:Achievement {id: $id}) RETURN q.created_at AS at
  UNION ALL MATCH (q:Enquiry)-[:ABOUT]->(:Listing {id: $id}) RETURN q.created_at AS at
}
WITH at WHERE at >= $since RETURN at
"""
SAVED = """
CALL () {
  MATCH (:Account)-[s:SAVED]->(:Achievement {id: $id}) RETURN s.at AS at
  UNION ALL MATCH (:Account)-[s:SAVED]->(:Listing {id: $id}) RETURN s.at AS at
}
WITH at WHERE at >= $since RETURN at
"""


def list_attention(tx: Transaction, id: str, now: datetime) -> list[Week]:
    """The last weeks, the present one first. Whoever asks has made sure that it is theirs."""
    today = local_day(now)
    monday = today - timedelta(days=today.weekday(), weeks=WEEKS - 1)
    since = datetime.combine(monday, time(), SHANGHAI)
    happened = [
        *tx.all(VIEWS, reader(Happened), id=id, day=monday),
        *(Happened(local_day(at), saves=1) for at in tx.all(SAVED, value("at"), id=id, since=since)),
        *(Happened(local_day(at), enquiries=1) for at in tx.all(ENQUIRIES, value("at"), id=id, since=since)),
    ]
    return [_week(monday + timedelta(weeks=number), happened) for number in reversed(range(WEEKS))]


def _week(monday: date, happened: Iterable[Happened]) -> Week:
    own = [one for one in happened if timedelta() <= one.day - monday < timedelta(weeks=1)]
    return Week(monday, sum(one.views for one in own), sum(one.saves for one in own), sum(one.enquiries for one in own))


FORGET = """
MATCH (d:ViewDay) WHERE d.day < $before WITH d LIMIT $batch DELETE d RETURN count(d) AS gone
"""


def forget_views(uow: UnitOfWork, days: int) -> int:
    """What is older than so many days; a batch at a time."""
    return int(uow.tx.one(FORGET, value("gone"), before=local_day(uow.now) - timedelta(days=days), batch=BATCH))
