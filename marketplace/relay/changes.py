"""Things that changed and about which somebody may want to hear: noted as their events are settled, told by a thread of its own,
so that the index waits for nobody's saved search."""

from collections.abc import Iterable
from dataclasses import dataclass

from graph.connection import Transaction
from graph.outbox import Event
from graph.records import reader, value
from marketplace.kernel.cards import STATEMENTS
from marketplace.kernel.ids import new_id
from marketplace.kernel.rooms import Ref
from marketplace.relay.dependents import FOLLOW, REINDEX


@dataclass(frozen=True, slots=True)
class Changed:
    """`mark` is another one after each further change: what changes while it is being told is told again."""

    id: str
    kind: str
    entity_id: str
    mark: str

    @property
    def ref(self) -> Ref:
        return self.kind, self.entity_id


NOTE = """
UNWIND $rows AS row
MERGE (c:ChangedThing {id: row.id})
SET c.kind = row.kind, c.entity_id = row.entity_id, c.mark = row.mark
"""


def note_changed(tx: Transaction, events: Iterable[Event]) -> None:
    """What is only written into the index once more is no news; what follows another thing is, where it is taken from sight."""
    told = (event for event in events if event.kind in STATEMENTS and event.verb != REINDEX and (event.verb != FOLLOW or event.takes_away))
    rows = {f"{event.kind}:{event.entity_id}": {"kind": event.kind, "entity_id": event.entity_id} for event in told}
    if rows:
        tx.run(NOTE, rows=[row | {"id": id, "mark": new_id()} for id, row in sorted(rows.items())])


LIST = """
MATCH (c:ChangedThing) RETURN c.id AS id, c.kind AS kind, c.entity_id AS entity_id, c.mark AS mark ORDER BY mark LIMIT $limit
"""
ANY = """
MATCH (c:ChangedThing) RETURN c.id AS id LIMIT 1
"""
FORGET = """
UNWIND $rows AS row MATCH (c:ChangedThing {id: row.id}) WHERE c.mark = row.mark DELETE c
"""


def list_changed(tx: Transaction, limit: int) -> list[Changed]:
    """Those that have waited longest first."""
    return tx.all(LIST, reader(Changed), limit=limit)


def is_any_changed(tx: Transaction) -> bool:
    return tx.find(ANY, value("id")) is not None


def forget_changed(tx: Transaction, some: Iterable[Changed]) -> None:
    tx.run(FORGET, rows=[{"id": one.id, "mark": one.mark} for one in some])
