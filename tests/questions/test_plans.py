"""On Neo4j every statement that is asked by a key begins at an index. The embedded engine's plans do not tell."""

import os
from collections.abc import Iterator

import pytest
from neo4j import Driver, GraphDatabase

from graph.connection import open_graph
from graph.constraints import apply_constraints
from graph.ontology import ONTOLOGY
from marketplace.domains.views import repository as views
from marketplace.kernel import rings
from marketplace.pages.questions import repository as questions
from marketplace.processes.conflicts import repository as conflicts
from marketplace.web import picking

STATEMENTS = {
    **{f"met by {kind}": text for kind, text in rings.STATEMENTS.items()},
    "by enterprise": questions.BY_ENTERPRISE, "by skill": questions.BY_SKILL, "by level": questions.BY_LEVEL, "by area": questions.BY_AREA,
    "in no studio": questions.IN_NO_STUDIO, "studios with skill": questions.STUDIOS_WITH_SKILL, "studios of field": questions.STUDIOS_OF_FIELD,
    "makers": questions.MAKERS, "exact": picking.EXACT, "by id": picking.BY_ID, "view": views.GET,
    "own views": views.LIST_OWN, "officers": views.OFFICERS,
    "kin": conflicts.LIST_KIN, "rule": conflicts.GET_RULE, "reviewed": conflicts.REVIEWED,
}  # fmt: skip
PARAMETERS = dict.fromkeys(
    ["enterprise", "skill", "level", "area", "field", "number", "name", "id", "account", "kept", "role", "active", "me", "text", "worker"], "x"
) | {"ids": ["x"], "units": ["x"], "reader": ["public"], "relations": ["MEMBER_OF"], "within": None, "most": 10}  # fmt: skip
SCANS = ("AllNodesScan", "NodeByLabelScan")


@pytest.fixture(scope="module")
def neo4j() -> Iterator[Driver]:
    if not (url := os.environ.get("TEST_NEO4J_URI")):
        pytest.skip("TEST_NEO4J_URI is not set")
    user, password = os.environ.get("TEST_NEO4J_USER", "neo4j"), os.environ.get("TEST_NEO4J_PASSWORD", "")
    graph = open_graph(url, user=user, password=password)
    apply_constraints(graph, ONTOLOGY)
    graph.close()
    with GraphDatabase.driver(url, auth=(user, password)) as driver:
        yield driver


def operators(driver: Driver, text: str) -> list[str]:
    with driver.session() as session:
        plan = session.execute_read(lambda tx: tx.run("EXPLAIN " + text, PARAMETERS).consume().plan)
    waiting, found = [plan], []
    while waiting:
        one = waiting.pop()
        found.append(one["operatorType"].partition("@")[0])
        waiting += one.get("children", [])
    return found


@pytest.mark.xdist_group("neo4j")
@pytest.mark.parametrize("name", STATEMENTS)
def test_a_keyed_look_up_uses_an_index(neo4j: Driver, name: str) -> None:
    found = operators(neo4j, STATEMENTS[name])
    assert not set(SCANS) & set(found), found
    assert any("Index" in one for one in found), found


@pytest.mark.xdist_group("neo4j")
def test_control_a_scan_is_seen(neo4j: Driver) -> None:
    assert "NodeByLabelScan" in operators(neo4j, "MATCH (w:Worker) WHERE w.headline = $text RETURN w.id")
