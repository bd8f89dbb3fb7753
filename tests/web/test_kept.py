"""What every guest sees alike is made once while nothing changes, and never shown a moment longer than it is true."""

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask, flash, render_template_string, template_rendered
from flask.typing import ResponseReturnValue

from graph import outbox
from graph.connection import Transaction
from marketplace.domains.achievements.service import take_down_achievement
from marketplace.kernel.permission import Permission
from marketplace.relay.rebuild import ask_rebuild
from marketplace.web import kept
from marketplace.web.access import requires
from search.errors import SearchUnavailable
from tests.factories import Make
from tests.relay.scenes import Scene, set_scene
from tests.site import TestSite

TITLES = ("防爆电池箱", "防爆电池柜", "防爆电池仓", "防爆电池盒")
FOUND = "/search?q=防爆电池"
ALWAYS = "MATCH (g:Guard {id: $id}) RETURN g.id AS state"


@pytest.fixture
def scene(site: TestSite, make: Make) -> Scene:
    """Four things to be found, and all that happened is handled."""
    scene = set_scene(site, make)
    for title in TITLES:
        scene.published(title)
    site.drain()
    return scene


def page(site: TestSite, url: str = FOUND, **options: Any) -> str:
    answer = site.client().get(url, buffered=True, **options)
    assert answer.status_code == 200
    return answer.text


@pytest.fixture
def makings(site: TestSite) -> Callable[[], int]:
    """How often a page was made; one that is kept renders no template."""
    made: list[str] = []

    def note(app: Flask, template: object, **_context: object) -> None:
        made.append(str(template))

    template_rendered.connect(note, site.app, weak=False)
    return lambda: len(made)


@pytest.mark.parametrize("url", [FOUND, "/"])
def test_who_asks_for_the_same_gets_the_same_page(scene: Scene, makings: Callable[[], int], url: str) -> None:
    first, made = page(scene.site, url), makings()
    assert page(scene.site, url) == first
    assert makings() == made
    assert all(title[-2:] in first for title in TITLES)


def test_what_is_published_is_found_at_once(scene: Scene) -> None:
    page(scene.site)
    scene.published("防爆电池车")
    scene.site.drain()
    assert "池车" in page(scene.site)


def test_what_is_taken_down_is_gone_before_the_relay_has_handled_it(scene: Scene) -> None:
    take_down_what_is_shown(scene)
    assert "池车" not in page(scene.site)
    scene.site.drain()
    assert "池车" not in page(scene.site)


def take_down_what_is_shown(scene: Scene) -> None:
    thing = scene.published("防爆电池车")
    scene.site.drain()
    assert "池车" in page(scene.site)
    scene.site.acting_as(scene.officer).change(take_down_achievement, thing.id, thing.version, "重复登记")


def test_it_stays_gone_where_its_event_is_set_aside(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever it was that failed, the name that the page was kept under is not found again."""
    take_down_what_is_shown(scene)
    with monkeypatch.context() as broken:
        broken.setattr("marketplace.relay.relay.seal_entries", fails)
        for _ in range(3):
            scene.site.drain()
    assert scene.site.system.read(outbox.get_backlog).aside
    assert scene.site.system.read(outbox.find_state)
    assert "池车" not in page(scene.site)


def fails(_tx: Transaction, _ids: list[str]) -> int:
    raise RuntimeError("does not seal")


def test_without_another_name_it_would_still_be_shown(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    """The negative control: a name that never changes, whatever waits."""
    monkeypatch.setattr(outbox, "FIND_STATE", ALWAYS)
    take_down_what_is_shown(scene)
    assert "池车" in page(scene.site)


def test_a_new_index_has_new_pages(scene: Scene, makings: Callable[[], int]) -> None:
    page(scene.site)
    made = makings()
    scene.site.graph.write(ask_rebuild)
    scene.site.site.relay.rebuild()
    page(scene.site)
    assert makings() == made + 1


def test_what_no_event_tells_of_is_seen_with_the_next_minute(scene: Scene, makings: Callable[[], int]) -> None:
    page(scene.site)
    made = makings()
    scene.site.clock.forward(seconds=60)
    page(scene.site)
    assert makings() == made + 1


def test_languages_and_large_print_have_pages_of_their_own(scene: Scene) -> None:
    chinese, english = page(scene.site), page(scene.site, headers={"Accept-Language": "en"})
    assert 'lang="zh-CN"' in chinese
    assert 'lang="en"' in english
    client = scene.site.client()
    client.set_cookie("large", "1")
    assert 'class="large"' in client.get(FOUND).text
    assert page(scene.site) == chinese


def test_a_choice_in_the_address_is_remembered_from_a_kept_page_too(scene: Scene) -> None:
    for _ in range(2):
        answer = scene.site.client().get(FOUND + "&lang=en")
        assert any(one.startswith("lang=en") for one in answer.headers.getlist("Set-Cookie"))


def test_who_is_signed_in_neither_gets_nor_leaves_one(scene: Scene) -> None:
    signed_in = scene.site.client(scene.officer)
    assert "/sign-out" in signed_in.get(FOUND).text
    assert "/sign-out" not in page(scene.site)
    assert "/sign-out" in signed_in.get(FOUND).text


def test_a_message_for_one_guest_is_shown_to_no_other(scene: Scene) -> None:
    parting = scene.site.client(scene.officer)
    page(scene.site)
    parting.post("/sign-out")
    assert "toast-line" in parting.get(FOUND).text
    assert "toast-line" not in page(scene.site)


def test_nor_is_one_that_the_page_itself_says(scene: Scene) -> None:
    said = ["only for the first"]

    @requires(Permission.VISIT)
    @kept.kept_for_guests
    def view() -> ResponseReturnValue:
        if said:
            flash(said.pop())
        return render_template_string("{{ get_flashed_messages() }}"), 200

    scene.site.app.add_url_rule("/said", view_func=view)
    assert "only" in page(scene.site, "/said")
    assert page(scene.site, "/said") == "[]"


def test_the_list_without_an_engine_goes_when_the_engine_is_back(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as broken:
        broken.setattr(type(scene.site.index), "search", away)
        without = page(scene.site)
    assert page(scene.site) != without
    assert "facets" in page(scene.site)
    assert "facets" not in without


def away(*_asked: object, **_options: object) -> None:
    raise SearchUnavailable("does not answer")


def test_room_is_bounded(scene: Scene) -> None:
    pages = scene.site.app.extensions["kept pages"]
    for number in range(4):
        pages.keep(("state", number), b"x" * (kept.MOST_BYTES // 3 + 1))
    assert len(pages.pages) == 2
    pages.keep(("state", "huge"), b"x" * (kept.MOST_BYTES + 1))
    assert pages.find(("state", "huge")) is None
