"""What was taken from somebody's sight is shown in none of five ways, though the index still holds it: the relay stands still (ASSURANCE I4)."""

from collections import Counter
from collections.abc import Iterator

import pytest

from graph.connection import Graph
from graph.dialect import wipe
from graph.outbox import count_events
from marketplace.config import Settings
from marketplace.domains.achievements.model import Achievement
from marketplace.domains.needs.model import Need
from marketplace.processes.matching.service import matches_of_need, needs_near, rank_for_need, words_of_achievement, words_of_need
from search.document import FACETS
from search.query import SearchQuery
from tests.access.still import STEM, Still, stand_still
from tests.access.table import READERS
from tests.conftest import Engine, turn
from tests.engines import empty_index
from tests.site import make_site

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("still_relay")]
ALL = "steps=2&relation=all"
"""Everything that a picture may show."""
INSIDERS = ("owner", "officer")
"""They may go on reading what was withdrawn, in the graph; the index shows it to nobody until it has followed."""
OUTSIDERS = tuple(reader for reader in READERS if reader not in INSIDERS)
ASKED = (STEM, "等静压成形", "难题 wqsealed", "欧阳克勤", "玄铁精工", "")
KINDS = ("achievement", "listing", "need")


@pytest.fixture(scope="module")
def still(engine: Engine, open_store: Graph, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Still]:
    """Built once: nothing here changes anything, and nobody drains."""
    folder = tmp_path_factory.mktemp("still")
    settings = Settings(data_dir=folder / "data", guest_per_minute=0, user_per_minute=0, search_per_minute=0)
    with empty_index(folder / "index") as index, turn(engine):
        wipe(open_store)
        yield stand_still(make_site(open_store, index, settings))


def test_every_one_of_them_is_withheld_and_none_is_followed(still: Still) -> None:
    assert still.taken <= still.withheld()
    assert still.site.system.read(count_events) >= len(still.taken)


@pytest.mark.parametrize("text", ASKED)
@pytest.mark.parametrize("reader", READERS)
def test_search_neither_shows_nor_counts_them(still: Still, reader: str, text: str) -> None:
    actor = still.people.readers[reader]
    found = still.site.search(text, actor, facets=FACETS, size=100)
    assert not still.taken & {hit.id for hit in found.hits}
    assert found.total == len(found.hits)
    counted = {facet.name: dict(facet.values) for facet in found.facets}
    assert counted["kind"] == Counter(hit.kind for hit in found.hits)
    assert not [values for values in counted.values() if max(values.values(), default=0) > found.total]


@pytest.mark.parametrize("reader", READERS)
def test_nor_does_its_page(still: Still, reader: str) -> None:
    """Insiders read the person's name on what stays, and in the corner of their own page."""
    words = [word for word in still.words if reader in OUTSIDERS or word != still.people.lead.name]
    for text in (STEM, "等静压成形", "供给", ""):
        page = still.page(reader, f"/search?q={text}")
        assert not [word for word in words if word in page], text
    assert "wqstays1" in still.page(reader, f"/search?q={STEM}")


@pytest.mark.parametrize("reader", READERS)
def test_what_became_private_is_not_found_by_what_it_hides(still: Still, reader: str) -> None:
    """Not even by those who may know it: they find it again when the index has followed."""
    for text in ("wqsealedproblem", still.people.silent.name):
        assert not still.taken & {hit.id for hit in still.site.search(f'"{text}"', still.people.readers[reader]).hits}
    bands = still.site.search("wqpriced", still.people.readers[reader], facets=("price_band",))
    assert [facet.values for facet in bands.facets if facet.values] == []


@pytest.mark.parametrize("reader", READERS)
def test_suggestions_leave_them_out(still: Still, reader: str) -> None:
    tokens, withheld = still.people.readers[reader].reader, still.withheld()
    for prefix in ("成果", "供给", "难题", STEM, "欧阳", "dengjingya"):
        assert not still.taken & {one.id for one in still.site.index.suggest(prefix, tokens, 50, without=withheld)}


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("reader", [reader for reader in READERS if reader != "guest"])
def test_likely_duplicates_leave_them_out(still: Still, reader: str, kind: str) -> None:
    stem = {"achievement": "成果", "listing": "供给", "need": "难题"}[kind]
    page = still.page(reader, f"/search/similar?kind={kind}&title={stem} {STEM} wqgone1")
    assert not [id for id in still.taken if id in page]
    assert still.stays[kind].id in page


@pytest.mark.parametrize("reader", OUTSIDERS)
def test_no_page_that_leads_to_them_names_them(still: Still, reader: str) -> None:
    """The home page, and the pages of all that they are related to."""
    people, stays = still.people, still.stays
    beside = [f"/studios/{people.studio.id}", f"/associations/{people.association.id}", f"/enterprises/{people.firm.id}"]
    own = [f"/achievements/{stays['achievement'].id}", f"/listings/{stays['listing'].id}", f"/needs/{stays['need'].id}"]
    for path in ("/", *beside, *own):
        page = still.page(reader, path)
        assert not [word for word in still.words if word in page], path


@pytest.mark.parametrize("reader", OUTSIDERS)
def test_the_network_has_no_way_to_them(still: Still, reader: str) -> None:
    people = still.people
    near = [("studio", people.studio.id), ("enterprise", people.firm.id), *((one.KIND, one.id) for one in still.stays.values())]
    for kind, id in near:
        for path in (f"/network/{kind}/{id}{how}" for how in (f".json?{ALL}", f"?{ALL}", f"?{ALL}&view=table")):
            page = still.page(reader, path)
            assert id in page
            assert not [word for word in still.words if word in page], path
    for one in still.gone.values():
        assert still.site.client(people.readers[reader]).get(f"/network/{one.KIND}/{one.id}.json").status_code == 404
    assert still.people.lead.id not in still.page(reader, "/network/?q=欧阳")
    assert "wqgone" not in still.page(reader, f"/network/?q={STEM}")


@pytest.mark.parametrize("reader", READERS)
def test_matching_proposes_none_of_them(still: Still, reader: str) -> None:
    """On the path that speaks for a match insiders read the person's name, whose card they still may see."""
    door, index = still.site.acting_as(still.people.readers[reader]), still.site.index
    need: Need = still.stays["need"]
    work: Achievement = still.stays["achievement"]
    solutions = [one.card.id for one in door.read(matches_of_need, index, need)]
    problems = [one.card.id for one in door.read(needs_near, index, work.title, words_of_achievement(work))]
    assert not still.taken & {*solutions, *problems}
    assert work.id in solutions
    assert need.id in problems
    for path in (f"/needs/{need.id}/matches", f"/needs/{need.id}/matches/first", f"/needs/near?achievement={work.id}"):
        page = still.page(reader, path)
        known = set() if reader in OUTSIDERS else {still.people.lead.id}
        assert not [id for id in still.taken - known if id in page], path


def test_control_the_pictures_of_those_who_still_may_see_them_show_them(still: Still) -> None:
    picture = still.page("owner", f"/network/studio/{still.people.studio.id}.json?steps=2&relation=all")
    assert still.gone["withdrawn work"].id in picture
    assert still.people.lead.id in picture


def test_control_the_index_alone_would_show_all_of_them(still: Still) -> None:
    """It is `without` that keeps them out: whoever asks the same index without it finds each, in each way."""
    index, tokens = still.site.index, still.people.readers["firm"].reader
    found = {hit.id for text in ("", STEM) for hit in index.search(SearchQuery(text=text, reader=tokens, size=100)).hits}
    assert still.taken <= found
    begun = {one.id for prefix in ("成果", "供给", "难题", "欧阳") for one in index.suggest(prefix, tokens, 50)}
    assert still.taken <= begun
    need: Need = still.stays["need"]
    ranked = {hit.id for hit in rank_for_need(index, need.title, words_of_need(need), tokens, KINDS, 100)}
    near = {hit.id for hit in index.near_titles(f"成果 {STEM} wqgone1", tokens, KINDS, 50)}
    assert {one.id for name, one in still.gone.items() if name != "card"} <= ranked
    assert still.gone["withdrawn work"].id in near
