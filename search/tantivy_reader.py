"""Looking things up in an embedded index; any number of processes and threads at once."""

from collections.abc import Collection, Iterator, Mapping
from itertools import groupby, islice
from pathlib import Path

import tantivy
from tantivy import DocAddress, Order, Query, Searcher

from search.document import ASKED, Document
from search.errors import SearchUnavailable
from search.looking import Found, Look
from search.meaning import Near
from search.page import Page, page_of
from search.query import Sort
from search.source import from_source
from search.tantivy_counts import FacetCounts, Stamp
from search.tantivy_query import QueryBuilder
from search.tantivy_schema import SEPARATOR
from search.tantivy_vectors import VectorFile

ORDERS = {
    Sort.NEWEST: ("published_at", Order.Desc), Sort.MOST_USED: ("used", Order.Desc), Sort.ENDING_SOON: ("ending_at", Order.Asc),
    Sort.MOST_WORKS: ("works", Order.Desc), Sort.HIGHEST_RANK: ("rank", Order.Desc),
}  # fmt: skip
AROUND = 50  # hits; more with one score keep the order of the index, since sorting them would mean reading them all

Scored = tuple[float, DocAddress]


class TantivyReader:
    """Every look-up begins with what the reader may see."""

    def __init__(self, index: tantivy.Index, path: str, vectors: VectorFile | None = None) -> None:
        self._index = index
        self._vectors = vectors
        self._build = QueryBuilder(index.schema)
        self._meta = Path(path) / "meta.json"
        self._seen: Stamp = ()
        self._counts = FacetCounts(self._build)

    def _searcher(self) -> Searcher:
        return self._fresh()[0]

    def _fresh(self) -> tuple[Searcher, Stamp]:
        """Another process may have committed; its meta file tells for a microsecond. Raises SearchUnavailable when it is gone."""
        try:
            meta = self._meta.stat()
        except OSError as gone:
            raise SearchUnavailable(f"the index is gone: {gone}") from gone
        written = (meta.st_mtime_ns, meta.st_ino, meta.st_size)
        if written != self._seen:
            self._index.reload()
            self._seen = written
        return self._index.searcher(), written

    def find(self, look: Look) -> Found:
        """By score, or by one field; counted where that was asked for."""
        searcher, stamp = self._fresh()
        base = [*self._build.asked(look.question), *self._build.visible(searcher, look.reader, look.without, look.kinds)]
        base += self._build.ending(look.ending_from)
        matching = Query.boolean_query([*base, *self._build.filtered(look.filters)])
        if look.sort is Sort.RELEVANCE:
            hits, total = _by_score(searcher, matching, look)
        else:
            hits, total = _by_field(searcher, matching, look)
        return Found([(score, _page(searcher, at)) for score, at in hits], total, self._counts.of(searcher, stamp, look, base))

    def nearest(self, near: Near) -> list[tuple[float, Page]]:
        """Ever more of the nearest faces, until enough of them are the reader's to see."""
        faces = self._vectors.nearest(near.vector, near.keys) if self._vectors else iter(())
        seen: list[tuple[float, Page]] = []
        for most in (2 * near.size, 6 * near.size, 24 * near.size, None):
            if len(seen) < near.size and (told := {key: cosine for cosine, key in islice(faces, most)}):
                pages = [(told[page.key], page) for page in self._seen_of(list(told), near)]
                seen += sorted(pages, key=lambda one: -one[0])
        return seen[: near.size]

    def _seen_of(self, keys: list[str], near: Near) -> list[Page]:
        searcher = self._searcher()
        parts = [self._build.among(keys), *self._build.visible(searcher, near.reader, near.without, near.kinds)]
        found = searcher.search(Query.boolean_query(parts), max(1, len(keys)), count=False)
        return [_page(searcher, address) for _, address in found.hits]

    def asked_in(self, tokens: Collection[str]) -> Mapping[str, int]:
        """A look into the dictionary of terms for each."""
        searcher = self._searcher()
        return {token: searcher.doc_freq(ASKED, token) for token in tokens}

    def versions(self) -> Iterator[tuple[str, int]]:
        """Key and version stand together in one term, so that no document has to be read."""
        for stamp, _ in self._searcher().terms_with_prefix("stamp", "", filter_query=Query.all_query()):
            key, version = stamp.split(SEPARATOR)
            yield key, int(version)

    def documents(self) -> Iterator[Document]:
        """All of them, so the addresses come at once and the texts one by one."""
        searcher = self._searcher()
        found = searcher.search(Query.all_query(), max(1, searcher.num_docs), count=False)
        return (from_source(searcher.doc(address)["source"][0]) for _, address in found.hits)

    def count(self) -> int:
        """Documents, not entities."""
        return self._searcher().num_docs


def _by_field(searcher: Searcher, matching: Query, look: Look) -> tuple[list[Scored], int]:
    field, order = ORDERS[look.sort]
    found = searcher.search(matching, look.size, count=look.counted, order_by_field=field, offset=look.offset, order=order)
    return [(0.0, address) for _, address in found.hits], found.count or 0  # type: ignore[attr-defined]


def _by_score(searcher: Searcher, matching: Query, look: Look) -> tuple[list[Scored], int]:
    """A little more than the page, so that hits with one score can be sorted by id across its ends."""
    lead = min(look.offset, AROUND)
    found = searcher.search(matching, lead + look.size + AROUND, count=look.counted, offset=look.offset - lead)
    groups = [list(group) for _, group in groupby(found.hits, key=lambda hit: hit[0])]
    hits, at = list[Scored](), 0
    for group in groups:
        touches = 1 < len(group) <= AROUND and at < lead + look.size and at + len(group) > lead
        hits += sorted(group, key=lambda hit: _page(searcher, hit[1]).id) if touches else group
        at += len(group)
    return hits[lead : lead + look.size], found.count or 0  # type: ignore[attr-defined]


def _page(searcher: Searcher, address: DocAddress) -> Page:
    return page_of(bytes(searcher.doc(address)["source"][0]))
