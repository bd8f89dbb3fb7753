"""What the first page counts and lists, with the reader's own tokens: what is hidden from them is counted for nobody."""

from dataclasses import dataclass
from datetime import datetime, time

from graph.connection import Transaction
from graph.records import reader, value
from marketplace.domains.achievements.model import Status
from marketplace.domains.needs.model import Status as NeedStatus
from marketplace.kernel.workdays import SHANGHAI, local_day


@dataclass(frozen=True, slots=True)
class Figures:
    achievements: int
    fresh: int
    needs: int
    due: int
    studios: int
    members: int
    adopters: int
    used: int
    saving_fen: int


FIGURES = """
CALL () {
  MATCH (a:Achievement {status: $published}) WHERE any(token IN a.audience WHERE token IN $reader)
  RETURN count(a) AS achievements, sum(CASE WHEN a.published_at >= $month THEN 1 ELSE 0 END) AS fresh
}
CALL () {
  MATCH (a:Achievement {status: $published})-[u:ADOPTED_BY]->(e:Enterprise) WHERE u.confirmed AND any(token IN a.audience WHERE token IN $reader)
  RETURN count(DISTINCT e) AS adopters, count(DISTINCT a) AS used, coalesce(sum(u.saving_fen), 0) AS saving_fen
}
CALL () {
  MATCH (n:Need {status: $open}) WHERE any(token IN n.audience WHERE token IN $reader)
  RETURN count(n) AS needs, sum(CASE WHEN n.deadline <= $soon THEN 1 ELSE 0 END) AS due
}
CALL () {
  MATCH (s:Studio) WHERE s.published_at IS NOT NULL AND any(token IN s.audience WHERE token IN $reader)
  RETURN count(s) AS studios, sum(COUNT { MATCH (s)<-[m:MEMBER_OF]-(:Worker) WHERE m.until IS NULL }) AS members
}
RETURN achievements, fresh, needs, due, studios, members, adopters, used, saving_fen
"""


def count_figures(tx: Transaction, now: datetime) -> Figures:
    today = local_day(now)
    month = datetime.combine(today.replace(day=1), time(), SHANGHAI)
    soon = datetime.fromordinal(today.toordinal() + 30).date()
    return tx.one(FIGURES, reader(Figures), published=Status.PUBLISHED, open=NeedStatus.PUBLISHED, month=month, soon=soon)


NEWEST = """
MATCH (a:Achievement {status: $published}) WHERE any(token IN a.audience WHERE token IN $reader)
RETURN a.id AS id ORDER BY a.published_at DESC, a.id DESC LIMIT $limit
"""


def list_newest(tx: Transaction, limit: int) -> list[tuple[str, str]]:
    return [("achievement", id) for id in tx.all(NEWEST, value("id"), published=Status.PUBLISHED, limit=limit)]


OPEN_NEEDS = """
MATCH (n:Need {status: $open}) WHERE any(token IN n.audience WHERE token IN $reader)
RETURN n.id AS id ORDER BY n.deadline IS NULL, n.deadline, n.id LIMIT $limit
"""


def list_open_needs(tx: Transaction, limit: int) -> list[tuple[str, str]]:
    """The one that ends first stands first."""
    return [("need", id) for id in tx.all(OPEN_NEEDS, value("id"), open=NeedStatus.PUBLISHED, limit=limit)]


LATEST = """
CALL () {
  MATCH (n:Listing) WHERE n.published_at IS NOT NULL AND any(token IN n.audience WHERE token IN $reader)
  RETURN 'listing' AS kind, n.id AS id, n.published_at AS at ORDER BY at DESC, id LIMIT 3
  UNION ALL
  MATCH (n:Studio) WHERE n.published_at IS NOT NULL AND any(token IN n.audience WHERE token IN $reader)
  RETURN 'studio' AS kind, n.id AS id, n.published_at AS at ORDER BY at DESC, id LIMIT 3
  UNION ALL
  MATCH (n:Patent) WHERE n.published_at IS NOT NULL AND any(token IN n.audience WHERE token IN $reader)
  RETURN 'patent' AS kind, n.id AS id, n.published_at AS at ORDER BY at DESC, id LIMIT 3
}
RETURN kind, id ORDER BY at DESC, id LIMIT $limit
"""


def list_latest(tx: Transaction, limit: int) -> list[tuple[str, str]]:
    """What became public lately beside works and needs, which have lists of their own."""
    return tx.all(LATEST, lambda row: (str(row["kind"]), str(row["id"])), limit=limit)


@dataclass(frozen=True, slots=True)
class Road:
    """From a studio's work to the firms that use it."""

    studio_id: str
    studio: str
    area: str | None
    achievement_id: str
    achievement: str
    benefit: str
    used: int
    saving_fen: int


BEST_ROAD = """
MATCH (s:Studio)<-[:PRODUCED_BY]-(a:Achievement {status: $published})-[u:ADOPTED_BY]->(e:Enterprise)
WHERE u.confirmed AND any(token IN a.audience WHERE token IN $reader) AND any(token IN s.audience WHERE token IN $reader)
WITH s, a, count(DISTINCT e) AS used, sum(coalesce(u.saving_fen, 0)) AS saving_fen ORDER BY saving_fen DESC, a.id LIMIT 1
RETURN s.id AS studio_id, s.name AS studio, head([(s)-[:UNDER]->(o:Organisation) | o.area]) AS area, a.id AS achievement_id,
       a.title AS achievement, a.benefit AS benefit, used, saving_fen
"""


def find_road(tx: Transaction) -> Road | None:
    """The work with the largest measured saving."""
    return tx.find(BEST_ROAD, reader(Road), published=Status.PUBLISHED)
