"""A long form, one part at a time: by the list, by the button, by the browser's own way back, and by what is wrong."""

import pytest

from tests.journeys.cast import a_district
from tests.journeys.conftest import Visit
from tests.journeys.live import Live
from tests.journeys.visitor import Visitor
from tests.journeys.words import zh

pytestmark = [pytest.mark.journey, pytest.mark.slow, pytest.mark.xdist_group("more journeys")]


def test_parts_are_walked_and_what_is_wrong_is_reached_from_its_line(live: Live, visit: Visit) -> None:
    lead = visit("the studio lead", a_district(live).lead)
    lead.go("/achievements/new")
    lead.page.fill("[name=title]", "薄壁件浮动夹具")
    assert lead.main("[data-task=what] .state").inner_text() == zh("{n} entries missing").replace("{n}", "2")

    lead.opens(zh("Who made it"))
    with lead.leaving():
        lead.main("button[name=add_row][value=contributions]").click()
    lead.arrive()
    assert shown(lead) == "people"
    lead.page.fill("[name='contributions-0-share']", "95")
    lead.main("[data-part-next]").click()
    assert shown(lead) == "used"
    lead.page.go_back()
    assert shown(lead) == "people"

    lead.opens(zh("What it is"))
    lead.press(lead.main("[data-save]"), status=422)
    assert shown(lead) == "people", "where something is wrong"
    lead.opens(zh("What it is"))
    lead.main(".error-summary a").first.click()
    assert shown(lead) == "people"
    lead.opens(zh("Check and save"))
    assert lead.sees("薄壁件浮动夹具")
    assert lead.main("[data-save].btn-brand").is_visible()


def shown(lead: Visitor) -> str:
    parts = lead.main("[data-part]:visible")
    parts.first.wait_for()
    assert parts.count() == 1
    return str(parts.first.get_attribute("data-part"))
