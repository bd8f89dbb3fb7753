"""An officer says what for and sees numbers; the person reads who did, chooses what else is done with their data, and is erased."""

import os
from pathlib import Path

import pytest

from marketplace.domains.workers.model import Certificate, Level, Worker, WorkerDetails
from marketplace.kernel.taxonomy import Term, write_occupations
from tests.journeys.cast import Cast, a_district
from tests.journeys.conftest import Visit
from tests.journeys.live import Live
from tests.journeys.visitor import PHONE as PHONE_WIDTH
from tests.journeys.visitor import WIDE, Visitor
from tests.journeys.words import zh

pytestmark = [pytest.mark.journey, pytest.mark.slow, pytest.mark.xdist_group("more journeys")]
IDENTITY, PHONE, PAPER = "110105197603059613", "13600004075", "1011000042132773"
PICTURES = os.environ.get("PICTURES", "")


def a_person(live: Live, cast: Cast) -> Worker:
    live.site.graph.write(lambda tx: write_occupations(tx, [Term("6-18-01-01", "车工", "Turner")]))
    details = WorkerDetails(
        id_number=IDENTITY, phone=PHONE, bank_account="6222020200112233445", certificates=(Certificate(PAPER, "6-18-01-01", Level.SENIOR),)
    )
    made = live.make.worker("欧阳克勤", at=cast.maker, level=Level.TECHNICIAN, details=details)
    live.site.drain()
    return made


def picture(visitor: Visitor, name: str) -> None:
    """Kept where somebody wants to look at it."""
    for width in (1280, PHONE_WIDTH) if PICTURES else ():
        visitor.page.set_viewport_size({"width": width, "height": 900})
        visitor.page.screenshot(path=Path(PICTURES) / f"{name}-{width}.png", full_page=True)
        visitor.page.set_viewport_size(WIDE)


def test_numbers_are_shown_on_a_purpose_and_the_person_reads_it(live: Live, visit: Visit) -> None:
    cast = a_district(live)
    worker = a_person(live, cast)
    officer = visit("the officer", cast.officer)
    officer.go(f"/workers/{worker.id}")
    assert IDENTITY not in officer.page.content()
    picture(officer, "card")
    officer.press(officer.link(zh("Show in full, with a purpose")))
    officer.press(officer.main("form .btn-brand"), 422)
    picture(officer, "reveal")
    officer.page.get_by_label(zh("Payment to the person")).check()
    officer.page.fill("#note", "发放第三季度成果收益")
    officer.press(officer.main("form .btn-brand"))
    assert officer.sees(IDENTITY)
    assert officer.sees(PAPER)
    picture(officer, "shown")
    officer.go("/people/by-number")
    picture(officer, "by-number")
    officer.page.fill("#number", PHONE)
    officer.page.fill("#note", "窗口核对本人")
    officer.press(officer.main("form .btn-brand"))
    assert officer.sees("欧阳克勤")
    picture(officer, "found")

    person = visit("the person", live.make.person(worker))
    person.go("/my/looks")
    assert person.sees("发放第三季度成果收益")
    picture(person, "looks")
    person.go(f"/workers/{worker.id}/looks?kind=taken")
    picture(person, "looks-none")
    person.go(f"/workers/{worker.id}/consent")
    person.page.get_by_label(zh("Being suggested for needs")).uncheck()
    person.press(person.main("form .btn-brand"))
    picture(person, "consent")
    person.go(f"/workers/{worker.id}/copy")
    picture(person, "copy")
    guest = visit("a guest", None)
    guest.go("/privacy")
    picture(guest, "privacy")


def test_a_person_asks_to_be_erased_and_is(live: Live, visit: Visit) -> None:
    cast = a_district(live)
    worker = a_person(live, cast)
    person = visit("the person", live.make.person(worker))
    person.go(f"/workers/{worker.id}/erase")
    picture(person, "erase")
    person.page.fill("#name", "欧阳克勤")
    person.press(person.main("form .btn-brand"))
    picture(person, "erasure-asked")
    officer = visit("the officer", cast.officer)
    officer.go("/erasures")
    picture(officer, "erasures")
    officer.press(officer.main("tbody a"))
    picture(officer, "erasure-decide")
    officer.press(officer.button(zh("Erase for good")))
    assert officer.sees(zh("Erased"))
    picture(officer, "erasure-done")
    officer.go(f"/workers/{worker.id}", 404)
    person.go("/my/looks")
    assert "/sign-in" in person.page.url
