"""What is written while a copy is being finished is in it with the thing that it speaks of, or not at all."""

from dataclasses import dataclass, field

from graph.connection import Graph, Transaction
from graph.copying.following import Entries, Journal, follow
from graph.copying.fresh import Fresh
from graph.ontology import ONTOLOGY

WRITE = """
CREATE (a:Achievement {id: $id, version: 1, lock: 0})
CREATE (e:AuditEntry {id: $id, kind: 'achievement', entity_id: $id, at: $at})
"""
TAKE_AWAY = "MATCH (a:Achievement {id: $id}) DELETE a"


def write(graph: Graph, id: str, at: str) -> None:
    graph.write(lambda tx: tx.run(WRITE, id=id, at=at))


@dataclass(frozen=True, slots=True)
class Busy(Journal):
    """While the last pass is under way, somebody writes the rest of a change of which a part was seen."""

    graph: Graph | None = None
    reads: list[int] = field(default_factory=list)

    def read_new(self, tx: Transaction, seen: object) -> Entries:
        self.reads.append(1)
        if len(self.reads) == 3 and self.graph is not None:
            for number in range(3):
                write(self.graph, f"late-{number}", at="one time")
        return Journal.read_new(self, tx, seen)  # type: ignore[arg-type]


def test_what_came_during_the_last_pass_is_there_with_its_thing(graph: Graph) -> None:
    """The embedded engine keeps an index as a transaction first read it: what came later is not found in it, however long one waits."""
    write(graph, "early", at="one time")
    journal = Busy(ONTOLOGY, "AuditEntry", "", frozenset(), graph)
    fresh = Fresh()

    entries = follow(graph, journal, set(), fresh)

    assert {"early", "late-0", "late-1", "late-2"} == set(entries)
    assert {entry.properties["entity_id"] for entry in entries.values()} == {node.key for node in fresh.nodes.values() if node.label == "Achievement"}


def test_what_was_taken_away_holds_nothing_up(graph: Graph) -> None:
    write(graph, "kept", at="first")
    write(graph, "gone", at="second")
    graph.write(lambda tx: tx.run(TAKE_AWAY, id="gone"))
    fresh = Fresh()

    entries = follow(graph, Journal(ONTOLOGY, "AuditEntry", "", frozenset()), set(), fresh)

    assert set(entries) == {"kept", "gone"}
    assert {node.key for node in fresh.nodes.values() if node.label == "Achievement"} == {"kept"}
