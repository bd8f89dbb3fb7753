"""A unit's own sign-in lets in whom it was linked with, and nobody by a name, a lie or a second use."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from flask.testing import FlaskClient
from joserfc.jwk import RSAKey

from marketplace.domains.accounts.repository import get_account
from marketplace.kernel.actor import Actor
from tests.factories import Make
from tests.second_factor.authenticator import is_inside, set_up, sign_in, with_password
from tests.site import TestSite, make_site
from tests.unit_sign_in.provider import CLIENT, SECRET, Provider, answering

OTHER = RSAKey.generate_key(2048, {"kid": "one"})


@pytest.fixture
def unit(site: TestSite) -> Iterator[Provider]:
    with answering(Provider(site.clock.now())) as provider:
        yield provider


@pytest.fixture
def open_site(site: TestSite, unit: Provider) -> TestSite:
    """The same store, with the unit's own sign-in."""
    names = {"oidc_issuer": unit.address, "oidc_client_id": CLIENT, "oidc_name": "一号单位"}
    settings = type(site.site.settings)(**(site.site.settings.model_dump() | names | {"oidc_client_secret": SECRET}))
    made = make_site(site.graph, site.index, settings)
    made.clock.set(site.clock.now())
    return made


@pytest.fixture
def worker(make: Make) -> Actor:
    return make.person(make.worker())


def there(unit: Provider, client: FlaskClient, path: str = "/sign-in/unit") -> str:
    """The address to which the unit sends the browser back."""
    answer = client.get(path)
    assert answer.status_code == 302, answer.text
    assert answer.headers["Location"].startswith(unit.address)
    return unit.authorize(answer.headers["Location"]).removeprefix("http://localhost")


def link(site: TestSite, unit: Provider, actor: Actor) -> None:
    client = site.client(actor)
    page = client.get(there(unit, client, "/account/unit"))
    assert "zhang.wei" in page.text
    assert client.post("/account/unit").status_code == 302


def subject_of(site: TestSite, actor: Actor) -> str | None:
    return site.system.read(get_account, actor.account_id).subject


def test_who_is_linked_comes_in_to_the_page_that_was_asked_for(open_site: TestSite, unit: Provider, worker: Actor) -> None:
    link(open_site, unit, worker)
    client = open_site.client()
    answer = client.get(there(unit, client, "/sign-in/unit?next=/account/sign-ins"))
    assert (answer.status_code, answer.headers["Location"]) == (302, "/account/sign-ins")
    assert is_inside(client)
    assert "code_verifier" in unit.exchanged[-1]


def test_who_is_not_linked_stays_outside_and_no_account_is_made(open_site: TestSite, unit: Provider, worker: Actor) -> None:
    before = accounts(open_site)
    client = open_site.client()
    assert client.get(there(unit, client)).headers["Location"] == "/sign-in"
    assert not is_inside(client)
    assert accounts(open_site) == before


def accounts(site: TestSite) -> int:
    return site.system.read(lambda tx: int(tx.one("MATCH (a:Account) RETURN count(a) AS count", lambda row: row["count"])))


LIES: dict[str, Callable[[Provider], Any]] = {
    "another issuer": lambda unit: unit.claims.update(iss="https://elsewhere.example"),
    "another house's name": lambda unit: setattr(unit, "called", "https://elsewhere.example"),
    "no issuer": lambda unit: unit.claims.update(iss=None),
    "for somebody else": lambda unit: unit.claims.update(aud="another site"),
    "for several, not by us": lambda unit: unit.claims.update(aud=[CLIENT, "another site"], azp="another site"),
    "another nonce": lambda unit: unit.claims.update(nonce="one of yesterday"),
    "no nonce": lambda unit: unit.claims.update(nonce=None),
    "another signature": lambda unit: setattr(unit, "signed_with", OTHER),
    "run out": lambda unit: unit.claims.update(exp=int((unit.moment - timedelta(minutes=1)).timestamp())),
    "without an end": lambda unit: unit.claims.update(exp=None),
    "nobody": lambda unit: unit.claims.update(sub=None),
}


@pytest.mark.parametrize("lie", list(LIES))
@pytest.mark.slow
def test_a_lie_lets_nobody_in(open_site: TestSite, unit: Provider, worker: Actor, lie: str) -> None:
    link(open_site, unit, worker)
    client = open_site.client()
    back = there(unit, client)
    LIES[lie](unit)
    assert client.get(back).headers["Location"] == "/sign-in"
    assert not is_inside(client)


def test_what_the_published_key_signs_as_a_shared_secret_is_refused(open_site: TestSite, unit: Provider, worker: Actor) -> None:
    """The old trick: HS256 with the text of the public key."""
    link(open_site, unit, worker)
    client = open_site.client()
    back = there(unit, client)
    unit.algorithm = "HS256"
    assert client.get(back).headers["Location"] == "/sign-in"
    assert not is_inside(client)


def test_a_state_is_good_once_even_with_a_copied_cookie(open_site: TestSite, unit: Provider, worker: Actor) -> None:
    link(open_site, unit, worker)
    client, thief = open_site.client(), open_site.client()
    back = there(unit, client)
    cookie = client.get_cookie("session")
    assert cookie is not None
    thief.set_cookie("session", cookie.value)
    first = len(unit.exchanged)
    client.get(back)
    assert is_inside(client)
    thief.get(back)
    assert not is_inside(thief)
    assert len(unit.exchanged) == first + 1, "the unit was not even asked"
    client.get(back)
    assert len(unit.exchanged) == first + 1


def test_a_state_of_another_browser_or_of_none_is_refused(open_site: TestSite, unit: Provider, worker: Actor) -> None:
    link(open_site, unit, worker)
    client, other = open_site.client(), open_site.client()
    back = there(unit, client)
    there(unit, other)
    for stranger in (other, open_site.client()):
        stranger.get(back)
        assert not is_inside(stranger)


def test_a_state_runs_out(open_site: TestSite, unit: Provider, worker: Actor) -> None:
    link(open_site, unit, worker)
    client = open_site.client()
    back = there(unit, client)
    open_site.clock.forward(minutes=11)
    client.get(back)
    assert not is_inside(client)


def test_the_second_factor_is_asked_for_as_after_a_password(open_site: TestSite, unit: Provider, worker: Actor) -> None:
    client = sign_in(open_site, with_password(open_site, worker))
    set_up(open_site, client)
    link(open_site, unit, worker)
    other = open_site.client()
    other.get(there(unit, other))
    assert other.get("/my").headers["Location"].startswith("/sign-in/code")


def test_nothing_is_linked_before_the_person_has_seen_with_whom(open_site: TestSite, unit: Provider, worker: Actor) -> None:
    client = open_site.client(worker)
    client.get(there(unit, client, "/account/unit"))
    assert subject_of(open_site, worker) is None
    assert client.post("/account/unit").status_code == 302
    assert subject_of(open_site, worker) == "u-4711"
    assert client.post("/account/unit/undo").status_code == 302
    assert subject_of(open_site, worker) is None


def test_two_accounts_are_never_linked_with_one_stranger(open_site: TestSite, unit: Provider, worker: Actor, make: Make) -> None:
    link(open_site, unit, worker)
    other = make.account()
    link(open_site, unit, other)
    assert (subject_of(open_site, worker), subject_of(open_site, other)) == ("u-4711", None)


def test_linking_asks_again_who_sits_there(open_site: TestSite, unit: Provider, worker: Actor) -> None:
    client = open_site.client(worker)
    open_site.clock.forward(minutes=11)
    assert client.get("/account/unit").headers["Location"].startswith("/account/proof")


def test_an_administrator_links_others_and_not_themselves(open_site: TestSite, unit: Provider, worker: Actor, make: Make) -> None:
    boss = make.administrator()
    client = open_site.client(boss)
    assert client.post(f"/accounts/{boss.account_id}/unit", data={"subject": "u-4711"}).status_code == 403
    assert client.post(f"/accounts/{worker.account_id}/unit", data={"subject": "u-4711"}).status_code == 302
    inside = open_site.client()
    inside.get(there(unit, inside))
    assert is_inside(inside)
    assert client.post(f"/accounts/{make.account().account_id}/unit", data={"subject": "u-4711"}).status_code == 422


def test_a_house_that_does_not_answer_is_no_fault_of_the_site(open_site: TestSite, site: TestSite) -> None:
    settings = open_site.site.settings.model_copy(update={"oidc_issuer": "http://127.0.0.1:1"})
    away = make_site(site.graph, site.index, settings)
    assert away.client().get("/sign-in/unit").headers["Location"] == "/sign-in"


def test_no_secret_goes_without_tls(open_site: TestSite, site: TestSite) -> None:
    settings = open_site.site.settings.model_copy(update={"oidc_issuer": "http://unit.example"})
    assert make_site(site.graph, site.index, settings).client().get("/sign-in/unit").headers["Location"] == "/sign-in"


@pytest.mark.parametrize("path", ["/sign-in/unit", "/sign-in/unit/back?state=x&code=y", "/account/unit"])
def test_without_the_setting_there_is_no_such_page(site: TestSite, worker: Actor, path: str) -> None:
    assert site.client(worker).get(path).status_code == 404
    assert "/sign-in/unit" not in site.client().get("/sign-in").text
