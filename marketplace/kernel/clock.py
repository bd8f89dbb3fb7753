"""The clock is injected, so that a deadline can be tested without waiting for it."""

from datetime import UTC, datetime
from typing import Protocol


class Clock(Protocol):
    def now(self) -> datetime:
        """The present moment, aware, in UTC."""
        ...


class SystemClock:
    def now(self) -> datetime:
        """The machine's time, cut to microseconds as the graph stores it."""
        return datetime.now(UTC)
