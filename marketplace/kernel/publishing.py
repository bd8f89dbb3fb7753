"""The verbs of everything that is reviewed before the public sees it: send, decide, end, revise. Rooms say what differs."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, ClassVar, Generic, TypeVar

from graph.connection import Transaction
from marketplace.kernel.entity import linked
from marketplace.kernel.errors import Invalid, Refused
from marketplace.kernel.labels import Label, label
from marketplace.kernel.reviewing import close_review, open_review
from marketplace.kernel.revisions import (
    CopyStatus,
    content_of,
    drop_working_copy,
    find_working_copy,
    keep_version,
    keep_working_copy,
    read_text,
    text_of,
)
from marketplace.kernel.unit_of_work import UnitOfWork
from marketplace.kernel.workflow import Change, Workflow, edited

T = TypeVar("T")


@dataclass(frozen=True, kw_only=True)
class Shelved:
    """The bookkeeping of a thing that is reviewed, beside the text that a form edits; without slots of its own, so that both can be bases.

    `EXPLAINED` are the states in which the reason is an officer's last word."""

    __slots__ = ()
    EXPLAINED: ClassVar[frozenset[StrEnum]]

    id: str
    version: int = 1
    number: str
    status: StrEnum
    revision: CopyStatus = CopyStatus.NONE
    entered_by: str = ""
    reason: str = ""
    created_at: datetime
    updated_at: datetime
    submitted_at: datetime | None = None
    published_at: datetime | None = None
    organisation_id: str = linked(default="")
    organisation_name: str = linked(default="")
    units: tuple[str, ...] = linked(default=())
    area: str = linked(default="")

    @property
    def accounts(self) -> tuple[str, ...]:
        return (self.entered_by,) if self.entered_by else ()

    @property
    def review_units(self) -> tuple[str, ...]:
        """The sub-district or industry above the base union."""
        return self.units[1:] or self.units

    @property
    def has_reason(self) -> bool:
        """Whether an officer's last word on it is a reason to act on."""
        return bool(self.reason) and (self.status in self.EXPLAINED or self.revision is CopyStatus.RETURNED)


@dataclass(frozen=True, slots=True)
class Shelf(Generic[T]):
    """What a room tells these verbs of its things.

    `text` is the dataclass that a form fills; `faults` names what review needs and the thing lacks; `follows` gives the fields that follow
    from a new text; `unit_name` says at the desk where it comes from."""

    text: type[Any]
    get: Callable[[Transaction, str], T]
    save: Callable[[Transaction, Change[T]], None]
    workflow: Workflow
    revision: Workflow
    faults: Callable[[T], dict[str, Label]]
    follows: Callable[[Any], dict[str, Any]]
    unit_name: Callable[[T], str]


def _keep(uow: UnitOfWork, shelf: Shelf[T], change: Change[T]) -> T:
    shelf.save(uow.tx, change)
    uow.record(change)
    return change.after


def _step(uow: UnitOfWork, shelf: Shelf[T], table: Workflow, id: str, version: int, verb: str, reason: str = "", **more: Any) -> Change[T]:
    """Raises NotFound, Forbidden, Refused, Invalid: readable, theirs, open, with its reason."""
    thing = shelf.get(uow.tx, id)
    uow.actor.require(table.steps[verb].needs, thing)
    return table.step(verb, thing, version, at=uow.now, reason=reason, **more)


def send(uow: UnitOfWork, shelf: Shelf[T], id: str, version: int, verb: str = "submit") -> T:
    """To whoever reviews it. Raises Invalid at each field that review needs."""
    change = _step(uow, shelf, shelf.workflow, id, version, verb, submitted_at=uow.now)
    if faults := shelf.faults(change.after):
        raise Invalid(faults)
    open_review(uow, change.after, stage=verb, unit_name=shelf.unit_name(change.after))
    return _keep(uow, shelf, change)


def pass_on(uow: UnitOfWork, shelf: Shelf[T], id: str, version: int, verb: str) -> T:
    """One reviewer is content; the next one above looks at it."""
    change = _step(uow, shelf, shelf.workflow, id, version, verb)
    close_review(uow, id, verb)
    open_review(uow, change.after, stage="submit", unit_name=shelf.unit_name(change.after))
    return _keep(uow, shelf, change)


def publish(uow: UnitOfWork, shelf: Shelf[T], id: str, version: int) -> T:
    """Everybody sees it from now on, and this state is kept."""
    change = _step(uow, shelf, shelf.workflow, id, version, "publish", published_at=uow.now)
    close_review(uow, id, "publish")
    keep_version(uow, change.after, text_of(change.after, shelf.text))
    return _keep(uow, shelf, change)


def give_back(uow: UnitOfWork, shelf: Shelf[T], id: str, version: int, reason: str, verb: str = "return") -> T:
    """To its makers, with what is to be mended."""
    change = _step(uow, shelf, shelf.workflow, id, version, verb, reason)
    close_review(uow, id, verb, reason)
    return _keep(uow, shelf, change)


def end(uow: UnitOfWork, shelf: Shelf[T], id: str, version: int, verb: str, reason: str = "") -> T:
    """Gone at once from every list, path, picture and count. A working copy and a review go with it."""
    change = _step(uow, shelf, shelf.workflow, id, version, verb, reason, revision=CopyStatus.NONE)
    drop_working_copy(uow, id)
    close_review(uow, id, verb, reason)
    return _keep(uow, shelf, change)


def move(uow: UnitOfWork, shelf: Shelf[T], id: str, version: int, verb: str, reason: str = "", **more: Any) -> T:
    """Any other step of the room's table."""
    return _keep(uow, shelf, _step(uow, shelf, shelf.workflow, id, version, verb, reason, **more))


def rewrite(uow: UnitOfWork, shelf: Shelf[T], before: T, version: int, text: Any) -> T:
    """Before the first publication the thing itself changes."""
    return _keep(uow, shelf, edited(before, version, at=uow.now, **content_of(text), **shelf.follows(text)))


def revise(uow: UnitOfWork, shelf: Shelf[T], before: Any, version: int, text: Any) -> T:
    """What is public is never edited in place: a working copy is written beside it."""
    if before.revision is CopyStatus.SUBMITTED:
        raise Refused(label("A new version is in review already."))
    change: Change[T] = edited(before, version, at=uow.now, verb="revise", revision=CopyStatus.WORKING)
    keep_working_copy(uow, before, text)
    return _keep(uow, shelf, change)


def submit_revision(uow: UnitOfWork, shelf: Shelf[T], id: str, version: int) -> T:
    """The reviewer sees the new version beside the public one."""
    change = _step(uow, shelf, shelf.revision, id, version, "submit_revision")
    open_review(uow, change.after, stage="revision", unit_name=shelf.unit_name(change.after))
    return _keep(uow, shelf, change)


def publish_revision(uow: UnitOfWork, shelf: Shelf[T], id: str, version: int) -> T:
    """Move the public pointer: the working copy becomes what everybody sees, and is kept."""
    copy = find_working_copy(uow.tx, id)
    text = read_text(copy, shelf.text) if copy else None
    more = content_of(text) | shelf.follows(text) if text else {}
    change = _step(uow, shelf, shelf.revision, id, version, "publish_revision", published_at=uow.now, **more)
    close_review(uow, id, "publish_revision")
    drop_working_copy(uow, id)
    keep_version(uow, change.after, text_of(change.after, shelf.text))
    return _keep(uow, shelf, change)


def return_revision(uow: UnitOfWork, shelf: Shelf[T], id: str, version: int, reason: str) -> T:
    """The public one stays; the makers read what is to be mended."""
    change = _step(uow, shelf, shelf.revision, id, version, "return_revision", reason)
    close_review(uow, id, "return_revision", reason)
    return _keep(uow, shelf, change)


def discard_revision(uow: UnitOfWork, shelf: Shelf[T], id: str, version: int) -> T:
    """The public one simply stays."""
    change = _step(uow, shelf, shelf.revision, id, version, "discard_revision")
    drop_working_copy(uow, id)
    return _keep(uow, shelf, change)
