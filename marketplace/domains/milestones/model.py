"""A milestone of a contract in force: due on a day, reported done with a proof, accepted or sent back by the other side."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import ClassVar

from marketplace.kernel import permissions as rules
from marketplace.kernel.entity import linked
from marketplace.kernel.labels import Label, label
from marketplace.kernel.permission import Permission
from marketplace.kernel.permissions import LEADS, MAKER
from marketplace.kernel.stored_file import StoredFile
from marketplace.kernel.workflow import Step, Tells, Workflow


class Status(StrEnum):
    OPEN = "open"
    REPORTED = "reported"
    ACCEPTED = "accepted"


STATUS_LABELS: dict[str, Label] = {
    Status.OPEN: label("Not reported yet"), Status.REPORTED: label("Waits for acceptance"), Status.ACCEPTED: label("Work accepted"),
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Milestone:
    """`contract_status` comes from the contract: nothing moves here once that has ended. `reason` is why it was sent back last."""

    KIND: ClassVar[str] = "milestone"
    READ: ClassVar[Permission] = Permission.MILESTONE_READ

    id: str
    version: int = 1
    number: str = ""
    status: Status = Status.OPEN
    name: str
    ordinal: int
    proof: str = ""
    due_on: date
    share: int = 0
    amount_fen: int = 0
    words: str = ""
    reason: str = ""
    reported_at: datetime | None = None
    reported_by: str = ""
    accepted_at: datetime | None = None
    accepted_by: str = ""
    reminded_on: date | None = None
    created_at: datetime
    updated_at: datetime
    contract_id: str = linked(default="")
    contract_title: str = linked(default="")
    running: bool = linked(default=False)
    seller_id: str = linked(default="")
    buyer_id: str = linked(default="")
    buyer_led: bool = linked(default=False)
    files: tuple[StoredFile, ...] = linked(default=())

    @property
    def title(self) -> str:
        """What notices call it."""
        return f"{self.contract_title}：{self.name}" if self.contract_title else self.name

    @property
    def makers(self) -> tuple[str, ...]:
        return tuple(id for id in (self.seller_id, self.buyer_id) if id)

    @property
    def is_accepted(self) -> bool:
        return self.status is Status.ACCEPTED

    @property
    def is_reported(self) -> bool:
        return self.status is Status.REPORTED

    def is_late(self, today: date) -> bool:
        """Its day has passed and nothing was reported, while the contract is in force."""
        return self.status is Status.OPEN and self.due_on < today and self.running


P = Permission
_WORDS = label("Acts for the side that is to do it.")
is_seller = rules.Holds(lambda one: (MAKER + one.seller_id,) if one.running else (), kind=MAKER, words=_WORDS)
is_buyer = rules.holds_any(
    lambda one: ((LEADS if one.buyer_led else MAKER) + one.buyer_id,) if one.running else (), label("Acts for the other side."), LEADS, MAKER
)
_OPEN, _REPORTED = frozenset({Status.OPEN}), frozenset({Status.REPORTED})
WORKFLOW = Workflow(
    Step("report", _OPEN, Status.REPORTED, P.MILESTONE_REPORT, label("Report it done"), label("A milestone is reported done"), main=True,
         tells=Tells.MAKERS),
    Step("accept", _REPORTED, Status.ACCEPTED, P.MILESTONE_ACCEPT, label("Accept it"), label("A milestone is accepted"), main=True,
         tells=Tells.MAKERS),
    Step("send_back", _REPORTED, Status.OPEN, P.MILESTONE_ACCEPT, label("Send it back"), label("A milestone was sent back"), reason=True,
         tells=Tells.MAKERS),
    Step("remind", _OPEN, Status.OPEN, P.MILESTONE_READ, label("Remind"), label("A milestone is due"), tells=Tells.MAKERS),
)  # fmt: skip
POLICY = rules.Policy({
    P.MILESTONE_READ: rules.is_maker,
    P.MILESTONE_REPORT: is_seller & ~is_buyer,
    P.MILESTONE_ACCEPT: is_buyer & ~is_seller,
})  # fmt: skip
