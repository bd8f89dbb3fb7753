"""A reader at a browser. Every page they come to is looked over: console, policy, accessibility, a phone's width."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from playwright.sync_api import ConsoleMessage, Locator, Page, Response

AXE = (Path(__file__).parent / "vendor" / "axe.min.js").read_text("utf-8")
PHONE = 360
REDRAWN = 400
"""Milliseconds in which a picture follows the window."""
WIDE = {"width": 1280, "height": 900}
SERIOUS = """
async () => (await axe.run(document, {resultTypes: ['violations']})).violations
  .filter((one) => ['serious', 'critical'].includes(one.impact))
  .map((one) => `${one.id}: ${one.nodes.slice(0, 3).map((node) => node.html.slice(0, 160)).join(' | ')}`)
"""
STICKS_OUT = """
(wide) => document.documentElement.scrollWidth <= wide ? [] : [...document.querySelectorAll('body *')]
  .filter((one) => one.getBoundingClientRect().right > wide + 1).slice(0, 4).map((one) => one.outerHTML.slice(0, 120))
"""
EXPECTED = re.compile(r"status of (\d{3})")


def axe(page: Page) -> list[str]:
    """What axe calls serious or critical. The strict policy lets no script tag in, so the source is evaluated."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE + ";0")
    return list(page.evaluate(SERIOUS))


def sticks_out(page: Page) -> list[str]:
    """What makes a phone scroll sideways."""
    page.set_viewport_size({"width": PHONE, "height": 780})
    found = list(page.evaluate(STICKS_OUT, PHONE))
    if found:
        page.wait_for_timeout(REDRAWN)
        found = list(page.evaluate(STICKS_OUT, PHONE))
    page.set_viewport_size(WIDE)
    return found


@dataclass(eq=False)
class Visitor:
    """`go` and `press` lead to a page and look it over; `page` is Playwright's own."""

    page: Page
    name: str
    address: str
    script: bool = True
    status: int = 200
    complaints: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.page.on("console", self._hear)
        self.page.on("pageerror", lambda error: self.complaints.append(f"script: {error}"))
        self.page.on("response", self._note)

    def _hear(self, message: ConsoleMessage) -> None:
        """A page that is to say no is itself no complaint; anything else that went wrong is."""
        if message.type != "error":
            return
        refused = EXPECTED.search(message.text)
        if not (refused and message.location["url"] == self.page.url):
            self.complaints.append(f"console: {message.text} ({message.location['url']})")

    def _note(self, response: Response) -> None:
        if response.request.is_navigation_request() and response.frame == self.page.main_frame:
            self.status = response.status

    def go(self, path: str, status: int = 200) -> None:
        self.page.goto(path if path.startswith("http") else self.address + path)
        self.arrive(status)

    def press(self, target: Locator, status: int = 200) -> None:
        """A link or button that leads to another page."""
        with self.leaving():
            target.click()
        self.arrive(status)

    @contextmanager
    def leaving(self) -> Iterator[None]:
        """Around whatever makes the browser load another page."""
        with self.page.expect_event("load"):
            yield

    def arrive(self, status: int = 200) -> None:
        assert self.status == status, f"{self.name} got {self.status} at {self.page.url}: {self.page.locator('h1').first.text_content()}"
        self.look_over()

    def look_over(self) -> None:
        found = [*self.complaints, *(f"axe: {one}" for one in self._axe()), *(f"sideways: {one}" for one in sticks_out(self.page))]
        assert not found, f"{self.name} at {self.page.url}:\n" + "\n".join(found)

    def _axe(self) -> list[str]:
        return axe(self.page) if self.script else []

    def is_told(self, words: str, done: str = "") -> None:
        """Of something that the relay passes on; the message leads to what it is about. `done` tells it from others about the same thing."""
        message = self.main(".news form button", has_text=words).filter(has_text=done).first
        for _again in range(12):
            self.page.goto(self.address + "/notices")
            if message.count():
                return self.press(message)
            self.page.wait_for_timeout(250)
        raise AssertionError(f"{self.name} was not told of {words}: {self.main().inner_text()}")

    def opens(self, part: str) -> None:
        """A part of a long form, by its words in the list of parts."""
        self.page.locator("[data-tasks]").get_by_role("link", name=part).click()
        self.page.locator("[data-tasks] [aria-current=step]", has_text=part).wait_for()

    def sees(self, text: str) -> bool:
        return text in self.page.locator("main").inner_text()

    def main(self, selector: str = "", **options: Any) -> Locator:
        inside = self.page.locator("main")
        return inside.locator(selector, **options) if selector else inside

    def button(self, words: str) -> Locator:
        return self.page.locator("main").get_by_role("button", name=words)

    def link(self, words: str) -> Locator:
        return self.page.locator("main").get_by_role("link", name=words)
