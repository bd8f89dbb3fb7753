"""Open needs against the people who have the skill, and when that is a warning.

Months of birth are asked for within the store alone. What leaves it of them is, for each skill, how many retire
within the years looked ahead: only where at least five do and at least five do not, and rounded to fives, so that nobody's age follows
from one figure, nor from two of different days.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from graph.connection import Transaction
from graph.records import reader
from marketplace.domains.needs.model import Status
from marketplace.kernel.suppression import LEAST, told_part, told_total
from marketplace.kernel.workdays import local_day
from marketplace.pages.talent.capability import HIGH
from marketplace.processes.shortage.model import ShortageRules
from marketplace.processes.talent.model import EVERY_OFFICER

QUARTERS = 8
YEAR = 4


@dataclass(frozen=True, slots=True)
class Asked:
    """One need that names a skill."""

    skill: str
    published_at: datetime | None
    is_open: bool


NEEDS = """
MATCH (n:Need)-[:REQUIRES]->(s:Skill) WHERE n.published_at IS NOT NULL AND any(token IN n.audience WHERE token IN $reader)
RETURN s.zh AS skill, n.published_at AS published_at, n.status = $open AS is_open
"""


@dataclass(frozen=True, slots=True)
class Held:
    """`known`: of so many, rounded to fives, the store knows when they retire; `near` of them soon. None is withheld within the store."""

    skill: str
    holders: int
    high: int
    known: int | None = None
    near: int | None = None


HELD = """
MATCH (w:Worker)-[h:HAS_SKILL]->(s:Skill)
WHERE any(token IN w.audience WHERE token IN $reader) AND NOT 'HAS_SKILL' IN coalesce(w.concealed, [])
WITH s, w, max(CASE WHEN h.level IN $high THEN 1 ELSE 0 END) AS high
WITH s, w, high, w.birth_month IS NOT NULL AND coalesce(w.sex, '') <> '' AS known
WITH s, w, high, known, CASE WHEN known THEN w.birth_month END AS born, CASE WHEN known THEN w.sex = 'm' END AS man
WITH s, high, known, born, CASE WHEN man THEN $men_first ELSE $women_first END AS first,
  CASE WHEN man THEN $men_most ELSE $women_most END AS most,
  toInteger(floor(1.0 * (born - CASE WHEN man THEN $men_from ELSE $women_from END)
    / CASE WHEN man THEN $men_every ELSE $women_every END)) + 1 AS later
WITH s, high, known, born + first + CASE WHEN later < 0 THEN 0 WHEN later > most THEN most ELSE later END AS retires
WITH s.zh AS skill, count(*) AS holders, sum(high) AS high, sum(CASE WHEN known THEN 1 ELSE 0 END) AS known,
  sum(CASE WHEN known AND retires <= $horizon THEN 1 ELSE 0 END) AS near
WITH skill, holders, high, known, near, near >= $least AND known - near >= $least AS told
RETURN skill, holders, high, CASE WHEN told THEN toInteger(round(known / 5.0)) * 5 END AS known,
  CASE WHEN told THEN toInteger(round(near / 5.0)) * 5 END AS near
"""


def month_of(day: date) -> int:
    """Months since the year 0: retirement comes by months."""
    return day.year * 12 + day.month - 1


def list_held(tx: Transaction, rules: ShortageRules, today: date) -> list[Held]:
    return tx.all(
        HELD, reader(Held), high=HIGH, least=LEAST, horizon=month_of(today) + rules.horizon_years * 12,
        men_first=rules.men_years * 12, men_most=(rules.men_latest - rules.men_years) * 12, men_every=rules.men_every,
        men_from=month_of(rules.men_from),
        women_first=rules.women_years * 12, women_most=(rules.women_latest - rules.women_years) * 12, women_every=rules.women_every,
        women_from=month_of(rules.women_from),
    )  # fmt: skip


class Alert(StrEnum):
    """The most pressing first."""

    FEW_AND_RETIRING = "few-and-retiring"
    FEW = "few"
    RISING = "rising"
    RETIRING = "retiring"
    ENOUGH = "enough"


@dataclass(frozen=True, slots=True)
class Line:
    """One skill. `trend` are the needs published in each of the last eight quarters, the present one last; None is withheld."""

    skill: str
    needs: int
    trend: tuple[int, ...]
    holders: int | None
    high: int | None
    near_percent: int | None
    alert: Alert


def list_shortage(tx: Transaction, rules: ShortageRules, now: datetime) -> list[Line]:
    """Skills that somebody needs now, or has needed in the last two years; with the tokens that no officer lacks."""
    common, today = tx.seen_by(EVERY_OFFICER), local_day(now)
    asked = common.all(NEEDS, reader(Asked), open=Status.PUBLISHED)
    held = {one.skill: one for one in list_held(common, rules, today)}
    open_now = Counter(one.skill for one in asked if one.is_open)
    trends = _trends(asked, today)
    skills = {skill for skill, trend in trends.items() if any(trend)} | set(open_now)
    lines = [line_of(skill, open_now[skill], trends.get(skill, (0,) * QUARTERS), held.get(skill, Held(skill, 0, 0)), rules) for skill in skills]
    return sorted(lines, key=lambda one: (list(Alert).index(one.alert), -one.needs, one.holders or 0, one.skill))


def quarter_of(day: date) -> int:
    return day.year * 4 + (day.month - 1) // 3


def quarters_until(today: date) -> list[tuple[int, int]]:
    """(year, quarter from 1), the present one last."""
    last = quarter_of(today)
    return [(number // 4, number % 4 + 1) for number in range(last - QUARTERS + 1, last + 1)]


def _trends(asked: Iterable[Asked], today: date) -> dict[str, tuple[int, ...]]:
    first = quarter_of(today) - QUARTERS + 1
    counts = Counter((one.skill, quarter_of(local_day(one.published_at)) - first) for one in asked if one.published_at)
    return {skill: tuple(counts[skill, at] for at in range(QUARTERS)) for skill in {one for one, _ in counts}}


def line_of(skill: str, needs: int, trend: tuple[int, ...], held: Held, rules: ShortageRules) -> Line:
    """The warning follows from figures that are told, and from whether people are few: nothing else shows in it."""
    percent = held.near * 100 // held.known if held.near is not None and held.known else None
    holders = told_total(held.holders) or None
    return Line(
        skill, needs, trend, holders, told_part(held.high, held.holders), percent, warning_of(needs, growth_of(trend), holders or 0, percent, rules)
    )


def growth_of(trend: tuple[int, ...]) -> int:
    """Needs of the last four quarters above those of the four before."""
    return sum(trend[-YEAR:]) - sum(trend[:-YEAR])


def warning_of(needs: int, growth: int, holders: int, near_percent: int | None, rules: ShortageRules) -> Alert:
    """Without an open need nothing is short, but a skill may still be about to retire."""
    retiring = near_percent is not None and near_percent >= rules.near_percent
    if needs and holders < rules.few_holders:
        return Alert.FEW_AND_RETIRING if retiring else Alert.FEW
    if needs and growth >= rules.rising_by:
        return Alert.RISING
    return Alert.RETIRING if retiring else Alert.ENOUGH
