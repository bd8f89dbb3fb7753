"""A mark on a version: which of the reasons for passing it answers."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import ClassVar

from marketplace.kernel import permissions as rules
from marketplace.kernel.labels import label
from marketplace.kernel.permission import Permission
from marketplace.kernel.permissions import LEADS, MAKER
from marketplace.kernel.verdicts import Verdict
from marketplace.kernel.workflow import Step, Workflow


class MarkStatus(StrEnum):
    """MARKED waits for its version to become public; DROPPED: the publisher thought again, or gave the version up."""

    MARKED = "marked"
    TOLD = "told"
    DROPPED = "dropped"


@dataclass(frozen=True, slots=True)
class Repairable:
    """A thing and its versions: `ordinal` is public, `has_copy` says that a new version is being written or reviewed."""

    kind: str
    thing_id: str
    ordinal: int
    has_copy: bool
    owners: tuple[str, ...] = ()

    @property
    def answering(self) -> int:
        """The version that a word of its publisher is about: the one to come where there is one."""
        return self.ordinal + 1 if self.has_copy else self.ordinal

    @property
    def is_revised(self) -> bool:
        return self.answering > 1


@dataclass(frozen=True, slots=True, kw_only=True)
class RepairMark:
    """Which reasons a version answers, in the publisher's own words to us. One for each version, by `key`."""

    KIND: ClassVar[str] = "repair"
    READ: ClassVar[Permission] = Permission.REPAIR_READ

    id: str
    version: int = 1
    key: str
    status: MarkStatus = MarkStatus.MARKED
    thing_kind: str
    thing_id: str
    ordinal: int
    reasons: tuple[Verdict, ...]
    owners: tuple[str, ...] = ()
    created_at: datetime
    updated_at: datetime

    @property
    def is_waiting(self) -> bool:
        return self.status is MarkStatus.MARKED

    @property
    def is_told(self) -> bool:
        return self.status is MarkStatus.TOLD

    @property
    def is_standing(self) -> bool:
        return self.status is not MarkStatus.DROPPED


P = Permission
MARKING = Workflow(
    Step("mark_repaired", frozenset(MarkStatus), MarkStatus.MARKED, P.REPAIR_MARK, label("Mark as mended"), label("Marked as mended")),
    Step("drop", frozenset({MarkStatus.MARKED}), MarkStatus.DROPPED, P.REPAIR_MARK, label("Take the mark back"), label("Mark taken back")),
    Step("tell_all", frozenset({MarkStatus.MARKED}), MarkStatus.TOLD, P.OPINION_TELL, label("Tell of the repair"), label("Told")),
)  # fmt: skip
is_behind_it = rules.holds_any(lambda thing: thing.owners, label("Acts for whom it comes from."), LEADS, MAKER)
POLICY = rules.Policy({
    P.REPAIR_READ: is_behind_it,
    P.REPAIR_MARK: is_behind_it,
})  # fmt: skip
