"""An officer sets up a second factor, comes in by it, ends a sign-in elsewhere, and helps a worker who forgot the password. By mouse and by keys."""

from collections.abc import Iterator
from pathlib import Path

import pyotp
import pytest

from graph.connection import Graph
from graph.dialect import wipe
from marketplace.cli.init import found
from marketplace.kernel.actor import Actor
from tests.conftest import Engine, turn
from tests.journeys.conftest import Visit, sign_in
from tests.journeys.live import PASSWORD, Live, serve
from tests.journeys.visitor import Visitor
from tests.journeys.words import zh

pytestmark = [pytest.mark.journey, pytest.mark.slow, pytest.mark.xdist_group("more journeys")]
NEW = "another sentence is as easy"


@pytest.fixture
def live(engine: Engine, open_store: Graph, tmp_path: Path) -> Iterator[Live]:
    """An empty site that asks for a second factor, as in production."""
    with turn(engine):
        wipe(open_store)
        with serve(open_store, tmp_path, second_factor="required") as site:
            found(site.site.site)
            yield site


@pytest.fixture
def officer(live: Live) -> Actor:
    return live.make.officer(of="将台地区总工会")


def shown_code(live: Live, secret: str) -> str:
    """What the telephone shows half a minute later: each code works once."""
    live.site.clock.forward(seconds=30)
    return pyotp.TOTP(secret).at(live.site.clock.now())


def send(visitor: Visitor, field: str, text: str, status: int = 200) -> None:
    visitor.page.fill(f"main input[name={field}]", text)
    visitor.press(visitor.main("form .btn-brand"), status)


def set_up(live: Live, visitor: Visitor) -> tuple[str, list[str]]:
    """From the page that comes first; the secret and the codes to write down."""
    secret = visitor.main("samp").inner_text().replace(" ", "")
    send(visitor, "code", "000000", 422)
    assert visitor.main("samp").inner_text().replace(" ", "") == secret, "a mistake costs no second photograph"
    send(visitor, "code", shown_code(live, secret))
    codes = visitor.main("li samp").all_inner_texts()
    visitor.press(visitor.link(zh("I have kept them")))
    return secret, codes


def sign_out(visitor: Visitor) -> None:
    visitor.page.locator("header summary").click()
    visitor.press(visitor.page.locator("header").get_by_role("button", name=zh("Sign out")))


def test_officer_comes_in_by_two_factors_and_ends_a_sign_in_elsewhere(live: Live, visit: Visit, officer: Actor) -> None:
    here = visit("the officer", officer)
    assert here.sees(zh("Set up a second factor"))
    assert here.page.locator("svg.qr").bounding_box()["width"] > 150  # type: ignore[index]
    here.go("/search")
    assert here.sees(zh("Set up a second factor")), "nothing else comes before"
    secret, codes = set_up(live, here)
    assert len(codes) == 10
    sign_out(here)

    sign_in(here, live.login_of(officer))
    assert here.sees(zh("Second step"))
    send(here, "code", "000000", 422)
    assert here.sees(zh("This code does not fit, was used already, or comes too soon after a wrong one."))
    send(here, "code", shown_code(live, secret))
    here.go("/account/sign-ins")
    assert here.sees("Chrome · Linux")
    assert here.sees(zh("Nowhere else."))

    away = visit("the officer's lost laptop", officer)
    send(away, "code", codes[0])
    away.go("/account/sign-ins")
    here.go("/account/sign-ins")
    assert here.sees(zh("%(num)s recovery code left", num=9))
    here.press(here.main("table button").first)
    assert here.sees(zh("Nowhere else."))
    away.go("/account/sign-ins")
    assert away.page.url.endswith("/sign-in?next=/account/sign-ins?")
    assert away.sees(zh("Sign in"))


def test_officer_does_it_by_keys_alone(live: Live, visit: Visit, officer: Actor) -> None:
    here = visit("the officer at the keys")
    here.go("/sign-in")
    here.page.locator("main input[name=login]").focus()
    here.page.keyboard.type(live.login_of(officer))
    here.page.keyboard.press("Tab")
    here.page.keyboard.type(PASSWORD)
    with here.leaving():
        here.page.keyboard.press("Enter")
    here.arrive()
    secret = here.main("samp").inner_text().replace(" ", "")
    here.page.locator("main input[name=code]").focus()
    here.page.keyboard.type(shown_code(live, secret))
    with here.leaving():
        here.page.keyboard.press("Enter")
    here.arrive()
    tab_to(here, zh("I have kept them"))
    with here.leaving():
        here.page.keyboard.press("Enter")
    here.arrive()
    here.go("/account/sign-ins")
    tab_to(here, zh("New recovery codes"))
    live.site.clock.forward(minutes=11)
    with here.leaving():
        here.page.keyboard.press("Enter")
    here.arrive(403)
    assert here.page.evaluate("document.activeElement.name") == "proof"
    here.page.keyboard.type(shown_code(live, secret))
    with here.leaving():
        here.page.keyboard.press("Enter")
    here.arrive()
    assert here.main("li samp").count() == 10


def tab_to(visitor: Visitor, words: str) -> None:
    for _step in range(60):
        visitor.page.keyboard.press("Tab")
        if visitor.page.evaluate("document.activeElement.textContent.trim()") == words:
            return
    raise AssertionError(f"no way by Tab to {words}")


def test_officer_helps_a_worker_who_forgot_the_password(live: Live, visit: Visit, officer: Actor) -> None:
    unit = live.make.organisation("一家基层工会", under=live.make.unit("将台地区总工会"))
    worker = live.make.person(live.make.worker("冯晓", at=live.make.enterprise(under=unit)))
    login = live.login_of(worker)
    helper = visit("the officer", officer)
    set_up(live, helper)
    helper.go("/accounts/reset")
    send(helper, "login", "nobody", 422)
    assert helper.sees(zh("There is no account of that name which you may help."))
    send(helper, "login", login)
    code = helper.main("samp").inner_text()

    forgetful = visit("the worker")
    forgetful.go("/sign-in")
    forgetful.press(forgetful.link(zh("I have a code")))
    forgetful.page.fill("main input[name=login]", login)
    send(forgetful, "code", "AAAA-BBBB-CCCC-DDDD", 422)
    send(forgetful, "code", code)
    forgetful.go("/")
    assert forgetful.sees(zh("Change password")), "nothing else comes before"
    forgetful.page.fill("main input[name=again]", NEW)
    send(forgetful, "password", NEW)
    forgetful.page.fill("main input[name=login]", login)
    send(forgetful, "password", NEW)
    forgetful.go("/account/sign-ins")
    assert forgetful.sees(zh("Where you are signed in"))
