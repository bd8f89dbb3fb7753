"""A code by mail goes to a confirmed address only, once in ten minutes; the page says the same to everybody."""

import re
from typing import Any

import pytest
from structlog.testing import capture_logs

from marketplace.domains.accounts.repository import get_account
from marketplace.kernel.actor import Actor
from marketplace.kernel.emails import write_email
from tests.factories import Make
from tests.second_factor.authenticator import is_inside, sign_in
from tests.site import TestSite

NEW = "另一句好记的话也是密码"
CODE = re.compile(r"[A-Z2-7]{4}(?:-[A-Z2-7]{4}){3}")
OPEN_BOX = "CREATE (p:Postbox {id: $id, version: 1, status: $status, created_at: $now, updated_at: $now, audience: ['system']})"


@pytest.fixture
def worker(make: Make) -> Actor:
    return make.person(make.worker())


def login_of(site: TestSite, actor: Actor) -> str:
    return site.system.read(get_account, actor.account_id).login


def with_address(site: TestSite, actor: Actor, status: str = "open") -> str:
    site.graph.write(lambda tx: tx.run(OPEN_BOX, id=actor.account_id, status=status, now=site.clock.now()))
    site.graph.write(lambda tx: write_email(tx, actor.account_id, "zhang@example.org"))
    return login_of(site, actor)


def letters(site: TestSite, login: str, host: str = "localhost") -> list[dict[str, Any]]:
    """What a site without a mail server writes into its log."""
    with capture_logs() as logs:
        answer = site.client().post("/sign-in/forgotten", data={"login": login}, headers={"Host": host})
        answer.close()
    assert answer.status_code == 200
    return [dict(entry) for entry in logs if entry["event"] == "mail"]


def test_a_code_by_mail_leads_to_a_new_password(site: TestSite, worker: Actor) -> None:
    login = with_address(site, worker)
    (letter,) = letters(site, login)
    found = CODE.search(letter["text"])
    assert found is not None
    assert "/sign-in/reset" in letter["text"]
    client = site.client()
    assert client.post("/sign-in/reset", data={"login": login, "code": found[0]}).status_code == 302
    assert client.post("/account/new-password", data={"password": NEW, "again": NEW}).status_code == 302
    assert is_inside(sign_in(site, login, NEW))


def test_the_link_leads_to_the_site_whatever_host_is_named(site: TestSite, worker: Actor) -> None:
    """Or a stranger has a real code entered on a page of theirs."""
    (letter,) = letters(site, with_address(site, worker), "evil.example")
    assert f"{site.site.settings.address}/sign-in/reset" in letter["text"]
    assert "evil.example" not in letter["text"]


@pytest.mark.parametrize("status", ["unconfirmed", "aside", "empty"])
def test_an_address_that_nobody_has_confirmed_gets_nothing(site: TestSite, worker: Actor, status: str) -> None:
    assert letters(site, with_address(site, worker, status)) == []


def test_who_has_no_address_and_who_does_not_exist_get_the_same_page(site: TestSite, worker: Actor, make: Make) -> None:
    known, unknown, mailed = login_of(site, make.account()), "nobody", with_address(site, worker)
    pages = [site.client().post("/sign-in/forgotten", data={"login": login}).text for login in (known, unknown, mailed)]
    assert len({re.sub(r'value="[^"]*"', "", page) for page in pages}) == 1
    assert letters(site, known) == letters(site, unknown) == []


def test_one_letter_in_ten_minutes(site: TestSite, worker: Actor) -> None:
    login = with_address(site, worker)
    assert [len(letters(site, login)) for _ in range(3)] == [1, 0, 0]
    site.clock.forward(minutes=11)
    assert len(letters(site, login)) == 1


def test_a_letter_does_not_end_the_code_that_an_officer_has_just_given(site: TestSite, worker: Actor, make: Make) -> None:
    login = with_address(site, worker)
    page = site.client(make.administrator()).post("/accounts/reset", data={"login": login}).text
    given = CODE.search(page.partition("one-time")[2])
    assert given is not None
    assert letters(site, login) == []
    assert site.client().post("/sign-in/reset", data={"login": login, "code": given[0]}).status_code == 302
