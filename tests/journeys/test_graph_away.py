"""The store goes away while a form is open: what was typed stays in the browser, and is there again afterwards."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from graph.connection import Graph
from graph.dialect import wipe
from tests.chaos.ledger import wait_for
from tests.chaos.proxy import Mode, Proxy, proxy_to
from tests.conftest import Engine, turn
from tests.journeys.cast import a_district
from tests.journeys.conftest import Visit
from tests.journeys.live import Live, serve
from tests.journeys.visitor import Visitor
from tests.journeys.words import zh

pytestmark = [pytest.mark.journey, pytest.mark.slow, pytest.mark.xdist_group("more journeys")]
TITLE = "停电时写到一半的夹具"
LATER = "恢复以前写下的好处"
FORM = "/achievements/new"
AWAY = "The site does not answer. What you type stays in this window and is sent when the site is back."
BACK = "What you typed while the site did not answer is back."
KEPT = "Object.entries(sessionStorage).filter(([name]) => name.startsWith('typed')).map(([_name, value]) => value).join()"


@pytest.fixture
def proxy(engine: Engine) -> Iterator[Proxy]:
    with proxy_to(int(engine.url.rpartition(":")[2])) as proxy:
        yield proxy


@pytest.fixture
def live(engine: Engine, open_store: Graph, proxy: Proxy, tmp_path: Path) -> Iterator[Live]:
    """As in the other journeys, on a way to the store that can be cut."""
    graph = replace(engine, url=f"bolt://127.0.0.1:{proxy.port}").open()
    with turn(engine):
        wipe(open_store)
        with serve(graph, tmp_path) as site:
            yield site
            proxy.turn(Mode.PASS)
    graph.close()


def says(visitor: Visitor, words: str) -> None:
    visitor.page.locator("[role=status][data-draft-state]", has_text=words).wait_for()


def goes(proxy: Proxy, lead: Visitor) -> None:
    proxy.turn(Mode.REFUSE)
    lead.page.wait_for_timeout(700)


def returns(proxy: Proxy, live: Live, lead: Visitor) -> None:
    """The browser's console tells of each answer that was 503; nothing else may have gone wrong."""
    proxy.turn(Mode.PASS)
    wait_for(live.site.graph, 10)
    assert [one for one in lead.complaints if "503" not in one] == []
    lead.complaints.clear()


def typing_while_it_is_away(live: Live, visit: Visit, proxy: Proxy, title: str) -> Visitor:
    lead = visit("the studio lead", a_district(live).lead)
    lead.go(FORM)
    goes(proxy, lead)
    lead.page.fill("[name=title]", title)
    says(lead, zh(AWAY))
    return lead


def test_what_was_typed_while_the_store_was_away_is_there_after_its_return(live: Live, visit: Visit, proxy: Proxy) -> None:
    lead = typing_while_it_is_away(live, visit, proxy, TITLE)
    assert TITLE in lead.page.evaluate(KEPT)
    assert "csrf_token" not in lead.page.evaluate(KEPT)

    lead.page.goto(lead.address + FORM)
    assert lead.status == 503
    returns(proxy, live, lead)
    lead.page.goto(lead.address + FORM)

    says(lead, zh(BACK))  # only on the page that the form comes back with, once the server has taken it
    lead.arrive()
    assert lead.page.input_value("[name=title]") == TITLE
    assert lead.page.evaluate(KEPT) == ""


def test_what_was_sent_into_nothing_is_there_again_and_once_saved_it_is_gone(live: Live, visit: Visit, proxy: Proxy) -> None:
    lead = visit("the studio lead", a_district(live).lead)
    lead.go(FORM)
    lead.page.fill("[name=title]", TITLE)
    goes(proxy, lead)
    with lead.leaving():
        lead.main("form[method=post] button[data-save]").click()
    assert lead.status == 503
    returns(proxy, live, lead)
    with lead.leaving():
        lead.main("a").click()

    says(lead, zh(BACK))
    lead.press(lead.main("form[method=post] button[data-save]"))
    assert lead.main("h1").inner_text() == TITLE
    assert lead.page.evaluate(KEPT) == ""
    lead.go(FORM)
    assert lead.page.input_value("[name=title]") == ""


def test_an_open_form_is_sent_by_itself_when_the_store_is_back(live: Live, visit: Visit, proxy: Proxy) -> None:
    lead = typing_while_it_is_away(live, visit, proxy, LATER)
    returns(proxy, live, lead)
    lead.page.locator("[data-draft-state] [data-draft-mark]").wait_for()
    assert lead.page.evaluate(KEPT) == ""
    lead.go(FORM)
    assert lead.page.input_value("[name=title]") == LATER


def test_control_without_the_browsers_store_it_is_gone(live: Live, visit: Visit, proxy: Proxy) -> None:
    lead = typing_while_it_is_away(live, visit, proxy, TITLE)
    lead.page.evaluate("sessionStorage.clear()")
    lead.page.goto(lead.address + FORM)
    returns(proxy, live, lead)
    lead.go(FORM)
    assert lead.page.input_value("[name=title]") == ""
