"""The ontology's promises stand in the store, and a second run changes nothing."""

from graph.connection import Graph
from graph.constraints import apply_constraints, missing_constraints
from graph.dialect import Engine, engine_of, explain, list_constraints, list_indexes
from graph.ontology import ONTOLOGY
from graph.schema import Kind, Node, Ontology, Property, Words

WORDS = Words("Scratch", "草稿")
WIDER = Ontology((*ONTOLOGY.nodes, Node("ScratchThing", WORDS, (Property("code", Kind.TEXT, WORDS, unique=True),))), ONTOLOGY.edges)


def test_nothing_is_missing_after_they_were_applied(graph: Graph) -> None:
    assert missing_constraints(graph, ONTOLOGY) == []


def test_what_is_missing_is_named(graph: Graph) -> None:
    assert missing_constraints(graph, WIDER) == ["unique constraint on ScratchThing.code"]


def test_applying_twice_changes_nothing(graph: Graph) -> None:
    before = list_constraints(graph), list_indexes(graph)
    apply_constraints(graph, ONTOLOGY)
    assert (list_constraints(graph), list_indexes(graph)) == before
    assert before[0]


def test_engine_is_told_by_its_own_name(graph: Graph) -> None:
    assert engine_of(graph) is (Engine.EMBEDDED if graph.database else Engine.NEO4J)


def test_explain_runs_nothing(graph: Graph) -> None:
    explain(graph, "CREATE (g:Guard {id: $id})", id="x")
    assert graph.read(lambda tx: tx.all("MATCH (g:Guard) RETURN g.id", lambda row: row)) == []


def test_a_lookup_may_become_unique(graph: Graph) -> None:
    """A later ontology may ask for more; the store that stands follows."""
    words = Words("thing", "物")
    plain = Ontology((Node("Turning", words, (Property("code", Kind.TEXT, words, lookup=True),)),), ())
    unique = Ontology((Node("Turning", words, (Property("code", Kind.TEXT, words, unique=True),)),), ())
    apply_constraints(graph, plain)

    apply_constraints(graph, unique)

    assert ("Turning", "code") in list_constraints(graph)
    graph.write(lambda tx: tx.run("MATCH (n:Turning) RETURN n"))
