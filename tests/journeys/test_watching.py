"""Somebody keeps a work for later, wants to hear of it, is told that it is gone, and takes it off the list."""

import pytest

from marketplace.domains.achievements.service import withdraw_achievement
from tests.journeys.cast import Cast, a_district
from tests.journeys.conftest import Visit
from tests.journeys.live import Live
from tests.journeys.visitor import Visitor
from tests.journeys.words import catalogue, zh

pytestmark = [pytest.mark.journey, pytest.mark.slow, pytest.mark.xdist_group("market journeys")]
HIDDEN = "%(num)d more cannot be seen any more."


def test_what_is_watched_is_heard_of_and_taken_off(live: Live, visit: Visit) -> None:
    cast = a_district(live)
    live.site.drain()
    other = live.site.search("幕墙渗漏").hits[0].id
    user = visit("the enterprise user", cast.user)

    keeps_and_watches(user, cast.battery.id, other)
    is_told_that_it_is_gone(user, live, cast)


def keeps_and_watches(user: Visitor, watched: str, other: str) -> None:
    user.go("/saved/things")
    assert user.sees(zh("Nothing saved."))
    for work in (watched, other):
        user.go(f"/achievements/{work}")
        user.press(user.button(zh("Save for later")))
    user.go("/saved/things")
    user.press(user.main(f"#thing-{watched}").get_by_role("button", name=zh("Tell me of changes")))
    assert user.sees(zh("When it changes"))
    user.press(user.main(f"#thing-{other}").get_by_role("button", name=zh("Take it off")))
    user.go("/saved/things")
    assert user.main("tbody tr").count() == 1


def is_told_that_it_is_gone(user: Visitor, live: Live, cast: Cast) -> None:
    work = live.site.find("achievement", cast.battery.id)
    live.site.acting_as(cast.lead).change(withdraw_achievement, work.id, work.version)
    user.is_told(zh("Something that you watch is not public any more"))
    assert user.page.url.startswith(f"{user.address}/saved/things")
    assert not user.main("tbody tr").count()
    assert user.sees(catalogue().ngettext(HIDDEN, HIDDEN, 1) % {"num": 1})
