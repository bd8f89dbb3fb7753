"""A scarce thing is never given out twice; and without its guard it is, else this would prove nothing."""

from collections.abc import Callable

from graph.connection import Graph, Transaction
from graph.errors import Stale
from graph.records import value
from tests.graph.crowd import rush

SEATS, PEOPLE = 10, 40
OPEN = "CREATE (:Guard {id: 'class', taken: 0, lock: 0})"
ENROL = """
MATCH (g:Guard {id: 'class'})
SET g.lock = coalesce(g.lock, 0) + 1
WITH g WHERE g.taken < $seats
SET g.taken = g.taken + 1
CREATE (d:Draft {id: $id})
RETURN d.id AS id
"""
TAKEN = "MATCH (d:Draft) RETURN count(d) AS taken"
ENROL_UNGUARDED = "CREATE (d:Draft {id: $id}) RETURN d.id AS id"


def enrol(tx: Transaction, id: str) -> int:
    return tx.changed(ENROL, id=id, seats=SEATS)


def enrol_unguarded(tx: Transaction, id: str) -> int:
    """Count, then create: what the guard is there to prevent."""
    if tx.one(TAKEN, value("taken")) >= SEATS:
        raise Stale(id)
    return tx.changed(ENROL_UNGUARDED, id=id)


def enrolled_after_a_rush(graph: Graph, enrolling: Callable[[Transaction, str], int]) -> int:
    graph.write(lambda tx: tx.run(OPEN))

    def try_once(number: int) -> None:
        try:
            graph.write(lambda tx: enrolling(tx, f"person-{number}"), patience=15)
        except Stale:
            return

    rush(try_once, PEOPLE)
    return int(graph.read(lambda tx: tx.one(TAKEN, value("taken"))))


def test_forty_people_get_ten_seats(graph: Graph) -> None:
    assert enrolled_after_a_rush(graph, enrol) == SEATS


def test_without_the_guard_seats_are_oversold(graph: Graph) -> None:
    assert enrolled_after_a_rush(graph, enrol_unguarded) > SEATS
