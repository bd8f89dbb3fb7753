"""A batch is laid down, taken in by the thousand, and taken back as far as nobody has built on it."""

from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, TypeVar

from graph.connection import Graph
from graph.person_keys import destroy_keys
from marketplace.kernel.actor import Actor
from marketplace.kernel.clock import Clock
from marketplace.kernel.errors import Invalid, Refused
from marketplace.kernel.importing import MOST_ROWS, Intake, Row, Taken, find_unit
from marketplace.kernel.labels import label
from marketplace.kernel.permission import Permission
from marketplace.kernel.rooms import Room
from marketplace.kernel.unit_of_work import UnitOfWork, change
from marketplace.kernel.workflow import created, removed
from marketplace.processes.imports.model import PREFIX, WORKFLOW, ImportBatch, Status
from marketplace.processes.imports.repository import (
    advance,
    create_batch_node,
    get_batch,
    list_kept,
    list_upload_keys,
    lock_untouched,
    remove_nodes,
    save_batch,
)

Verb = Callable[[UnitOfWork, Sequence[Row[Any]], Intake], Taken]


T = TypeVar("T")
PATIENCE = 15.0
KEEP_UPLOADS = timedelta(days=30)
"""As long as an officer may want the annotated file."""
ENDED = (Status.CHECKED, Status.DONE, Status.UNDONE, Status.DISCARDED)


class Rehearsed(Exception):
    """Ends a transaction that was only to show whether it could be carried out."""


def open_batch(
    uow: UnitOfWork, kind: str, file_name: str, source: str, *, rows: int, refused: int, publish: bool, whole: bool, place: str = "", report: str = ""
) -> ImportBatch:
    """The file has been checked; nothing of it is here yet. Raises Forbidden for whoever may not import."""
    uow.actor.require(Permission.IMPORT, None)
    unit = find_unit(uow)
    batch = ImportBatch(
        id=uow.new_id(), number=uow.next_number(PREFIX), kind=kind, file_name=file_name, source=source, rows=rows, refused=refused, publish=publish,
        whole=whole, place=place, report=report, account_id=uow.actor.account_id, by=uow.actor.name, unit_id=unit.id, units=unit.units,
        created_at=uow.now, updated_at=uow.now,
    )  # fmt: skip
    create_batch_node(uow.tx, batch)
    uow.record(created(batch, at=uow.now))
    return batch


def step_batch(uow: UnitOfWork, id: str, version: int, verb: str, **changes: Any) -> ImportBatch:
    """Any arrow of the table. Raises Refused where it is not open."""
    batch = get_batch(uow.tx, id)
    uow.actor.require(WORKFLOW.steps[verb].needs, batch)
    change = WORKFLOW.step(verb, batch, version, at=uow.now, **changes)
    save_batch(uow.tx, change)
    uow.record(change)
    return change.after


def run_batch(uow: UnitOfWork, id: str, version: int) -> ImportBatch:
    """Raises Refused for a faulty file that was to come in whole."""
    batch = get_batch(uow.tx, id)
    if batch.whole and batch.refused:
        raise Refused(label("Rows are faulty, and you chose to import nothing then. Mend the file and check it again."))
    return step_batch(uow, id, version, "run")


def discard_batch(uow: UnitOfWork, id: str, version: int) -> ImportBatch:
    """The check was enough; the file stays known, so that the number has no gap."""
    return step_batch(uow, id, version, "discard")


def undo_batch(uow: UnitOfWork, id: str, version: int) -> ImportBatch:
    """Only says that it begins; `Conduct.undo` removes the rows."""
    return step_batch(uow, id, version, "undo")


def forget_uploads(uow: UnitOfWork) -> int:
    """The files of imports that ended a month ago can't be read any more: their keys go. Returns how many; a batch at a time."""
    owners = list_upload_keys(uow.tx, uow.now - KEEP_UPLOADS, ENDED)
    destroy_keys(uow.tx, owners)
    return len(owners)


def intake_of(batch: ImportBatch) -> Intake:
    """As the rooms want it: every row of a batch carries the same."""
    return Intake(batch.source, batch.id, batch.publish, batch.unit_id)


def take_rows(uow: UnitOfWork, id: str, verb: Verb, rows: Sequence[Row[Any]], refused: int = 0) -> Taken:
    """The rows and the batch's progress in one transaction. `refused` are rows that were found faulty here."""
    batch = get_batch(uow.tx, id)
    uow.actor.require(Permission.BATCH_RUN, batch)
    taken = verb(uow, rows, intake_of(batch)) if rows else Taken()
    advance(uow.tx, batch, len(rows) + refused, len(taken.created), taken.unchanged, refused, uow.now)
    return taken


def rehearse(uow: UnitOfWork, verb: Verb, rows: Sequence[Row[Any]], intake: Intake) -> None:
    """Raises Rehearsed when all would be well, Invalid when not; either way nothing is kept."""
    verb(uow, rows, intake)
    raise Rehearsed


def faulty_rows(attempt: Callable[[Sequence[Row[Any]]], None], rows: Sequence[Row[Any]]) -> list[tuple[Row[Any], Invalid]]:
    """Halves what is refused until the rows stand alone: one bad row costs its thousand a few more tries, not their place."""
    try:
        attempt(rows)
    except Invalid as problem:
        if len(rows) == 1:
            return [(rows[0], problem)]
        half = len(rows) // 2
        return [*faulty_rows(attempt, rows[:half]), *faulty_rows(attempt, rows[half:])]
    return []


def remove_rows(uow: UnitOfWork, id: str, room: Room, ids: Sequence[str]) -> int:
    """Of these, what nobody has edited and nothing hangs on. Returns how many are gone."""
    batch = get_batch(uow.tx, id)
    uow.actor.require(Permission.BATCH_RUN, batch)
    free = lock_untouched(uow.tx, list(ids))
    gone = room.get_many(uow.tx, free) if room.get_many else [room.get(uow.tx, one) for one in free]
    remove_nodes(uow.tx, [one.id for one in gone])
    uow.record(*(removed(one, at=uow.now) for one in gone))
    return len(gone)


@dataclass(frozen=True, slots=True)
class Conduct:
    """Many transactions in a row, each whole in itself: what breaks off goes on where it stopped."""

    graph: Graph
    clock: Clock
    actor: Actor
    tell: Callable[[int, int], None] = lambda _done, _all: None

    def change(self, work: Callable[[UnitOfWork], T]) -> T:
        return change(self.graph, self.actor, self.clock.now(), work, patience=PATIENCE)

    def rehearse(self, verb: Verb, rows: Sequence[Row[Any]], intake: Intake) -> list[tuple[Row[Any], Invalid]]:
        """The rows that the store would refuse, each with what it would say."""
        faults: list[tuple[Row[Any], Invalid]] = []
        for at in range(0, len(rows), MOST_ROWS):
            faults += faulty_rows(lambda some: self._rehearse(verb, some, intake), rows[at : at + MOST_ROWS])
            self.tell(min(at + MOST_ROWS, len(rows)), len(rows))
        return faults

    def _rehearse(self, verb: Verb, rows: Sequence[Row[Any]], intake: Intake) -> None:
        with suppress(Rehearsed):
            self.change(lambda uow: rehearse(uow, verb, rows, intake))

    def run(self, batch: ImportBatch, verb: Verb, rows: Sequence[Row[Any]], room: Room) -> ImportBatch:
        """Take the rows in from where the batch stands. A batch that is all or nothing is undone when a row is refused here."""
        for at in range(batch.done, len(rows), MOST_ROWS):
            refused = faulty_rows(lambda some: self._take(batch, verb, some), rows[at : at + MOST_ROWS])
            if refused:
                self.change(lambda uow, count=len(refused): take_rows(uow, batch.id, verb, (), count))  # type: ignore[misc]
            self.tell(min(at + MOST_ROWS, len(rows)), len(rows))
            if refused and batch.whole:
                break
        batch = self.change(lambda uow: step_batch(uow, batch.id, batch.version, "finish"))
        if not (batch.whole and batch.refused):
            return batch
        return self.undo(self.change(lambda uow: undo_batch(uow, batch.id, batch.version)), room)

    def _take(self, batch: ImportBatch, verb: Verb, rows: Sequence[Row[Any]]) -> None:
        self.change(lambda uow: take_rows(uow, batch.id, verb, rows))

    def undo(self, batch: ImportBatch, room: Room) -> ImportBatch:
        """Remove the rows of a batch that is being undone; what was edited since stays and is counted."""
        ids = [one.id for one in self.graph.read(lambda tx: list_kept(tx, batch.id), reader=self.actor.reader, patience=PATIENCE)]
        for at in range(0, len(ids), MOST_ROWS):
            self.change(lambda uow, some=ids[at : at + MOST_ROWS]: remove_rows(uow, batch.id, room, some))  # type: ignore[misc]
            self.tell(min(at + MOST_ROWS, len(ids)), len(ids))
        return self.change(lambda uow: step_batch(uow, batch.id, batch.version, "finish_undo", kept=len(list_kept(uow.tx, batch.id))))
