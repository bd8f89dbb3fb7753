"""What stories about a second factor need: a site that asks for it, and a telephone that shows codes."""

import re
from dataclasses import dataclass
from html import unescape

import pyotp
from flask.testing import FlaskClient

from marketplace.domains.accounts.repository import get_account
from marketplace.domains.accounts.service import change_password, hashed
from marketplace.kernel.actor import Actor
from marketplace.kernel.one_time_codes import STEP
from tests.site import TestSite, make_site

GOOD = "一句好记的话就是好密码"
GOOD_HASH = hashed(GOOD)
SEALED = re.compile(r'name="sealed"[^>]*value="([^"]+)"')
SECRET = re.compile(r'class="one-time">([A-Z2-7 ]+)<')
CODE = re.compile(r'class="one-time">([A-Z2-7]{4}(?:-[A-Z2-7]{4}){3})<')


def strict(site: TestSite) -> TestSite:
    """The same store, asked as in production."""
    return make_site(site.graph, site.index, site.site.settings.model_copy(update={"second_factor": "required"}))


def with_password(site: TestSite, actor: Actor) -> str:
    """The sign-in name of somebody whose password is GOOD."""
    account = site.system.read(get_account, actor.account_id)
    site.system.change(change_password, account.id, account.version, GOOD_HASH)
    return account.login


def sign_in(site: TestSite, login: str, password: str = GOOD) -> FlaskClient:
    client = site.client()
    assert client.post("/sign-in", data={"login": login, "password": password}).status_code == 302
    return client


@dataclass(frozen=True, slots=True)
class Telephone:
    site: TestSite
    secret: str

    def code(self, later: int = 0) -> str:
        """Of this moment, or so many steps later."""
        return pyotp.TOTP(self.secret).at(self.site.clock.now() + later * STEP)


def set_up(site: TestSite, client: FlaskClient) -> tuple[Telephone, list[str]]:
    """By the page, as its reader would; the codes to write down come with it."""
    page = client.get("/account/second-factor").text
    sealed, secret = SEALED.search(page), SECRET.search(page)
    assert sealed is not None
    assert secret is not None
    telephone = Telephone(site, secret[1].replace(" ", ""))
    answer = client.post("/account/second-factor", data={"sealed": unescape(sealed[1]), "code": telephone.code()})
    assert answer.status_code == 200, answer.text
    return telephone, CODE.findall(answer.text)


def is_inside(client: FlaskClient) -> bool:
    return client.get("/account/password").status_code == 200
