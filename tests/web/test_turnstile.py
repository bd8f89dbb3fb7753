"""A rush at the door leaves the house to everybody else: a few passwords are looked at, as many wait, the others come again."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from threading import Event, Thread
from time import sleep

import pytest

from marketplace.domains.accounts.model import Account
from marketplace.domains.accounts.repository import find_account
from marketplace.domains.accounts.service import create_account, hashed
from marketplace.web.turnstile import Turnstile
from tests.site import TestSite, make_site

GOOD = "一句好记的话就是好密码"


@pytest.fixture
def narrow(site: TestSite) -> TestSite:
    """One password at a time, and one that waits."""
    return make_site(site.graph, site.index, site.site.settings.model_copy(update={"hashing_at_once": 1}))


@pytest.fixture
def account(site: TestSite) -> Account:
    return site.system.change(create_account, "zhang", "张伟", hashed(GOOD))


def turnstile_of(site: TestSite) -> Turnstile:
    found = site.app.extensions["turnstile"]
    assert isinstance(found, Turnstile)
    return found


@contextmanager
def crowded(turnstile: Turnstile) -> Iterator[None]:
    """Somebody is served and somebody waits, for as long as the block lasts."""
    waits = Event()

    def wait() -> None:
        waits.set()
        with turnstile.turn():
            pass

    with ExitStack() as served:
        served.enter_context(turnstile.turn())
        second = Thread(target=wait)
        second.start()
        waits.wait(5)
        sleep(0.2)
        yield
    second.join()


def enter(site: TestSite) -> tuple[int, str]:
    answer = site.client().post("/sign-in", data={"login": "zhang", "password": GOOD})
    return answer.status_code, answer.headers.get("Retry-After", "")


def test_who_comes_third_is_sent_away_and_told_when_to_come_again(narrow: TestSite, account: Account) -> None:
    with crowded(turnstile_of(narrow)):
        assert enter(narrow) == (503, "3")
    assert enter(narrow) == (302, "")


def test_what_was_typed_stays_and_nothing_is_counted_as_a_failure(narrow: TestSite, account: Account) -> None:
    with crowded(turnstile_of(narrow)):
        answer = narrow.client().post("/sign-in", data={"login": "zhang", "password": "wrong"})
    assert 'value="zhang"' in answer.text
    assert "wrong" not in answer.text
    kept = narrow.system.read(find_account, "zhang")
    assert kept is not None
    assert kept.failures == 0


def test_other_pages_are_not_kept_waiting(narrow: TestSite, account: Account) -> None:
    with crowded(turnstile_of(narrow)):
        assert narrow.client().get("/help").status_code == 200


def test_those_who_were_sent_away_are_told_to_whoever_watches(narrow: TestSite, account: Account) -> None:
    with crowded(turnstile_of(narrow)):
        enter(narrow)
        enter(narrow)
    registry = narrow.app.extensions["measures"].registry
    assert registry.get_sample_value("jiangchuang_refused_for_hashing_total") == 2


def test_those_who_are_sent_away_are_called_one_after_another(narrow: TestSite) -> None:
    turnstile = turnstile_of(narrow)
    turnstile._taking = 1.0
    called = [turnstile._place() for _ in range(100)]
    assert called[:5] == [3, 4, 5, 6, 7]
    assert max(called) == 60


def test_a_place_is_free_again_after_a_fault(narrow: TestSite) -> None:
    turnstile = turnstile_of(narrow)
    for _ in range(5):
        with pytest.raises(ZeroDivisionError), turnstile.turn():
            raise ZeroDivisionError
    with turnstile.turn():
        pass


def test_control_without_a_bound_nobody_is_sent_away(site: TestSite, account: Account) -> None:
    wide = make_site(site.graph, site.index, site.site.settings.model_copy(update={"hashing_at_once": 50}))
    with turnstile_of(wide).turn(), turnstile_of(wide).turn():
        assert enter(wide) == (302, "")
