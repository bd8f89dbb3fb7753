"""An enterprise narrows what it found, puts three side by side and takes the list along: with the keyboard alone, and without script."""

import pytest
from playwright.sync_api import Locator

from tests.journeys.cast import a_district
from tests.journeys.conftest import Visit
from tests.journeys.live import Live
from tests.journeys.visitor import Visitor
from tests.journeys.words import zh

pytestmark = [pytest.mark.journey, pytest.mark.slow, pytest.mark.xdist_group("more journeys")]
WORDS = "锂离子电池"


def test_enterprise_narrows_compares_and_exports_by_keys(live: Live, visit: Visit) -> None:
    user = visit("the enterprise user", a_district(live).user)
    searches(user)
    narrows_in_the_tree(user)
    compares(user)
    exports(user)


def test_suggestions_are_chosen_with_the_arrows_left_with_escape_and_opened_with_enter(live: Live, visit: Visit) -> None:
    """What a screen reader is told stands in the attributes; axe looks at the open list."""
    user = visit("the enterprise user", a_district(live).user)
    user.go("/search")
    words, options = user.main("#q"), user.page.get_by_role("option")
    words.press_sequentially("锂离子")
    options.first.wait_for()
    assert words.get_attribute("aria-expanded") == "true"
    user.page.keyboard.press("ArrowDown")
    assert words.get_attribute("aria-activedescendant") == options.first.get_attribute("id")
    assert options.first.get_attribute("aria-selected") == "true"
    user.look_over()
    user.page.keyboard.press("Escape")
    assert words.get_attribute("aria-expanded") == "false"
    user.page.keyboard.press("ArrowDown")
    options.first.wait_for()
    user.page.keyboard.press("ArrowDown")
    title = options.first.locator(".suggestion-title").inner_text()
    goes(user, "Enter")
    assert user.main("h1").inner_text() == title


def searches(user: Visitor) -> None:
    user.go("/search")
    user.main("#q").focus()
    user.page.keyboard.type(WORDS)
    goes(user, "Enter")
    assert user.main(".result").count() >= 2


def narrows_in_the_tree(user: Visitor) -> None:
    """The arrow opens, the tick narrows; above it a dash says that only a part is chosen."""
    toggle = user.main(".facet-branch summary").first
    toggle.focus()
    user.page.keyboard.press("Enter")
    leaf = user.main("#facets input[name=field][value='0601']")
    leaf.focus()
    goes(user, "Space")
    assert user.main("#facets input[name=field][value='06']").evaluate("(box) => box.indeterminate")
    assert user.main(".chips .chip").count() == 1


def compares(user: Visitor) -> None:
    for tick in user.main("[data-compare]").all()[:2]:
        tick.focus()
        user.page.keyboard.press("Space")
    button = user.page.locator("#compare button[type=submit]")
    assert "2/4" in user.page.locator("[data-compare-count]").inner_text()
    button.focus()
    goes(user, "Enter")
    assert user.main("table.compare thead th").count() == 2
    assert user.main(".compare .better").count() >= 1
    user.main(".compare-drop").first.focus()
    goes(user, "Enter")
    assert user.main("table.compare thead th").count() == 1


def exports(user: Visitor) -> None:
    user.go(f"/search?q={WORDS}")
    user.main(".export summary").focus()
    user.page.keyboard.press("Enter")
    user.button(zh("Text (csv)")).focus()
    with user.page.expect_download() as taken:
        user.page.keyboard.press("Enter")
    assert taken.value.suggested_filename.endswith(".csv")
    assert WORDS in taken.value.path().read_text("utf-8-sig")


def goes(user: Visitor, key: str) -> None:
    with user.leaving():
        user.page.keyboard.press(key)
    user.arrive()


def test_ticks_facets_and_comparison_need_no_script(live: Live, visit: Visit) -> None:
    a_district(live)
    guest = visit("a guest without script", script=False)
    guest.go(f"/search?q={WORDS}")
    ticks: list[Locator] = guest.main("[data-compare]").all()[:2]
    for tick in ticks:
        tick.check()
    guest.press(guest.page.locator("#compare button[type=submit]"))
    assert guest.main("table.compare thead th").count() == 2
    guest.go(f"/search?q={WORDS}&kind=patent")
    assert guest.sees(zh("Sign in and post a need"))
