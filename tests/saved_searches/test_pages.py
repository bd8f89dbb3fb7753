"""From the search page to a saved search, its alerts, and out again."""

from marketplace.domains.saved_searches.repository import list_own_searches
from tests.factories import Make
from tests.saved_searches.scenes import Street
from tests.site import TestSite

TYPED = {"title": "电池安全", "words": "泄压", "alerts": "daily"}


def test_the_search_page_offers_to_save_what_was_asked(site: TestSite, make: Make) -> None:
    reader = make.account()
    page = site.client(reader).get("/search?q=泄压&area=酒仙桥街道").text
    assert "/saved/new?q=" in page
    assert "/saved/new" not in site.client().get("/search?q=泄压").text
    assert "/saved/new" not in site.client(reader).get("/search").text


def test_saved_listed_edited_run(site: TestSite, street: Street, make: Make) -> None:
    reader = make.account()
    client = site.client(reader)
    answer = client.post("/saved/new?q=泄压&area=酒仙桥街道&kind=achievement", data=TYPED)
    assert answer.status_code == 302
    (search,) = site.acting_as(reader).read(list_own_searches, reader.account_id)
    assert (search.words, set(search.filters), search.alerts) == ("泄压", {"kind=achievement", "area=酒仙桥街道"}, "daily")

    street.publishes("防爆电池泄压装置")
    street.passes()
    page = client.get(f"/saved/{search.id}").text
    assert "防爆电池泄压装置" in page
    assert "<mark>泄压</mark>" in page
    assert "<b>1</b>" in client.get("/saved").text

    site.clock.forward(minutes=1)
    there = client.post(f"/saved/{search.id}/run")
    assert there.headers["Location"].startswith("/search?q=")
    assert "<b>1</b>" not in client.get("/saved").text
    sent = client.post(f"/saved/{search.id}/edit", data=TYPED | {"title": "别名", "version": "2"})
    assert sent.status_code == 302
    assert site.acting_as(reader).read(list_own_searches, reader.account_id)[0].title == "别名"


def test_a_stale_edit_shows_both_texts(site: TestSite, street: Street, make: Make) -> None:
    reader = make.account()
    search = street.saves(reader, "泄压")
    client = site.client(reader)
    client.post(f"/saved/{search.id}/edit", data=TYPED | {"title": "一", "version": "1"})
    late = client.post(f"/saved/{search.id}/edit", data=TYPED | {"title": "二", "version": "1"})
    assert late.status_code == 409
    assert "二" in late.text


def test_nothing_to_look_for_is_said_at_the_field(site: TestSite, make: Make) -> None:
    client = site.client(make.account())
    for typed in (TYPED | {"words": ""}, TYPED | {"title": " "}, TYPED | {"alerts": "hourly"}, TYPED | {"words": "x" * 201}):
        answer = client.post("/saved/new", data=typed)
        assert answer.status_code == 422, typed
    assert client.post("/saved/new?area=望京街道", data=TYPED | {"words": ""}).status_code == 302


def test_fifty_sends_of_one_form_save_one(site: TestSite, make: Make) -> None:
    reader = make.account()
    client = site.client(reader)
    for _ in range(50):
        client.post("/saved/new?q=泄压", data=TYPED | {"key": "01one-and-the-same-key"})
    assert len(site.acting_as(reader).read(list_own_searches, reader.account_id)) == 1


def test_no_account_keeps_more_than_the_setting_says(site: TestSite, street: Street, make: Make) -> None:
    reader = make.account()
    for number in range(100):
        street.saves(reader, f"词{number}")
    answer = site.client(reader).post("/saved/new?q=泄压", data=TYPED)
    assert answer.status_code == 409
    assert len(site.acting_as(reader).read(list_own_searches, reader.account_id)) == 100


def test_muted_and_deleted_with_one_click_and_undone(site: TestSite, street: Street, make: Make) -> None:
    reader = make.account()
    search = street.saves(reader, "泄压")
    client = site.client(reader)
    for verb, status in (("mute", "muted"), ("mute", "muted"), ("unmute", "kept"), ("delete", "deleted"), ("restore", "kept")):
        assert client.post(f"/saved/{search.id}/steps/{verb}").status_code == 302
        assert site.find("saved-search", search.id).status == status
    assert client.post(f"/saved/{search.id}/steps/destroy").status_code == 404
    assert site.client(make.account()).get(f"/saved/{search.id}").status_code == 404
