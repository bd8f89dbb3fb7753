"""Who decides about others shows a code besides the password; each code works once, and nothing else opens before."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from flask.testing import FlaskClient

from graph.records import value
from marketplace.kernel.actor import Actor
from marketplace.kernel.audit import list_entries
from marketplace.kernel.second_factors import weak_sign_in
from tests.factories import Make
from tests.second_factor.authenticator import GOOD, is_inside, set_up, sign_in, strict, with_password
from tests.site import TestSite

ELSEWHERE = ["/", "/accounts", "/my", "/account/password", "/account/sign-ins", "/search?q=电池", "/nothing-like-it"]


@pytest.fixture
def asked(site: TestSite) -> TestSite:
    return strict(site)


@pytest.fixture
def officer(make: Make) -> Actor:
    return make.officer(of="将台地区")


def send_code(client: FlaskClient, code: str) -> int:
    return client.post("/sign-in/code", data={"code": code}).status_code


@pytest.mark.parametrize("path", ELSEWHERE)
def test_an_officer_without_one_gets_nowhere_else(asked: TestSite, officer: Actor, path: str) -> None:
    client = sign_in(asked, with_password(asked, officer))
    answer = client.get(path)
    assert (answer.status_code, answer.headers["Location"].partition("?")[0]) == (302, "/account/second-factor")
    assert client.post("/account/sign-ins/end-others").headers["Location"].startswith("/account/second-factor")


def test_who_decides_about_nobody_is_not_asked(asked: TestSite, make: Make) -> None:
    for actor in (make.person(make.worker()), make.enterprise_user()):
        assert is_inside(sign_in(asked, with_password(asked, actor)))


@pytest.mark.parametrize("kind", ["officer", "administrator"])
def test_whose_role_asks_for_it_is_led_to_it(asked: TestSite, make: Make, kind: str) -> None:
    client = sign_in(asked, with_password(asked, getattr(make, kind)()))
    assert client.get("/").status_code == 302
    set_up(asked, client)
    assert is_inside(client)


def test_a_role_that_is_given_later_closes_the_door_until_there_is_one(asked: TestSite, make: Make) -> None:
    somebody = make.account()
    client = sign_in(asked, with_password(asked, somebody))
    assert is_inside(client)
    give_role = "MATCH (a:Account {id: $id}) MATCH (o:Organisation {id: $unit}) CREATE (a)-[:HOLDS {role: 'union-officer', since: $now}]->(o)"
    asked.graph.write(lambda tx: tx.run(give_role, id=somebody.account_id, unit=make.unit("将台地区").id, now=asked.clock.now()))
    assert client.get("/my").headers["Location"].startswith("/account/second-factor")


def test_setting_it_up_ends_every_sign_in_that_came_without_it(asked: TestSite, officer: Actor) -> None:
    login = with_password(asked, officer)
    other, client = sign_in(asked, login), sign_in(asked, login)
    with client.session_transaction() as before:
        token = before["sid"]
    _telephone, codes = set_up(asked, client)
    assert (is_inside(client), is_inside(other), len(set(codes))) == (True, False, 10)
    with client.session_transaction() as after:
        assert after["sid"] != token


def test_the_password_alone_opens_nothing_any_more(asked: TestSite, officer: Actor) -> None:
    login = with_password(asked, officer)
    telephone, _codes = set_up(asked, sign_in(asked, login))
    asked.clock.forward(minutes=1)
    client = sign_in(asked, login)
    assert client.get("/my").headers["Location"].startswith("/sign-in/code")
    assert send_code(client, "000000") == 422
    asked.clock.forward(seconds=3)
    assert send_code(client, telephone.code()) == 302
    assert is_inside(client)


def test_a_code_works_once(asked: TestSite, officer: Actor) -> None:
    login = with_password(asked, officer)
    telephone, _codes = set_up(asked, sign_in(asked, login))
    first = sign_in(asked, login)
    assert send_code(first, telephone.code()) == 422, "the one that set it up is used"
    asked.clock.forward(minutes=1)
    code = telephone.code()
    assert send_code(first, code) == 302
    second = sign_in(asked, login)
    assert send_code(second, code) == 422
    assert not is_inside(second)


def test_a_telephone_may_be_half_a_minute_off_and_no_more(asked: TestSite, officer: Actor) -> None:
    login = with_password(asked, officer)
    telephone, _codes = set_up(asked, sign_in(asked, login))
    asked.clock.forward(minutes=5)
    assert send_code(sign_in(asked, login), telephone.code(later=2)) == 422
    asked.clock.forward(seconds=30)
    assert send_code(sign_in(asked, login), telephone.code(later=1)) == 302


def test_a_recovery_code_lets_in_once_however_it_is_typed(asked: TestSite, officer: Actor) -> None:
    login = with_password(asked, officer)
    _telephone, codes = set_up(asked, sign_in(asked, login))
    assert send_code(sign_in(asked, login), codes[0].lower().replace("-", " ")) == 302
    assert send_code(sign_in(asked, login), codes[0]) == 422
    asked.clock.forward(seconds=5)
    client = sign_in(asked, login)
    assert send_code(client, codes[1]) == 302
    assert "8" in client.get("/account/sign-ins").text


def test_wrong_codes_lock_the_account_like_wrong_passwords(asked: TestSite, officer: Actor) -> None:
    login = with_password(asked, officer)
    telephone, _codes = set_up(asked, sign_in(asked, login))
    for _ in range(5):
        client = sign_in(asked, login)
        assert send_code(client, "000000") == 422
        asked.clock.forward(seconds=20)
    assert send_code(client, telephone.code()) == 422
    assert asked.client().post("/sign-in", data={"login": login, "password": GOOD}).status_code == 422
    asked.clock.forward(minutes=15)
    assert send_code(sign_in(asked, login), telephone.code()) == 302


def test_who_waits_too_long_with_the_code_begins_anew(asked: TestSite, officer: Actor) -> None:
    login = with_password(asked, officer)
    telephone, _codes = set_up(asked, sign_in(asked, login))
    client = sign_in(asked, login)
    asked.clock.forward(minutes=11)
    assert client.post("/sign-in/code", data={"code": telephone.code()}).headers["Location"].startswith("/sign-in")
    assert not is_inside(client)


def test_a_new_password_meanwhile_ends_the_wait_for_a_code(asked: TestSite, officer: Actor) -> None:
    login = with_password(asked, officer)
    telephone, _codes = set_up(asked, sign_in(asked, login))
    waiting = sign_in(asked, login)
    with_password(asked, officer)
    asked.clock.forward(minutes=1)
    send_code(waiting, telephone.code())
    assert not is_inside(waiting)


def test_what_is_kept_tells_neither_the_secret_nor_a_recovery_code(asked: TestSite, officer: Actor) -> None:
    telephone, codes = set_up(asked, sign_in(asked, with_password(asked, officer)))
    kept = asked.system.read(lambda tx: str(tx.all("MATCH (n) RETURN properties(n) AS all", value("all"))))
    assert telephone.secret not in kept
    assert not any(code in kept or code.replace("-", "") in kept for code in codes)


def test_a_sealed_secret_of_somebody_else_opens_nothing(asked: TestSite, make: Make) -> None:
    mine, theirs = make.officer(of="将台地区"), make.officer(of="酒仙桥街道")
    telephone, _codes = set_up(asked, sign_in(asked, with_password(asked, mine)))
    set_up(asked, sign_in(asked, login := with_password(asked, theirs)))
    move = "MATCH (f:SecondFactor {id: $mine}) MATCH (g:SecondFactor {id: $theirs}) SET g.sealed = f.sealed"
    asked.graph.write(lambda tx: tx.run(move, mine=mine.account_id, theirs=theirs.account_id))
    asked.clock.forward(minutes=1)
    client = sign_in(asked, login)
    assert send_code(client, telephone.code()) != 302
    assert not is_inside(client)


def test_new_recovery_codes_end_the_old_ones(asked: TestSite, officer: Actor) -> None:
    login = with_password(asked, officer)
    client = sign_in(asked, login)
    _telephone, old = set_up(asked, client)
    page = client.post("/account/second-factor/codes")
    assert page.status_code == 200
    assert not any(code in page.text for code in old)
    assert send_code(sign_in(asked, login), old[0]) == 422


def test_whose_role_asks_for_it_cannot_take_it_away(asked: TestSite, officer: Actor, make: Make) -> None:
    client = sign_in(asked, with_password(asked, officer))
    set_up(asked, client)
    assert client.post("/account/second-factor/drop").status_code == 409
    worker = sign_in(asked, login := with_password(asked, make.person(make.worker())))
    set_up(asked, worker)
    assert worker.post("/account/second-factor/drop").status_code == 302
    assert is_inside(sign_in(asked, login))


def test_an_administrator_takes_it_from_somebody_else_only(asked: TestSite, officer: Actor, make: Make) -> None:
    boss, login = make.administrator(), with_password(asked, officer)
    client = sign_in(asked, login)
    set_up(asked, client)
    at_work = sign_in(asked, with_password(asked, boss))
    set_up(asked, at_work)
    assert at_work.post(f"/accounts/{boss.account_id}/second-factor/drop").status_code == 403
    assert at_work.post(f"/accounts/{officer.account_id}/second-factor/drop").status_code == 302
    assert not is_inside(client)
    assert sign_in(asked, login).get("/my").headers["Location"].startswith("/account/second-factor")
    verbs = [entry.verb for entry in asked.system.read(list_entries, officer.account_id)]
    assert verbs[-2:] == ["set-up-second-factor", "drop-second-factor"]


def test_the_picture_needs_no_exception_from_the_policy(asked: TestSite, officer: Actor) -> None:
    answer = sign_in(asked, with_password(asked, officer)).get("/account/second-factor")
    assert "<svg" in answer.text
    assert "style=" not in answer.text
    assert "data:" not in answer.text
    assert "no-store" in answer.headers["Cache-Control"]


def test_without_the_setting_only_those_who_have_one_are_asked(site: TestSite, officer: Actor, make: Make) -> None:
    login = with_password(site, officer)
    client = sign_in(site, login)
    assert is_inside(client)
    set_up(site, client)
    assert sign_in(site, login).get("/my").headers["Location"].startswith("/sign-in/code")
    assert weak_sign_in(site.site.settings) != []
    assert weak_sign_in(strict(site).site.settings) == []


@pytest.mark.race
def test_of_many_who_send_one_code_at_once_one_comes_in(asked: TestSite, officer: Actor) -> None:
    login = with_password(asked, officer)
    _telephone, codes = set_up(asked, sign_in(asked, login))
    clients = [sign_in(asked, login) for _ in range(8)]
    with ThreadPoolExecutor(8) as crowd:
        answers = list(crowd.map(lambda client: send_code(client, codes[0]), clients))
    assert sum(is_inside(client) for client in clients) == answers.count(302) == 1
