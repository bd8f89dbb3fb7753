"""A request to erase a person, and what is left of them afterwards: a number, dates, and their place among the makers of a work."""

import json
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, ClassVar

from marketplace.domains.workers.model import Status as WorkerStatus
from marketplace.kernel import permissions as rules
from marketplace.kernel.labels import Label, label
from marketplace.kernel.permission import Permission
from marketplace.kernel.workflow import Step, Tells, Workflow

ERASED_NAME = "已删除人员"
"""Stored where the name was: works keep the place and the share of whoever made them."""


class Status(StrEnum):
    ASKED = "asked"
    DONE = "done"
    REFUSED = "refused"
    TAKEN_BACK = "taken-back"


STATUS_LABELS: dict[str, Label] = {
    Status.ASKED: label("Asked for, not decided"), Status.DONE: label("Erased"), Status.REFUSED: label("Refused"),
    Status.TAKEN_BACK: label("Taken back"),
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Erasure:
    """`worker_id` stays after the person is gone: it is a number, and says nothing of them."""

    KIND: ClassVar[str] = "erasure"
    READ: ClassVar[Permission] = Permission.ERASURE_READ

    id: str
    version: int = 1
    number: str
    status: Status = Status.ASKED
    worker_id: str
    by: str
    units: tuple[str, ...] = ()
    reason: str = ""
    created_at: datetime
    updated_at: datetime
    done_at: datetime | None = None

    @property
    def is_open(self) -> bool:
        return self.status is Status.ASKED

    @property
    def is_done(self) -> bool:
        return self.status is Status.DONE

    @property
    def title(self) -> str:
        return self.number

    @property
    def makers(self) -> tuple[str, ...]:
        return (self.worker_id,)

    @property
    def review_units(self) -> tuple[str, ...]:
        return self.units


P = Permission
WORKFLOW = Workflow(
    Step("ask", frozenset({Status.TAKEN_BACK, Status.REFUSED}), Status.ASKED, P.ERASURE_ASK, label("Ask for erasure"),
         label("Asked for"), tells=Tells.OFFICERS),
    Step("erase", frozenset({Status.ASKED}), Status.DONE, P.ERASURE_DECIDE, label("Erase for good"), label("Erased"), main=True),
    Step("refuse", frozenset({Status.ASKED}), Status.REFUSED, P.ERASURE_DECIDE, label("Refuse"), label("Refused"), reason=True, tells=Tells.MAKERS),
    Step("take_back", frozenset({Status.ASKED}), Status.TAKEN_BACK, P.ERASURE_ASK, label("Take back"), label("Taken back")),
)  # fmt: skip
ERASING = Workflow(
    Step("erase", frozenset(WorkerStatus), WorkerStatus.ERASED, P.ERASURE_DECIDE, label("Erase for good"), label("Erased")),
)  # fmt: skip
"""What becomes of the person's own entry."""
POLICY = rules.Policy({
    P.ERASURE_READ: rules.is_maker | rules.is_officer_above,
    P.ERASURE_ASK: rules.is_maker | rules.is_officer_above,
    P.ERASURE_DECIDE: rules.is_officer_above & ~rules.is_maker,
})  # fmt: skip


def without_name(body: str, worker_id: str) -> str:
    """A version's text in which this person stood by name."""
    return json.dumps(_nameless(json.loads(body), worker_id), ensure_ascii=False, separators=(",", ":"))


def _nameless(said: Any, worker_id: str) -> Any:
    if isinstance(said, list):
        return [_nameless(one, worker_id) for one in said]
    if not isinstance(said, dict):
        return said
    inner = {name: _nameless(one, worker_id) for name, one in said.items()}
    return inner | {"name": ERASED_NAME} if inner.get("worker_id") == worker_id and "name" in inner else inner
