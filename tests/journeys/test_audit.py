"""An officer searches the audit of their sub-district and finds nothing of another; an administrator has it verified."""

import pytest

from marketplace.kernel.audit import record_look
from tests.journeys.cast import a_district
from tests.journeys.conftest import Visit
from tests.journeys.live import Live
from tests.journeys.visitor import Visitor
from tests.journeys.words import zh

pytestmark = [pytest.mark.journey, pytest.mark.slow, pytest.mark.xdist_group("audit")]


def finds(visitor: Visitor, path: str, words: str) -> None:
    """Entries stand there about two seconds after what they tell of."""
    for _again in range(20):
        visitor.go(path)
        if visitor.sees(words):
            return
        visitor.page.wait_for_timeout(300)
    raise AssertionError(f"{visitor.name} does not see {words}: {visitor.main().inner_text()}")


def test_an_officer_searches_their_subtree_and_a_worker_sees_who_looked(live: Live, visit: Visit) -> None:
    cast = a_district(live)
    live.site.acting_as(cast.officer).change(record_look, "worker", cast.worker.worker_id, ("phone", "bank_account"), "review")
    live.site.drain()
    officer = visit("the officer", cast.officer)
    officer.go("/")
    officer.press(officer.page.locator("header").get_by_role("link", name=zh("Audit"), exact=True).first)
    assert officer.sees(cast.battery.title)
    officer.page.select_option("#verb", "look")
    officer.press(officer.button(zh("Show")))
    assert officer.sees("review")
    assert officer.sees(cast.officer.name)
    officer.press(officer.main("tbody tr td a").first)
    assert officer.sees(zh("The entry is what was sealed."))
    officer.press(officer.link(zh("All entries about this thing")))
    officer.page.fill("#since", "2026-11-23")
    officer.page.fill("#until", "2026-11-22")
    officer.press(officer.button(zh("Show")), status=422)
    assert officer.main("#until-error").is_visible()

    stranger = visit("the officer of another sub-district", cast.stranger)
    stranger.go(f"/audit?what={cast.battery.id}")
    assert not stranger.sees(cast.battery.title)
    assert stranger.main(".empty").is_visible()

    worker = visit("the worker", cast.worker)
    worker.go("/audit", status=403)


def test_an_administrator_has_the_audit_verified(live: Live, visit: Visit) -> None:
    keeper = visit("the administrator", live.make.administrator())
    keeper.go("/audit")
    keeper.press(keeper.link(zh("Verify the audit")))
    keeper.press(keeper.button(zh("Verify now")))
    finds(keeper, "/audit/checks", zh("sound"))
    with keeper.page.expect_download() as taken:
        keeper.go("/audit")
        keeper.main("details.export summary").click()
        keeper.main("button[value=csv]").click()
    assert taken.value.suggested_filename.endswith(".csv")
    finds(keeper, "/audit?verb=export-csv", zh("Taken out as csv"))
