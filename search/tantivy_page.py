"""A found document, ready to be shown. The same few are shown again and again, so they are kept."""

from dataclasses import dataclass
from functools import lru_cache

import tantivy

from search.highlighting import Readable, readable, snippet
from search.results import Hit
from search.tantivy_schema import from_source

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

    def hit(self, score: float, words: tuple[str, ...], held: tuple[str, ...] | None = None) -> Hit:
        """As a hit; without `held` there is no snippet and nothing is marked."""
        if held is None:
            return Hit(self.id, self.kind, self.key, score, ((self.title.text, False),))
        return Hit(self.id, self.kind, self.key, score, self.title.mark(words), snippet(self.summary, self.body, words), held)


def page_of(searcher: tantivy.Searcher, address: tantivy.DocAddress) -> Page:
    """Read a document from the index; the stored bytes are the key, so that a changed document is another page."""
    return _page(bytes(searcher.doc(address)["source"][0]))


@lru_cache(maxsize=KEPT)
def _page(source: bytes) -> Page:
    document = from_source(source)
    return Page(document.id, document.kind, document.key, readable(document.title), readable(document.summary), readable(document.body))
