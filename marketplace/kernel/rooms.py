"""What a room tells the rest of the house: how its things are read, what search sees of them, what hangs on them."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from graph.connection import Graph, Transaction
from marketplace.kernel.labels import Label, label
from marketplace.kernel.permissions import SYSTEM
from marketplace.kernel.told import DONE
from marketplace.kernel.unit_of_work import UnitOfWork
from marketplace.kernel.workflow import Step, Workflow
from search.document import Document

Ref = tuple[str, str]
"""(kind, id)"""


def nothing(tx: Transaction, ids: list[str]) -> list[Ref]:
    return []


def all_of(*hanging: Callable[[Transaction, list[str]], list[Ref]]) -> Callable[[Transaction, list[str]], list[Ref]]:
    """For a kind on which several others hang."""
    return lambda tx, ids: [ref for one in hanging for ref in one(tx, ids)]


def in_turn(*works: Callable[[UnitOfWork], int]) -> Callable[[UnitOfWork], int]:
    """For a kind of which the calendar asks several things; again as long as one of them had something to do."""
    return lambda uow: sum(work(uow) for work in works)


def no_renewal(tx: Transaction, entity: Any) -> None:
    return None


@dataclass(frozen=True, slots=True)
class Room:
    """One kind of thing.

    `list_ids(tx, after, limit)` walks all of them in id order; `hang_on_any` names the things whose documents or audience
    depend on one of these; `renew_audience` writes an audience that has changed through no change of the thing itself.
    For bulk: `get_many` reads those of the ids that exist. With `passes_on` what hangs on a thing that follows this one follows,
    too (a tree); else a change goes one step. `falls_due` does what the calendar alone asks for, a batch at a time, and returns
    how many it did."""

    kind: str
    get: Callable[[Transaction, str], Any]
    list_ids: Callable[[Transaction, str, int], list[str]]
    documents: Callable[[Any], list[Document]]
    get_many: Callable[[Transaction, list[str]], list[Any]] | None = None
    hang_on_any: Callable[[Transaction, list[str]], list[Ref]] = nothing
    renew_audience: Callable[[Transaction, Any], None] = no_renewal
    passes_on: bool = False
    workflows: tuple[Workflow, ...] = field(default_factory=tuple)
    falls_due: Callable[[UnitOfWork], int] | None = None


def steps_named(room: Room | None, verb: str) -> Iterator[Step]:
    """Of any of its workflows."""
    return (workflow.steps[verb] for workflow in (room.workflows if room else ()) if verb in workflow.steps)


def done_in(rooms: Mapping[str, Room], kind: str, verb: str) -> Label:
    """What was done: the step's own label; something plain for what no table knows."""
    return next((step.done for step in steps_named(rooms.get(kind), verb)), DONE.get(verb, label("Changed")))


def walk(graph: Graph, room: Room, chunk: int = 500) -> Iterator[list[str]]:
    """All ids of a kind, in chunks."""
    after = ""
    while ids := graph.read(lambda tx, after=after: room.list_ids(tx, after, chunk), reader=(SYSTEM,)):  # type: ignore[misc]
        yield ids
        after = ids[-1]
