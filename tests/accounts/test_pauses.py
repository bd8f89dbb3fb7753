"""Failures in a row make the next try wait ever longer: kept in the graph, so that neither a restart nor a hundred clients shorten it."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from graph.connection import Graph
from marketplace.domains.accounts.model import Account
from marketplace.domains.accounts.repository import find_account, save_account
from marketplace.domains.accounts.service import create_account, hashed
from marketplace.kernel.door import pauses
from marketplace.kernel.unit_of_work import UnitOfWork
from marketplace.kernel.workflow import edited
from tests.site import TestSite, make_site

GOOD = "一句好记的话就是好密码"


@pytest.fixture
def account(site: TestSite) -> Account:
    return site.system.change(create_account, "zhang", "张伟", hashed(GOOD))


def enters(site: TestSite, password: str = GOOD) -> bool:
    return site.client().post("/sign-in", data={"login": "zhang", "password": password}).status_code == 302


def failures(site: TestSite) -> int:
    kept = site.system.read(find_account, "zhang")
    assert kept is not None
    return kept.failures


def test_the_pauses_grow_and_end_growing() -> None:
    seconds = [pause.total_seconds() for pause in pauses(5, 15)]
    assert seconds == [0, 0, 2, 4, 8, 900, 1800, 3600, 7200, 14400]
    assert pauses(1, 15)[1] == timedelta(minutes=15)


def test_a_second_failure_makes_the_next_try_wait(site: TestSite, account: Account) -> None:
    assert not enters(site, "wrong")
    assert not enters(site, "wrong")
    assert not enters(site), "too soon"
    assert failures(site) == 2, "who was not looked at is not counted"
    site.clock.forward(seconds=2)
    assert enters(site)
    assert failures(site) == 0


def test_after_the_lock_one_more_failure_doubles_it(site: TestSite, account: Account) -> None:
    for _ in range(5):
        enters(site, "wrong")
        site.clock.forward(seconds=10)
    site.clock.forward(minutes=15)
    assert not enters(site, "wrong")
    site.clock.forward(minutes=29)
    assert not enters(site)
    site.clock.forward(minutes=1)
    assert enters(site)


def test_a_restart_unlocks_nothing(site: TestSite, account: Account, graph: Graph) -> None:
    for _ in range(5):
        enters(site, "wrong")
        site.clock.forward(seconds=10)
    again = make_site(graph, site.index, site.site.settings)
    again.clock.set(site.clock.now() + timedelta(minutes=14))
    assert not enters(again)
    again.clock.forward(minutes=1)
    assert enters(again)


@pytest.mark.race
def test_guesses_at_once_are_as_slow_as_one_by_one(site: TestSite, account: Account) -> None:
    """Of thirty at once two are looked at: the first, which brings no pause, and the second."""
    with ThreadPoolExecutor(30) as crowd:
        results = list(crowd.map(lambda number: guess(site, number), range(30)))
    assert set(results) <= {422, 503}
    assert failures(site) <= 2


def guess(site: TestSite, number: int) -> int:
    return site.client().post("/sign-in", data={"login": "zhang", "password": f"wrong {number}"}).status_code


def save_again(uow: UnitOfWork, account: Account) -> int:
    change = edited(account, account.version, at=uow.now, name="张大伟")
    save_account(uow.tx, change)
    return change.after.version


def test_what_is_counted_survives_a_change_of_the_account(site: TestSite, account: Account) -> None:
    """Saving what was read before a failure must not forget the failure."""
    before = site.system.read(find_account, "zhang")
    assert before is not None
    enters(site, "wrong")
    enters(site, "wrong")
    from_before = site.system.change(save_again, before)
    assert from_before == before.version + 1
    assert failures(site) == 2
