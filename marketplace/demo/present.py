"""What is still open is told by the day of loading, so that a desk has young cases and deadlines lie ahead. History stays where it is."""

from datetime import date, timedelta

from marketplace.kernel.workdays import is_workday, workdays_between

WRITTEN = date(2026, 11, 23)
"""The day for which the data were written."""
RECENT = timedelta(days=180)
AGES = (1, 3, 2, 0, 7, 4, 2, 1, 3, 4)
"""Workdays that the cases of a kind have waited, in turn; a first review has five."""


def as_of(today: date, day: date) -> date:
    """The last half year, and all that lies ahead, moves along; a clock that goes back moves nothing."""
    return day + max(today - WRITTEN, timedelta(0)) if day > WRITTEN - RECENT else day


def waiting_since(today: date, turn: int) -> date:
    """The workday on which the case was sent: most are within their deadline, a few are late."""
    day = today
    while workdays_between(day, today) < AGES[turn % len(AGES)] or not is_workday(day):
        day -= timedelta(days=1)
    return day
