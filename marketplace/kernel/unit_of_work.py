"""The way of a change: one transaction, retried as a whole, with its audit entry and its outbox event beside it."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, TypeVar

from graph.connection import Graph, Transaction
from graph.outbox import Event, write_events
from marketplace.kernel.actor import Actor
from marketplace.kernel.audit import AuditEntry, entry_of, write_entries
from marketplace.kernel.entity import node_properties
from marketplace.kernel.form_keys import FormKey, claim_key, settle_key
from marketplace.kernel.ids import Ids
from marketplace.kernel.numbers import next_number
from marketplace.kernel.permissions import SYSTEM
from marketplace.kernel.workflow import REMOVE, Change

T = TypeVar("T")


@dataclass(slots=True)
class UnitOfWork:
    """`tx`, `actor`, `now`, and one verb: `record`."""

    tx: Transaction
    actor: Actor
    now: datetime
    ids: Ids
    entries: list[AuditEntry] = field(default_factory=list)
    events: list[Event] = field(default_factory=list)

    def new_id(self) -> str:
        return self.ids.new()

    def next_number(self, prefix: str) -> str:
        return next_number(self.tx, prefix, self.now)

    def record(self, *changes: Change[Any]) -> None:
        """An audit entry and an outbox event for each, written as the last thing of the transaction; the relay does the rest."""
        entries = [entry_of(self.new_id(), self.actor.account_id, change, self.actor.for_whom(change.after)) for change in changes]
        self.entries += entries
        self.events += [self._event(change, entry) for change, entry in zip(changes, entries, strict=True)]

    def turn(self, actor: Actor, now: datetime) -> "UnitOfWork":
        """Another person's verb, at another time, in the same transaction: a history is entered many verbs at once."""
        return UnitOfWork(self.tx.seen_by(actor.reader), actor, now, self.ids, self.entries, self.events)

    def seeing_all(self) -> "UnitOfWork":
        """The same person's verb, for what has been allowed already and touches things that they may not read."""
        return UnitOfWork(self.tx.seen_by((SYSTEM,)), self.actor, self.now, self.ids, self.entries, self.events)

    def write_records(self) -> None:
        if self.entries:
            write_entries(self.tx, self.entries)
            write_events(self.tx, self.events)

    def _event(self, change: Change[Any], entry: AuditEntry) -> Event:
        return Event(self.new_id(), change.kind, change.id, change.verb, takes_away(change), self.now, entry.id)


def takes_away(change: Change[Any]) -> bool:
    """Whether somebody who could read a face of it no longer can; until the index follows, queries leave its id out."""
    if change.before is None or change.verb == REMOVE:
        return change.verb == REMOVE
    if set(getattr(change.after, "hidden", ())) - set(getattr(change.before, "hidden", ())):
        return True
    before, after = node_properties(change.before), node_properties(change.after)
    return any(set(before.get(name, ())) - set(after.get(name, ())) for name in ("audience", "guarded_audience"))


def change(graph: Graph, actor: Actor, now: datetime, work: Callable[[UnitOfWork], T], *, key: FormKey | None = None, patience: float = 2.0) -> T:
    """Run `work` in one transaction; `now` and new ids are fixed before the first attempt. Raises AlreadyDone for a key used before."""
    ids = Ids()

    def attempt(tx: Transaction) -> T:
        uow = UnitOfWork(tx, actor, now, ids.restart())
        if key is not None:
            claim_key(tx, key)
        result = work(uow)
        uow.write_records()
        if key is not None:
            settle_key(tx, key, now, *((event.kind, event.entity_id) for event in uow.events[:1]))
        return result

    return graph.write(attempt, reader=actor.reader, patience=patience)
