"""What came and what went between two days."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from marketplace.kernel.labels import Label, label
from marketplace.pages.network.model import Edge, Network


class Happened(StrEnum):
    CAME = "came"
    WENT = "went"
    PASSED = "passed"
    """Came after the first day and went again before the last."""


HAPPENED: dict[str, Label] = {Happened.CAME: label("came"), Happened.WENT: label("went"), Happened.PASSED: label("came and went")}


@dataclass(frozen=True, slots=True)
class Change:
    happened: Happened
    edge: Edge

    @property
    def on(self) -> date:
        """The day by which it is told in order."""
        day = self.edge.until if self.happened is Happened.WENT else self.edge.since
        assert day is not None
        return day


def happened_to(edge: Edge, start: date, end: date) -> Happened | None:
    """Nothing where it holds on both days, on neither and not between, or has no dates."""
    before, after = edge.holds_on(start), edge.holds_on(end)
    if before != after:
        return Happened.CAME if after else Happened.WENT
    if not before and edge.since and edge.until and start < edge.since < edge.until <= end:
        return Happened.PASSED
    return None


def changes_between(network: Network, start: date, end: date) -> list[Change]:
    """In the order of days. Relations without dates are in neither list: nobody knows when they came."""
    found = [Change(happened, edge) for edge in network.edges if (happened := happened_to(edge, start, end))]
    return sorted(found, key=lambda one: (one.on, one.happened, one.edge.relation, one.edge.source, one.edge.target))


def count_by_year(network: Network, today: date) -> list[tuple[int, int]]:
    """(year, how many dated relations held at some time in it), from the first dated one to this year."""
    dated = [edge for edge in network.edges if edge.is_dated]
    days = [day for edge in dated for day in (edge.since, edge.until) if day]
    if not days:
        return []
    years = range(max(min(days).year, today.year - 79), max(today.year, min(max(days).year, today.year)) + 1)
    return [(year, sum(_held_in(edge, year) for edge in dated)) for year in years]


def _held_in(edge: Edge, year: int) -> bool:
    return (edge.since is None or edge.since <= date(year, 12, 31)) and (edge.until is None or date(year, 1, 1) < edge.until)
