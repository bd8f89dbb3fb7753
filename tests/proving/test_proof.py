"""What is grave asks again who sits there; what was typed comes through it, and a wrong proof counts like a wrong password."""

import re
from html import unescape

import pytest
from flask.testing import FlaskClient

from graph.records import value
from marketplace.domains.accounts.repository import get_account
from marketplace.domains.roles.repository import list_held
from marketplace.kernel.actor import Actor
from tests.factories import Make
from tests.second_factor.authenticator import GOOD, set_up, sign_in, with_password
from tests.site import TestSite

HIDDEN = re.compile(r'<input type="hidden" name="([^"]+)" value="([^"]*)">')


@pytest.fixture
def boss(make: Make) -> Actor:
    return make.administrator()


@pytest.fixture
def desk(site: TestSite, boss: Actor) -> FlaskClient:
    """A sign-in that was left open for a quarter of an hour."""
    client = sign_in(site, with_password(site, boss))
    site.clock.forward(minutes=15)
    return client


@pytest.fixture
def place(make: Make) -> str:
    return f"/roles/organisation/{make.unit('将台地区').id}"


def role_at(site: TestSite, somebody: Actor) -> dict[str, str]:
    return {"role": "union-officer", "who": site.system.read(get_account, somebody.account_id).login, "key": "one-key"}


def held_by(site: TestSite, somebody: Actor) -> list[str]:
    return [one.role for one in site.system.read(list_held, somebody.account_id, site.clock.now())]


def carried(page: str) -> dict[str, str]:
    inside = page.partition("<main")[2].partition("</main>")[0]
    return {name: unescape(text) for name, text in HIDDEN.findall(inside)}


def test_what_was_sent_is_kept_and_done_after_the_proof(site: TestSite, make: Make, desk: FlaskClient, place: str) -> None:
    somebody = make.account()
    sent = role_at(site, somebody)
    asked = desk.post(place, data=sent)
    assert asked.status_code == 403
    assert carried(asked.text).items() >= sent.items()
    assert held_by(site, somebody) == []
    assert desk.post(place, data=carried(asked.text) | {"proof": GOOD}).status_code == 302
    assert held_by(site, somebody) == ["union-officer"]


def test_a_wrong_proof_does_nothing_keeps_everything_and_counts(site: TestSite, make: Make, desk: FlaskClient, place: str) -> None:
    somebody = make.account()
    sent = role_at(site, somebody)
    for _ in range(5):
        answer = desk.post(place, data=sent | {"proof": "a guess"})
        assert answer.status_code == 422
        assert carried(answer.text).items() >= sent.items()
        assert "a guess" not in answer.text
        site.clock.forward(seconds=10)
    assert desk.post(place, data=sent | {"proof": GOOD}).status_code == 422, "the account is locked by now"
    assert held_by(site, somebody) == []


def test_a_proof_is_good_for_ten_minutes(site: TestSite, make: Make, desk: FlaskClient, place: str) -> None:
    somebody = make.account()
    assert desk.post("/account/proof", data={"proof": GOOD, "next": "/accounts"}).headers["Location"] == "/accounts"
    site.clock.forward(minutes=9)
    assert desk.post(place, data=role_at(site, somebody)).status_code == 302
    site.clock.forward(minutes=2)
    assert desk.post(place, data=role_at(site, make.account()) | {"key": "two"}).status_code == 403


def test_a_proof_is_good_where_it_was_given_only(site: TestSite, make: Make, boss: Actor, desk: FlaskClient, place: str) -> None:
    other = sign_in(site, with_other_sign_in(site, boss))
    site.clock.forward(minutes=11)
    assert other.post("/account/proof", data={"proof": GOOD, "next": "/"}).status_code == 302
    somebody = make.account()
    assert desk.post(place, data=role_at(site, somebody)).status_code == 403


def with_other_sign_in(site: TestSite, boss: Actor) -> str:
    login: str = site.system.read(lambda tx: tx.one("MATCH (a:Account {id: $id}) RETURN a.login AS login", value("login"), id=boss.account_id))
    return login


def test_a_form_is_shown_without_a_proof(desk: FlaskClient, place: str) -> None:
    assert desk.get(place).status_code == 200
    assert desk.get("/accounts/reset").status_code == 200


def test_a_code_is_a_proof_too_and_works_once(site: TestSite, make: Make, boss: Actor) -> None:
    client = sign_in(site, with_password(site, boss))
    telephone, _codes = set_up(site, client)
    site.clock.forward(minutes=15)
    code = telephone.code()
    assert client.post("/account/proof", data={"proof": code, "next": "/accounts"}).status_code == 302
    site.clock.forward(minutes=11)
    assert client.post("/account/proof", data={"proof": code, "next": "/accounts"}).status_code == 422


@pytest.mark.parametrize("target", ["https://elsewhere.example/", "//elsewhere.example", "/\\elsewhere.example"])
def test_after_a_proof_one_stays_on_the_site(desk: FlaskClient, target: str) -> None:
    assert "elsewhere" not in desk.post("/account/proof", data={"proof": GOOD, "next": target}).headers["Location"]


def test_a_guest_is_asked_to_sign_in(site: TestSite) -> None:
    assert site.client().get("/account/proof").headers["Location"].startswith("/sign-in")
