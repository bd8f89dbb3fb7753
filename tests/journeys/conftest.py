"""One browser for the run, one site for a file, one window for each reader."""

import re
from collections.abc import Callable, Generator, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from graph.connection import Graph
from graph.dialect import wipe
from marketplace.kernel.actor import Actor
from tests.conftest import Engine, turn
from tests.journeys.live import PASSWORD, Live, serve
from tests.journeys.visitor import WIDE, Visitor

Visit = Callable[..., Visitor]
FAILED = pytest.StashKey[bool]()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    report = yield
    if report.when == "call":
        item.stash[FAILED] = report.failed
    return report


@pytest.fixture
def live(engine: Engine, open_store: Graph, tmp_path: Path) -> Iterator[Live]:
    """An empty site that answers."""
    with turn(engine):
        wipe(open_store)
        with serve(open_store, tmp_path) as site:
            yield site


@pytest.fixture
def visit(chromium: Browser, live: Live, request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Visit]:
    """`visit("the enterprise", actor)`: a window of their own, signed in by the real sign-in page; without an actor, a guest."""
    visitors: list[Visitor] = []

    def open_window(name: str, actor: Actor | None = None, *, language: str = "zh-CN", script: bool = True) -> Visitor:
        context = chromium.new_context(locale=language, viewport=WIDE, java_script_enabled=script, timezone_id="Asia/Shanghai")  # type: ignore[arg-type]
        context.set_default_timeout(10_000)
        visitor = Visitor(context.new_page(), name, live.address, script)
        visitors.append(visitor)
        if actor is not None:
            sign_in(visitor, live.login_of(actor))
        return visitor

    yield open_window
    if request.node.stash.get(FAILED, False):
        photograph(visitors, tmp_path)
    for visitor in visitors:
        visitor.page.context.close()
    unheard = [f"{one.name}: {complaint}" for one in visitors for complaint in one.complaints]
    assert not unheard, unheard


def sign_in(visitor: Visitor, login: str) -> None:
    visitor.go("/sign-in")
    visitor.page.fill("input[name=login]", login)
    visitor.page.fill("input[name=password]", PASSWORD)
    visitor.press(visitor.main("form button[type=submit]"))


def photograph(visitors: list[Visitor], folder: Path) -> None:
    """What each of them saw last, for whoever reads the failure."""
    for visitor in visitors:
        place = folder / f"{re.sub(r'[^a-z]+', '-', visitor.name)}.png"
        visitor.page.screenshot(path=str(place), full_page=True)
        print(f"{visitor.name} at {visitor.page.url}: {place}")
