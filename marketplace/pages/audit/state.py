"""The address of the audit as a question and back. What cannot be is said at its field."""

from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Any

from flask import url_for
from werkzeug.datastructures import MultiDict

from marketplace.kernel.labels import Label, label
from marketplace.kernel.workdays import SHANGHAI
from marketplace.web.forms import one_line

PAGE_SIZE = 50
LONGEST = 60
FIELDS = ("who", "what", "kind", "verb", "since", "until", "unit")
NO_DAY = label("A day such as 2026-11-23.")
ORDER = label("The last day lies before the first.")


@dataclass(frozen=True, slots=True)
class AuditState:
    """`who` and `what` as they were typed; `before` is the cursor: the running number below which the page begins."""

    who: str = ""
    what: str = ""
    kind: str = ""
    verb: str = ""
    unit: str = ""
    since: date | None = None
    until: date | None = None
    before: int = 0

    @property
    def is_narrowed(self) -> bool:
        return any(getattr(self, name) for name in FIELDS)

    @property
    def used(self) -> tuple[str, ...]:
        """Names of the filters, for the record of an export."""
        return tuple(name for name in FIELDS if getattr(self, name))

    def url(self, **changes: Any) -> str:
        """This search with something changed; the cursor belongs to one search and goes with it."""
        now = replace(self, **({"before": 0} | changes))
        told: dict[str, Any] = {name: str(value) for name in (*FIELDS, "before") if (value := getattr(now, name))}
        return url_for("audit.index", **told)


@dataclass(frozen=True, slots=True)
class Moments:
    """The days as moments, half open."""

    since: datetime | None
    until: datetime | None


def moments_of(state: AuditState) -> Moments:
    after = state.until + timedelta(days=1) if state.until else None
    return Moments(*(datetime.combine(day, time(), SHANGHAI) if day else None for day in (state.since, after)))


def state_of(args: "MultiDict[str, str]") -> tuple[AuditState, dict[str, Label]]:
    """The question, and what is wrong with it by field; a wrong field asks nothing."""
    faults: dict[str, Label] = {}
    days = {name: _day(args.get(name, ""), name, faults) for name in ("since", "until")}
    since, until = days["since"], days["until"]
    if since and until and until < since:
        faults["until"] = ORDER
    words = {name: one_line(args.get(name))[:LONGEST] for name in ("who", "what", "kind", "verb", "unit")}
    before = args.get("before", "")
    number = int(before) if before.isascii() and before.isdigit() and len(before) < 16 else 0
    return AuditState(**words, since=since, until=until, before=number), faults


def _day(text: str, name: str, faults: dict[str, Label]) -> date | None:
    if not text.strip():
        return None
    try:
        return date.fromisoformat(text.strip()[:10])
    except ValueError:
        faults[name] = NO_DAY
        return None
