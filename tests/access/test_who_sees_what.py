"""DOMAIN's table of who sees what: in the store, on the page, in the index, in the picture and in what is taken out."""

import json
from collections.abc import Iterator
from dataclasses import replace

import pytest

from graph.connection import Graph
from graph.dialect import wipe
from marketplace.cli.export import row_of
from marketplace.config import Settings
from search.document import FACETS
from tests.access.scenes import Scene
from tests.access.table import READERS, Cell, cells_of
from tests.conftest import Engine, turn
from tests.engines import empty_index
from tests.site import make_site

pytestmark = pytest.mark.xdist_group("access")
CELLS = cells_of()
STATUS = {"page": {"+": 200, "-": 404, ">": 302}, "door": {"+": 200, "-": 403, ">": 302}}
KINDS_OF_PICTURES = {"achievement", "listing", "need", "patent", "studio", "association", "enterprise", "worker"}


@pytest.fixture(scope="module")
def scene(engine: Engine, open_store: Graph, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Scene]:
    """Built once for all cells: nothing here changes anything that was allowed."""
    folder = tmp_path_factory.mktemp("access")
    settings = Settings(data_dir=folder / "data", guest_per_minute=0, user_per_minute=0, search_per_minute=0)
    with empty_index(folder / "index") as index, turn(engine):
        wipe(open_store)
        yield Scene(make_site(open_store, index, settings))


def check(scene: Scene, cell: Cell) -> None:
    """Raises AssertionError where the site does anything else than the table says."""
    if cell.field == "page":
        check_page(scene, cell)
    elif cell.field.startswith("/"):
        assert scene.page(cell.reader, cell.thing, cell.field)[0] == STATUS["door"][cell.mark]
    else:
        check_field(scene, cell)


def check_page(scene: Scene, cell: Cell) -> None:
    assert scene.page(cell.reader, cell.thing)[0] == STATUS["page"][cell.mark]
    assert (scene.entity(cell.reader, cell.thing) is not None) == cell.is_seen
    if scene.things[cell.thing].KIND in KINDS_OF_PICTURES:
        assert scene.picture(cell.reader, cell.thing)[0] == (200 if cell.is_seen else 404)


def check_field(scene: Scene, cell: Cell) -> None:
    probe = scene.probes[cell.thing, cell.field]
    status, html = scene.page(cell.reader, cell.thing)
    if probe.stored:
        assert (probe.stored in (scene.entity(cell.reader, cell.thing) or "")) == cell.is_seen, "store"
    assert (status == 200 and probe.on_page in html) == cell.is_seen, "page"
    assert not probe.bare or probe.bare not in html, "unmasked"
    assert cell.is_seen or probe.on_page not in html, "error page"
    if not cell.is_seen and scene.things[cell.thing].KIND in KINDS_OF_PICTURES:
        assert not [text for text in (probe.stored, probe.on_page) if text and text in scene.picture(cell.reader, cell.thing)[1]], "picture"
    check_index(scene, cell)


def check_index(scene: Scene, cell: Cell) -> None:
    """What is hidden is neither hit nor counted; what no index holds is found by nobody, whoever they are."""
    probe, kind = scene.probes[cell.thing, cell.field], scene.things[cell.thing].KIND
    actor = scene.actor(cell.reader, cell.thing)
    if probe.indexed:
        found = scene.site.search(f'"{probe.stored}"', actor, facets=FACETS)
        if not (cell.is_seen and probe.elsewhere):
            assert bool(found.total) == bool(found.hits) == any(facet.values for facet in found.facets) == cell.is_seen, "index"
    elif probe.stored:
        found = scene.site.search(f'"{probe.stored}"', actor, kinds=(kind,), facets=FACETS)
        mine = {scene.things[cell.thing].id} if cell.field != "hidden card" else set()
        assert not (mine & {hit.id for hit in found.hits}), "index"
    assert cell.is_seen or not _counted(scene, cell, kind), "facets"


def _counted(scene: Scene, cell: Cell, kind: str) -> list[str]:
    """Values of facets that say what is hidden."""
    facets = scene.site.search("", scene.actor(cell.reader, cell.thing), kinds=(kind,), facets=FACETS).facets
    stored = scene.probes[cell.thing, cell.field].stored
    return [value for facet in facets for value, _count in facet.values if value == stored]


@pytest.mark.parametrize("cell", CELLS, ids=str)
def test_who_sees_what(scene: Scene, cell: Cell) -> None:
    check(scene, cell)


FLIP = {"+": "-", "-": "+", ">": "+"}


@pytest.mark.parametrize("cell", CELLS[:: len(READERS) + 1], ids=str)
def test_a_table_with_one_other_cell_fails(scene: Scene, cell: Cell) -> None:
    with pytest.raises(AssertionError):
        check(scene, replace(cell, mark=FLIP[cell.mark]))


STEPS = [
    (thing, verb)
    for verb, things in {
        "submit": ("draft work", "returned work", "draft need", "returned need", "draft listing"),
        "publish": ("submitted work", "submitted need", "submitted listing", "achievement", "open need", "listing"),
        "return": ("submitted work", "submitted need", "submitted listing"),
        "withdraw": ("achievement", "withdrawn work", "listing", "quiet listing", "open need", "confidential need", "anonymous need"),
        "take_down": ("achievement", "listing", "open need", "anonymous need"), "reveal": ("anonymous need",), "close": ("studio", "association"),
        "give_consent": ("hidden person",), "withdraw_consent": ("card",),
    }.items() for thing in things
]  # fmt: skip


@pytest.mark.parametrize(("thing", "verb"), STEPS)
def test_another_sub_districts_officer_gets_404_for_what_is_hidden_and_403_for_what_is_not_theirs(scene: Scene, thing: str, verb: str) -> None:
    readable = scene.entity("stranger", thing) is not None
    sent = {"version": str(scene.things[thing].version), "reason": "不该成功", "key": f"{thing}-{verb}"}
    answer = scene.site.client(scene.people.readers["stranger"]).post(f"{scene.address(thing)}/steps/{verb}", data=sent)
    assert answer.status_code == (403 if readable else 404)
    one = scene.things[thing]
    assert scene.site.find(one.KIND, one.id).status == one.status


@pytest.mark.parametrize("thing", [name for name in dict.fromkeys(cell.thing for cell in CELLS) if "enquiry" not in name])
def test_nor_does_a_form_open_to_them(scene: Scene, thing: str) -> None:
    readable = scene.entity("stranger", thing) is not None
    assert scene.site.client(scene.people.readers["stranger"]).get(f"{scene.address(thing)}/edit").status_code == (403 if readable else 404)


@pytest.mark.parametrize("field", ["identity", "phone", "bank", "certificate"])
def test_what_is_taken_out_carries_no_personal_number(scene: Scene, field: str) -> None:
    row = json.dumps(row_of("worker", scene.site.find("worker", scene.people.lead.id)), ensure_ascii=False)
    assert "wqheadline" in row
    assert scene.probes["card", field].stored not in row
    assert scene.probes["card", field].bare not in row


def test_nor_the_contacts_of_an_enterprise(scene: Scene) -> None:
    row = json.dumps(row_of("enterprise", scene.site.find("enterprise", scene.people.firm.id)), ensure_ascii=False)
    assert not [text for text in ("上官敬东", "13900009091") if text in row]


def test_a_price_on_enquiry_is_in_no_band(scene: Scene) -> None:
    for reader in READERS:
        found = scene.site.search("wqquietsummary", scene.people.readers[reader], facets=("price_band",))
        assert [value for facet in found.facets for value, _count in facet.values] == ["open"]
