"""Pages that are the same for every guest are made once, as long as nothing changes: many who come at once ask for the same."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import wraps
from threading import Lock
from typing import Any, ParamSpec, cast

from cachetools import TTLCache
from flask import Flask, current_app, g, request, session
from flask.typing import ResponseReturnValue

from graph.outbox import find_state
from marketplace.web.languages import is_large
from marketplace.web.site import Site
from marketplace.web.words import locale_code

P = ParamSpec("P")
Key = tuple[object, ...]
CALM = timedelta(seconds=5)
"""The index and the synonyms follow the graph within two seconds: what is made earlier may not know all of it and is not kept."""
LONGEST = 60
"""Seconds; the words of taxonomies and the dates on a page follow within them, though no change tells of those."""
MOST_BYTES = 16 * 1024 * 1024
"""In one process: some two hundred pages."""


@dataclass(slots=True)
class KeptPages:
    """Of one process, for one state of the graph: another state has other pages, and those of the last one grow too old."""

    site: Site
    pages: TTLCache[Key, str]
    state: str | None = None
    since: datetime | None = None
    lock: Lock = field(default_factory=Lock)

    def calm_state(self) -> str | None:
        """The present state, if it has lasted for a while."""
        now, state = self.site.clock.now(), self.site.graph.read(find_state)
        with self.lock:
            if state != self.state:
                self.state, self.since = state, now
            return state if self.since is not None and now - self.since >= CALM else None

    def find(self, key: Key) -> str | None:
        with self.lock:
            return self.pages.get(key)

    def keep(self, key: Key, page: str) -> None:
        """One larger than all of the room is not kept."""
        if len(page) <= MOST_BYTES:
            with self.lock:
                self.pages[key] = page


def install_kept_pages(app: Flask, site: Site) -> None:
    app.extensions["kept pages"] = KeptPages(site, TTLCache(MOST_BYTES, LONGEST, timer=lambda: site.clock.now().timestamp(), getsizeof=len))


def kept_for_guests(view: Callable[P, ResponseReturnValue]) -> Callable[P, ResponseReturnValue]:
    """Below `requires`, for a page that follows from address, language, graph and index alone.

    Whoever carries a session, a message that waits for them included, has pages of their own."""

    @wraps(view)
    def kept(*args: P.args, **kwargs: P.kwargs) -> ResponseReturnValue:
        pages = cast(KeptPages, current_app.extensions["kept pages"])
        if request.method != "GET" or session or (state := pages.calm_state()) is None:
            return view(*args, **kwargs)
        key = (state, request.host, request.full_path, locale_code(), is_large())
        if (page := pages.find(key)) is not None:
            return page
        answer = view(*args, **kwargs)
        if (page := _the_same_for_all(answer)) is not None:
            pages.keep(key, page)
        return answer

    return kept


def not_kept() -> None:
    """For an answer that is right for now only, or after which something is done (a count): the next one is made anew."""
    g.not_kept = True


def _the_same_for_all(answer: Any) -> str | None:
    """A whole page, which gave nobody a session."""
    return str(answer[0]) if isinstance(answer, tuple) and answer[1] == 200 and not session and "not_kept" not in g else None
