"""An administrator sees what was searched for and not found, makes a synonym of it, and it is found."""

import pytest

from tests.journeys.conftest import Visit
from tests.journeys.live import Live
from tests.journeys.words import zh

pytestmark = [pytest.mark.journey, pytest.mark.slow, pytest.mark.xdist_group("more journeys")]
TITLE, MISSED = "机械臂末端夹具快换难题", "机器人手臂"


@pytest.mark.parametrize("script", [True, False], ids=["script", "plain"])
def test_a_missed_word_becomes_a_synonym_and_is_found(live: Live, visit: Visit, script: bool) -> None:
    live.make.need(title=TITLE)
    guest = visit("the guest", script=script)
    for _ in range(2):
        guest.go(f"/search?q={MISSED}")
        assert TITLE not in guest.main().inner_text()
    keeper = visit("the administrator", live.make.administrator(), script=script)
    keeper.go("/")
    keeper.press(keeper.page.locator("header").get_by_role("link", name=zh("Search words")).first)
    keeper.press(keeper.link(zh("What was searched for and not found")).first)
    assert keeper.sees(MISSED)
    keeper.press(keeper.link(zh("Make a synonym")).first)
    keeper.page.fill("textarea[name=words]", f"{MISSED}\n机械臂")
    if script:
        keeper.button(zh("What would change")).click()
        keeper.page.locator("#effects-title").wait_for()
        keeper.look_over()
    else:
        keeper.press(keeper.button(zh("What would change")))
    assert TITLE in keeper.main("#effects").inner_text()
    keeper.press(keeper.button(zh("Save")))
    assert keeper.sees("机械臂")
    guest.go(f"/search?q={MISSED}")
    assert TITLE in guest.main().inner_text()
    keeper.press(keeper.button(zh("Retire")).first)
    keeper.go(f"/search?q={MISSED}")
    assert TITLE not in keeper.main().inner_text()
