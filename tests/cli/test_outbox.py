"""`marketplace outbox`: what is set aside is listed with exit code 1, tried again, and gone."""

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from graph.outbox import list_aside
from marketplace.cli import main
from tests.conftest import Engine
from tests.factories import Make
from tests.relay.scenes import Scene, set_scene
from tests.site import TestSite

SPOIL = "MATCH (a:Achievement {id: $id}) SET a.maturity = 'much' RETURN a.id AS id"
REPAIR = "MATCH (a:Achievement {id: $id}) SET a.maturity = null RETURN a.id AS id"


@pytest.fixture
def scene(site: TestSite, make: Make) -> Scene:
    made = set_scene(site, make)
    site.drain()
    return made


def said(engine: Engine, folder: Path, *words: str) -> Result:
    """The command in the same store; its index is its own, as the relay is."""
    store = {"NEO4J_URI": engine.url, "NEO4J_USER": engine.user, "NEO4J_PASSWORD": engine.password, "NEO4J_DATABASE": engine.database or ""}
    return CliRunner().invoke(main, ["outbox", *words, "--data", str(folder / "command")], env=store)


def test_an_empty_outbox_is_exit_code_0(engine: Engine, site: TestSite, tmp_path: Path) -> None:
    result = said(engine, tmp_path)
    assert (result.exit_code, result.stdout) == (0, "Nothing is set aside.\n")


@pytest.mark.slow
def test_what_is_set_aside_is_listed_tried_again_and_gone(engine: Engine, scene: Scene, tmp_path: Path) -> None:
    made = scene.draft()
    scene.site.graph.write(lambda tx: tx.changed(SPOIL, id=made.id))
    scene.site.drain()
    scene.site.site.relay.close()
    [event] = scene.site.system.read(list_aside)

    listed = said(engine, tmp_path)
    assert listed.exit_code == 1
    assert "Torn" in listed.stdout
    assert made.title not in listed.stdout
    assert said(engine, tmp_path, "--retry", event.id).exit_code == 1

    scene.site.graph.write(lambda tx: tx.changed(REPAIR, id=made.id))
    assert said(engine, tmp_path, "--all").exit_code == 0
    assert scene.site.system.read(list_aside) == []


@pytest.mark.parametrize("words", [("--retry", "nobody"), ("--retry", "x", "--all")])
def test_misuse_is_exit_code_2(engine: Engine, site: TestSite, tmp_path: Path, words: tuple[str, ...]) -> None:
    assert said(engine, tmp_path, *words).exit_code == 2
