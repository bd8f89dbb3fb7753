"""kill -9 of a relay while it tells: whoever is to hear of something hears of it, and nobody twice (issue: no alert twice)."""

import os
from dataclasses import dataclass
from pathlib import Path

import pytest

from marketplace.domains.enquiries.service import save_for_later
from marketplace.domains.opinions.service import give_opinion
from marketplace.domains.repairs.service import mark_repaired
from marketplace.domains.saved_searches.model import SavedSearch
from marketplace.domains.watches.service import watch_thing
from marketplace.kernel.actor import Actor
from marketplace.kernel.notices import Topic, list_notices
from marketplace.kernel.verdicts import Verdict
from tests.chaos.doomed import Point, is_killed
from tests.chaos.doomed_teller import tell, tell_apart, work
from tests.conftest import Engine
from tests.factories import Make
from tests.saved_searches.scenes import Street
from tests.site import TestSite

pytestmark = [pytest.mark.chaos, pytest.mark.xdist_group("kill_points")]
ROUNDS = int(os.environ.get("CHAOS_ROUNDS", "2"))
POINTS = (Point.BEFORE_BEGIN, Point.BEFORE_COMMIT, Point.AFTER_COMMIT)


@dataclass(slots=True)
class Waiting:
    """Somebody saved a search, watches a work and passed on it; the work has a new version that answers their reason."""

    site: TestSite
    reader: Actor
    search: SavedSearch
    folder: Path

    def told(self) -> list[str]:
        notices = self.site.system.read(list_notices, self.reader.account_id)
        return sorted(one.verb for one in notices if one.about is Topic.SEARCHES)

    def go_on(self) -> None:
        """Another process takes over, and comes by once more for good measure."""
        for _again in range(2):
            work(self.site.graph, self.folder, self.site.clock.now())


@pytest.fixture
def waiting(site: TestSite, make: Make, tmp_path: Path) -> Waiting:
    street, firm = Street(site, make), make.enterprise()
    reader = make.enterprise_user(firm)
    work = street.publishes("泄压装置")
    site.clock.forward(minutes=1)
    need = make.need(firm, owner=reader, title="电池泄压")
    acting = site.acting_as(reader)
    acting.change(save_for_later, "achievement", work.id)
    acting.change(watch_thing, work.id, tells=True)
    acting.change(give_opinion, need.id, "achievement", work.id, Verdict.VAGUE, tell=True)
    site.drain()
    street.alerting.carry_out()
    search = street.saves(reader, "二代")
    street.publishes_again(site.find("achievement", work.id), "泄压装置二代")
    site.acting_as(street.author).change(mark_repaired, "achievement", work.id, [Verdict.VAGUE])
    site.drain()
    folder = tmp_path / "teller"
    folder.mkdir()
    return Waiting(site, reader, search, folder)


@pytest.mark.parametrize("point", POINTS)
@pytest.mark.parametrize("_kill", range(ROUNDS))
def test_a_killed_teller_leaves_nothing_out_and_its_successor_says_nothing_twice(
    engine: Engine, waiting: Waiting, point: Point, _kill: int
) -> None:  # fmt: skip
    assert is_killed(tell, engine, point, waiting.folder, waiting.site.clock.now())
    waiting.go_on()
    assert waiting.told() == ["find", "tell", "watch-version"]


def test_control_a_message_apart_is_told_twice(engine: Engine, waiting: Waiting) -> None:
    assert is_killed(tell_apart, engine, waiting.reader.account_id, waiting.search.id, waiting.site.clock.now())
    waiting.go_on()
    assert waiting.told().count("find") == 2
