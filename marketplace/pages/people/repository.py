"""People as rows of the finder: read from the graph at this moment, each part as its person shows it to this reader."""

from dataclasses import dataclass
from datetime import date

from graph.connection import Transaction
from graph.records import reader
from marketplace.kernel.availability import Offers
from marketplace.kernel.permissions import PUBLIC
from marketplace.kernel.skill_levels import Level, rank_of

MOST_SKILLS = 3


@dataclass(frozen=True, slots=True)
class Skill:
    name: str
    level: Level | None = None
    position: int = 0


@dataclass(frozen=True, slots=True)
class Studio:
    id: str
    name: str


@dataclass(frozen=True, slots=True)
class Person:
    """`skills` and `studios` come in no order."""

    id: str
    name: str
    number: str = ""
    headline: str = ""
    level: Level | None = None
    occupation: str = ""
    area: str = ""
    works: int = 0
    offers: Offers = ()
    offers_until: date | None = None
    skills: tuple[Skill, ...] = ()
    studios: tuple[Studio, ...] = ()

    @property
    def best_skills(self) -> list[Skill]:
        return sorted(self.skills, key=lambda one: (-rank_of(one.level), one.position))[:MOST_SKILLS]

    @property
    def studio(self) -> Studio | None:
        return min(self.studios, key=lambda one: one.name, default=None)


PEOPLE = """
UNWIND $ids AS id
MATCH (w:Worker {id: id}) WHERE any(token IN w.audience WHERE token IN $reader)
WITH w, [name IN coalesce(w.concealed, []) WHERE NOT any(token IN w.guarded_audience WHERE token IN $reader)] AS kept
RETURN w.id AS id, w.name AS name, w.number AS number, w.headline AS headline,
  CASE WHEN NOT 'HAS_SKILL' IN kept THEN w.level END AS level, CASE WHEN NOT 'HAS_SKILL' IN kept THEN w.occupation END AS occupation,
  CASE WHEN w.offers_until IS NULL OR w.offers_until >= $today THEN w.offers END AS offers,
  CASE WHEN w.offers_until >= $today THEN w.offers_until END AS offers_until,
  head([(w)-[:UNDER]->(o:Organisation) | o.area]) AS area,
  size([(w)-[:CONTRIBUTED_TO]->(a:Achievement) WHERE $everybody IN a.audience AND NOT 'CONTRIBUTED_TO' IN kept | 1]) AS works,
  [(w)-[h:HAS_SKILL]->(s:Skill) WHERE NOT 'HAS_SKILL' IN kept | {name: s.zh, level: h.level, position: h.position}] AS skills,
  [(w)-[m:MEMBER_OF]->(t:Studio) WHERE m.until IS NULL AND any(token IN t.audience WHERE token IN $reader) | {id: t.id, name: t.name}] AS studios
"""


def list_people(tx: Transaction, ids: list[str], today: date) -> list[Person]:
    """In the order of the ids; whoever the reader may not see is simply not there."""
    found = {one.id: one for one in tx.all(PEOPLE, reader(Person), ids=ids, today=today, everybody=PUBLIC)}
    return [found[id] for id in ids if id in found]
