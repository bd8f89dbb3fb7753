"""A batch: one file of one kind, what became of its rows, and who may take it back."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import ClassVar

from marketplace.kernel import permissions as rules
from marketplace.kernel.labels import Label, label
from marketplace.kernel.permission import Permission
from marketplace.kernel.workflow import Step, Workflow

PREFIX = "DR"


class Status(StrEnum):
    CHECKED = "checked"
    RUNNING = "running"
    DONE = "done"
    UNDOING = "undoing"
    UNDONE = "undone"
    DISCARDED = "discarded"


STATUS_LABELS: dict[str, Label] = {
    Status.CHECKED: label("Checked, not imported"), Status.RUNNING: label("Being imported"), Status.DONE: label("Imported"),
    Status.UNDOING: label("Being undone"), Status.UNDONE: label("Undone"), Status.DISCARDED: label("Discarded"),
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportBatch:
    """`done` counts the rows that have been looked at, so that an interrupted run goes on where it stopped."""

    KIND: ClassVar[str] = "batch"
    READ: ClassVar[Permission] = Permission.BATCH_READ

    id: str
    version: int = 1
    number: str
    kind: str
    file_name: str
    place: str = ""
    report: str = ""
    source: str
    publish: bool = False
    whole: bool = False
    status: Status = Status.CHECKED
    rows: int = 0
    done: int = 0
    created: int = 0
    skipped: int = 0
    refused: int = 0
    kept: int = 0
    account_id: str = ""
    by: str = ""
    unit_id: str = ""
    units: tuple[str, ...] = ()
    created_at: datetime
    updated_at: datetime

    @property
    def title(self) -> str:
        return self.file_name

    @property
    def makers(self) -> tuple[str, ...]:
        return ()

    @property
    def accounts(self) -> tuple[str, ...]:
        return (self.account_id,) if self.account_id else ()


P = Permission
WORKFLOW = Workflow(
    Step("run", frozenset({Status.CHECKED}), Status.RUNNING, P.BATCH_RUN, label("Import"), label("The import has begun"), main=True),
    Step("discard", frozenset({Status.CHECKED}), Status.DISCARDED, P.BATCH_RUN, label("Discard"), label("Discarded")),
    Step("finish", frozenset({Status.RUNNING}), Status.DONE, P.BATCH_RUN, label("Finish"), label("Imported")),
    Step("undo", frozenset({Status.DONE}), Status.UNDOING, P.BATCH_RUN, label("Undo the import"), label("The import is being undone")),
    Step("finish_undo", frozenset({Status.UNDOING}), Status.UNDONE, P.BATCH_RUN, label("Finish"), label("Undone")),
)  # fmt: skip
POLICY = rules.Policy({
    P.BATCH_READ: rules.is_account | rules.is_officer_above,
    P.BATCH_RUN: rules.is_account | rules.is_officer_above,
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class Kept:
    """A thing of the batch that is still there; past version 1 somebody has edited it."""

    kind: str
    id: str
    title: str
    number: str
    version: int
