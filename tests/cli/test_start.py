"""What a start does before, and instead of, doing it again."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from graph.connection import Transaction
from marketplace.__main__ import data_to_run
from marketplace.cli import main
from marketplace.cli.init import found, plan
from marketplace.domains.organisations.repository import list_roots
from tests.site import TestSite

GUARD = """
MATCH (g:Guard {id: 'founding'}) RETURN g.lock AS turns
"""


@pytest.mark.parametrize(
    ("words", "folder"),
    [
        (["run"], "data"),
        (["run", "--port", "1", "--data", "/x"], "/x"),
        (["run", "--data=/y", "--no-demo"], "/y"),
        (["run", "--data", "/x", "--data", "/z"], "/z"),
    ],
)
def test_the_engine_of_the_folder_that_will_run_is_set_on_its_way(words: list[str], folder: str) -> None:
    assert data_to_run(words, {}) == Path(folder)


@pytest.mark.parametrize("words", [[], ["check"], ["run", "--help"], ["--help"], ["run", "--production"]])
def test_nothing_is_started_for_other_commands(words: list[str]) -> None:
    assert data_to_run(words, {}) is None


def test_nothing_is_started_beside_a_neo4j() -> None:
    assert data_to_run(["run"], {"NEO4J_URI": "bolt://elsewhere"}) is None
    assert data_to_run(["run"], {"DATA_DIR": "/kept"}) == Path("/kept")


def turns(tx: Transaction) -> int:
    return tx.one(GUARD, lambda row: int(row["turns"]))


def test_a_founded_site_is_not_founded_again(site: TestSite) -> None:
    assert found(site.site) > 40
    assert found(site.site) == 0
    assert site.system.read(turns) == 1
    assert len(site.system.read(list_roots)) == 1


def test_another_plan_is_carried_out_once_and_adds_only_what_is_new(site: TestSite) -> None:
    found(site.site)
    site.graph.write(lambda tx: tx.run("MATCH (g:Guard {id: 'founding'}) SET g.seal = 'of an older version'"))
    assert found(site.site) == 0
    assert site.system.read(turns) == 2
    assert len(plan()) == 64


@pytest.mark.parametrize(
    ("url", "sentence"),
    [("http://127.0.0.1:1", "Elasticsearch at http://127.0.0.1:1 does not answer"), ("nowhere", "must look like https://host:9200")],
)
def test_a_search_engine_that_is_not_there_is_one_sentence_and_starts_nothing(tmp_path: Path, url: str, sentence: str) -> None:
    said = CliRunner().invoke(main, ["run", "--data", str(tmp_path), "--port", "0"], env={"ELASTICSEARCH_URL": url})

    assert said.exit_code == 2
    assert sentence in said.stderr
    assert len(said.stderr.splitlines()) == 1
    assert not (tmp_path / "graph").exists()
