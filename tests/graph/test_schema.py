"""A map that contradicts itself is refused when it is made."""

import pytest

from graph.schema import Edge, Kind, Node, Ontology, OntologyError, Property, Words

WORDS = Words("Thing", "东西")
NAME = Property("name", Kind.TEXT, WORDS, unique=True)
THING = Node("Thing", WORDS, (NAME,))
MADE_BY = Edge("MADE_BY", WORDS, (("Thing", "Thing"),), (Property("since", Kind.DATE, WORDS),))


def test_a_sound_map_answers() -> None:
    sound = Ontology((THING,), (MADE_BY,))
    assert sound.node("Thing").property("name") is NAME
    assert sound.edge("MADE_BY").ends == (("Thing", "Thing"),)
    assert sound.labels == frozenset({"Thing"})
    assert sound.relations == frozenset({"MADE_BY"})
    assert sound.property_names == frozenset({"name", "since"})
    with pytest.raises(KeyError):
        sound.node("Nobody")


@pytest.mark.parametrize(
    ("nodes", "edges", "fault"),
    [
        ((Node("thing", WORDS, ()),), (), "CamelCase"),
        ((THING,), (Edge("madeBy", WORDS, (("Thing", "Thing"),)),), "UPPER_SNAKE"),
        ((THING, THING), (), "label Thing is declared twice"),
        ((THING,), (MADE_BY, MADE_BY), "relation MADE_BY is declared twice"),
        ((THING,), (Edge("THING", WORDS, (("Thing", "Thing"),)),), "names a label and a relation"),
        ((THING,), (Edge("IN", WORDS, (("Thing", "Ghost"),)),), "unknown Ghost"),
        ((THING,), (Edge("IN", WORDS, ()),), "no ends"),
        ((Node("Thing", WORDS, (NAME, NAME)),), (), "Thing.name is declared twice"),
        ((Node("Thing", WORDS, (Property("Name", Kind.TEXT, WORDS),)),), (), "snake_case"),
        ((THING,), (Edge("IN", WORDS, (("Thing", "Thing"),), (NAME,)),), "relations have no constraints"),
    ],
)
def test_a_broken_map_is_refused(nodes: tuple[Node, ...], edges: tuple[Edge, ...], fault: str) -> None:
    with pytest.raises(OntologyError, match=fault):
        Ontology(nodes, edges)
