"""A worker without a studio hands an improvement in through the base union."""

import re

import pytest

from tests.journeys.cast import a_district
from tests.journeys.conftest import Visit
from tests.journeys.live import Live
from tests.journeys.visitor import Visitor
from tests.journeys.words import zh

pytestmark = [pytest.mark.journey, pytest.mark.slow, pytest.mark.xdist_group("more journeys")]
TITLE = "油水分离槽自动撇渣装置"


def test_worker_without_a_studio_hands_in_through_the_base_union(live: Live, visit: Visit) -> None:
    cast = a_district(live)
    worker = visit("the worker", cast.worker)
    base, officer, stranger = visit("the base union", cast.base_officer), visit("the sub-district", cast.officer), visit("elsewhere", cast.stranger)

    address = hands_in(worker)
    officer_sees(stranger, waiting=False)
    decides(base)
    officer_sees(stranger, waiting=False)
    stranger.go(address, status=404)
    officer_sees(officer, waiting=True)
    decides(officer)
    is_told(worker, address)
    guest = visit("a guest")
    guest.go(address)
    assert guest.main("h1").inner_text() == TITLE


def hands_in(worker: Visitor) -> str:
    worker.go("/achievements/new")
    assert worker.sees(zh("You belong to no studio: your base union looks at it first and passes it on."))
    worker.page.fill("[name=title]", TITLE)
    worker.page.select_option("[name=kind]", "five_small")
    worker.page.select_option("[name=field]", index=1)
    worker.page.fill("[name=summary]", "浮渣靠人工捞，停机才能做。用浮球带动撇板，液位到了自己刮。")
    worker.opens(zh("What it gains"))
    worker.page.fill("[name=benefit]", "每班少停机 25 分钟，废液外运由每月 4 次减为 1 次")
    worker.opens(zh("Who made it"))
    with worker.leaving():
        worker.main("button[name=add_row][value=contributions]").click()
    worker.arrive()
    worker.page.select_option("[name='contributions-0-worker_id']", label="冯晓")
    worker.page.fill("[name='contributions-0-share']", "100")
    worker.press(worker.main("form[method=post] button[data-save]"))
    worker.press(worker.button(zh("Hand in to the base union")))
    assert worker.sees(zh("With the base union"))
    return re.sub(r"[?#].*", "", worker.page.url)


def officer_sees(officer: Visitor, *, waiting: bool) -> None:
    officer.go("/reviews")
    assert officer.sees(TITLE) is waiting


def decides(officer: Visitor) -> None:
    """Endorses or publishes: whichever this officer's step is."""
    officer.go("/reviews")
    assert officer.sees(TITLE)
    officer.press(officer.main(".case-bar [data-key=a]"))
    assert not officer.sees(TITLE)


def is_told(worker: Visitor, address: str) -> None:
    worker.is_told(TITLE)
    assert worker.page.url == address
    assert worker.sees(zh("Public"))
