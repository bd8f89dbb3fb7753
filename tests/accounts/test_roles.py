"""Roles act on the next request, given and taken; nobody gives them to themselves."""

import pytest

from marketplace.domains.accounts.model import Role
from marketplace.domains.accounts.repository import actor_of_account, list_holdings
from marketplace.domains.accounts.service import create_account, grant_role, take_role
from marketplace.kernel.actor import Actor
from marketplace.kernel.audit import list_entries
from marketplace.kernel.errors import Forbidden, Invalid
from tests.factories import NO_PASSWORD, Make
from tests.site import TestSite


def now(site: TestSite, actor: Actor) -> Actor:
    """Who that is at the next request."""
    return site.system.read(actor_of_account, actor.account_id)


def test_a_role_opens_on_the_next_request_and_closes_on_the_one_after_it_is_taken(site: TestSite, make: Make) -> None:
    boss, somebody, unit = make.administrator(), make.account(), make.unit("将台地区")
    client = site.client(somebody)
    assert client.get("/accounts").status_code == 403
    given = site.acting_as(boss).change(grant_role, somebody.account_id, 1, Role.ADMINISTRATOR, "organisation", unit.id)
    assert client.get("/accounts").status_code == 200
    site.acting_as(boss).change(take_role, somebody.account_id, given.version, Role.ADMINISTRATOR, unit.id)
    assert client.get("/accounts").status_code == 403


def test_an_officer_is_one_of_that_unit_only(site: TestSite, make: Make) -> None:
    here, there = make.unit("将台地区"), make.unit("酒仙桥街道")
    officer = make.officer(of=here)
    assert f"officer:{here.id}" in officer.tokens
    assert f"officer:{there.id}" not in officer.tokens


def test_nobody_changes_their_own_roles(site: TestSite, make: Make) -> None:
    boss, unit = make.administrator(), make.unit("将台地区")
    acting = site.acting_as(boss)
    held = acting.read(list_holdings, boss.account_id)
    with pytest.raises(Forbidden):
        acting.change(grant_role, boss.account_id, 2, Role.UNION_OFFICER, "organisation", unit.id)
    with pytest.raises(Forbidden):
        acting.change(take_role, boss.account_id, 2, Role.ADMINISTRATOR, held[0].id)
    assert acting.read(list_holdings, boss.account_id) == held


def test_an_officer_gives_nobody_a_role_and_opens_no_account(site: TestSite, make: Make) -> None:
    officer, somebody = make.officer(of="将台地区"), make.account()
    acting = site.acting_as(officer)
    with pytest.raises(Forbidden):
        acting.change(grant_role, somebody.account_id, 1, Role.UNION_OFFICER, "organisation", make.unit("将台地区").id)
    with pytest.raises(Forbidden):
        acting.change(create_account, "mine", "我的", NO_PASSWORD)
    assert now(site, somebody) == somebody


@pytest.mark.parametrize(("role", "kind"), [(Role.UNION_OFFICER, "enterprise"), (Role.ENTERPRISE_USER, "organisation")])
def test_a_role_is_given_where_it_belongs(site: TestSite, make: Make, role: Role, kind: str) -> None:
    with pytest.raises(Invalid):
        site.acting_as(make.administrator()).change(grant_role, make.account().account_id, 1, role, kind, make.unit().id)


def test_a_taken_sign_in_name_is_refused_at_its_field(site: TestSite, make: Make) -> None:
    boss = make.administrator()
    client = site.client(boss)
    sent = {"login": "li-na", "name": "李娜", "password": "十个字以上的一句话吧"}
    assert client.post("/accounts", data=sent).status_code == 302
    again = client.post("/accounts", data=sent)
    assert again.status_code == 422
    assert "login" in again.text


@pytest.mark.parametrize("path", ["/accounts", "/accounts/x"])
def test_the_list_of_accounts_is_the_administrators(site: TestSite, make: Make, path: str) -> None:
    assert site.client().get(path).status_code == 302
    assert site.client(make.officer(of="将台地区")).get(path).status_code == 403
    assert site.client(make.administrator()).get(path).status_code == (200 if path == "/accounts" else 404)


def test_the_past_of_a_role_is_kept_in_the_audit_without_a_name(site: TestSite, make: Make) -> None:
    boss, somebody, unit = make.administrator(), make.account(name="赵敏"), make.unit("将台地区")
    given = site.acting_as(boss).change(grant_role, somebody.account_id, 1, Role.UNION_OFFICER, "organisation", unit.id)
    site.acting_as(boss).change(take_role, somebody.account_id, given.version, Role.UNION_OFFICER, unit.id)
    entries = site.system.read(list_entries, somebody.account_id)
    assert [(entry.verb, entry.account_id) for entry in entries[-2:]] == [("grant-role", boss.account_id), ("take-role", boss.account_id)]
    assert "赵敏" not in str(entries)
