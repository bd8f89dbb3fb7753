"""Who comes in, who doesn't, and that a session which has ended opens nothing, copied cookie or not."""

import re
from contextlib import closing

import pytest
from flask.testing import FlaskClient
from structlog.testing import capture_logs

from graph.connection import open_graph
from graph.records import value
from marketplace.domains.accounts.model import Account
from marketplace.domains.accounts.repository import find_account
from marketplace.domains.accounts.service import create_account, hashed
from marketplace.web.identity import note_after_answer
from tests.site import TestSite

GOOD = "一句好记的话就是好密码"
NEW = "另一句好记的话也是密码"


@pytest.fixture
def account(site: TestSite) -> Account:
    return site.system.change(create_account, "zhang", "张伟", hashed(GOOD))


def enters(client: FlaskClient, login: str = "zhang", password: str = GOOD) -> bool:
    return client.post("/sign-in", data={"login": login, "password": password}).status_code == 302


def wrong_tries(site: TestSite, client: FlaskClient, count: int, login: str = "zhang") -> None:
    """Each after the pause that the one before has brought."""
    for _ in range(count):
        assert not enters(client, login, "wrong")
        site.clock.forward(seconds=10)


def is_inside(client: FlaskClient) -> bool:
    return client.get("/account/password").status_code == 200


def copied(site: TestSite, client: FlaskClient) -> FlaskClient:
    """Somebody who has the whole cookie."""
    thief = site.client()
    cookie = client.get_cookie("session")
    assert cookie is not None
    thief.set_cookie("session", cookie.value)
    return thief


def change_password(client: FlaskClient, current: str = GOOD) -> int:
    return client.post("/account/password", data={"current": current, "password": NEW, "again": NEW}).status_code


def test_whoever_knows_the_password_is_inside(site: TestSite, account: Account) -> None:
    client = site.client()
    assert not is_inside(client)
    assert enters(client)
    assert is_inside(client)


@pytest.mark.parametrize("target", ["https://elsewhere.example/", "//elsewhere.example", "/\\elsewhere.example"])
def test_after_signing_in_one_stays_on_the_site(site: TestSite, account: Account, target: str) -> None:
    answer = site.client().post("/sign-in", data={"login": "zhang", "password": GOOD, "next": target})
    assert answer.status_code == 302
    assert "elsewhere" not in answer.headers["Location"]


def test_the_page_that_was_asked_for_comes_next(site: TestSite, account: Account) -> None:
    answer = site.client().post("/sign-in", data={"login": "zhang", "password": GOOD, "next": "/account/password"})
    assert answer.headers["Location"] == "/account/password"


def test_the_cookie_of_a_guest_is_not_the_one_of_who_signed_in(site: TestSite, account: Account) -> None:
    client = site.client()
    with client.session_transaction() as before:
        before["sid"] = "planted"
    assert enters(client)
    with client.session_transaction() as after:
        assert after["sid"] != "planted"


def test_five_wrong_passwords_lock_for_a_quarter_of_an_hour(site: TestSite, account: Account) -> None:
    client = site.client()
    wrong_tries(site, client, 5)
    site.clock.forward(minutes=14)
    assert not enters(client), "the right one must not open a locked account"
    site.clock.forward(minutes=1)
    assert enters(client)


def test_four_wrong_passwords_lock_nothing_and_are_forgotten_inside(site: TestSite, account: Account) -> None:
    for _ in range(2):
        client = site.client()
        wrong_tries(site, client, 4)
        assert enters(client)


def test_an_unknown_name_is_answered_like_a_wrong_password(site: TestSite, account: Account) -> None:
    known = site.client().post("/sign-in", data={"login": "zhang", "password": "wrong"})
    unknown = site.client().post("/sign-in", data={"login": "zheng", "password": "wrong"})
    assert (known.status_code, unknown.status_code) == (422, 422)
    assert said(known.text) == said(unknown.text)


def said(page: str) -> str:
    """Without the one-time keys of its form."""
    keys = re.compile(r'(name="(?:key|csrf_token)" type="hidden"|type="hidden" name="csrf_token") value="[^"]*"')
    return keys.sub(r"\1", page).replace("zhang", "zheng")


@pytest.mark.parametrize("login", ["zhang", "zheng"])
def test_every_failed_try_is_the_form_again_whatever_key_it_carries(site: TestSite, account: Account, login: str) -> None:
    client = site.client()
    tries = ["wrong", "wrong", "another", "one more", "and one", GOOD, ""]
    answers = [client.post("/sign-in", data={"login": login, "password": password, "key": "one-key"}) for password in tries]
    assert [answer.status_code for answer in answers] == [422] * len(tries)
    assert all('id="password-error"' in answer.text for answer in answers)


def test_a_wrong_try_does_not_stand_in_the_way_of_the_right_one(site: TestSite, account: Account) -> None:
    client = site.client()
    sent = {"login": "zhang", "key": "one-key"}
    assert client.post("/sign-in", data=sent | {"password": "wrong"}).status_code == 422
    assert client.post("/sign-in", data=sent | {"password": GOOD}).status_code == 302
    assert is_inside(client)


def test_a_closed_account_is_answered_like_an_unknown_one(site: TestSite, account: Account) -> None:
    close = "MATCH (a:Account {login: 'zhang'}) SET a.status = 'closed'"
    site.graph.write(lambda tx: tx.run(close))
    closed = site.client().post("/sign-in", data={"login": "zhang", "password": GOOD})
    unknown = site.client().post("/sign-in", data={"login": "zheng", "password": GOOD})
    assert (closed.status_code, said(closed.text)) == (422, said(unknown.text))


def test_a_copied_cookie_is_worthless_after_signing_out(site: TestSite, account: Account) -> None:
    client = site.client()
    enters(client)
    thief = copied(site, client)
    assert is_inside(thief), "a copied cookie is a key as long as the session lives"
    assert client.post("/sign-out").status_code == 302
    assert not is_inside(thief)


def test_a_new_password_ends_every_session(site: TestSite, account: Account) -> None:
    client, other = site.client(), site.client()
    enters(client)
    enters(other)
    assert change_password(client) == 302
    assert (is_inside(client), is_inside(other)) == (False, False)
    assert (enters(site.client()), enters(site.client(), password=NEW)) == (False, True)


def test_who_does_not_know_the_present_password_cannot_change_it(site: TestSite, account: Account) -> None:
    client = site.client()
    enters(client)
    assert change_password(client, current="a guess, nothing more") == 422
    assert is_inside(client)
    assert enters(site.client())


def test_a_session_that_was_not_used_ends(site: TestSite, account: Account) -> None:
    client = site.client()
    enters(client)
    site.clock.forward(hours=site.site.settings.session_idle_hours + 1)
    assert not is_inside(client)


def look(client: FlaskClient) -> None:
    """A page read to its end, as a server does."""
    client.get("/account/password").close()


def seen(site: TestSite) -> str:
    return site.system.read(lambda tx: str(tx.one("MATCH (s:Session) RETURN s.seen_at AS seen", value("seen"))))


def test_a_session_in_use_goes_on(site: TestSite, account: Account) -> None:
    client = site.client()
    enters(client)
    for _ in range(4):
        site.clock.forward(hours=site.site.settings.session_idle_hours - 1)
        assert is_inside(client)
        look(client)
    site.clock.forward(hours=site.site.settings.session_idle_hours + 1)
    assert not is_inside(client)


def test_use_is_noted_once_in_five_minutes(site: TestSite, account: Account) -> None:
    client = site.client()
    enters(client)
    begun = seen(site)
    site.clock.forward(minutes=4)
    look(client)
    assert seen(site) == begun
    site.clock.forward(minutes=1)
    look(client)
    assert seen(site) == str(site.clock.now())


def test_a_session_that_was_ended_is_not_noted_any_more(site: TestSite, account: Account) -> None:
    client = site.client()
    enters(client)
    page = client.get("/account/password")
    site.clock.forward(minutes=6)
    late = client.get("/account/password")
    client.post("/sign-out")
    begun = seen(site)
    site.clock.forward(minutes=6)
    late.close()
    page.close()
    assert seen(site) == begun


def test_a_visit_that_could_not_be_noted_harms_nobody(site: TestSite) -> None:
    away = open_graph("bolt://127.0.0.1:1")
    with site.app.test_request_context("/"), closing(away), capture_logs() as logs:
        note_after_answer(away, lambda tx: tx.run("RETURN 1"))
        site.app.process_response(site.app.make_response("the page")).close()
    assert "what was to be noted after an answer was lost" in [entry["event"] for entry in logs]


def test_neither_password_nor_cookie_stands_in_the_store(site: TestSite, account: Account) -> None:
    client = site.client()
    enters(client)
    with client.session_transaction() as session:
        token = session["sid"]
    stored = site.system.read(lambda tx: str(tx.all("MATCH (n) RETURN properties(n) AS all", lambda row: row["all"])))
    assert token not in stored
    assert GOOD not in stored
    kept = site.system.read(find_account, "zhang")
    assert kept is not None
    assert kept.password_hash.startswith("$argon2id$")
