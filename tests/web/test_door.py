"""What stands around every page: bounds, limits, languages, headers, and what a watcher asks."""

from dataclasses import replace

import pytest
from flask.testing import FlaskClient

from graph.connection import open_graph
from marketplace.app import create_app
from marketplace.config import Settings
from marketplace.kernel.sign_ins import revoke_sessions_of
from marketplace.web.headers import HEADERS
from tests.factories import Make
from tests.site import TestSite


@pytest.fixture
def guest(site: TestSite) -> FlaskClient:
    return site.client()


@pytest.mark.parametrize("path", ["/sign-in", "/no-such-page", "/healthz", "/static/img/mark.svg"])
def test_every_answer_carries_the_strict_headers(guest: FlaskClient, path: str) -> None:
    assert HEADERS.items() <= dict(guest.get(path).headers).items()


@pytest.mark.parametrize("query", ["x=%00", "x=%ed%a0%80", "x=" + "y" * 9_000, "&".join(f"f={n}" for n in range(10_000))])
def test_addresses_that_no_page_could_use_are_refused(guest: FlaskClient, query: str) -> None:
    assert guest.get(f"/sign-in?{query}").status_code == 400


@pytest.mark.parametrize("query", ["_scheme=x&_external=1", "_anchor=x", "id=x", "page=-1", "lang=xx", "large=2", "_method=POST"])
def test_odd_queries_are_harmless(guest: FlaskClient, query: str) -> None:
    assert guest.get(f"/sign-in?{query}").status_code == 200


def test_nul_and_lone_surrogates_in_a_body_are_refused(guest: FlaskClient) -> None:
    assert guest.post("/sign-in", data={"login": "a\x00b", "password": "x"}).status_code == 400
    assert guest.post("/sign-in", json={"deep": [{"login": "\ud800"}]}).status_code == 400
    assert guest.post("/sign-in", data={"login": "somebody", "password": "wrong"}).status_code == 422


def test_a_request_that_is_too_large_is_refused(site: TestSite) -> None:
    site.app.config["MAX_CONTENT_LENGTH"] = 1_000
    assert site.client().post("/sign-in", data={"login": "x" * 2_000}).status_code == 413


def test_chinese_comes_first_and_a_choice_is_kept(guest: FlaskClient) -> None:
    assert 'lang="zh-CN"' in guest.get("/sign-in").text
    assert 'lang="en"' in guest.get("/sign-in", headers={"Accept-Language": "en-GB,en;q=0.9"}).text
    assert 'lang="en"' in guest.get("/sign-in?lang=en").text
    assert 'lang="en"' in guest.get("/sign-in").text


def test_a_language_is_chosen_without_script_and_leads_back_inside_only(guest: FlaskClient) -> None:
    assert guest.get("/language/en?next=/sign-in").headers["Location"] == "/sign-in"
    assert 'lang="en"' in guest.get("/sign-in").text
    assert guest.get("/language/xx").status_code == 404


def limited(site: TestSite, **limits: int) -> FlaskClient:
    settings = Settings(data_dir=site.site.settings.data_dir, **limits)
    app = create_app(site=replace(site.site, settings=settings))
    return app.test_client()


def test_who_asks_too_often_is_told_when_to_come_back(site: TestSite) -> None:
    client = limited(site, guest_per_minute=3)
    assert [client.get("/sign-in").status_code for _ in range(4)] == [200, 200, 200, 429]
    assert 0 < int(client.get("/sign-in").headers["Retry-After"]) <= 60
    assert client.get("/static/img/mark.svg").status_code == 200
    assert client.get("/healthz").status_code == 200


def test_cookies_are_bound_to_https_where_there_is_https(site: TestSite) -> None:
    app = create_app(site=replace(site.site, settings=site.site.settings.model_copy(update={"https": True})))
    assert app.config["SESSION_COOKIE_NAME"] == "__Host-session"
    answer = app.test_client().get("/sign-in", base_url="https://localhost")
    assert "Strict-Transport-Security" in answer.headers
    assert all(word in answer.headers["Set-Cookie"] for word in ("Secure", "HttpOnly", "SameSite=Lax", "Path=/"))


def test_a_route_turns_away_who_could_never_hold_its_permission(site: TestSite, make: Make) -> None:
    assert site.client(make.account()).get("/accounts").status_code == 403
    assert site.client().get("/accounts").headers["Location"].startswith("/sign-in?next=")


def test_a_revoked_session_opens_nothing_from_the_next_request_on(site: TestSite, make: Make) -> None:
    actor = make.account()
    client = site.client(actor)
    assert client.get("/account/password").status_code == 200
    site.graph.write(lambda tx: revoke_sessions_of(tx, actor.account_id, site.clock.now()))
    assert client.get("/account/password").status_code == 302


def test_the_site_is_not_ready_while_changes_wait_too_long(site: TestSite, make: Make) -> None:
    make.organisation()
    assert site.client().get("/readyz").status_code == 200
    site.clock.forward(minutes=2)
    assert site.client().get("/readyz").json == {"status": "not ready", "faults": ["relay"]}
    site.drain()
    assert site.client().get("/readyz").status_code == 200


def test_a_store_that_is_gone_gives_a_plain_page(site: TestSite) -> None:
    lost = open_graph("bolt://127.0.0.1:1")
    app = create_app(site=replace(site.site, graph=lost))
    client = app.test_client()
    assert client.get("/healthz").status_code == 200
    assert client.get("/readyz").status_code == 503
    assert client.get("/achievements/x").status_code == 503
    lost.close()
