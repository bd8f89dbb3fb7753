"""Who asked for the index to be made anew, and what became of it: one note in the graph, so that no death of a process loses it."""

from dataclasses import dataclass

from neo4j import Record

from graph.connection import Transaction
from graph.records import value
from marketplace.kernel.ids import new_id

GUARD = "rebuild:index"
SHOWN = "shown"


@dataclass(frozen=True, slots=True)
class Rebuild:
    """What was asked for last. `outcome` is empty until it has ended; `written` counts things and tells whether it gets on."""

    id: str
    written: int
    outcome: str


ASK = """
MERGE (g:Guard {id: $guard})
SET g.lock = coalesce(g.lock, 0) + 1
WITH g WHERE g.holder IS NULL OR g.seal <> ''
SET g.holder = $id, g.seal = '', g.sequence = 0
RETURN g.holder AS id
"""


def ask_rebuild(tx: Transaction) -> Rebuild:
    """Who comes while one is under way waits for the same."""
    tx.find(ASK, value("id"), guard=GUARD, id=new_id())
    return tx.one(FIND, read_rebuild, guard=GUARD)


FIND = """
MATCH (g:Guard {id: $guard}) WHERE g.holder IS NOT NULL
RETURN g.holder AS id, g.sequence AS written, g.seal AS outcome
"""


def read_rebuild(row: Record) -> Rebuild:
    return Rebuild(row["id"], row["written"], row["outcome"])


def find_rebuild(tx: Transaction) -> Rebuild | None:
    return tx.find(FIND, read_rebuild, guard=GUARD)


NOTE = """
MATCH (g:Guard {id: $guard, holder: $id}) SET g.sequence = $written, g.seal = $outcome
"""


def note_rebuild(tx: Transaction, rebuild: Rebuild) -> None:
    tx.run(NOTE, guard=GUARD, id=rebuild.id, written=rebuild.written, outcome=rebuild.outcome)
