"""Pages that are the same for every guest are made once, as long as nothing changes: many who come at once ask for the same."""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import wraps
from threading import Lock
from typing import Any, ParamSpec, cast

from cachetools import LRUCache
from flask import Flask, current_app, g, request, session
from flask.typing import ResponseReturnValue

from graph.outbox import find_state
from marketplace.web.languages import is_large
from marketplace.web.site import current_site
from marketplace.web.words import locale_code

P = ParamSpec("P")
Key = tuple[object, ...]
MOST_BYTES = 16 * 1024 * 1024
"""In one process: some hundred pages; those that were asked for last stay."""


@dataclass(slots=True)
class KeptPages:
    """Of one process. A page is never taken away when it is no longer true: nobody asks for its key any more."""

    pages: LRUCache[Key, bytes] = field(default_factory=lambda: LRUCache(MOST_BYTES, getsizeof=len))
    lock: Lock = field(default_factory=Lock)

    def find(self, key: Key) -> bytes | None:
        with self.lock:
            return self.pages.get(key)

    def keep(self, key: Key, page: bytes) -> None:
        """One larger than all of the room is not kept."""
        if len(page) <= MOST_BYTES:
            with self.lock:
                self.pages[key] = page


def install_kept_pages(app: Flask) -> None:
    app.extensions["kept pages"] = KeptPages()


def kept_for_guests(view: Callable[P, ResponseReturnValue]) -> Callable[P, ResponseReturnValue]:
    """Below `requires`, for a page that follows from its address, the reader's language and size of print, graph, index, synonyms and clock.

    Whoever has a session, a message that waits for them included, has pages of their own."""

    @wraps(view)
    def kept(*args: P.args, **kwargs: P.kwargs) -> ResponseReturnValue:
        pages = cast(KeptPages, current_app.extensions["kept pages"])
        key = _key()
        if key is None:
            return view(*args, **kwargs)
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


def _key() -> Key | None:
    """None for whoever has a session, and while a change waits to be handled. What changes without an event (the date, the words of a
    taxonomy) is seen with the next minute."""
    if request.method != "GET" or session:
        return None
    site = current_site()
    state = site.graph.read(find_state)
    minute = site.clock.now().replace(second=0, microsecond=0)
    return (state, site.vocabulary.version(), minute, request.full_path, locale_code(), is_large()) if state else None


def _the_same_for_all(answer: Any) -> bytes | None:
    """A whole page, whose making touched no session: neither given nor a message taken from it."""
    is_whole = isinstance(answer, tuple) and answer[1] == 200
    return str(answer[0]).encode() if is_whole and not session.modified and "not_kept" not in g else None
