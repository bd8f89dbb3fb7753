"""What rows of an older register have in common, whichever room takes them in."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Generic, TypeVar

from graph.connection import Transaction
from graph.records import reader
from marketplace.kernel.guards import hold
from marketplace.kernel.labels import label
from marketplace.kernel.permission import Permission
from marketplace.kernel.unit_of_work import UnitOfWork
from marketplace.kernel.workflow import Step, Workflow

T = TypeVar("T")
MOST_ROWS = 1_000
"""Of one transaction: more would hold its locks, and the memory of the store, for too long."""


@dataclass(frozen=True, slots=True)
class Row(Generic[T]):
    """`source_key` is "<source>:<id>", so that a second import of the same register finds it here."""

    source_key: str
    text: T


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong in one cell: the line of the file, the column's header, and words a person can act on."""

    line: int
    column: str
    message: str


@dataclass(frozen=True, slots=True)
class Checked:
    """`rows` may come in; `faults` say why others may not. `ignored` are headers that nothing is known of."""

    rows: tuple[Row[Any], ...]
    faults: tuple[Fault, ...]
    total: int
    ignored: tuple[str, ...] = ()
    lines: Mapping[str, int] = field(default_factory=dict)

    @property
    def refused(self) -> int:
        return len({fault.line for fault in self.faults})


@dataclass(frozen=True, slots=True)
class Intake:
    """What all rows of one import share. Without `unit_id` they belong to the unit that the actor acts for."""

    source: str = ""
    batch_id: str = ""
    publish: bool = False
    unit_id: str = ""


@dataclass(frozen=True, slots=True)
class Taken:
    """`created` are ids; `unchanged` counts rows that were here before."""

    created: tuple[str, ...] = ()
    unchanged: int = 0


@dataclass(frozen=True, slots=True)
class Unit:
    """The union organisation that imported things come in under."""

    id: str = ""
    name: str = ""
    units: tuple[str, ...] = ()
    area: str = ""


def import_workflow(first: StrEnum, public: StrEnum) -> Workflow:
    """The one arrow of an import that an officer publishes at once."""
    step = Step("import", frozenset({first}), public, Permission.IMPORT, label("Import and publish"), label("Imported and published"))
    return Workflow(step)


UNIT_OF = """
MATCH (o:Organisation {id: $id}) RETURN o.id AS id, o.name AS name, o.lineage AS units, o.area AS area
"""
DISTRICT = """
MATCH (o:Organisation) WHERE o.kind = 'district' RETURN o.id AS id, o.name AS name, o.lineage AS units, o.area AS area ORDER BY id LIMIT 1
"""


def find_unit(uow: UnitOfWork, unit_id: str = "") -> Unit:
    """The one named, the officer's own, or the district for whoever owns the machine."""
    own = unit_id or next((party.id for party in uow.actor.parties_of("organisation")), "")
    found = uow.tx.find(UNIT_OF, reader(Unit), id=own) if own else uow.tx.find(DISTRICT, reader(Unit))
    return found or Unit()


def take_turn(tx: Transaction, kind: str) -> None:
    """Imports of one kind run one after the other, or two of the same file would both find nothing there."""
    hold(tx, f"import:{kind}")


def fresh(rows: Sequence[Row[T]], known: Mapping[str, str]) -> list[Row[T]]:
    """Each source key once, and none that is here already. Raises ValueError for more rows than one transaction takes."""
    if len(rows) > MOST_ROWS:
        raise ValueError(f"at most {MOST_ROWS} rows at once")
    return list({row.source_key: row for row in reversed(rows) if row.source_key not in known}.values())[::-1]


def keys_of(rows: Iterable[Row[T]]) -> list[str]:
    return [row.source_key for row in rows]
