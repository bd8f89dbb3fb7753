"""What is being typed is kept for its writer alone, comes back, and ends when it is saved or thrown away."""

import pytest
from flask.testing import FlaskClient

from graph.records import value
from marketplace.kernel.drafts import MOST_BYTES, find_draft
from tests.factories import Make
from tests.reviews.scenes import Street, make_street
from tests.site import TestSite

NEW = "/drafts/Achievement.achievements.new"
TYPED = {"title": "写到一半的成果", "contributions-0-role": "设计", "csrf_token": "x", "version": "0"}
BODIES = "MATCH (d:Draft) RETURN d.body AS body"


@pytest.fixture
def street(site: TestSite, make: Make) -> Street:
    return make_street(site, make)


@pytest.fixture
def client(site: TestSite, street: Street) -> FlaskClient:
    return site.client(street.maker)


def bodies(site: TestSite) -> list[str]:
    return site.graph.read(lambda tx: tx.all(BODIES, value("body")))


def test_the_form_says_where_its_draft_is_kept(client: FlaskClient) -> None:
    assert f'data-draft="{NEW}"' in client.get("/achievements/new").text


def test_what_was_typed_comes_back_with_its_rows(client: FlaskClient) -> None:
    assert client.post(NEW, data=TYPED).status_code == 204

    shown = client.get("/achievements/new").text

    assert "写到一半的成果" in shown
    assert 'value="设计"' in shown
    assert f"{NEW}/discard" in shown


def test_nobody_else_gets_it(site: TestSite, make: Make, client: FlaskClient) -> None:
    client.post(NEW, data=TYPED)

    assert "写到一半的成果" not in site.client(make.account()).get("/achievements/new").text
    assert site.client().post(NEW, data=TYPED).status_code == 302


def test_the_later_draft_replaces_the_earlier(site: TestSite, client: FlaskClient) -> None:
    client.post(NEW, data=TYPED)
    client.post(NEW, data=TYPED | {"title": "改好的标题"})

    assert len(bodies(site)) == 1
    assert "改好的标题" in bodies(site)[0]


def test_personal_fields_and_tokens_are_never_stored(site: TestSite, client: FlaskClient) -> None:
    sent = {
        "name": "张三",
        "id_number": "110101199003077774",
        "people-0-phone": "13800005678",
        "csrf_token": "geheim",
        "key": "schluessel",
        "version": "7",
    }
    client.post("/drafts/Worker.workers.edit.1", data=sent)

    assert bodies(site) == ['[["name","张三"]]']


def test_too_much_text_and_unknown_forms_are_refused(site: TestSite, client: FlaskClient) -> None:
    assert client.post(NEW, data={"title": "长" * MOST_BYTES}).status_code in (400, 413)
    assert client.post("/drafts/Nobody.new", data=TYPED).status_code == 404
    assert bodies(site) == []


@pytest.mark.parametrize("version", ["9" * 40, "-1", "one", ""])
def test_a_version_that_no_store_can_hold_loses_nothing(client: FlaskClient, version: str) -> None:
    assert client.post(NEW, data=TYPED | {"version": version}).status_code == 204
    assert TYPED["title"] in client.get("/achievements/new").text


def test_a_draft_ends_after_thirty_days(site: TestSite, street: Street, client: FlaskClient) -> None:
    client.post(NEW, data=TYPED)
    site.clock.forward(days=31)

    now = site.clock.now()
    assert site.system.read(find_draft, street.maker.account_id, "Achievement.achievements.new", now) is None


def test_discarding_brings_the_empty_form_back(client: FlaskClient) -> None:
    client.post(NEW, data=TYPED)

    assert client.post(f"{NEW}/discard", data={"back": "/achievements/new"}).headers["Location"] == "/achievements/new"
    assert "写到一半的成果" not in client.get("/achievements/new").text


def test_saving_the_form_ends_its_draft_and_a_late_one_changes_nothing(site: TestSite, client: FlaskClient) -> None:
    client.post(NEW, data=TYPED)
    form = {"title": "保存的成果", "kind": "innovation", "maturity_scale": "TRL", "key": "form-key-1", "studio": "studio-1"}

    assert client.post("/achievements/new", data=form).status_code == 302
    assert bodies(site) == []
    client.post(NEW, data=TYPED | {"key": "form-key-1"})
    assert bodies(site) == []


def test_a_draft_of_an_older_version_is_told_when_it_is_saved(site: TestSite, street: Street, client: FlaskClient) -> None:
    form = {"title": "第一稿", "kind": "innovation", "maturity_scale": "TRL", "key": "k1", "studio": "studio-1"}
    address = client.post("/achievements/new", data=form).headers["Location"]
    id = address.rpartition("/")[2]
    client.post(f"/drafts/Achievement.achievements.edit.{id}", data=TYPED | {"version": "1"})
    other = site.client(street.maker)
    assert other.post(f"{address}/edit", data=form | {"title": "别人先存", "key": "k2", "version": "1"}).status_code == 302
    client.post(f"/drafts/Achievement.achievements.edit.{id}", data=TYPED | {"version": "1"})

    assert 'name="version" type="hidden" value="1"' in client.get(f"{address}/edit").text
    stale = client.post(f"{address}/edit", data=form | {"title": "我的稿", "key": "k3", "version": "1"})

    assert stale.status_code == 409
    assert "别人先存" in stale.text
