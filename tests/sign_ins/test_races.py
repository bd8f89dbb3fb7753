"""Whoever ends a sign-in and whoever comes in race; the next request obeys. CHAOS_ROUNDS says how often (a hundred where it counts)."""

import os
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from threading import Barrier
from typing import Any

import pytest

from marketplace.domains.accounts.model import Account
from marketplace.domains.accounts.repository import get_account
from marketplace.domains.accounts.service import change_password, claim_own_try, enter, open_session
from marketplace.domains.sign_ins.service import end_other_sign_ins, end_sign_in
from marketplace.kernel.actor import Actor
from marketplace.kernel.door import door_of
from marketplace.kernel.errors import Stale
from marketplace.kernel.sign_ins import Arrival
from marketplace.web.identity import digest_of, new_token
from tests.factories import NO_PASSWORD, Make
from tests.site import TestSite

ROUNDS = int(os.environ.get("CHAOS_ROUNDS", "8"))

pytestmark = pytest.mark.race


def at_once(*acts: Any) -> list[Any]:
    """What each came to; an act that came too late is None."""
    start = Barrier(len(acts))

    def one(act: Any) -> Any:
        start.wait()
        try:
            return act()
        except Stale:
            return None

    with ThreadPoolExecutor(len(acts)) as crowd:
        return list(crowd.map(one, acts))


def opens(site: TestSite, token: str) -> bool:
    client = site.client()
    with client.session_transaction() as session:
        session["sid"] = token
    return client.get("/account/password").status_code == 200


def looked_at(site: TestSite, somebody: Actor) -> Account:
    """The password was right a moment ago."""
    account = site.system.change(claim_own_try, somebody.account_id, door_of(site.site.settings))
    assert account is not None
    return account


def end_all(site: TestSite, somebody: Actor) -> None:
    present = site.system.read(get_account, somebody.account_id)
    site.system.change(change_password, somebody.account_id, present.version, NO_PASSWORD)


def test_who_comes_in_with_what_was_right_until_now_does_not_stay(site: TestSite, make: Make) -> None:
    """Whichever of the two commits first: after the new password nobody is inside by the old one."""
    somebody = make.account()
    for number in range(ROUNDS):
        site.clock.forward(minutes=1)
        account, token = looked_at(site, somebody), new_token()
        coming = partial(site.system.change, enter, account, digest_of(token), Arrival())
        at_once(coming, partial(end_all, site, somebody))
        assert not opens(site, token), f"round {number}"


def test_control_without_the_generation_somebody_stays(site: TestSite, make: Make) -> None:
    """The order in which it matters: looked at, ended, come in."""
    somebody, token, guarded = make.account(), new_token(), new_token()
    account = looked_at(site, somebody)
    end_all(site, somebody)
    with pytest.raises(Stale):
        site.system.change(enter, account, digest_of(guarded), Arrival())
    site.system.change(open_session, somebody.account_id, digest_of(token))
    assert (opens(site, guarded), opens(site, token)) == (False, True)


def test_two_end_one_sign_in_while_it_is_used(site: TestSite, make: Make) -> None:
    somebody = make.account()
    for number in range(ROUNDS):
        token = new_token()
        site.system.change(open_session, somebody.account_id, digest_of(token))
        ending = partial(site.acting_as(somebody).change, end_sign_in, digest_of(token))
        at_once(ending, ending, partial(opens, site, token), partial(opens, site, token))
        assert not opens(site, token), f"round {number}"


def test_two_end_each_other(site: TestSite, make: Make) -> None:
    """Both say "all others" at once: whoever is heard first stays, and the other's word counts no longer."""
    somebody = make.account()
    for number in range(ROUNDS):
        tokens = [new_token(), new_token()]
        for token in tokens:
            site.system.change(open_session, somebody.account_id, digest_of(token))
        at_once(*(partial(site.acting_as(somebody).change, end_other_sign_ins, digest_of(token)) for token in tokens))
        assert sum(opens(site, token) for token in tokens) == 1, f"round {number}"
