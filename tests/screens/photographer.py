"""Opens each page as each reader and takes its picture."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from flask import Flask
from flask.sessions import SecureCookieSessionInterface
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright
from playwright.sync_api import Error as BrowserError

from marketplace.domains.accounts.service import open_session
from marketplace.kernel.actor import GUEST, SYSTEM_ACTOR, Actor
from marketplace.kernel.unit_of_work import change
from marketplace.web.identity import digest_of, new_token
from marketplace.web.site import Site
from tests.browser import ARGUMENTS, CHROMIUM
from tests.screens.shots import Look, Shot

HIGH = 900
SETTLE = 250
"""Milliseconds for what follows the page: a picture of a network, a list of related things."""


@dataclass(slots=True)
class Photographer:
    """`readers` are actors by the names that shots use; `subjects` are ids by theirs."""

    browser: Browser
    site: Site
    app: Flask
    address: str
    folder: Path
    readers: dict[str, Actor]
    subjects: dict[str, str]
    taken: list[Path] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    _windows: dict[tuple[str, Look], BrowserContext] = field(default_factory=dict)

    def take_all(self, shots: Iterable[Shot]) -> None:
        for shot in shots:
            for at, reader in enumerate(shot.readers):
                for look in (Look.WIDE, shot.second) if at == 0 else (Look.WIDE,):
                    self._take(shot, reader, look)

    def _take(self, shot: Shot, reader: str, look: Look) -> None:
        try:
            path = shot.path.format(**self.subjects)
            window = self._window(reader, look)
        except KeyError as missing:
            self.wrong.append(f"{shot.name}: the demonstration has no {missing}")
            return
        page = window.new_page()
        try:
            self._photograph(page, shot, path, f"{len(self.taken) + 1:03}-{shot.name}-{reader}-{look}")
        except BrowserError as error:
            self.wrong.append(f"{shot.name} for {reader}: {str(error).splitlines()[0]}")
        page.close()

    def _photograph(self, page: Page, shot: Shot, path: str, name: str) -> None:
        answer = page.goto(self.address + path)
        if answer is not None and answer.status != shot.status:
            self.wrong.append(f"{name}: {answer.status} at {path}")
        if shot.press:
            with page.expect_event("load"):
                page.locator(shot.press).first.click()
        if page.locator("[data-network]").count():
            page.locator("[data-network][data-ready]").first.wait_for(timeout=5000)
        page.wait_for_timeout(SETTLE)
        place = self.folder / f"{name}.png"
        page.screenshot(path=str(place), full_page=True)
        self.taken.append(place)

    def _window(self, reader: str, look: Look) -> BrowserContext:
        if (reader, look) not in self._windows:
            wide, language = (360 if look is Look.PHONE else 1280), ("en-GB" if look is Look.ENGLISH else "zh-CN")
            window = self.browser.new_context(locale=language, viewport={"width": wide, "height": HIGH}, timezone_id="Asia/Shanghai")
            window.set_default_timeout(8000)
            self._sign_in(window, self.readers[reader])
            self._windows[reader, look] = window
        return self._windows[reader, look]

    def _sign_in(self, window: BrowserContext, actor: Actor) -> None:
        """A session as the sign-in page makes it, without the slow password."""
        if actor is GUEST:
            return
        token = new_token()
        change(self.site.graph, SYSTEM_ACTOR, self.site.clock.now(), lambda uow: open_session(uow, actor.account_id, digest_of(token)))
        signer = SecureCookieSessionInterface().get_signing_serializer(self.app)
        assert signer is not None
        window.add_cookies([{"name": "session", "value": str(signer.dumps({"sid": token})), "url": self.address}])


@contextmanager
def open_browser() -> Iterator[Browser]:
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield browser
        browser.close()
