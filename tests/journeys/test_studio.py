"""A studio's achievement from the first word to the last: written, returned, published, revised, withdrawn."""

import re
import time

import pytest

from tests.journeys.cast import Cast, a_district
from tests.journeys.conftest import Visit
from tests.journeys.live import Live
from tests.journeys.visitor import Visitor
from tests.journeys.words import zh

pytestmark = [pytest.mark.journey, pytest.mark.slow, pytest.mark.xdist_group("more journeys")]
TITLE = "薄壁铝件两点浮动快换夹具"
BENEFIT = "换型由 42 分钟降到 9 分钟，废品率由 3.1% 降到 0.6%"
NEWER = "薄壁铝件三点浮动快换夹具"


def test_studio_publishes_revises_and_withdraws_an_achievement(live: Live, visit: Visit) -> None:
    cast = a_district(live)
    lead, officer, guest = visit("the studio lead", cast.lead), visit("the officer", cast.officer), visit("a guest")

    writes_with_a_draft_that_survives(lead)
    is_warned_of_a_duplicate(lead, cast)
    address = saves_and_submits(lead)
    is_hidden_from(guest, address)
    claims_and_returns(officer)
    mends_and_submits_again(lead, address)
    approves(officer)
    is_found_at_once(guest)
    revises(lead, address)
    sees_the_old_version(guest, address)
    approves(officer)
    sees_the_new_version(guest, address)
    withdraws(lead, address)
    is_gone(guest, address, cast)


def writes_with_a_draft_that_survives(lead: Visitor) -> None:
    lead.go("/achievements/new")
    lead.page.fill("[name=title]", TITLE)
    lead.opens(zh("What it gains"))
    lead.page.fill("[name=benefit]", BENEFIT)
    saved = lead.page.locator("[data-draft-state]")
    saved.filter(has_text=re.compile(r"\d\d:\d\d")).wait_for()
    lead.go("/achievements/new")
    assert lead.page.input_value("[name=title]") == TITLE
    assert lead.page.input_value("[name=benefit]") == BENEFIT


def is_warned_of_a_duplicate(lead: Visitor, cast: Cast) -> None:
    lead.page.fill("[name=title]", "")
    lead.page.locator("[name=title]").press_sequentially(cast.battery.title)
    lead.main(".similar").get_by_role("link", name=cast.battery.title).wait_for()
    lead.look_over()
    lead.page.fill("[name=title]", TITLE)


def saves_and_submits(lead: Visitor) -> str:
    fill_in(lead)
    lead.press(lead.main("form[method=post] button[data-save]"))
    address = re.sub(r"[?#].*", "", lead.page.url)
    assert lead.main("h1").inner_text() == TITLE
    lead.press(lead.button(zh("Submit for review")))
    assert lead.sees(zh("In review"))
    return address


def fill_in(lead: Visitor) -> None:
    lead.page.fill("[name=summary]", "旧夹具四点压紧，薄壁件变形。改成两点浮动支承，用楔块快换，首件一次合格。")
    lead.page.select_option("[name=field]", index=2)
    lead.opens(zh("Who made it"))
    with lead.leaving():
        lead.main("button[name=add_row][value=contributions]").click()
    lead.arrive()
    lead.page.select_option("[name='contributions-0-worker_id']", label="周立成")
    lead.page.fill("[name='contributions-0-share']", "100")


def is_hidden_from(guest: Visitor, address: str) -> None:
    guest.go(address, status=404)


def claims_and_returns(officer: Visitor) -> None:
    officer.go("/reviews")
    assert officer.sees(TITLE)
    officer.press(officer.main(".case-bar [data-key=c]"))
    assert officer.sees(zh("me"))
    officer.main(".case-bar [data-key=r]").click()
    officer.page.fill(".case-bar details[open] textarea", "请补上改进前后的实测数值和测量办法。")
    officer.press(officer.main(".case-bar details[open] button[type=submit]"))


def mends_and_submits_again(lead: Visitor, address: str) -> None:
    lead.go(address)
    assert lead.sees("请补上改进前后的实测数值和测量办法。")
    lead.press(lead.link(zh("Edit")))
    lead.opens(zh("What it gains"))
    lead.page.fill("[name=gain_metric]", "换型时间")
    lead.page.fill("[name=gain_before]", "42")
    lead.page.fill("[name=gain_after]", "9")
    lead.page.fill("[name=gain_unit]", "分钟")
    lead.press(lead.main("form[method=post] button[data-save]"))
    lead.press(lead.button(zh("Submit for review")))


def approves(officer: Visitor) -> None:
    officer.go("/reviews")
    officer.press(officer.main(".case-bar [data-key=a]"))


def is_found_at_once(guest: Visitor) -> None:
    """Within two seconds of the commit, by whole words, by one and two characters, and by pinyin."""
    began = time.monotonic()
    while not guest_finds(guest, "快换夹具"):
        assert time.monotonic() - began < 2, "not found after two seconds"
    for words in ("夹", "夹具", "jiaju", "kuaihuan"):
        assert guest_finds(guest, words), words
    guest.look_over()


def guest_finds(guest: Visitor, words: str, title: str = TITLE) -> bool:
    guest.page.goto(f"{guest.address}/search?q={words}")
    return title in [one.strip() for one in guest.main(".result .row-title a").all_inner_texts()]


def revises(lead: Visitor, address: str) -> None:
    lead.go(address)
    lead.press(lead.link(zh("Edit")))
    lead.page.fill("[name=title]", NEWER)
    lead.press(lead.main("form[method=post] button[data-save]"))
    lead.press(lead.link(zh("Compare the two")))
    assert lead.sees(NEWER)
    lead.go(address)
    lead.press(lead.main(".detail-actions form.step button.btn-brand"))


def sees_the_old_version(guest: Visitor, address: str) -> None:
    guest.go(address)
    assert guest.main("h1").inner_text() == TITLE
    assert not guest.sees(NEWER)


def sees_the_new_version(guest: Visitor, address: str) -> None:
    guest.go(address)
    assert guest.main("h1").inner_text() == NEWER


def withdraws(lead: Visitor, address: str) -> None:
    lead.go(address)
    lead.press(lead.button(zh("Withdraw")))
    assert lead.sees(zh("Withdrawn"))


def is_gone(guest: Visitor, address: str, cast: Cast) -> None:
    """At once, with no word to the relay: list, count, page, picture."""
    id = address.rsplit("/", 1)[1]
    assert not guest_finds(guest, "快换夹具", NEWER)
    assert guest.main(".results-head h1").inner_text().startswith("0")
    guest.go(address, status=404)
    guest.go(f"/network/achievement/{id}", status=404)
    drawn = guest.page.request.get(f"{guest.address}/network/studio/{cast.studio.id}.json").json()
    assert id not in {node["id"] for node in drawn["nodes"]}
    guest.go(f"/studios/{cast.studio.id}")
    assert not guest.sees(NEWER)
