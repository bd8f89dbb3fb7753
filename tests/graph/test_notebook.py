"""The analysts' extra reads the same store."""

import pytest

from graph.connection import Graph
from tests.conftest import Engine


def test_notebook_reads_what_the_site_wrote(engine: Engine, graph: Graph) -> None:
    pytest.importorskip("py2neo")
    notebook = pytest.importorskip("graph.notebook")
    graph.write(lambda tx: tx.run("CREATE (:Guard {id: 'seen'})"))
    opened = notebook.open_notebook(engine.url, user=engine.user, password=engine.password, database=engine.database)
    assert opened.evaluate("MATCH (g:Guard) RETURN g.id") == "seen"
