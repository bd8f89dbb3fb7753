"""An officer finds somebody entered twice and makes one of them; a worker decides what their card says. By mouse, by keys, on a phone."""

import pytest

from marketplace.domains.workers.model import Level, SkillHeld, Worker, WorkerDetails
from marketplace.kernel.taxonomy import Term, write_skills
from tests.journeys.cast import Cast, a_district
from tests.journeys.conftest import Visit
from tests.journeys.live import Live
from tests.journeys.visitor import Visitor
from tests.journeys.words import zh

pytestmark = [pytest.mark.journey, pytest.mark.slow, pytest.mark.xdist_group("more journeys")]
PHONE = "13600004075"


def entered_twice(live: Live, cast: Cast) -> tuple[Worker, Worker]:
    live.site.graph.write(lambda tx: write_skills(tx, [Term("weld", "激光焊接", "Laser welding", "0601")]))
    details = WorkerDetails(phone=PHONE)
    one = live.make.worker("欧阳克勤", at=cast.maker, level=Level.TECHNICIAN, skills=(SkillHeld("激光焊接", Level.SENIOR),), details=details)
    other = live.make.worker("欧阳克勤", at=cast.maker, shown=False, details=details)
    live.site.drain()
    return one, other


def test_officer_finds_compares_merges_and_undoes(live: Live, visit: Visit) -> None:
    cast = a_district(live)
    one, other = entered_twice(live, cast)
    officer = visit("the officer", cast.officer)
    officer.go("/people")
    officer.page.get_by_label("激光焊接").check()
    officer.page.wait_for_url("**skill=**")
    officer.arrive()
    assert officer.main("table.people tbody tr").count() == 1
    with officer.leaving():
        officer.page.select_option("#at_least", "senior")
    officer.arrive()
    assert officer.sees("欧阳克勤")

    officer.press(officer.link(zh("Likely duplicates")))
    assert officer.sees(zh("Same mobile phone"))
    assert PHONE not in officer.page.content()
    officer.press(officer.button(zh("Not the same")))
    assert not officer.sees(zh("Same mobile phone"))
    officer.press(officer.page.locator(".toasts").get_by_role("button", name=zh("Undo")))
    assert officer.sees(zh("Same mobile phone"))

    officer.press(officer.link(zh("Compare")))
    officer.page.get_by_label(one.number).check()
    officer.press(officer.main("form .btn-brand"))
    assert officer.page.url.endswith(f"/workers/{one.id}")
    officer.go(f"/workers/{other.id}")
    assert officer.page.url.endswith(f"/workers/{one.id}")
    officer.press(officer.link(zh("Merges")))
    officer.press(officer.link(zh("See")))
    officer.press(officer.main("form .btn-brand"))
    officer.go(f"/workers/{other.id}")
    assert officer.page.url.endswith(f"/workers/{other.id}")


def test_officer_does_it_by_keys_alone(live: Live, visit: Visit) -> None:
    cast = a_district(live)
    one, other = entered_twice(live, cast)
    officer = visit("the officer", cast.officer)
    officer.go("/people/duplicates")
    tab_to(officer, f"/people/merge/{min(one.id, other.id)}/{max(one.id, other.id)}")
    with officer.leaving():
        officer.page.keyboard.press("Enter")
    officer.arrive()
    officer.page.locator("input[name=keep]:checked").focus()
    officer.page.keyboard.press("Tab")
    assert officer.page.evaluate("document.activeElement.textContent.trim()") == zh("Merge")
    with officer.leaving():
        officer.page.keyboard.press("Enter")
    officer.arrive()
    officer.page.locator(".toasts button[type=submit]").focus()
    with officer.leaving():
        officer.page.keyboard.press("Enter")
    officer.arrive()
    assert officer.sees(zh("The same person twice?"))


def tab_to(officer: Visitor, address: str) -> None:
    for _step in range(60):
        officer.page.keyboard.press("Tab")
        if officer.page.evaluate("document.activeElement.getAttribute('href')") == address:
            return
    raise AssertionError(f"no way by Tab to {address}")


def test_worker_shows_less_and_nobody_else_sees_it_any_more(live: Live, visit: Visit) -> None:
    cast = a_district(live)
    one, _other = entered_twice(live, cast)
    person, reader, guest = visit("the person", live.make.person(one)), visit("a reader", cast.user), visit("a guest")
    reader.go("/people?q=激光焊接")
    assert reader.sees("欧阳克勤")

    person.go(f"/workers/{one.id}")
    person.press(person.link(zh("What others see")))
    assert "激光焊接" in person.main(".consent-card").inner_text()
    person.page.get_by_label(zh("Skills, levels and occupation")).uncheck()
    person.press(person.button(zh("Only look")))
    assert person.sees(zh("Not kept yet"))
    assert "激光焊接" not in person.main(".consent-card").inner_text()
    person.press(person.button(zh("Keep this")))
    assert person.sees(zh("What you agreed to, and when"))

    reader.go(f"/workers/{one.id}")
    assert not reader.sees("激光焊接")
    reader.go("/people?q=激光焊接")
    assert not reader.sees("欧阳克勤")
    guest.go("/people")
    assert guest.sees(zh("Cards of people are for signed-in readers"))


def test_without_script_the_finder_works(live: Live, visit: Visit) -> None:
    cast = a_district(live)
    entered_twice(live, cast)
    reader = visit("a reader without script", cast.user, script=False)
    reader.go("/people")
    reader.page.get_by_label("激光焊接").check()
    reader.press(reader.main(".facet-apply button"))
    assert reader.sees("欧阳克勤")
    assert reader.main("table.people tbody tr").count() == 1
