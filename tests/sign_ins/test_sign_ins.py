"""One sees where one is signed in, knows the place again, and ends it; what was ended opens nothing at the next request."""

import re

import pytest
from flask.testing import FlaskClient

from marketplace.domains.accounts.model import Account
from marketplace.domains.accounts.service import create_account, hashed
from marketplace.web.devices import device_of, shortened
from tests.site import TestSite

GOOD = "一句好记的话就是好密码"
WINDOWS = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0.0.0 Safari/537.36"
TELEPHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.0 Mobile/15E148 Safari/604.1"
WECHAT = "Mozilla/5.0 (Linux; Android 14; V2) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/116.0 Mobile Safari/537.36 MicroMessenger/8.0"
SESSION = re.compile(r'name="session" value="([0-9a-f]{64})"')


@pytest.fixture
def account(site: TestSite) -> Account:
    return site.system.change(create_account, "zhang", "张伟", hashed(GOOD))


def arrived(site: TestSite, agent: str = WINDOWS, address: str = "192.0.2.77") -> FlaskClient:
    client = site.client()
    client.environ_base |= {"HTTP_USER_AGENT": agent, "REMOTE_ADDR": address}
    assert client.post("/sign-in", data={"login": "zhang", "password": GOOD}).status_code == 302
    return client


def is_inside(client: FlaskClient) -> bool:
    return client.get("/account/password").status_code == 200


def others(client: FlaskClient) -> list[str]:
    """The sign-ins that the page offers to end."""
    return SESSION.findall(client.get("/account/sign-ins").text)


@pytest.mark.parametrize(
    ("agent", "words"), [(WINDOWS, "Chrome · Windows"), (TELEPHONE, "Safari · iPhone"), (WECHAT, "微信 WeChat · Android"), ("curl/8", ""), ("", "")]
)
def test_a_device_is_called_what_its_owner_calls_it(agent: str, words: str) -> None:
    assert device_of(agent) == words


@pytest.mark.parametrize(
    ("address", "kept"), [("192.0.2.77", "192.0.2.*"), ("2001:db8:1:2:3::4", "2001:db8:1::*"), ("no address", ""), ("10.0.0.1", "10.0.0.*")]
)
def test_an_address_is_kept_in_part(address: str, kept: str) -> None:
    assert shortened(address) == kept


def test_the_list_says_where_and_since_when(site: TestSite, account: Account) -> None:
    arrived(site, TELEPHONE, "198.51.100.9")
    site.clock.forward(hours=1)
    page = arrived(site).get("/account/sign-ins").text
    assert all(
        words in page for words in ("Chrome · Windows", "Safari · iPhone", "192.0.2.*", "198.51.100.*", "2026-11-23 10:00", "2026-11-23 11:00")
    )
    assert "198.51.100.9" not in page


def test_one_is_ended_and_opens_nothing_at_the_next_request(site: TestSite, account: Account) -> None:
    lost, here = arrived(site, TELEPHONE), arrived(site)
    (found,) = others(here)
    assert here.post("/account/sign-ins/end", data={"session": found}).status_code == 302
    assert (is_inside(lost), is_inside(here)) == (False, True)
    assert others(here) == []


def test_all_others_are_ended_at_once(site: TestSite, account: Account) -> None:
    lost, here = [arrived(site, TELEPHONE) for _ in range(3)], arrived(site)
    here.post("/account/sign-ins/end-others")
    assert [is_inside(one) for one in (*lost, here)] == [False, False, False, True]


def test_nobody_ends_what_is_somebody_elses(site: TestSite, account: Account) -> None:
    site.system.change(create_account, "zheng", "郑强", hashed(GOOD))
    mine = arrived(site)
    arrived(site, TELEPHONE)
    stranger = site.client()
    stranger.post("/sign-in", data={"login": "zheng", "password": GOOD})
    (found,) = others(mine)
    stranger.post("/account/sign-ins/end", data={"session": found})
    assert others(mine) == [found]
    assert others(stranger) == []


@pytest.mark.slow
def test_a_sign_in_ends_after_some_days_however_busy_it_is(site: TestSite, account: Account) -> None:
    client = arrived(site)
    for _hour in range(site.site.settings.session_hours):
        assert is_inside(client)
        client.get("/account/password").close()
        site.clock.forward(hours=1)
    assert not is_inside(client)
