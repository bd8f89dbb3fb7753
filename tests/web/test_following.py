"""What a reader wrote through one process is seen through the next: their cookie says what has to be seen."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from graph.dialect import wipe
from marketplace.config import Settings
from tests.conftest import Engine, turn
from tests.engines import empty_index
from tests.site import TestSite, make_site

WRONG = {"login": "zhang", "password": "not this one"}


@pytest.fixture
def clustered(tmp_path: Path) -> Iterator[TestSite]:
    """A real server, addressed as a cluster is."""
    url = os.environ["TEST_NEO4J_URI"].replace("bolt://", "neo4j://")
    engine = Engine(url, os.environ["TEST_NEO4J_USER"], os.environ["TEST_NEO4J_PASSWORD"], None, shared=True)
    graph = engine.open()
    with turn(engine), empty_index(tmp_path / "index") as index:
        wipe(graph)
        yield make_site(graph, index, Settings(data_dir=tmp_path / "data"))
    graph.follow(())
    graph.close()


def seen(client: FlaskClient) -> list[str]:
    with client.session_transaction() as session:
        return list(session.get("seen", []))


@pytest.mark.skipif("TEST_NEO4J_URI" not in os.environ, reason="TEST_NEO4J_URI names no Neo4j")
def test_on_a_cluster_the_cookie_follows_each_write_of_its_reader(clustered: TestSite) -> None:
    writer, reader = clustered.client(), clustered.client()
    writer.post("/sign-in", data=WRONG)
    first = seen(writer)
    clustered.graph.write(lambda tx: tx.run("CREATE (:Guard {id: 'moves on'})"))
    writer.post("/sign-in", data=WRONG)
    reader.get("/")

    assert first
    assert seen(writer) not in ([], first)
    assert seen(reader) == []


@pytest.mark.skipif("TEST_NEO4J_URI" not in os.environ, reason="TEST_NEO4J_URI names no Neo4j")
def test_a_cookie_from_before_a_restore_is_answered_and_forgotten(clustered: TestSite) -> None:
    client = clustered.client()
    with client.session_transaction() as session:
        session["seen"] = ["of another store"]

    assert client.get("/").status_code == 200
    assert seen(client) == []


def test_a_single_server_needs_no_cookie(site: TestSite) -> None:
    client = site.client()
    answer = client.post("/sign-in", data=WRONG)

    assert "seen" not in answer.headers.get("Set-Cookie", "")
    assert seen(client) == []
