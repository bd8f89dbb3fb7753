"""Signing in: where it leads, what its cookies carry, that nothing planted before is worth anything, and that nobody learns who has an account."""

import re
from dataclasses import replace
from http.cookies import SimpleCookie
from statistics import median
from time import perf_counter

import pytest
from flask.testing import FlaskClient

from marketplace.app import create_app
from marketplace.domains.accounts.service import create_account, hashed
from tests.factories import Make
from tests.security.away import AWAY, leads_away
from tests.site import TestSite

PASSWORD = "一句好记的话就是好密码"


@pytest.mark.slow
def test_signing_in_leads_nowhere_else(site: TestSite) -> None:
    site.system.change(create_account, "zhang", "张伟", hashed(PASSWORD))
    for target in AWAY:
        for how in ({"data": {"next": target}}, {"query_string": {"next": target}, "data": {}}):
            sent = {"login": "zhang", "password": PASSWORD} | how["data"]
            answer = site.client().post("/sign-in", data=sent, query_string=how.get("query_string"))
            assert answer.status_code in (302, 400), target
            assert not leads_away(answer), (target, answer.location)


@pytest.mark.parametrize("https", [True, False])
def test_every_cookie_has_its_flags(site: TestSite, https: bool) -> None:
    site.system.change(create_account, "zhang", "张伟", hashed(PASSWORD))
    app = create_app(site=replace(site.site, settings=site.site.settings.model_copy(update={"https": https})))
    app.config["WTF_CSRF_ENABLED"] = False
    client, base = app.test_client(), "https://localhost" if https else "http://localhost"
    answers = [client.get("/sign-in", base_url=base), client.post("/sign-in", data={"login": "zhang", "password": PASSWORD}, base_url=base)]
    answers += [client.get("/language/en", base_url=base), client.get("/?large=1", base_url=base)]
    cookies = [SimpleCookie(text) for answer in answers for text in answer.headers.getlist("Set-Cookie")]
    named = {name: morsel for cookie in cookies for name, morsel in cookie.items()}
    session = named["__Host-session" if https else "session"]
    assert set(named) <= {"__Host-session", "session", "lang", "large"}
    assert session["httponly"]
    assert all(morsel["samesite"] == "Lax" and morsel["path"] == "/" and not morsel["domain"] for morsel in named.values())
    assert {bool(morsel["secure"]) for morsel in named.values()} == {https}


def session_of(client: FlaskClient) -> str:
    with client.session_transaction() as session:
        return str(session.get("sid", ""))


def test_a_planted_session_is_worth_nothing_after_signing_in(site: TestSite, make: Make) -> None:
    """The attacker's own sign-in, and a made-up one, in the victim's browser."""
    site.system.change(create_account, "zhang", "张伟", hashed(PASSWORD))
    attacker = site.client(make.account())
    planted = attacker.get_cookie("session")
    assert planted is not None
    victim = site.client()
    victim.set_cookie("session", planted.value)
    before = session_of(victim)
    assert victim.post("/sign-in", data={"login": "zhang", "password": PASSWORD}).status_code == 302
    assert session_of(victim) not in ("", before)
    assert session_of(attacker) == before
    assert "zhang" not in attacker.get("/account/password").text


@pytest.mark.parametrize("value", ["", "a", "a.b.c", "eyJzaWQiOiJ4In0.aaaaaa.bbbbbbbb", "." * 4_000, "\x7f"])
def test_a_made_up_cookie_is_a_guests(site: TestSite, value: str) -> None:
    client = site.client()
    client.set_cookie("session", value)
    assert client.get("/account/password").status_code == 302


def tries(client: FlaskClient, login: str, rounds: int) -> tuple[list[float], set[tuple[int, str]]]:
    times, answers = [], set()
    for _ in range(rounds):
        began = perf_counter()
        answer = client.post("/sign-in", data={"login": login, "password": "wrong"})
        times.append(perf_counter() - began)
        answers.add((answer.status_code, without_marks(answer.text, login)))
    return times, answers


def without_marks(page: str, login: str) -> str:
    """Keys that are new on each page, and the name that was typed."""
    return re.sub(r'value="[^"]{20,}"', 'value=""', page).replace(login, "NAME")


@pytest.mark.slow
def test_an_unknown_account_is_answered_alike_and_as_slowly(site: TestSite) -> None:
    for number in range(4):
        site.system.change(create_account, f"known{number}", "张伟", hashed(PASSWORD))
    client = site.client()
    times: dict[str, list[float]] = {"known": [], "unknown": []}
    answers: set[tuple[int, str]] = set()
    for number in range(4):
        for kind in ("known", "unknown"):
            took, said = tries(client, f"{kind}{number}", 4)
            times[kind] += took
            answers |= said
    medians = {kind: median(found) for kind, found in times.items()}
    print(f"medians of {len(times['known'])} tries each, in ms: { ({kind: round(took * 1000, 1) for kind, took in medians.items()}) }")
    assert len(answers) == 1
    assert 0.4 < medians["known"] / medians["unknown"] < 2.5
