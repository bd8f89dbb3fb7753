"""What every guest sees alike is made once while nothing changes, and never shown a moment longer than it is true."""

from collections.abc import Callable

import pytest
from flask import Flask, template_rendered

from marketplace.domains.achievements.service import take_down_achievement
from marketplace.web import kept
from tests.factories import Make
from tests.relay.scenes import Scene, set_scene
from tests.site import TestSite

TITLES = ("防爆电池箱", "防爆电池柜", "防爆电池仓", "防爆电池盒")
FOUND = "/search?q=防爆电池"


@pytest.fixture
def scene(site: TestSite, make: Make) -> Scene:
    """Four things to be found, and nothing has changed for a while."""
    scene = set_scene(site, make)
    for title in TITLES:
        scene.published(title)
    site.drain()
    page(site)
    calm(site)
    return scene


def calm(site: TestSite) -> None:
    site.clock.forward(seconds=kept.CALM.total_seconds())


def page(site: TestSite, url: str = FOUND, **headers: str) -> str:
    answer = site.client().get(url, headers=headers)
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


def test_who_asks_for_the_same_gets_the_same_page(scene: Scene, makings: Callable[[], int]) -> None:
    first, made = page(scene.site), makings()
    assert page(scene.site) == first
    assert makings() == made
    assert all(title[-2:] in first for title in TITLES)


def test_what_has_just_changed_is_not_kept_yet(scene: Scene, makings: Callable[[], int]) -> None:
    """The index of another process, or another server, may be a second behind."""
    scene.published("防爆电池车")
    scene.site.drain()
    made = makings()
    page(scene.site), page(scene.site)
    assert makings() == made + 2


def test_what_is_published_is_found_at_once(scene: Scene) -> None:
    page(scene.site)
    scene.published("防爆电池车")
    scene.site.drain()
    assert "池车" in page(scene.site)


def test_what_is_taken_down_is_gone_before_the_relay_has_handled_it(scene: Scene) -> None:
    thing = scene.published("防爆电池车")
    scene.site.drain()
    page(scene.site)
    calm(scene.site)
    assert "池车" in page(scene.site)
    taken_down(scene, thing.id)
    assert "池车" not in page(scene.site)
    scene.site.drain()
    assert "池车" not in page(scene.site)


def taken_down(scene: Scene, id: str) -> None:
    stands = scene.site.find("achievement", id)
    scene.site.acting_as(scene.officer).change(take_down_achievement, id, stands.version, "重复登记")


def test_without_looking_at_the_state_it_would_still_be_shown(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    """The negative control."""
    monkeypatch.setattr(kept, "find_state", lambda _tx: "always the same")
    thing = scene.published("防爆电池车")
    scene.site.drain()
    page(scene.site)
    calm(scene.site)
    page(scene.site)
    taken_down(scene, thing.id)
    assert "池车" in page(scene.site)


def test_it_grows_too_old(scene: Scene, makings: Callable[[], int]) -> None:
    """Dates, and the names of fields, change without a word to anybody."""
    page(scene.site)
    made = makings()
    scene.site.clock.forward(seconds=kept.LONGEST)
    page(scene.site)
    assert makings() == made + 1


def test_languages_and_large_print_have_pages_of_their_own(scene: Scene) -> None:
    chinese, english = page(scene.site), page(scene.site, **{"Accept-Language": "en"})
    assert 'lang="zh-CN"' in chinese
    assert 'lang="en"' in english
    assert 'class="large"' in page(scene.site, FOUND + "&large=1")
    assert page(scene.site) == chinese


def test_who_is_signed_in_neither_gets_nor_leaves_one(scene: Scene) -> None:
    signed_in = scene.site.client(scene.officer)
    assert "/sign-out" in signed_in.get(FOUND).text
    guest = page(scene.site)
    assert "/sign-out" not in guest
    assert "/sign-out" in signed_in.get(FOUND).text


def test_a_message_for_one_guest_is_shown_to_no_other(scene: Scene) -> None:
    parting = scene.site.client(scene.officer)
    page(scene.site)
    parting.post("/sign-out")
    told = parting.get(FOUND).text
    assert "toast-line" in told
    assert "toast-line" not in page(scene.site)


def test_a_search_that_finds_little_is_counted_each_time(scene: Scene, makings: Callable[[], int]) -> None:
    made = makings()
    page(scene.site, "/search?q=没有这样的东西"), page(scene.site, "/search?q=没有这样的东西")
    assert makings() >= made + 2


def test_room_is_bounded(scene: Scene) -> None:
    pages = scene.site.app.extensions["kept pages"]
    for number in range(4):
        pages.keep(("state", number), "x" * (kept.MOST_BYTES // 3 + 1))
    assert len(pages.pages) == 2
    pages.keep(("state", "huge"), "x" * (kept.MOST_BYTES + 1))
    assert pages.find(("state", "huge")) is None
