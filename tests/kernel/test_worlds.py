"""A world that is brought back is the one that was made."""

import re
from typing import Any

import pytest

from graph.dialect import wipe
from marketplace.kernel.permissions import SYSTEM
from tests.challenges.scenes import a_course
from tests.deals.scenes import open_market
from tests.enquiries.scenes import open_market as open_shop
from tests.factories import Make
from tests.income.scenes import open_till
from tests.roles.scenes import a_district
from tests.site import SetClock, TestSite
from tests.worlds import remembered, written


def content(site: TestSite) -> tuple[dict[str, list[str]], dict[tuple[str, str, str], list[str]]]:
    nodes, relations = site.graph.read(written, reader=(SYSTEM,))
    return {label: sorted(map(told, rows)) for label, rows in nodes.items()}, {way: sorted(map(told, rows)) for way, rows in relations.items()}


def told(value: Any) -> str:
    """Engines list properties in any order."""
    return str(sorted((name, told(one)) for name, one in value.items())) if isinstance(value, dict) else repr(value)


def words_of(world: object) -> list[str]:
    """Sets are written in any order."""
    return sorted(re.findall(r"\w+", repr(world)))


def anew(site: TestSite, world_of: Any) -> Any:
    wipe(site.graph)
    site.clock.set(SetClock().moment)
    return world_of(site, Make(site))


@pytest.mark.parametrize("build", [a_course, a_district, open_market, open_shop, open_till])
def test_what_is_brought_back_is_what_was_made(site: TestSite, build: Any) -> None:
    seen = []

    def counted(site: TestSite, make: Make) -> Any:
        seen.append("made")
        return getattr(build, "__wrapped__", build)(site, make)

    counted.__qualname__ = f"counted {build.__module__}"
    world_of = remembered(counted)
    for _time in range(2):
        made, before = anew(site, world_of), content(site)
        moment, words = site.clock.moment, words_of(made)
    back = anew(site, world_of)
    assert seen == ["made", "made"]
    assert content(site) == before
    assert site.clock.moment == moment
    assert words_of(back) == words
