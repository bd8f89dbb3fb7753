"""Which figures are asked for: whose, and of a list which number of which cell."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum

from marketplace.kernel.actor import Actor
from marketplace.kernel.errors import NotFound
from marketplace.kernel.labels import Label, label
from marketplace.kernel.permissions import units_of
from marketplace.kernel.workdays import SHANGHAI, local_day
from marketplace.processes.figures.model import ALL, EVERYBODY, cut_off

WORKS = ("published", "mature", "adopted")
LISTED = (*WORKS, "needs")
"""Numbers of things that may be read; what the others count is between two parties, and nobody else sees more than how many."""
OF_NEEDS = ("answered", "solved", "introduced", "opened", "led")
"""Of the others, those that tell of needs; the rest tell of achievements."""
NONE = "-"
"""Things without a sub-district or a field."""
LATEST = 9_000


@dataclass(frozen=True, slots=True)
class Scope:
    id: str
    name: str | Label


WHOLE = Scope(ALL, label("Whole district"))
PUBLIC = Scope(EVERYBODY, label("Whole district, as everybody sees it"))


def scopes_of(actor: Actor) -> list[Scope]:
    """The reader's own first."""
    own = set(units_of(actor.tokens))
    units = [Scope(party.id, party.name) for party in actor.parties_of("organisation") if party.id in own]
    return [*([WHOLE] if actor.is_administrator else []), *units, PUBLIC]


def scope_of(asked: str, scopes: list[Scope]) -> Scope:
    """Raises NotFound for a unit that is not the reader's."""
    found = next((one for one in scopes if one.id == asked or not asked), None)
    if found is None:
        raise NotFound(asked)
    return found


class Where(StrEnum):
    """Of the whole district, below a unit or in an area, or of no sub-district."""

    ANYWHERE = "anywhere"
    BELOW = "below"
    NOWHERE = "nowhere"


@dataclass(frozen=True, slots=True)
class Cell:
    """The number of which the list is asked. Moments are UTC, `until` the first that is no more meant."""

    what: str
    unit: str = ""
    area: str = ""
    technology: str = ""
    since: datetime | None = None
    until: datetime | None = None
    chips: tuple[tuple[str, str], ...] = ()

    @property
    def is_listed(self) -> bool:
        return self.what in LISTED

    @property
    def is_of_needs(self) -> bool:
        return self.what in OF_NEEDS

    @property
    def where(self) -> Where:
        if self.area == NONE:
            return Where.NOWHERE
        return Where.BELOW if self.unit or self.area else Where.ANYWHERE


def cell_of(address: Mapping[str, str], scope: Scope, known: tuple[str, ...], now: datetime, months: int) -> Cell:
    """Raises NotFound for what no page of ours asks."""
    what, year = address.get("what", ""), address.get("year", "")
    if what not in known or not (not year or (year.isascii() and year.isdigit() and 1900 <= int(year) <= LATEST)):
        raise NotFound(what)
    since, until = (midnight(date(int(year), 1, 1)), midnight(date(int(year) + 1, 1, 1))) if year else (None, None)
    if what == "mature":
        ripe = midnight(cut_off(local_day(now), months) + timedelta(days=1))
        until = min(until, ripe) if until else ripe
    unit = "" if scope.id in (ALL, EVERYBODY) else scope.id
    chips = tuple((name, address[name]) for name in ("area", "field", "year") if address.get(name))
    return Cell(what, unit, address.get("area", "")[:60], address.get("field", "")[:8], since, until, chips)


def midnight(day: date) -> datetime:
    return datetime.combine(day, time(), SHANGHAI).astimezone(UTC)
