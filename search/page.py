"""A found document, ready to be shown. The same few are shown again and again, so they are kept."""

from dataclasses import dataclass
from functools import lru_cache

from search.highlighting import Readable, readable, snippet
from search.results import Hit
from search.source import from_source

KEPT = 2_000  # documents; a few kilobytes each


@dataclass(frozen=True, slots=True)
class Page:
    """What a result shows of a document, folded once."""

    id: str
    kind: str
    key: str
    title: Readable
    summary: Readable
    body: Readable
    number: str = ""

    def hit(self, score: float, words: tuple[str, ...], held: tuple[str, ...] | None = None) -> Hit:
        """As a hit; without `held` there is no snippet and nothing is marked."""
        if held is None:
            return Hit(self.id, self.kind, self.key, score, ((self.title.text, False),))
        return Hit(self.id, self.kind, self.key, score, self.title.mark(words), snippet(self.summary, self.body, words), held)

    def holds(self, word: str) -> bool:
        """Whether the word stands anywhere in it."""
        return any(text.spans((word,)) for text in (self.title, self.summary, self.body))


@lru_cache(maxsize=KEPT)
def page_of(source: bytes) -> Page:
    """The stored bytes are the key, so that a changed document is another page."""
    document = from_source(source)
    title, summary, body = readable(document.title), readable(document.summary), readable(document.body)
    return Page(document.id, document.kind, document.key, title, summary, body, document.number)
