"""An officer explores: by mouse and by keys, through time, along the shortest way, and finds the same in the table."""

import pytest

from tests.journeys.cast import Cast, a_district
from tests.journeys.conftest import Visit
from tests.journeys.live import Live
from tests.journeys.visitor import Visitor
from tests.journeys.words import zh

pytestmark = [pytest.mark.journey, pytest.mark.slow, pytest.mark.xdist_group("more journeys")]
CANVAS = "[data-network][data-ready]"
READY = """
document.addEventListener('network:ready', (event) => { window.told = event.detail; });
"""
SPOTS = (
    "() => Object.fromEntries(window.told.cy.nodes().map((node) => [node.id(), [Math.round(node.position('x')), Math.round(node.position('y'))]]))"
)
SHOWN = "() => window.told.cy.edges().not('.away').not('[?group]').length"
CHOSEN = "() => window.told.cy.$('node:selected').data('label')"
Spots = dict[str, list[int]]


def test_officer_explores_by_mouse_and_by_keys_through_time_and_along_a_way(live: Live, visit: Visit) -> None:
    cast = a_district(live)
    officer = visit("the officer", cast.officer)
    officer.page.add_init_script(READY)

    starts_from_a_search(officer, cast)
    unfolds_by_mouse(officer, cast)
    unfolds_by_keys_and_takes_it_back(officer)
    goes_through_time(officer)
    plays(officer)
    finds_the_way(officer, cast)
    the_link_shows_the_same_again(officer)
    reads_it_as_a_table(officer, cast)
    reads_what_came_and_went(officer)


def drawn(officer: Visitor, at_least: int) -> Spots:
    """Once so many nodes stand there."""
    officer.page.wait_for_function("(least) => Number(document.querySelector('[data-network]').dataset.ready) >= least", arg=at_least)
    spots: Spots = officer.page.evaluate(SPOTS)
    return spots


def starts_from_a_search(officer: Visitor, cast: Cast) -> None:
    officer.go("/network/")
    officer.page.fill("#ask-q", cast.studio.name)
    officer.press(officer.main("[data-network-find] button[type=submit]"))
    officer.press(officer.main("[data-found] a", has_text=cast.studio.name).first)
    officer.main(CANVAS).wait_for()
    assert officer.main("[data-panel-label]").inner_text() == cast.studio.name


def unfolds_by_mouse(officer: Visitor, cast: Cast) -> None:
    before = drawn(officer, 4)
    officer.main("[data-branches] button", has_text=zh("Achievement")).click()
    after = drawn(officer, len(before) + 3)
    assert {id: after[id] for id in before} == before, "what stood there stands there still"
    assert cast.battery.id in after
    assert "open=" in officer.page.url
    officer.look_over()


def unfolds_by_keys_and_takes_it_back(officer: Visitor) -> None:
    canvas = officer.main(CANVAS)
    canvas.focus()
    before = drawn(officer, 4)
    for key in ("ArrowRight", "ArrowLeft", "ArrowUp", "ArrowDown"):
        canvas.press(key)
    canvas.press("e")
    officer.page.wait_for_function("() => !document.querySelector('[data-undo]').disabled")
    label = officer.page.evaluate(CHOSEN)
    canvas.press("Enter")
    assert officer.page.evaluate("() => document.activeElement.textContent") == label
    canvas.focus()
    canvas.press("p")
    assert officer.page.evaluate("() => window.told.cy.$('.pinned').length") == 1
    canvas.press("z")
    assert officer.page.evaluate("() => window.told.cy.$('.pinned').length") == 0
    hides_and_shows(officer, before)


def hides_and_shows(officer: Visitor, before: Spots) -> None:
    canvas, page = officer.main(CANVAS), officer.page
    page.evaluate("() => { const cy = window.told.cy; cy.$(':selected').unselect(); cy.nodes('[!centre][!group]').first().select(); }")
    hidden = page.evaluate("() => window.told.cy.$('node:selected').id()")
    canvas.press("h")
    page.wait_for_function("(id) => window.told.cy.getElementById(id).empty()", arg=hidden)
    assert "hide=" in page.url
    canvas.press("z")
    page.wait_for_function("(id) => window.told.cy.getElementById(id).nonempty()", arg=hidden)
    assert "hide=" not in page.url
    canvas.press("y")
    page.wait_for_function("(id) => window.told.cy.getElementById(id).empty()", arg=hidden)
    officer.button(zh("Undo")).click()
    page.wait_for_function("(id) => window.told.cy.getElementById(id).nonempty()", arg=hidden)
    assert set(before) <= set(page.evaluate(SPOTS))
    canvas.press("?")
    assert officer.main("[data-keys]").get_attribute("open") is not None


def goes_through_time(officer: Visitor) -> None:
    whole = officer.page.evaluate(SHOWN)
    officer.page.fill("#day", "2010-01-01")
    officer.page.locator("#day").blur()
    officer.page.wait_for_function("() => location.search.includes('day=2010-01-01')")
    early = officer.page.evaluate(SHOWN)
    assert early < whole, "members and staff came later"
    slider = officer.main("[data-slider] input")
    slider.press("End")
    assert officer.page.evaluate(SHOWN) == whole
    officer.page.fill("#versus", "2010-01-01")
    officer.page.locator("#versus").blur()
    officer.page.wait_for_function("() => window.told.cy.$('.came').length > 0")
    assert officer.page.evaluate("() => window.told.cy.$('.came').length") == whole - early


def plays(officer: Visitor) -> None:
    officer.page.emulate_media(reduced_motion="reduce")
    officer.page.fill("#day", "2019-01-01")
    officer.page.locator("#day").blur()
    play = officer.button(zh("Play"))
    play.click()
    assert officer.page.input_value("#day") == "2020-01-01", "a year at a press, and nothing moves by itself"
    assert play.get_attribute("aria-pressed") == "false"
    officer.page.emulate_media(reduced_motion="no-preference")
    play.click()
    officer.page.wait_for_function("() => document.querySelector('#day').value > '2020-02'")
    assert play.get_attribute("aria-pressed") == "true"
    play.click()
    assert play.get_attribute("aria-pressed") == "false"
    for name in ("#day", "#versus"):
        officer.page.fill(name, "")
        officer.page.locator(name).blur()


def finds_the_way(officer: Visitor, cast: Cast) -> None:
    canvas, page = officer.main(CANVAS), officer.page
    page.evaluate("(id) => { const cy = window.told.cy; cy.$(':selected').unselect(); cy.getElementById(id).select(); }", cast.lead.worker_id)
    canvas.focus()
    canvas.press("w")
    assert officer.main("[data-path]").inner_text() == zh("Choose the other end of the way")
    page.evaluate("(id) => { const cy = window.told.cy; cy.$(':selected').unselect(); cy.getElementById(id).select(); }", cast.battery.id)
    canvas.press("Enter")
    page.wait_for_function("() => window.told.cy.$('edge.path').length > 0")
    assert page.evaluate("() => window.told.cy.$('edge.path').first().data('step')").startswith("1 ")
    assert "周立成" in officer.main("[data-way-steps]").inner_text()
    officer.look_over()


def the_link_shows_the_same_again(officer: Visitor) -> None:
    before = set(officer.page.evaluate(SPOTS))
    officer.go(officer.page.url)
    officer.main(CANVAS).wait_for()
    officer.page.wait_for_function("() => window.told")
    assert set(officer.page.evaluate(SPOTS)) == before
    assert officer.page.evaluate("() => window.told.cy.$('edge.path').length") > 0


def reads_it_as_a_table(officer: Visitor, cast: Cast) -> None:
    lines = officer.page.evaluate(SHOWN)
    officer.press(officer.link(zh("Table")))
    assert officer.main("[data-edges] tbody tr").count() == lines
    assert cast.battery.title in officer.main("[data-edges]").inner_text()
    officer.press(officer.main("[data-edges] th a", has_text=zh("Since")))


def reads_what_came_and_went(officer: Visitor) -> None:
    officer.press(officer.main("[data-changes]"))
    officer.page.fill("#from", "2016-01-01")
    officer.page.fill("#to", "2025-12-31")
    officer.press(officer.main("form.between button"))
    assert officer.main("tr[data-happened=came]").count() > 0
