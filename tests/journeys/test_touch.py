"""An enterprise keeps a search; something is published; the message says of which search, its page says why; one click mutes it."""

import pytest

from marketplace.domains.achievements.service import publish_achievement
from tests.journeys.conftest import Visit
from tests.journeys.live import Live
from tests.journeys.words import zh
from tests.saved_searches.scenes import Street

pytestmark = [pytest.mark.journey, pytest.mark.slow, pytest.mark.xdist_group("touch")]


def test_a_search_is_kept_something_new_is_told_and_muted(live: Live, visit: Visit) -> None:
    street = Street(live.site, live.make)
    enterprise = live.make.enterprise_user()
    reader = visit("the enterprise", enterprise)
    reader.go("/search?q=泄压&kind=achievement")
    reader.press(reader.link(zh("Remind me")))
    reader.page.fill("#title", "电池安全")
    reader.press(reader.button(zh("Save")))
    sent = street.writes("防爆电池定向泄压装置")
    live.site.clock.forward(minutes=1)
    live.site.acting_as(street.officer).change(publish_achievement, sent.id, sent.version)
    for _again in range(60):
        live.site.site.relay.wake()
        if street.told(enterprise):
            break
        reader.page.wait_for_timeout(250)
    reader.go("/notices")
    reader.press(reader.main("button.plain", has_text="电池安全"))
    assert reader.sees("防爆电池定向泄压装置")
    assert reader.main("mark").first.inner_text() == "泄压"
    reader.press(reader.button(zh("Mute")))
    assert reader.sees(zh("Tell me again"))
    reader.go("/saved")
    assert reader.sees("电池安全")
