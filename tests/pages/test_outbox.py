"""An administrator sees what was set aside and has it tried again; nobody else does."""

import pytest

from graph.outbox import list_aside
from marketplace.domains.achievements.model import Achievement
from tests.factories import Make
from tests.relay.scenes import Scene, set_scene
from tests.site import TestSite

SPOIL = "MATCH (a:Achievement {id: $id}) SET a.maturity = 'much' RETURN a.id AS id"
REPAIR = "MATCH (a:Achievement {id: $id}) SET a.maturity = null RETURN a.id AS id"
ENGLISH = {"Accept-Language": "en"}


@pytest.fixture
def scene(site: TestSite, make: Make) -> Scene:
    made = set_scene(site, make)
    site.drain()
    return made


def spoilt(scene: Scene, made: Achievement) -> Achievement:
    scene.site.graph.write(lambda tx: tx.changed(SPOIL, id=made.id))
    scene.site.drain()
    return made


def page(scene: Scene, make: Make) -> str:
    answer = scene.site.client(make.administrator()).get("/outbox", headers=ENGLISH)
    assert answer.status_code == 200
    return answer.text


def test_an_empty_outbox_says_so(scene: Scene, make: Make) -> None:
    scene.site.drain()
    text = page(scene, make)
    assert "Nothing is set aside" in text
    assert "<table" not in text


def test_what_is_set_aside_stands_in_a_table_with_its_thing_and_its_problem(scene: Scene, make: Make) -> None:
    made = spoilt(scene, scene.published())
    text = page(scene, make)
    assert "<caption" in text
    assert f'<a href="/achievements/{made.id}">{made.title}</a>' in text
    assert "Those concerned could not be told" in text
    assert "Torn at graph.records:" in text
    assert text.count(">Try again<") == len(scene.site.system.read(list_aside))


def test_the_title_of_what_an_administrator_may_not_read_is_not_told(scene: Scene, make: Make) -> None:
    made = spoilt(scene, scene.draft("仅限作者的锂离子电池"))
    text = page(scene, make)
    assert made.id in text
    assert made.title not in text
    assert f"/achievements/{made.id}" not in text


@pytest.mark.parametrize("one", [True, False], ids=["one", "all"])
def test_the_button_has_it_tried_again(scene: Scene, make: Make, one: bool) -> None:
    made = spoilt(scene, scene.draft())
    [event] = scene.site.system.read(list_aside)
    scene.site.graph.write(lambda tx: tx.changed(REPAIR, id=made.id))
    answer = scene.site.client(make.administrator()).post(f"/outbox/{event.id}/retry" if one else "/outbox/retry", follow_redirects=True)
    assert answer.status_code == 200
    scene.site.drain()
    assert scene.site.system.read(list_aside) == []
    assert scene.site.search("锂离子电池", scene.maker).total == 1


def test_a_second_press_finds_nothing_more_to_do(scene: Scene, make: Make) -> None:
    client = scene.site.client(make.administrator())
    assert client.post("/outbox/gone/retry").status_code == client.post("/outbox/retry").status_code == 302


@pytest.mark.parametrize(("method", "path"), [("GET", "/outbox"), ("POST", "/outbox/x/retry"), ("POST", "/outbox/retry")])
def test_nobody_else_sees_or_retries_anything(scene: Scene, method: str, path: str) -> None:
    spoilt(scene, scene.draft())
    for actor in (scene.officer, scene.maker):
        assert scene.site.client(actor).open(path, method=method).status_code == 403
    assert scene.site.client().open(path, method=method).headers["Location"].startswith("/sign-in")
    assert len(scene.site.system.read(list_aside)) == 1


def test_the_accounts_page_leads_there(scene: Scene, make: Make) -> None:
    assert 'href="/outbox"' in scene.site.client(make.administrator()).get("/accounts").text
