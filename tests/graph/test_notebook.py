"""The analysts' extra reads the same store, and the example that they begin with runs."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from graph.connection import Graph
from graph.constraints import apply_constraints
from graph.dialect import wipe
from graph.embedded import start_embedded, stop_embedded
from graph.ontology import ONTOLOGY
from tests.conftest import Engine, turn

EXAMPLE = Path(__file__).resolve().parents[2] / "docs" / "notebook_example.py"
PEOPLE = """
CREATE (a:Worker {id: 'w1', name: '张三'}), (b:Worker {id: 'w2', name: '李四'}), (c:Worker {id: 'w3', name: '王五'}),
  (one:Achievement {id: 'a1', title: '快换夹具', audience: ['public']}), (two:Achievement {id: 'a2', title: '冷却改进', audience: ['public']}),
  (inner:Achievement {id: 'a3', title: '未公开', audience: ['system']}), (s:Skill {id: 's1', zh: '电焊'}), (t:Skill {id: 's2', zh: '钳工'}),
  (a)-[:CONTRIBUTED_TO]->(one), (b)-[:CONTRIBUTED_TO]->(one), (b)-[:CONTRIBUTED_TO]->(two), (c)-[:CONTRIBUTED_TO]->(two),
  (a)-[:CONTRIBUTED_TO]->(inner), (b)-[:CONTRIBUTED_TO]->(inner), (a)-[:HAS_SKILL]->(s), (b)-[:HAS_SKILL]->(s), (b)-[:HAS_SKILL]->(t)
"""
TOLD = """\
Who works with whom
  张三 and 李四: 1
  李四 and 王五: 1
Most held skills
  电焊: 2
  钳工: 1
A shortest path
  张三 - 李四 - 王五
"""
COUNT = "MATCH (n) RETURN count(n) AS nodes"


def test_notebook_reads_what_the_site_wrote(engine: Engine, graph: Graph) -> None:
    pytest.importorskip("py2neo")
    notebook = pytest.importorskip("graph.notebook")
    graph.write(lambda tx: tx.run("CREATE (:Guard {id: 'seen'})"))
    opened = notebook.open_notebook(engine.url, user=engine.user, password=engine.password, database=engine.database)
    assert opened.evaluate("MATCH (g:Guard) RETURN g.id") == "seen"


@pytest.fixture(params=["embedded", "neo4j"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[tuple[Engine, dict[str, str]]]:
    """A store with the settings that lead to it: the embedded one of a data folder, or the Neo4j of TEST_NEO4J_URI."""
    if request.param == "embedded":
        running = start_embedded(tmp_path / "graph")
        yield Engine(running.url, running.user, running.password, "jiangchuang", shared=False), {"DATA_DIR": str(tmp_path)}
        stop_embedded(running)
        return
    if not (uri := os.environ.get("TEST_NEO4J_URI")):
        pytest.skip("TEST_NEO4J_URI names no Neo4j")
    user, password = os.environ["TEST_NEO4J_USER"], os.environ["TEST_NEO4J_PASSWORD"]
    yield Engine(uri, user, password, None, shared=True), {"NEO4J_URI": uri, "NEO4J_USER": user, "NEO4J_PASSWORD": password}


def run_example(settings: dict[str, str]) -> str:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("NEO4J_")}
    environment = kept | {"PYTHONPATH": str(EXAMPLE.parents[1]), "PYTHONUTF8": "1"} | settings
    return subprocess.run([sys.executable, EXAMPLE], env=environment, capture_output=True, text=True, check=True, timeout=120).stdout


@pytest.mark.slow
def test_the_example_tells_what_is_so_and_changes_nothing(place: tuple[Engine, dict[str, str]]) -> None:
    pytest.importorskip("py2neo")
    engine, settings = place
    graph = engine.open()
    with turn(engine):
        wipe(graph)
        apply_constraints(graph, ONTOLOGY)
        assert "these two are not connected" in run_example(settings)
        graph.write(lambda tx: tx.run(PEOPLE), patience=15)
        assert run_example(settings) == TOLD
        assert graph.read(lambda tx: tx.one(COUNT, lambda row: row["nodes"])) == 8
        wipe(graph)
    graph.close()
