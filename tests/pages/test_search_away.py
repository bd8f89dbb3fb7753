"""While the search engine is away, the search page lists what the graph knows, and every other page goes on."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

import pytest

from marketplace.domains.achievements.service import withdraw_achievement
from search.errors import SearchUnavailable
from search.index import Index
from search.looking import Found, Look, Looking
from search.meaning import Near
from search.page import Page
from tests.factories import Make
from tests.relay.scenes import Scene, set_scene
from tests.site import TestSite, make_site


@dataclass(slots=True)
class Away(Looking):
    """An index whose server does not answer who looks something up."""

    index: Index
    asked: int = 0

    def find(self, look: Look) -> Found:
        self.asked += 1
        raise SearchUnavailable("does not answer")

    def nearest(self, near: Near) -> list[tuple[float, Page]]:
        raise SearchUnavailable("does not answer")

    def asked_in(self, tokens: Collection[str]) -> Mapping[str, int]:
        raise SearchUnavailable("does not answer")

    def __getattr__(self, name: str) -> Any:
        return getattr(self.index, name)


@pytest.fixture
def scene(site: TestSite, make: Make) -> Scene:
    return set_scene(site, make)


@pytest.fixture
def away(scene: Scene) -> TestSite:
    """The same graph, another site over it."""
    index: Any = Away(scene.site.index)
    return make_site(scene.site.graph, index, scene.site.site.settings)


def page(site: TestSite, url: str, actor: Any = None) -> str:
    answer = site.client(actor).get(url, headers={"Accept-Language": "en"})
    assert answer.status_code == 200
    return answer.text


def test_the_search_page_says_so_and_lists_titles_from_the_graph(scene: Scene, away: TestSite) -> None:
    scene.published("防爆电池箱")
    scene.published("钻孔夹具")

    both, one = page(away, "/search"), page(away, "/search?q=电池")

    assert "Full-text search is away for a moment" in both
    assert "防爆电池箱" in both
    assert "钻孔夹具" in both
    assert "防爆电池箱" in one
    assert "钻孔夹具" not in one
    assert 'role="status"' in one


def test_a_number_is_found_as_it_is_written(scene: Scene, away: TestSite) -> None:
    made = scene.published("防爆电池箱")
    assert "防爆电池箱" in page(away, f"/search?q={made.number}")


def test_the_kind_still_narrows_and_no_title_is_an_empty_state(scene: Scene, away: TestSite) -> None:
    scene.published("防爆电池箱")
    assert "防爆电池箱" not in page(away, "/search?kind=listing")
    assert "防爆电池箱" in page(away, "/search?kind=achievement&area=nowhere")
    assert "No title holds these words" in page(away, "/search?q=没有这样的东西")
    assert "No title holds these words" in page(away, "/search?page=7")


def test_what_the_reader_may_not_see_is_in_no_list(scene: Scene, away: TestSite, make: Make) -> None:
    gone = scene.published("防爆电池箱")
    scene.submitted("还没有发布的夹具")
    scene.site.acting_as(scene.maker).change(withdraw_achievement, gone.id, gone.version)
    elsewhere = make.officer(of=make.organisation("望京街道总工会"))
    for reader in (None, elsewhere):
        assert "还没有发布的夹具" not in page(away, "/search", reader)
        assert "防爆电池箱" not in page(away, "/search", reader)
    assert "防爆电池箱" in page(away, "/search", scene.maker)


def test_detail_pages_and_their_fragments_go_on(scene: Scene, away: TestSite, make: Make) -> None:
    made, need = scene.published("防爆电池箱"), make.need()
    assert "防爆电池箱" in page(away, f"/achievements/{made.id}")
    assert "Matching is away for a moment" in page(away, f"/needs/near?achievement={made.id}")
    assert "Matching is away for a moment" in page(away, f"/needs/{need.id}/matches/first")
    whole = page(away, f"/needs/{need.id}/matches")
    assert need.title in whole
    assert "Matching is away for a moment" in whole
    assert page(away, "/search/similar?title=防爆电池箱&kind=achievement", scene.maker) == ""
    assert page(away, "/")


def test_writing_goes_on_and_is_found_later(scene: Scene, away: TestSite) -> None:
    """What is entered meanwhile waits in the outbox."""
    made = scene.published("防爆电池箱")
    with pytest.raises(SearchUnavailable):
        away.search("防爆")
    scene.site.drain()
    assert [hit.id for hit in scene.site.search("防爆").hits] == [made.id]
