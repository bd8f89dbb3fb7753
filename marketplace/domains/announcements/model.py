"""An announcement: written by an officer to everybody at or below a unit they hold; reviewed by nobody, recorded, and taken back at will."""

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import ClassVar

from marketplace.kernel import permissions as rules
from marketplace.kernel.labels import Label, label
from marketplace.kernel.permission import Permission
from marketplace.kernel.suppression import told_part, told_total
from marketplace.kernel.workdays import SHANGHAI
from marketplace.kernel.workflow import Step, Workflow

SECOND_THOUGHTS = timedelta(minutes=2)
"""So long nobody is told: whoever sees the mistake right after sending has told nobody."""
LONGEST_TITLE, LONGEST_TEXT, LONGEST_SHOWN = 80, 5_000, 366


class Status(StrEnum):
    WAITING = "waiting"
    TELLING = "telling"
    TOLD = "told"
    WITHDRAWN = "withdrawn"
    CLEARED = "cleared"


STATUS_LABELS: dict[str, Label] = {
    Status.WAITING: label("goes out shortly"), Status.TELLING: label("is going out"), Status.TOLD: label("has gone out"),
    Status.WITHDRAWN: label("is being taken back"), Status.CLEARED: label("taken back"),
}  # fmt: skip
TONES: dict[str, str] = {Status.WAITING: "due", Status.TELLING: "due", Status.TOLD: "ok", Status.WITHDRAWN: "neutral", Status.CLEARED: "neutral"}


@dataclass(frozen=True, slots=True)
class AnnouncementText:
    title: str
    text: str
    unit_id: str
    link: str = ""
    shown_from: date | None = None
    shown_until: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Announcement:
    """`units` are the addressed unit and those above it, whose officers may read and take it back; `cursor` is the last unit told."""

    KIND: ClassVar[str] = "announcement"
    READ: ClassVar[Permission] = Permission.ANNOUNCEMENT_READ

    id: str
    version: int = 1
    status: Status = Status.WAITING
    title: str
    text: str
    link: str = ""
    unit_id: str
    units: tuple[str, ...] = field(default=())
    by: str
    goes_out_at: datetime
    shown_from: date | None = None
    shown_until: date | None = None
    cursor: str = ""
    told: int = 0
    created_at: datetime
    updated_at: datetime

    @property
    def accounts(self) -> tuple[str, ...]:
        return (self.by,)

    @property
    def ends_at(self) -> datetime | None:
        """The end of its last day in Beijing."""
        return datetime.combine(self.shown_until + timedelta(days=1), time(), SHANGHAI) if self.shown_until else None


@dataclass(frozen=True, slots=True)
class Place:
    """A unit that somebody may write to, with those above it."""

    id: str
    name: str
    units: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Reading:
    """How many were told and how many have opened it; None where that would tell of single people."""

    told: int | None
    read: int | None
    unread: int | None


def reading_of(told: int, read: int) -> Reading:
    """Both parts are withheld where either is a small cell (ASSURANCE, personal data)."""
    part = told_part(read, told)
    return Reading(told_total(told), part, None if part is None else told - part)


def goes_out_at(now: datetime, shown_from: date | None) -> datetime:
    first = datetime.combine(shown_from, time(), SHANGHAI) if shown_from else now
    return max(now + SECOND_THOUGHTS, first)


def faults_of(text: AnnouncementText, today: date) -> dict[str, Label]:
    """By field."""
    faults: dict[str, Label] = {}
    if text.link and not (text.link.startswith("https://") or (text.link.startswith("/") and not text.link.startswith(("//", "/\\")))):
        faults["link"] = label("An address that begins with https:// or, on this site, with /.")
    if text.shown_until and text.shown_until < max(today, text.shown_from or today):
        faults["shown_until"] = label("The last day lies before the first.")
    if text.shown_from and (text.shown_from - today).days > LONGEST_SHOWN:
        faults["shown_from"] = label("At most a year ahead.")
    if text.shown_until and (text.shown_until - today).days > 2 * LONGEST_SHOWN:
        faults["shown_until"] = label("At most two years ahead.")
    return faults


P = Permission
_OUT = frozenset({Status.WAITING, Status.TELLING, Status.TOLD})
WORKFLOW = Workflow(
    Step("tell", frozenset({Status.WAITING}), Status.TELLING, P.ADMINISTER, label("Send"), label("Is going out")),
    Step("end", frozenset({Status.TELLING}), Status.TOLD, P.ADMINISTER, label("End"), label("Has gone out")),
    Step("withdraw", _OUT, Status.WITHDRAWN, P.ANNOUNCEMENT_MAKE, label("Take it back"), label("Taken back")),
    Step("clear", frozenset({Status.WITHDRAWN}), Status.CLEARED, P.ADMINISTER, label("Clear"), label("Taken back")),
)  # fmt: skip
POLICY = rules.Policy({
    P.ANNOUNCEMENT_READ: rules.is_officer_above | rules.is_account,
    P.ANNOUNCEMENT_MAKE: rules.is_officer_above,
    P.ANNOUNCEMENT_FIGURES: rules.is_officer_above | rules.is_account,
})  # fmt: skip
