"""When the shortage list warns, and at which age people retire: data with its source, no constants."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar

from marketplace.kernel import permissions as rules
from marketplace.kernel.labels import Label, label
from marketplace.kernel.permission import Permission

P = Permission
POLICY = rules.Policy({P.SHORTAGE_READ: rules.officer | rules.administrator, P.SHORTAGE_RULES: rules.administrator})


@dataclass(frozen=True, slots=True, kw_only=True)
class RulesText:
    """Ages in full years; `men_every` and `women_every`: retirement comes one month later for so many months of a later birth, from the
    birth date `…_from` on and never beyond the age `…_latest`."""

    horizon_years: int
    few_holders: int
    rising_by: int
    near_percent: int
    men_years: int
    men_latest: int
    men_every: int
    men_from: date
    women_years: int
    women_latest: int
    women_every: int
    women_from: date
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ShortageRules(RulesText):
    """One for the whole site."""

    KIND: ClassVar[str] = "shortage-rules"
    READ: ClassVar[Permission] = Permission.SHORTAGE_READ

    id: str = "shortage"
    version: int = 1
    created_at: datetime
    updated_at: datetime


def faults_of(text: RulesText) -> dict[str, Label]:
    """An age that is reached later than the latest one names no rule."""
    pairs = (("men_latest", text.men_years, text.men_latest), ("women_latest", text.women_years, text.women_latest))
    return {name: label("The latest age lies below the first one.") for name, first, latest in pairs if latest < first}
