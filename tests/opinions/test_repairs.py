"""Whoever passed for a reason and wanted to hear of it is told once, when a version that answers it is public."""

import html
import re
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace

import pytest

from marketplace.domains.achievements.model import Achievement, AchievementText
from marketplace.domains.achievements.service import discard_revision, publish_revision, revise_achievement, submit_revision, withdraw_achievement
from marketplace.domains.needs.service import withdraw_need
from marketplace.domains.opinions.repository import list_own_opinions
from marketplace.domains.opinions.service import give_opinion, take_opinion_back
from marketplace.domains.repairs.model import RepairMark
from marketplace.domains.repairs.repository import find_mark, get_repairable
from marketplace.domains.repairs.service import mark_repaired
from marketplace.kernel.actor import Actor
from marketplace.kernel.errors import Forbidden, Invalid, NotFound, Refused
from marketplace.kernel.notices import Notice, list_notices
from marketplace.kernel.revisions import text_of
from marketplace.kernel.verdicts import Verdict
from marketplace.processes.erasure.service import ask_erasure, carry_out_erasure
from marketplace.relay.repairing import Repairing
from tests.factories import Make
from tests.matching.scenes import World, build
from tests.site import TestSite

VAGUE, BENEFIT = Verdict.VAGUE, Verdict.BENEFIT_UNCLEAR


@dataclass(slots=True)
class Shop:
    world: World
    site: TestSite

    def passes(self, who: Actor, verdict: str = VAGUE, *, tell: bool = True) -> None:
        self.site.acting_as(who).change(give_opinion, self.world.need.id, "achievement", self.world.work.id, verdict, tell=tell)

    def work(self) -> Achievement:
        found: Achievement = self.site.find("achievement", self.world.work.id)
        return found

    def revises(self, benefit: str = "单组检修由 4.5 小时降到 1.2 小时") -> Achievement:
        now = self.work()
        text = replace(text_of(now, AchievementText), benefit=benefit)
        return self.site.acting_as(self.world.maker).change(revise_achievement, now.id, now.version, text)

    def publishes(self) -> None:
        sent = self.site.acting_as(self.world.maker).change(submit_revision, self.world.work.id, self.work().version)
        self.site.system.change(publish_revision, sent.id, sent.version)

    def marks(self, *reasons: str) -> RepairMark:
        return self.site.acting_as(self.world.maker).change(mark_repaired, "achievement", self.world.work.id, reasons)

    def mark(self) -> RepairMark | None:
        maker = self.site.acting_as(self.world.maker)
        return maker.read(find_mark, maker.read(get_repairable, "achievement", self.world.work.id))

    def relay(self) -> int:
        self.site.drain()
        return Repairing(self.site.graph, self.site.site.rooms, self.site.clock).carry_out()

    def told(self, who: Actor) -> list[Notice]:
        return [one for one in self.site.system.read(list_notices, who.account_id) if one.kind == "opinion"]

    def agrees(self, who: Actor) -> bool:
        own = self.site.acting_as(who).read(list_own_opinions, who.account_id, self.world.need.id)
        return own[self.world.work.id].tell


@pytest.fixture
def shop(site: TestSite, make: Make) -> Shop:
    return Shop(build(site, make), site)


def test_it_is_told_when_the_marked_version_is_public_and_once(shop: Shop) -> None:
    buyer = shop.world.buyer
    shop.passes(buyer)
    shop.revises()
    shop.marks(VAGUE)
    assert shop.relay() == 0
    assert shop.told(buyer) == []

    shop.publishes()
    assert shop.relay() == 1
    [notice] = shop.told(buyer)
    assert (notice.title, notice.verb) == (shop.world.work.title, "tell")
    assert not shop.agrees(buyer)

    assert shop.relay() == 0
    shop.marks(VAGUE, BENEFIT)
    assert shop.relay() == 0
    assert len(shop.told(buyer)) == 1


def test_a_version_that_is_public_already_can_be_marked_later(shop: Shop) -> None:
    shop.passes(shop.world.buyer)
    shop.revises()
    shop.publishes()
    assert shop.relay() == 0

    shop.marks(VAGUE)
    assert shop.relay() == 1


def test_only_who_agreed_and_passed_for_that_reason_hears_of_it(shop: Shop, make: Make) -> None:
    quiet, other, useful, undecided = (make.account() for _ in range(4))
    shop.passes(quiet, tell=False)
    shop.passes(other, BENEFIT)
    shop.passes(useful, Verdict.USEFUL)
    shop.passes(undecided)
    shop.site.acting_as(undecided).change(take_opinion_back, shop.world.need.id, "achievement", shop.world.work.id)
    shop.revises()
    shop.marks(VAGUE)
    shop.publishes()

    assert shop.relay() == 0
    assert shop.agrees(other)
    shop.marks(VAGUE, BENEFIT)
    assert shop.relay() == 1
    assert len(shop.told(other)) == 1


def test_who_passed_on_the_new_version_is_not_told_of_it(shop: Shop) -> None:
    shop.revises()
    shop.publishes()
    shop.passes(shop.world.buyer)
    shop.marks(VAGUE)

    assert shop.relay() == 0
    assert shop.agrees(shop.world.buyer)


def test_a_second_agreement_is_for_a_second_telling(shop: Shop) -> None:
    for benefit in ("省一半工时", "省八成工时"):
        shop.passes(shop.world.buyer)
        shop.revises(benefit)
        shop.marks(VAGUE)
        shop.publishes()
        assert shop.relay() == 1
    assert len(shop.told(shop.world.buyer)) == 2


def test_nobody_is_told_of_what_they_may_not_see_any_more(shop: Shop) -> None:
    shop.passes(shop.world.buyer)
    shop.revises()
    shop.marks(VAGUE)
    shop.publishes()
    work = shop.work()
    shop.site.acting_as(shop.world.maker).change(withdraw_achievement, work.id, work.version)

    assert shop.relay() == 0
    assert shop.told(shop.world.buyer) == []


def test_nobody_is_told_for_a_need_that_is_gone(shop: Shop, make: Make) -> None:
    reader = make.account()
    shop.passes(reader)
    need = shop.site.find("need", shop.world.need.id)
    shop.site.system.change(withdraw_need, need.id, need.version)
    shop.revises()
    shop.marks(VAGUE)
    shop.publishes()

    assert shop.relay() == 0
    assert shop.told(reader) == []


def test_an_erased_person_is_out(shop: Shop, make: Make) -> None:
    worker = make.worker("司徒南")
    person = make.person(worker)
    shop.passes(person)
    asked = shop.site.acting_as(person).change(ask_erasure, worker.id, "离开", worker.name)
    shop.site.system.change(carry_out_erasure, asked.id, asked.version)
    shop.revises()
    shop.marks(VAGUE)
    shop.publishes()

    assert shop.relay() == 0
    assert shop.told(person) == []


def test_a_version_that_is_given_up_takes_its_mark_along(shop: Shop) -> None:
    shop.passes(shop.world.buyer)
    shop.revises()
    shop.marks(VAGUE)
    shop.site.acting_as(shop.world.maker).change(discard_revision, shop.world.work.id, shop.work().version)
    assert shop.relay() == 0

    shop.revises("另一种改法")
    shop.publishes()
    assert shop.relay() == 0
    mark = shop.mark()
    assert mark is not None
    assert not mark.is_standing


def test_the_publisher_thinks_again(shop: Shop) -> None:
    shop.passes(shop.world.buyer)
    shop.revises()
    shop.marks(VAGUE)
    assert not shop.marks().is_standing
    shop.publishes()

    assert shop.relay() == 0


def test_who_marks_and_what(shop: Shop, make: Make) -> None:
    with pytest.raises(Refused):
        shop.marks(VAGUE)
    shop.revises()
    with pytest.raises(Forbidden):
        shop.site.acting_as(shop.world.buyer).change(mark_repaired, "achievement", shop.world.work.id, [VAGUE])
    for wrong in ([], ["no such reason"], [Verdict.USEFUL]):
        with pytest.raises(Invalid):
            shop.marks(*wrong)
    with pytest.raises(NotFound):
        shop.site.acting_as(shop.world.maker).change(mark_repaired, "studio", shop.world.work.id, [VAGUE])


def test_by_form(shop: Shop) -> None:
    buyer, maker = shop.site.client(shop.world.buyer), shop.site.client(shop.world.maker)
    place = f"/needs/{shop.world.need.id}/matches/achievement/{shop.world.work.id}/opinion"
    strip = buyer.post(place, data={"verdict": VAGUE, "tell": "yes", "key": "k"}, headers={"HX-Request": "true"})
    assert "checked" in strip.text.split('name="tell"')[1].split(">")[0]
    other = buyer.post(place, data={"verdict": "useful", "key": "k2"}).headers["Location"]
    way_back = re.search(r'action="([^"]+/opinion/undo\?[^"]+)"', buyer.get(other).text)
    assert way_back
    assert not shop.agrees(shop.world.buyer)
    buyer.post(html.unescape(way_back[1]), data={"key": "k3"})
    assert shop.agrees(shop.world.buyer), "taken back is all of it"
    shop.revises()
    page = f"/achievements/{shop.world.work.id}/opinions"
    assert 'name="reasons" value="vague"' in maker.get(page).text

    assert maker.post(f"/achievements/{shop.world.work.id}/repairs", data={"reasons": [VAGUE], "key": "one"}).location == page
    assert maker.post(f"/achievements/{shop.world.work.id}/repairs", data={"reasons": [VAGUE], "key": "one"}).location == page
    assert maker.post(f"/achievements/{shop.world.work.id}/repairs", data={"reasons": ["x"]}).status_code == 422
    shop.publishes()
    shop.relay()
    [notice] = shop.told(shop.world.buyer)
    again = buyer.get(f"/opinions/{notice.entity_id}")
    assert again.status_code == 200
    assert f"/needs/{shop.world.need.id}/matches" in again.text
    assert maker.get(f"/opinions/{notice.entity_id}").status_code == 404


@pytest.mark.race
def test_two_relays_at_once_tell_once(shop: Shop) -> None:
    shop.passes(shop.world.buyer)
    shop.revises()
    shop.marks(VAGUE)
    shop.publishes()
    shop.site.drain()

    def tell(_number: int) -> int:
        return Repairing(shop.site.graph, shop.site.site.rooms, shop.site.clock).carry_out()

    with ThreadPoolExecutor(4) as pool:
        assert sum(pool.map(tell, range(4))) == 1
    assert len(shop.told(shop.world.buyer)) == 1
