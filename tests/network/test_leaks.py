"""What a reader may not see changes nothing for them: everything they are shown is as in a world without it."""

import re
from collections.abc import Iterator
from itertools import combinations
from typing import Any

import pytest

from graph.connection import Graph
from graph.dialect import wipe
from graph.records import value
from marketplace.config import Settings
from marketplace.kernel.actor import Actor
from marketplace.kernel.taxonomy import Term, write_skills
from marketplace.pages.network.model import KINDS, Ref
from marketplace.pages.network.repository import list_nodes
from tests.access.people import gather
from tests.access.things import make_things
from tests.conftest import Engine, turn
from tests.engines import empty_index
from tests.factories import Make
from tests.site import TestSite, make_site

pytestmark = pytest.mark.xdist_group("access")
OUTSIDERS = ("guest", "worker", "firm", "stranger", "technician", "administrator")
ALL = "steps=2&relation=all"
EVERYTHING = "MATCH (n) WHERE n.audience IS NOT NULL RETURN toLower(labels(n)[0]) AS kind, n.id AS id ORDER BY id"
SKILLS = "MATCH (n:Skill) RETURN n.id AS id ORDER BY id"
GONE = "MATCH (n) WHERE n.id IN $ids DETACH DELETE n RETURN count(*) AS gone"
NAMELESS = "MATCH (:Need {visibility: 'anonymous'})-[r:POSTED_BY]->() DELETE r RETURN count(*) AS gone"
Shown = dict[str, Any]


@pytest.fixture(scope="module")
def site(engine: Engine, open_store: Graph, tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestSite]:
    folder = tmp_path_factory.mktemp("leaks")
    settings = Settings(data_dir=folder / "data", guest_per_minute=0, user_per_minute=0, search_per_minute=0)
    with empty_index(folder / "index") as index, turn(engine):
        wipe(open_store)
        made = make_site(open_store, index, settings)
        made.graph.write(lambda tx: write_skills(tx, [Term("sputtering", "磁控溅射", "Sputtering", "")]))
        yield made


def every_ref(site: TestSite) -> list[Ref]:
    things = site.graph.read(lambda tx: tx.all(EVERYTHING, lambda row: Ref(row["kind"], row["id"])), reader=("system",))
    skills = site.graph.read(lambda tx: tx.all(SKILLS, value("id")))
    return [*(one for one in things if one.kind in KINDS), *(Ref("skill", id) for id in skills)]


def seen(site: TestSite, actor: Actor, refs: list[Ref]) -> list[Ref]:
    return [node.ref for node in site.acting_as(actor).read(list_nodes, refs)]


def inner(page: str) -> str:
    """What a page says; keys of forms differ each time."""
    return re.sub(r'name="(?:key|csrf_token)" value="[^"]*"', "", page[page.index("<main") : page.index("</main>")])


def shown_to(site: TestSite, actor: Actor, refs: list[Ref]) -> Shown:
    """Every surface of the explorer, from everything this reader may see; of the ways every eighth."""
    browser = site.client(actor)
    full = actor.is_officer or actor.is_administrator
    found: Shown = {}
    for ref in refs:
        here = f"/network/{ref.kind}/{ref.id}"
        pages = [f"{here}?view=table&{ALL}", *([f"{here}/changes?from=2000-01-01&to=2026-11-01&{ALL}"] if full else [])]
        found |= {path: browser.get(path).get_json() for path in (f"{here}.json?{ALL}", f"{here}.json", f"{here}/counts")}
        found |= {path: inner(browser.get(path).text) for path in pages}
    for one, other in list(combinations(refs, 2))[::8] if full else ():
        path = f"/network/path.json?from={one}&to={other}&skills=1"
        found[path] = browser.get(path).get_json()
    return found


@pytest.mark.slow
def test_nothing_hidden_takes_part_in_any_picture_count_way_or_table(site: TestSite) -> None:
    people = gather(site, Make(site))
    things, _files = make_things(site, people)
    readers = {name: people.readers[name] for name in OUTSIDERS}
    refs = every_ref(site)
    theirs = {name: seen(site, actor, refs) for name, actor in readers.items()}
    hidden = set(refs) - {ref for some in theirs.values() for ref in some}
    assert {things["draft work"].id, things["submitted need"].id} <= {ref.id for ref in hidden}
    before = {name: shown_to(site, actor, theirs[name]) for name, actor in readers.items()}
    owner = shown_to(site, people.readers["owner"], seen(site, people.readers["owner"], refs)[:3])

    take_away = [(GONE, {"ids": [ref.id for ref in hidden]}), (NAMELESS, {})]
    taken = [site.graph.write(lambda tx, how=how, ids=ids: tx.one(how, value("gone"), **ids)) for how, ids in take_away]  # type: ignore[misc]
    assert all(taken), "there is something to hide of each sort"

    for name, actor in readers.items():
        after = shown_to(site, actor, theirs[name])
        assert [path for path in before[name] if before[name][path] != after[path]] == [], name
    assert owner != shown_to(site, people.readers["owner"], [Ref(*path.split("/")[2:4]) for path in owner if path.endswith("counts")])
