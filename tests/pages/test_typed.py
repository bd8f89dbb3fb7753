"""What is made of typed words: titles while one types, the thing whose number it is, another spelling. Never anything hidden."""

import re
from dataclasses import replace
from typing import Any

import pytest

from marketplace.app import create_app
from marketplace.config import Settings
from marketplace.domains.achievements.model import Achievement
from marketplace.web.limits import KEYSTROKES
from tests.factories import Make
from tests.pages.test_search_away import Away
from tests.relay.scenes import Scene, set_scene
from tests.site import TestSite, make_site

OPTION = re.compile(r'data-url="([^"]+)"')


@pytest.fixture
def scene(site: TestSite, make: Make) -> Scene:
    return set_scene(site, make)


def page_of(work: Achievement) -> str:
    return f"/achievements/{work.id}"


def suggested(scene: Scene, typed: str, **more: str) -> list[str]:
    answer = scene.site.client().get("/search/suggest", query_string={"q": typed, **more})
    assert answer.status_code == 200
    return OPTION.findall(answer.text)


def test_titles_are_suggested_with_their_kind_and_lead_to_the_thing(scene: Scene) -> None:
    work = scene.published("防爆锂离子电池组")
    scene.site.drain()

    answer = scene.site.client().get("/search/suggest?q=llz", headers={"Accept-Language": "zh-CN"})

    assert OPTION.findall(answer.text) == [page_of(work)]
    assert "防爆锂离子电池组" in answer.text
    assert "成果" in answer.text
    assert suggested(scene, "llz", kind="need") == []
    assert suggested(scene, "llz", kind="nonsense") == [page_of(work)]


@pytest.mark.parametrize("typed", ["", "   ", "?", "锂" * 900, "a" * 900, '"', "-", "\u202e", "a锂" * 200])
@pytest.mark.slow
def test_whatever_is_typed_is_answered(scene: Scene, typed: str) -> None:
    scene.published("防爆锂离子电池组")
    scene.site.drain()

    assert suggested(scene, typed) == []


def test_what_the_reader_may_not_see_is_not_suggested_and_its_number_leads_nowhere(scene: Scene) -> None:
    hidden = scene.submitted("防爆锂离子电池组")
    scene.site.drain()

    assert suggested(scene, "锂离子") == []
    assert scene.site.client().get("/search", query_string={"q": hidden.number}).status_code == 200
    assert scene.site.client(scene.officer).get("/search", query_string={"q": hidden.number}).location == page_of(hidden)
    assert page_of(hidden) in scene.site.client(scene.officer).get("/search/suggest?q=锂离子").text


@pytest.mark.parametrize("write", [str, str.lower, lambda number: number.replace("-", ""), lambda number: f" {number.replace('-', ' ')} "])
def test_a_number_leads_straight_to_the_thing(scene: Scene, write: type[str]) -> None:
    work = scene.published()
    scene.published("提到它的另一项")
    scene.site.drain()

    assert scene.site.client().get("/search", query_string={"q": write(work.number)}).location == page_of(work)


@pytest.mark.parametrize("more", [{"stay": "1"}, {"kind": "achievement"}, {"page": "2"}, {"sort": "newest"}])
def test_an_address_that_says_more_stays_a_list(scene: Scene, more: dict[str, str]) -> None:
    work = scene.published()
    scene.site.drain()

    assert scene.site.client().get("/search", query_string={"q": work.number, **more}).status_code == 200


def test_another_spelling_is_offered_where_it_finds_more(scene: Scene) -> None:
    scene.published("防爆锂离子电池组")
    scene.site.drain()

    answer = scene.site.client().get("/search?q=电磁", headers={"Accept-Language": "en"}).text

    assert 'Did you mean <a href="/search?q=%E7%94%B5%E6%B1%A0"><b>电池</b></a>? 1 in the whole district.' in answer
    assert "Did you mean" not in scene.site.client().get("/search?q=电池", headers={"Accept-Language": "en"}).text


def test_no_spelling_is_offered_that_only_hidden_things_hold(scene: Scene) -> None:
    scene.submitted("防爆锂离子电池组")
    scene.site.drain()

    assert "Did you mean" not in scene.site.client().get("/search?q=电磁", headers={"Accept-Language": "en"}).text
    assert "Did you mean" in scene.site.client(scene.officer).get("/search?q=电磁", headers={"Accept-Language": "en"}).text


def test_letters_typed_cost_no_pages_and_are_counted_for_themselves(site: TestSite) -> None:
    settings = Settings(data_dir=site.site.settings.data_dir, guest_per_minute=2, search_per_minute=1)
    client = create_app(site=replace(site.site, settings=settings)).test_client()

    answers = [client.get("/search/suggest?q=a").status_code for _ in range(KEYSTROKES + 1)]

    assert answers == [200] * KEYSTROKES + [429]
    assert client.get("/search?q=a").status_code == 200


def test_while_the_engine_is_away_nothing_is_suggested_and_nothing_breaks(scene: Scene) -> None:
    work = scene.published("防爆锂离子电池组")
    scene.site.drain()
    index: Any = Away(scene.site.index)
    away = make_site(scene.site.graph, index, scene.site.site.settings).client()

    suggested, straight = away.get("/search/suggest?q=锂离子"), away.get("/search", query_string={"q": work.number})

    assert (suggested.status_code, suggested.text) == (200, "")
    assert straight.status_code == 200
    assert "防爆锂离子电池组" in straight.text
