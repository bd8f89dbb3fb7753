"""The desk's address and back: which tab, which filters, which case."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from enum import StrEnum
from typing import Any

from flask import url_for
from werkzeug.datastructures import MultiDict

from marketplace.kernel.labels import Label, label
from marketplace.kernel.paging import MOST_PAGES
from marketplace.kernel.workdays import SHANGHAI, local_day
from marketplace.web.forms import one_line

PAGE_SIZE = 20
NOBODY = ""


class Tab(StrEnum):
    ALL = "all"
    UNCLAIMED = "unclaimed"
    MINE = "mine"
    TODAY = "today"
    OVERDUE = "overdue"
    RETURNED = "returned"
    REPORTS = "reports"


class Order(StrEnum):
    DUE = "due"
    NEWEST = "newest"
    UNIT = "unit"


TAB_LABELS: dict[str, Label] = {
    Tab.ALL: label("All"), Tab.UNCLAIMED: label("Unclaimed"), Tab.MINE: label("Claimed by me"), Tab.TODAY: label("Due today"),
    Tab.OVERDUE: label("Overdue"), Tab.RETURNED: label("Returned, waiting"), Tab.REPORTS: label("Reports"),
}  # fmt: skip
ORDER_LABELS: dict[str, Label] = {Order.DUE: label("By deadline"), Order.NEWEST: label("Newest first"), Order.UNIT: label("By unit")}


@dataclass(frozen=True, slots=True)
class DeskState:
    tab: Tab
    kind: str
    unit: str
    order: Order
    case: str
    page: int

    def url(self, **changes: Any) -> str:
        """This desk with something changed; what has its usual value stays out of the address."""
        usual = {"tab": Tab.ALL, "kind": "", "unit": "", "sort": Order.DUE, "case": "", "page": 1}
        now = {"tab": self.tab, "kind": self.kind, "unit": self.unit, "sort": self.order, "case": self.case, "page": self.page} | changes
        told: dict[str, Any] = {name: str(value) for name, value in now.items() if value != usual[name]}
        return url_for("reviews.index", **told)


def state_of(args: "MultiDict[str, str]") -> DeskState:
    """What no link of ours says reads as the usual."""
    tab, order = args.get("tab", ""), args.get("sort", "")
    return DeskState(
        Tab(tab) if tab in TAB_LABELS else Tab.ALL, args.get("kind", "")[:40], one_line(args.get("unit"))[:120],
        Order(order) if order in ORDER_LABELS else Order.DUE, args.get("case", "")[:26], max(1, min(args.get("page", 1, int), MOST_PAGES)),
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Window:
    """A tab as bounds of a query: who holds it (None: anybody), and between which moments it is due."""

    holder: str | None = None
    after: datetime | None = None
    before: datetime | None = None


def midnight_after(now: datetime) -> datetime:
    return datetime.combine(local_day(now) + timedelta(days=1), time(), SHANGHAI)


def window_of(tab: Tab, account: str, now: datetime) -> Window:
    return {
        Tab.UNCLAIMED: Window(holder=NOBODY), Tab.MINE: Window(holder=account), Tab.TODAY: Window(after=now, before=midnight_after(now)),
        Tab.OVERDUE: Window(before=now),
    }.get(tab, Window())  # fmt: skip
