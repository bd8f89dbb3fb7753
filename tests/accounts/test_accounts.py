"""Accounts are opened by administrators alone."""

import pytest

from marketplace.domains.accounts.service import create_account
from marketplace.kernel.errors import Forbidden
from tests.factories import NO_PASSWORD, Make
from tests.site import TestSite


def test_an_officer_opens_no_account(site: TestSite, make: Make) -> None:
    with pytest.raises(Forbidden):
        site.acting_as(make.officer(of="将台地区")).change(create_account, "mine", "我的", NO_PASSWORD)


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
