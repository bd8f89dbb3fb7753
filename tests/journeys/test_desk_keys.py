"""The review desk with the keyboard alone."""

import pytest

from tests.journeys.cast import a_district
from tests.journeys.conftest import Visit
from tests.journeys.live import Live
from tests.journeys.visitor import Visitor

pytestmark = [pytest.mark.journey, pytest.mark.slow, pytest.mark.xdist_group("more journeys")]


def test_officer_walks_claims_approves_and_returns_by_keys(live: Live, visit: Visit) -> None:
    cast = a_district(live)
    for title in ("第一件：钻孔夹具", "第二件：测温贴片", "第三件：登记小程序"):
        cast.submitted(title)
    officer = visit("the officer", cast.officer)
    officer.go("/reviews")
    queue = officer.main(".queue-title").all_inner_texts()

    presses(officer, "j")
    assert chosen(officer) == queue[1]
    presses(officer, "k")
    assert chosen(officer) == queue[0]
    presses(officer, "c")
    assert officer.main(".queue .selected .state-info").count() == 1, "claimed by me"
    presses(officer, "a")
    assert queue[0] not in officer.main(".queue-title").all_inner_texts()

    returned = chosen(officer)
    officer.page.keyboard.press("r")
    officer.page.locator("textarea:focus").wait_for()
    officer.page.keyboard.type("请补上实测数值。")
    officer.page.keyboard.press("Tab")
    presses(officer, "Enter")
    assert returned not in officer.main(".queue-title").all_inner_texts()

    officer.page.keyboard.press("?")
    assert officer.page.locator("dialog[data-key-list]").is_visible()
    officer.page.keyboard.press("Escape")


def presses(officer: Visitor, key: str) -> None:
    with officer.leaving():
        officer.page.keyboard.press(key)
    officer.arrive()


def chosen(officer: Visitor) -> str:
    return officer.main(".queue .selected .queue-title").inner_text()
