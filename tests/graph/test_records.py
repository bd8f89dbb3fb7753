"""Records become frozen dataclasses, and dataclasses what the store can hold."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from enum import StrEnum

import pytest

from graph.connection import Graph, Transaction
from graph.errors import Torn
from graph.records import properties, reader, rows


class Colour(StrEnum):
    RED = "red"


@dataclass(frozen=True, slots=True)
class Part:
    name: str
    share: int = 5


@dataclass(frozen=True, slots=True)
class Machine:
    id: str
    colour: Colour
    made_at: datetime
    sold_on: date | None
    weight: float | None = None
    tags: tuple[str, ...] = ()
    parts: tuple[Part, ...] = ()
    spare: Part | None = None


MACHINE = Machine("m1", Colour.RED, datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC), date(2026, 2, 3), 1.5, ("a", "b"), (Part("axle", 2),))
STORE = "MERGE (g:Guard {id: $properties.id}) SET g += $properties"
READ = "MATCH (g:Guard {id: 'm1'}) RETURN g {.*, unknown: 1} AS machine, $parts AS parts, $spare AS spare"


def stored_and_read(graph: Graph, machine: Machine, **beside: object) -> Machine:
    graph.write(lambda tx: tx.run(STORE, properties=properties(machine)))
    return graph.read(lambda tx: tx.one(READ, reader(Machine, "machine"), **{"parts": None, "spare": None, **beside}))


def test_what_is_stored_is_what_is_read(graph: Graph) -> None:
    assert stored_and_read(graph, MACHINE, parts=rows(MACHINE.parts)) == MACHINE


def test_what_is_not_stored_reads_as_none_or_as_the_default(graph: Graph) -> None:
    bare = Machine("m1", Colour.RED, MACHINE.made_at, None)
    assert stored_and_read(graph, bare) == bare
    assert stored_and_read(graph, bare, spare={"name": "wheel"}).spare == Part("wheel", 5)


def test_a_row_of_columns_reads_without_a_key(graph: Graph) -> None:
    assert graph.read(lambda tx: tx.one("RETURN 'axle' AS name, null AS share", reader(Part))) == Part("axle", 5)


def test_a_missing_required_value_is_an_error(graph: Graph) -> None:
    with pytest.raises(Torn):
        graph.read(lambda tx: tx.one("RETURN 1 AS share", reader(Part)))


def test_nested_things_are_no_properties() -> None:
    assert set(properties(MACHINE)) == {"id", "colour", "made_at", "sold_on", "weight", "tags"}
    assert set(properties(MACHINE, exclude=("id",))) == {"colour", "made_at", "sold_on", "weight", "tags"}
    assert properties(MACHINE, "id", "colour") == {"id": "m1", "colour": "red"}
    assert type(properties(MACHINE)["colour"]) is str


@dataclass(frozen=True, slots=True)
class Named:
    id: str
    name: str


def test_what_fits_no_shape_is_tried_again_and_then_said(graph: Graph) -> None:
    tries: list[int] = []

    def read_torn(tx: Transaction) -> Named:
        tries.append(1)
        return tx.one("RETURN 'c1' AS id, CASE WHEN $ready THEN 'red' END AS name", reader(Named), ready=len(tries) > 2)

    assert graph.read(read_torn).name == "red"
    with pytest.raises(Torn):
        graph.read(lambda tx: tx.one("RETURN 'c1' AS id, null AS name", reader(Named)))
