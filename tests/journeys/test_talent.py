"""An officer looks at the whole: an administrator has the network analysed, the officer reads who connects, what is held where and what is short."""

import pytest

from marketplace.domains.workers.model import Level
from tests.journeys.conftest import Visit
from tests.journeys.live import Live
from tests.journeys.words import zh
from tests.talent.scenes import SKILLS, District, a_district

pytestmark = [pytest.mark.journey, pytest.mark.slow, pytest.mark.xdist_group("more journeys")]


def settled(district: District) -> None:
    """Eight people of one firm in a studio with a work, six of another, and a need for what they can do."""
    here, there = district.firm("酒仙桥街道", "沃岭储能"), district.firm("望京街道", "京朔物流")
    makers = district.people(here, 8, SKILLS[0], level=Level.CHIEF_TECHNICIAN)
    others = district.people(there, 6, SKILLS[0])
    studio = district.studio(here, *makers[:3])
    district.work(studio, makers[0], others[0])
    district.rules()
    for _ in range(2):
        district.make.need(skills=(SKILLS[0],))
    district.make.need(skills=(SKILLS[1],))


def test_officer_reads_structure_capability_and_shortage(live: Live, visit: Visit) -> None:
    district = a_district(live.site, live.make)
    settled(district)
    administrator = visit("the administrator", live.make.administrator())
    officer = visit("the officer", live.make.officer(of="酒仙桥街道"))

    officer.go("/talent")
    assert officer.main(".empty").is_visible()
    administrator.go("/talent")
    administrator.press(administrator.button(zh("Start the analysis")))
    for _again in range(40):
        officer.page.reload()
        if officer.main("#key-title").count():
            break
        officer.page.wait_for_timeout(500)
    officer.look_over()
    assert officer.main("table").count() == 3
    assert officer.sees("沃岭储能")
    officer.press(officer.main("table").first.get_by_role("link", name=zh("Explore")).first)
    assert "/network/worker/" in officer.page.url

    officer.go("/talent")
    officer.press(officer.main(".tabs").get_by_role("link", name=zh("Capability map")))
    officer.page.select_option("#map-skill", SKILLS[0])
    officer.press(officer.button(zh("Show")))
    assert officer.main(".tile-own b").inner_text() == "8"
    assert officer.main(".tile").count() == 43
    with officer.page.expect_download() as download:
        officer.button(zh("Export as CSV")).click()
    assert download.value.suggested_filename == "capability.csv"
    officer.press(officer.main(".segments").get_by_role("link", name=zh("Table"), exact=True))
    assert officer.main(".tiles").count() == 0

    officer.press(officer.main(".tabs").get_by_role("link", name=zh("Shortage list")))
    assert officer.main(".state-error").count() == 2
    officer.go("/talent/capability?level=wizard", status=422)
    assert officer.main("#map-level-error").is_visible()


def test_administrator_edits_the_rules_by_keyboard_alone(live: Live, visit: Visit) -> None:
    district = a_district(live.site, live.make)
    district.rules()
    administrator = visit("the administrator", live.make.administrator())
    administrator.go("/talent/rules")
    administrator.page.focus("#horizon_years")
    administrator.page.keyboard.press("Control+A")
    administrator.page.keyboard.type("8")
    with administrator.leaving():
        administrator.page.keyboard.press("Enter")
    administrator.arrive()
    assert administrator.page.url.endswith("/talent/shortage")
