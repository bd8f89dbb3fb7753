"""Every statement speaks the ontology's language, finds its nodes by an index, and is understood by each engine."""

import importlib
import os
from collections.abc import Iterator
from functools import partial

import pytest

from graph.connection import Graph, Transaction, open_graph
from graph.errors import GraphError
from graph.ontology import ONTOLOGY
from tests.house.rules.source import Source, everywhere, python_sources
from tests.house.rules.statements import MAY_BUILD, Statement, built_statements, statements
from tests.house.rules.status import states_in_statement
from tests.house.rules.vocabulary import Vocabulary, unindexed_lookups, unknown_words, vocabulary_of

KNOWN = vocabulary_of(ONTOLOGY)
SMALL = Vocabulary(
    labels=frozenset({"Worker", "Achievement"}),
    relations=frozenset({"CONTRIBUTED_TO"}),
    properties=frozenset({"id", "name", "share", "version", "audience"}),
    indexed=frozenset({("Worker", "id"), ("Achievement", "id")}),
)


def may_hold_statements(source: Source) -> bool:
    """The schema's own are made from the ontology and tried where they are used."""
    return source.path not in MAY_BUILD and any(word in source.text for word in ("MATCH", "MERGE", "CREATE", "RETURN"))


SOURCES = [one for one in python_sources("graph", "marketplace") if may_hold_statements(one)]
OF_ROOMS = [one for one in SOURCES if not one.path.startswith(("graph/", "marketplace/kernel/", "marketplace/relay/"))]


def collected(source: Source) -> list[Statement]:
    return statements(source, vars(importlib.import_module(source.module)))


def plan(text: str, tx: Transaction) -> None:
    tx.run("EXPLAIN " + text)


def refused(graph: Graph, asked: list[Statement]) -> list[str]:
    """What the engine cannot plan. Nothing is run."""
    found = []
    for one in asked:
        try:
            graph.write(partial(plan, one.text))
        except GraphError as error:
            found.append(f"{one}: {error}")
    return found


@pytest.fixture(scope="module")
def neo4j() -> Iterator[Graph]:
    if not (url := os.environ.get("TEST_NEO4J_URI")):
        pytest.skip("TEST_NEO4J_URI is not set")
    opened = open_graph(url, user=os.environ.get("TEST_NEO4J_USER", "neo4j"), password=os.environ.get("TEST_NEO4J_PASSWORD", ""))
    yield opened
    opened.close()


def sample(text: str) -> Statement:
    return Statement("sample.py:GET", text)


def test_no_statement_is_built_from_strings() -> None:
    assert everywhere(built_statements, python_sources()) == []


def test_statements_use_declared_words() -> None:
    assert everywhere(lambda source: [fault for one in collected(source) for fault in unknown_words(one, KNOWN)], SOURCES) == []


def test_lookups_have_an_index() -> None:
    assert everywhere(lambda source: [fault for one in collected(source) for fault in unindexed_lookups(one, KNOWN)], SOURCES) == []


def test_no_room_spells_a_status_out_in_cypher() -> None:
    """What a room's WORKFLOW names comes as a parameter; the states of versions, events and leases are in no such table."""
    assert everywhere(lambda source: [f"{one}: {state}" for one in collected(source) for state in states_in_statement(one.text)], OF_ROOMS) == []


def test_control_statements_are_collected() -> None:
    text = (
        'VISIBLE = "x.audience"\nGET = """\nMATCH (a:Worker) RETURN a"""\n_SAVE = f"MERGE (a:Worker) SET {VISIBLE} = $a"\nNAME = "Return to sender"'
    )
    namespace: dict[str, object] = {}
    exec(text, namespace)
    assert [str(one) for one in statements(Source("sample.py", text), namespace)] == ["sample.py:GET", "sample.py:_SAVE"]


@pytest.mark.parametrize(
    "text",
    [
        'f"MATCH (n:{label}) RETURN n"',
        '"MATCH (n:%s) RETURN n" % label',
        '"MATCH (n:{}) RETURN n".format(label)',
        '"MATCH (n:" + label + ") RETURN n"',
        '"MATCH (n:Worker) WHERE n.id = \'" + id + "\' RETURN n"',
        '"MATCH (n:LABEL) RETURN n".replace("LABEL", label)',
    ],
)
def test_control_a_built_statement_is_seen(text: str) -> None:
    assert built_statements(Source("sample.py", text))


def test_constants_may_be_put_together() -> None:
    assert built_statements(Source("sample.py", 'GET = f"MATCH (a:Worker) WHERE {VISIBLE} RETURN a"\nALL = "MATCH (a) " + VISIBLE')) == []


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("MATCH (w:Wroker {id: $id}) RETURN w", "label Wroker"),
        ("MATCH (w:Worker {id: $id}) WHERE w:Party RETURN w", "label Party"),
        ("MATCH (w:Worker {id: $id})-[:CONTRIBUTES]->(a) RETURN a", "relation CONTRIBUTES"),
        ("MATCH (w:Worker {id: $id})<-[:CONTRIBUTED_TO|MADE*1..2]-(a) RETURN a", "relation MADE"),
        ("MATCH (w:Worker {id: $id}) RETURN w.nmae", "property nmae"),
        ("MATCH (w:Worker {key: $id}) RETURN w", "property key"),
        ("MATCH (w:Worker {id: $id}) RETURN w {.id, .nmae}", "property nmae"),
        ("MATCH (w:Worker {id: $id})-[c:CONTRIBUTED_TO {part: 1}]->(a) RETURN c", "property part"),
    ],
)
def test_control_an_undeclared_word_is_seen(text: str, word: str) -> None:
    assert unknown_words(sample(text), SMALL) == [f"sample.py:GET: {word}"]


def test_rows_maps_and_functions_are_no_vocabulary() -> None:
    text = """
    MATCH (a:Achievement {id: $id}) WHERE any(token IN a.audience WHERE token IN $reader)
    WITH a UNWIND $contributions AS c MATCH (w:Worker {id: c.worker_id})  // c.worker_id is a row's
    CREATE (w)-[:CONTRIBUTED_TO {share: c.share}]->(a)
    RETURN a {.*} AS achievement, datetime.realtime() AS now, $row.anything AS x,
           [(v:Worker)-[r:CONTRIBUTED_TO]->(a) | {worker_id: v.id, share: r.share}] AS contributions, 'w.unknown' AS said
    """
    assert unknown_words(sample(text), SMALL) == []


@pytest.mark.parametrize(
    "text",
    [
        "MATCH (w:Worker {name: $name}) RETURN w",
        "MATCH (w:Worker) WHERE w.name = $name RETURN w",
        "MATCH (w:Worker) WHERE w.name IN $names RETURN w",
        "MERGE (w:Worker {name: $name}) RETURN w",
        "MATCH (a:Achievement {id: $id}) MATCH (w:Worker {name: $name}) RETURN a, w",
    ],
)
def test_control_a_lookup_without_an_index_is_seen(text: str) -> None:
    assert unindexed_lookups(sample(text), SMALL)


@pytest.mark.parametrize(
    "text",
    [
        "MATCH (w:Worker {id: $id}) RETURN w",
        "MATCH (a:Achievement {id: $id}) SET a.version = 2 WITH a WHERE a.version = $version RETURN a",
        "MATCH (a:Achievement {id: $id})<-[:CONTRIBUTED_TO]-(w:Worker {name: $name}) RETURN w",
        "MATCH (a:Achievement {id: $id}) MATCH (w:Worker)-[:CONTRIBUTED_TO]->(a) WHERE w.name = $name RETURN w",
        "CREATE (w:Worker {id: $id, name: $name}) RETURN w.id",
    ],
)
def test_what_hangs_on_an_indexed_node_needs_no_index(text: str) -> None:
    assert unindexed_lookups(sample(text), SMALL) == []


def test_the_embedded_engine_understands(open_store: Graph) -> None:
    assert everywhere(lambda source: refused(open_store, collected(source)), SOURCES) == []


@pytest.mark.xdist_group("neo4j")
def test_neo4j_understands(neo4j: Graph) -> None:
    assert everywhere(lambda source: refused(neo4j, collected(source)), SOURCES) == []


@pytest.mark.parametrize("text", ["MATCH (w:Worker RETURN w", "MATCH (w:Worker {id: $id}) RETURN v", "MATCH (w:Worker) RETRUN w"])
def test_control_a_statement_that_no_engine_understands_is_seen(text: str, open_store: Graph) -> None:
    assert refused(open_store, [sample(text)])


@pytest.mark.skipif("NEO4J_URI" in os.environ, reason="there is no embedded engine in this run")
@pytest.mark.xdist_group("neo4j")
def test_control_neo4j_refuses_what_the_embedded_engine_lets_pass(neo4j: Graph, open_store: Graph) -> None:
    """Why each statement is tried on both."""
    mixed = sample("MATCH (w:Worker {id: $id})--(a) RETURN w {.id, works: collect(a.id)} AS worker")
    assert refused(open_store, [mixed]) == []
    assert refused(neo4j, [mixed])
