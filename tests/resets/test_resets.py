"""A code from an officer above opens one door, once, for a day: the one to a new password."""

import re
from concurrent.futures import ThreadPoolExecutor

import pytest
from flask.testing import FlaskClient

from graph.records import value
from marketplace.domains.accounts.repository import get_account
from marketplace.kernel.actor import Actor
from marketplace.kernel.audit import list_entries
from marketplace.kernel.roles import Role
from tests.factories import Make
from tests.second_factor.authenticator import GOOD, is_inside, set_up, sign_in, with_password
from tests.site import TestSite

NEW = "另一句好记的话也是密码"
CODE = re.compile(r'class="one-time">([A-Z2-7]{4}(?:-[A-Z2-7]{4}){3})<')


@pytest.fixture
def worker(make: Make) -> Actor:
    return make.person(make.worker(at=make.enterprise(under=make.organisation("一家基层工会", under=make.unit("将台地区")))))


@pytest.fixture
def officer(make: Make) -> Actor:
    return make.officer(of="将台地区")


def login_of(site: TestSite, actor: Actor) -> str:
    return site.system.read(get_account, actor.account_id).login


def given(site: TestSite, giver: Actor, login: str) -> str:
    """The code that the page shows; empty where it says no."""
    found = CODE.search(site.client(giver).post("/accounts/reset", data={"login": login}).text)
    return found[1] if found else ""


def enter(site: TestSite, login: str, code: str) -> FlaskClient:
    client = site.client()
    client.post("/sign-in/reset", data={"login": login, "code": code})
    return client


def choose(client: FlaskClient, password: str = NEW) -> int:
    return client.post("/account/new-password", data={"password": password, "again": password}).status_code


def test_a_code_leads_to_a_new_password_and_nowhere_else(site: TestSite, officer: Actor, worker: Actor) -> None:
    login = with_password(site, worker)
    before = sign_in(site, login)
    client = enter(site, login, given(site, officer, login))
    assert client.get("/my").headers["Location"].startswith("/account/new-password")
    assert choose(client) == 302
    assert not is_inside(before)
    assert not is_inside(client)
    assert is_inside(sign_in(site, login, NEW))


def test_a_code_works_once(site: TestSite, officer: Actor, worker: Actor) -> None:
    login = login_of(site, worker)
    code = given(site, officer, login)
    enter(site, login, code)
    assert choose(enter(site, login, code)) == 302
    assert site.client().post("/sign-in/reset", data={"login": login, "code": code}).status_code == 422
    assert site.client().post("/sign-in", data={"login": login, "password": NEW}).status_code == 422, "nobody chose it"


def test_a_code_is_good_for_a_day(site: TestSite, officer: Actor, worker: Actor) -> None:
    login = login_of(site, worker)
    code = given(site, officer, login)
    site.clock.forward(hours=24, seconds=1)
    assert site.client().post("/sign-in/reset", data={"login": login, "code": code}).status_code == 422


def test_a_later_code_ends_the_one_before(site: TestSite, officer: Actor, worker: Actor) -> None:
    login = login_of(site, worker)
    first, second = given(site, officer, login), given(site, officer, login)
    assert site.client().post("/sign-in/reset", data={"login": login, "code": first}).status_code == 422
    assert site.client().post("/sign-in/reset", data={"login": login, "code": second.lower().replace("-", "")}).status_code == 302


def test_a_code_is_for_one_account(site: TestSite, officer: Actor, worker: Actor, make: Make) -> None:
    other = login_of(site, make.account())
    assert site.client().post("/sign-in/reset", data={"login": other, "code": given(site, officer, login_of(site, worker))}).status_code == 422


def test_a_code_unlocks_the_account(site: TestSite, officer: Actor, worker: Actor) -> None:
    login = with_password(site, worker)
    for _ in range(5):
        site.client().post("/sign-in", data={"login": login, "password": "wrong"})
        site.clock.forward(seconds=10)
    choose(enter(site, login, given(site, officer, login)))
    assert is_inside(sign_in(site, login, NEW))


def test_the_second_factor_is_asked_for_afterwards(site: TestSite, officer: Actor, worker: Actor) -> None:
    login = with_password(site, worker)
    set_up(site, sign_in(site, login))
    choose(enter(site, login, given(site, officer, login)))
    assert sign_in(site, login, NEW).get("/my").headers["Location"].startswith("/sign-in/code")


def test_who_may_help_whom(site: TestSite, make: Make, officer: Actor, worker: Actor) -> None:
    away, boss = make.officer(of="酒仙桥街道"), make.administrator()
    firm = make.enterprise(under=make.organisation("又一家基层工会", under=make.unit("将台地区")))
    user = make.enterprise_user(firm)
    below = make.holding(Role.UNION_OFFICER, "organisation", firm.units[0])
    helped = {(giver.account_id, asks.account_id): bool(given(site, giver, login_of(site, asks)))
              for giver in (officer, away, boss) for asks in (worker, user, below, officer, boss)}  # fmt: skip
    who = {officer.account_id: "officer", away.account_id: "away", boss.account_id: "boss", worker.account_id: "worker", user.account_id: "user",
           below.account_id: "below"}  # fmt: skip
    assert {(who[giver], who[asks]) for (giver, asks), yes in helped.items() if yes} == {
        ("officer", "worker"), ("officer", "user"), ("boss", "worker"), ("boss", "user"), ("boss", "below"), ("boss", "officer"),
    }  # fmt: skip


def test_whom_one_may_not_help_is_answered_like_an_unknown_name(site: TestSite, make: Make, worker: Actor) -> None:
    client = site.client(make.officer(of="酒仙桥街道"))
    known = client.post("/accounts/reset", data={"login": login_of(site, worker)})
    unknown = client.post("/accounts/reset", data={"login": "nobody"})
    assert (known.status_code, unknown.status_code) == (422, 422)
    assert errors(known.text) == errors(unknown.text)


def errors(page: str) -> str:
    return page.partition('id="errors"')[2].partition("</div>")[0]


def test_a_worker_helps_nobody(site: TestSite, worker: Actor) -> None:
    assert site.client(worker).get("/accounts/reset").status_code == 403


def test_neither_store_nor_audit_tell_the_code(site: TestSite, officer: Actor, worker: Actor) -> None:
    code = given(site, officer, login_of(site, worker))
    kept = site.system.read(lambda tx: str(tx.all("MATCH (n) RETURN properties(n) AS all", value("all"))))
    assert code not in kept
    assert code.replace("-", "") not in kept
    entries = site.system.read(list_entries, worker.account_id)
    assert [(entry.verb, entry.account_id) for entry in entries[-1:]] == [("give-reset-code", officer.account_id)]


def test_a_first_password_has_to_be_replaced(site: TestSite, make: Make) -> None:
    made = site.client(make.administrator()).post("/accounts", data={"login": "li-na", "name": "李娜", "password": GOOD})
    assert made.status_code == 302
    client = sign_in(site, "li-na")
    assert client.get("/my").headers["Location"].startswith("/account/new-password")
    assert choose(client, GOOD) == 422, "the one that somebody else knows"
    assert choose(client) == 302
    assert is_inside(sign_in(site, "li-na", NEW))


@pytest.mark.race
def test_of_many_who_send_one_code_at_once_one_comes_in(site: TestSite, officer: Actor, worker: Actor) -> None:
    login = login_of(site, worker)
    code = given(site, officer, login)
    with ThreadPoolExecutor(8) as crowd:
        answers = list(crowd.map(lambda _: site.client().post("/sign-in/reset", data={"login": login, "code": code}).status_code, range(8)))
    assert sorted(answers) == [302, *[422] * 7]
