"""What is counted of the market, and how: from one line for each achievement and each need to tables by sub-district, field and year.

**Definitions.** An achievement counts while it is public, in the year in which it was published, in the sub-district of its unit.
*Mature*: published at least so many months ago (a setting). *Enquired*, *offered*, *concluded*: there is an enquiry about it or a listing of it;
terms were proposed in one; a contract about it, or about a listing of it, is in force or fulfilled.
The conversion rate is concluded ÷ mature, of mature ones alone. A need counts once it was published, open or closed; its first answer is the first
enquiry about it, its contract the first one in force or fulfilled that solves it. An adopter counts when it has confirmed the use.
A need counts once as *introduced* to, *opened* (both sides accepted), *led* (to a contract in force or fulfilled, by that conversation).
"""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from statistics import quantiles
from typing import Any, ClassVar

from marketplace.kernel.labels import Label, label
from marketplace.kernel.permission import Permission
from marketplace.kernel.permissions import ADMINISTRATOR, OFFICER_OF, PUBLIC, SYSTEM, Policy, administrator, anyone, officer
from marketplace.kernel.suppression import LEAST, told, told_total
from marketplace.kernel.workdays import months_after

ALL, EVERYBODY = "all", "everybody"
"""The sheets of the whole district: as it is, and with small cells withheld."""
P = Permission
POLICY = Policy({
    P.FIGURES_READ: anyone,
    P.FIGURES_EXPORT: officer | administrator,
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class Work:
    """A public achievement, as it is counted."""

    id: str
    units: tuple[str, ...]
    area: str
    field: str
    year: int
    mature: bool
    enquired: bool
    offered: bool
    concluded: bool
    fulfilled: bool
    adopted: bool


@dataclass(frozen=True, slots=True)
class Brought:
    """Whether scouts introduced something to one need, and what came of any of it. Needs are counted and not introductions:
    a told figure stands for at least five needs."""

    id: str
    introduced: bool = False
    opened: bool = False
    led: bool = False


@dataclass(frozen=True, slots=True)
class Asked:
    """A need that was published. Hours until its first answer, days until its first contract."""

    id: str
    units: tuple[str, ...]
    area: str
    field: str
    year: int
    answer_hours: float | None
    contract_days: float | None
    brought: Brought


@dataclass(frozen=True, slots=True)
class Quartiles:
    """Of `n` spans; with one alone all three are it, with none nothing is told."""

    n: int | None = 0
    low: float | None = None
    middle: float | None = None
    high: float | None = None


COUNTS = (
    "published", "mature", "converted", "enquired", "offered", "concluded", "fulfilled", "adopted", "needs", "answered", "solved", "introduced",
    "opened", "led",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a table. None is withheld."""

    key: str = ""
    published: int | None = 0
    mature: int | None = 0
    converted: int | None = 0
    enquired: int | None = 0
    offered: int | None = 0
    concluded: int | None = 0
    fulfilled: int | None = 0
    adopted: int | None = 0
    needs: int | None = 0
    answered: int | None = 0
    solved: int | None = 0
    introduced: int | None = 0
    opened: int | None = 0
    led: int | None = 0
    answer_hours: Quartiles = Quartiles()
    contract_days: Quartiles = Quartiles()

    @property
    def rate(self) -> float | None:
        """Percent."""
        return None if self.converted is None or not self.mature else 100 * self.converted / self.mature


@dataclass(frozen=True, slots=True)
class Tables:
    total: Row
    area: tuple[Row, ...] = ()
    field: tuple[Row, ...] = ()
    year: tuple[Row, ...] = ()


@dataclass(frozen=True, slots=True)
class Sheet:
    """The figures of one scope: a unit with all below it, or the whole district."""

    id: str
    counted_at: datetime
    months: int
    tables: Tables
    lineage: tuple[str, ...] = ()

    @property
    def audience(self) -> list[str]:
        above = [OFFICER_OF + unit for unit in self.lineage]
        return [PUBLIC] if self.id == EVERYBODY else [*above, ADMINISTRATOR, SYSTEM]


BY: dict[str, Callable[[Any], str]] = {"area": lambda one: one.area, "field": lambda one: one.field[:2], "year": lambda one: str(one.year)}
DIMENSIONS: dict[str, Label] = {"area": label("Sub-district"), "field": label("Technology field"), "year": label("Year of publication")}


def quartiles_of(spans: Collection[float]) -> Quartiles:
    """By linear interpolation between the two nearest (the inclusive method)."""
    if not spans:
        return Quartiles()
    if len(spans) == 1:
        (only,) = spans
        return Quartiles(1, only, only, only)
    low, middle, high = quantiles(spans, n=4, method="inclusive")
    return Quartiles(len(spans), low, middle, high)


def row_of(key: str, works: Collection[Work], asked: Collection[Asked]) -> Row:
    hours = [one.answer_hours for one in asked if one.answer_hours is not None]
    days = [one.contract_days for one in asked if one.contract_days is not None]
    return Row(
        key=key, published=len(works), mature=sum(one.mature for one in works), converted=sum(one.mature and one.concluded for one in works),
        enquired=sum(one.enquired for one in works), offered=sum(one.offered for one in works), concluded=sum(one.concluded for one in works),
        fulfilled=sum(one.fulfilled for one in works), adopted=sum(one.adopted for one in works), needs=len(asked), answered=len(hours),
        solved=len(days), introduced=sum(one.brought.introduced for one in asked), opened=sum(one.brought.opened for one in asked),
        led=sum(one.brought.led for one in asked), answer_hours=quartiles_of(hours), contract_days=quartiles_of(days),
    )  # fmt: skip


def tables_of(works: Collection[Work], asked: Collection[Asked]) -> Tables:
    return Tables(row_of("", works, asked), **{name: _rows(works, asked, by) for name, by in BY.items()})


def _rows(works: Iterable[Work], asked: Iterable[Asked], by: Callable[[Any], str]) -> tuple[Row, ...]:
    groups: dict[str, tuple[list[Work], list[Asked]]] = {}
    for work in works:
        groups.setdefault(by(work), ([], []))[0].append(work)
    for need in asked:
        groups.setdefault(by(need), ([], []))[1].append(need)
    return tuple(row_of(key, *groups[key]) for key in sorted(groups))


def withheld(tables: Tables) -> Tables:
    """As everybody may read it: cells below five are not told, nor what a total would give away."""
    total = _replaced(_plain(tables.total), {name: told_total(getattr(tables.total, name)) for name in COUNTS})
    return Tables(total, **{name: _told(getattr(tables, name)) for name in BY})


def _plain(row: Row) -> Row:
    return replace(row, answer_hours=_enough(row.answer_hours), contract_days=_enough(row.contract_days))


def _enough(spans: Quartiles) -> Quartiles:
    return spans if (spans.n or 0) >= LEAST else Quartiles(None)


def _told(rows: tuple[Row, ...]) -> tuple[Row, ...]:
    columns = {name: told({row.key: getattr(row, name) for row in rows}) for name in COUNTS}
    return tuple(_replaced(_plain(row), {name: columns[name][row.key] for name in COUNTS}) for row in rows)


def _replaced(row: Row, counts: dict[str, Any]) -> Row:
    return replace(row, **counts)


def cut_off(today: date, months: int) -> date:
    """The last day of publication on which an achievement is mature; in a shorter month its last day."""
    return months_after(today, -months)


@dataclass(frozen=True, slots=True)
class Export:
    """Figures that somebody took out of the site, for the audit alone."""

    KIND: ClassVar[str] = "figures-export"
    READ: ClassVar[Permission] = Permission.FIGURES_EXPORT

    id: str
    scope: str
    version: int = 1
