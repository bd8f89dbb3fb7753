"""An officer asks in words, opens the answer in the network, saves and shares the question, and takes the answer out: by mouse and by keys alone."""

import csv
import io
from pathlib import Path

import pytest
from playwright.sync_api import Download

from marketplace.kernel.actor import Actor
from tests.journeys.cast import Cast, a_district
from tests.journeys.conftest import Visit
from tests.journeys.live import Live
from tests.journeys.visitor import Visitor
from tests.journeys.words import zh

pytestmark = [pytest.mark.journey, pytest.mark.slow, pytest.mark.xdist_group("more journeys")]
PICTURE = """
() => {
  const node = (id, kind) => ({ data: (name) => ({ id, kind })[name], id: () => id, visible: () => true });
  const all = { not: () => all, filter: () => all, nodes: () => [node(document.body.dataset.studio, "studio")], edges: () => [],
    boundingBox: () => ({ w: 100, h: 100 }) };
  const cy = { elements: () => all, png: async () => new Blob(["png"], { type: "image/png" }) };
  document.dispatchEvent(new CustomEvent("network:ready", { detail: { cy } }));
}
"""


def test_officer_asks_opens_saves_shares_and_exports(live: Live, visit: Visit) -> None:
    cast = a_district(live)
    officer = visit("the officer", cast.officer)

    asks_who_worked_with(officer, cast)
    opens_it_in_the_network(officer)
    saves_the_question(officer)
    shares_it(officer, cast.base_officer)
    takes_it_out(officer, cast)

    colleague = visit("the officer of the base union", cast.base_officer)
    colleague.is_told("谁用过我们的装置")
    colleague.press(colleague.link(zh("Open the view")))
    assert colleague.sees("周立成")
    assert not colleague.sees("冯晓任职于北京京朔")


def asks_who_worked_with(officer: Visitor, cast: Cast) -> None:
    officer.go("/network/questions")
    officer.press(officer.main(".question-list a").first)
    firm = officer.main("input[name=enterprise]")
    firm.press_sequentially(cast.adopter.name[:4])
    officer.page.wait_for_function("() => document.querySelector('#list-enterprise').options.length > 0")
    assert cast.adopter.name in [one.get_attribute("value") for one in officer.main("#list-enterprise option").all()]
    firm.fill(cast.adopter.name)
    officer.press(officer.button(zh("Ask")))
    assert officer.page.url.endswith(f"/network/questions/worked-with?enterprise={cast.adopter.id}")
    assert f"周立成参与完成{cast.battery.title}" in officer.main("table.answer").inner_text()


def opens_it_in_the_network(officer: Visitor) -> None:
    asked = officer.page.url
    officer.press(officer.main("table.answer tbody tr a.btn").first)
    assert "/network/worker/" in officer.page.url
    officer.go(asked)


def saves_the_question(officer: Visitor) -> None:
    officer.press(officer.link(zh("Save view")))
    officer.page.fill("main input[name=title]", "谁用过我们的装置")
    officer.page.fill("main textarea[name=note]", "回访时用")
    officer.press(officer.main("form [data-save]"))
    assert officer.sees("谁用过我们的装置")


def shares_it(officer: Visitor, other: Actor) -> None:
    officer.press(officer.link(zh("Share with an officer")))
    officer.page.fill("#officer-q", other.parties[0].name[:8])
    officer.press(officer.button(zh("Search")))
    officer.press(officer.main("button", has_text=zh("Share the view")).first)
    assert officer.sees(zh("Share no longer"))
    officer.press(officer.link(zh("Open the view")))


def takes_it_out(officer: Visitor, cast: Cast) -> None:
    file = downloaded(officer, zh("Table (CSV)"))
    rows = list(csv.reader(io.StringIO(Path(file.path()).read_bytes().decode("utf-8-sig"))))
    assert file.suggested_filename == "worked-with.csv"
    assert "周立成" in [row[1] for row in rows]
    graph = downloaded(officer, zh("Network (GraphML)"))
    assert cast.battery.title in Path(graph.path()).read_text("utf-8")


def downloaded(officer: Visitor, words: str) -> Download:
    officer.main("details.keep-out summary").click()
    officer.look_over()
    with officer.page.expect_download() as waiting:
        officer.button(words).click()
    officer.page.keyboard.press("Escape")
    return waiting.value


def test_a_picture_is_drawn_by_the_browser_and_recorded_by_the_server(live: Live, visit: Visit) -> None:
    cast = a_district(live)
    officer = visit("the officer", cast.officer)
    officer.go(f"/network/questions/path?a={cast.studio.id}&b={cast.adopter.id}")
    officer.page.evaluate("(id) => (document.body.dataset.studio = id)", cast.studio.id)
    officer.page.evaluate(PICTURE)
    file = downloaded(officer, zh("Picture (PNG)"))
    assert file.suggested_filename == "network.png"
    kept = "MATCH (x:NetworkExport) RETURN x.format AS format, x.by AS account"
    recorded = live.site.graph.read(lambda tx: tx.all(kept, lambda row: (row["format"], row["account"])))
    assert recorded == [("png", cast.officer.account_id)]


def test_a_question_is_asked_and_saved_by_keys_alone(live: Live, visit: Visit) -> None:
    cast = a_district(live)
    officer = visit("the officer", cast.officer)
    officer.go("/network/questions/connects")
    officer.main("input[name=a]").focus()
    officer.page.keyboard.type(cast.studio.name)
    officer.page.keyboard.press("Tab")
    officer.page.keyboard.type(cast.adopter.name[:2])
    officer.page.keyboard.press("Control+a")
    officer.page.keyboard.type("冯晓")
    with officer.leaving():
        officer.page.keyboard.press("Enter")
    officer.arrive()
    assert officer.sees("周立成")
    until_focused(officer, zh("Save view"))
    with officer.leaving():
        officer.page.keyboard.press("Enter")
    officer.arrive()
    until_focused_on(officer, "main input[name=title]")
    with officer.leaving():
        officer.page.keyboard.press("Enter")
    officer.arrive()
    assert "/views/" in officer.page.url


def until_focused(officer: Visitor, words: str) -> None:
    for _ in range(60):
        officer.page.keyboard.press("Tab")
        if words in officer.page.evaluate("document.activeElement.textContent || ''"):
            return
    raise AssertionError(f"Tab never reached {words}")


def until_focused_on(officer: Visitor, selector: str) -> None:
    for _ in range(60):
        officer.page.keyboard.press("Tab")
        if officer.page.evaluate("(where) => document.activeElement === document.querySelector(where)", selector):
            return
    raise AssertionError(f"Tab never reached {selector}")


def test_an_officer_checks_a_relation_and_without_script_all_works_too(live: Live, visit: Visit) -> None:
    cast = a_district(live)
    officer = visit("the officer", cast.officer, script=False)
    officer.go("/conflicts")
    officer.page.fill("main [name=a]", "周立成")
    officer.page.fill("main [name=b]", "韩雪梅")
    officer.press(officer.button(zh("Check")))
    assert officer.sees("周立成是周立成职工创新工作室成员")
    officer.go("/network/questions/studios")
    officer.page.select_option("main [name=field]", "0601")
    officer.press(officer.button(zh("Ask")))
    assert officer.sees(cast.studio.name)
    with officer.page.expect_download() as waiting:
        officer.main("details.keep-out summary").click()
        officer.button(zh("Network (JSON)")).click()
    assert waiting.value.suggested_filename == "studios.json"


def test_a_worker_declares_kin(live: Live, visit: Visit) -> None:
    cast = a_district(live)
    worker = visit("the worker", cast.worker)
    worker.go("/conflicts/kin")
    worker.page.fill("main [name=who]", "韩雪梅")
    worker.page.select_option("main [name=kin]", "spouse")
    worker.press(worker.button(zh("Declare kin")))
    assert worker.sees("韩雪梅, 配偶")
