"""Looking things up in an embedded index; any number of processes and threads at once."""

from collections.abc import Iterator
from pathlib import Path

import tantivy
from tantivy import Order, Query

from search.analysis import chars, fold, pairs, runs
from search.document import TITLE, Document
from search.errors import SearchUnavailable
from search.parsing import Asked, understand
from search.query import SearchQuery, Sort
from search.results import Hit, Results, Suggestion, Terms
from search.tantivy_counts import FacetCounts, Stamp
from search.tantivy_page import page_of
from search.tantivy_query import QueryBuilder
from search.tantivy_schema import SEPARATOR, from_source

MOST_WORDS_SHOWN = 8
NEAR_ENOUGH = 0.5  # of the pairs of two titles are the same
ORDERS = {Sort.NEWEST: ("published_at", Order.Desc), Sort.MOST_USED: ("used", Order.Desc), Sort.ENDING_SOON: ("ending_at", Order.Asc)}


class TantivyReader:
    """Every look-up begins with what the reader may see."""

    def __init__(self, index: tantivy.Index, path: str) -> None:
        self._index = index
        self._build = QueryBuilder(index.schema)
        self._meta = Path(path) / "meta.json"
        self._seen: Stamp = ()
        self._counts = FacetCounts(self._build)

    def _searcher(self) -> tantivy.Searcher:
        return self._fresh()[0]

    def _fresh(self) -> tuple[tantivy.Searcher, Stamp]:
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

    def search(self, query: SearchQuery) -> Results:
        """What was typed in latin letters is tried by sound, initials too, only when nothing else is found."""
        asked = understand(query.text)
        results = self._answer(query, asked, by_sound=False)
        return results if results.total or not asked.has_latin else self._answer(query, asked, by_sound=True)

    def _answer(self, query: SearchQuery, asked: Asked, by_sound: bool) -> Results:
        searcher, stamp = self._fresh()
        base = [*self._build.text(asked, by_sound), *self._build.visible(searcher, query.reader, query.without, query.kinds)]
        matching = Query.boolean_query([*base, *self._build.filtered(query.filters)])
        field, order = self._order(query, asked)
        found = searcher.search(matching, query.size, count=True, order_by_field=field, offset=query.offset, order=order)
        words = asked.words
        hits = tuple(self._hit(searcher, address, 0.0 if field else score, words, query.highlight) for score, address in found.hits)
        total: int = found.count  # type: ignore[attr-defined]
        return Results(hits, total, self._counts.of(searcher, stamp, query, base, by_sound), words)

    def _order(self, query: SearchQuery, asked: Asked) -> tuple[str | None, Order]:
        """Without words nothing is more relevant than anything else: the newest first."""
        sort = Sort.NEWEST if query.sort is Sort.RELEVANCE and not asked.wanted else query.sort
        return ORDERS.get(sort, (None, Order.Desc))

    def _hit(self, searcher: tantivy.Searcher, address: tantivy.DocAddress, score: float, words: tuple[str, ...], highlight: bool) -> Hit:
        page = page_of(searcher, address)
        if not highlight:
            return page.hit(score, ())
        held = tuple(word for word in words if any(text.spans((word,)) for text in (page.title, page.summary, page.body)))
        return page.hit(score, words, held)

    def rank(self, terms: Terms, reader: tuple[str, ...], kinds: tuple[str, ...], size: int, without: frozenset[str]) -> list[Hit]:
        """Words are shown by their weight; those that stand in a longer one are not repeated."""
        searcher = self._searcher()
        clauses = [*self._build.bag(terms), *self._build.visible(searcher, reader, without, kinds)]
        weights = terms.get(TITLE, {})
        words = tuple(sorted(weights, key=lambda word: -weights[word]))
        found = searcher.search(Query.boolean_query(clauses), size, count=False)
        return [self._ranked(searcher, address, score, words) for score, address in found.hits]

    def _ranked(self, searcher: tantivy.Searcher, address: tantivy.DocAddress, score: float, words: tuple[str, ...]) -> Hit:
        page = page_of(searcher, address)
        text = "\n".join((page.title.folded, page.summary.folded, page.body.folded))
        held = [word for word in words if len(word) > 1 and word in text]
        telling = tuple(word for word in held if not any(word != other and word in other for other in held))[:MOST_WORDS_SHOWN]
        return page.hit(score, telling, telling)

    def suggest(self, prefix: str, reader: tuple[str, ...], size: int, kinds: tuple[str, ...], without: frozenset[str]) -> list[Suggestion]:
        """Nothing typed suggests nothing."""
        typed = fold(prefix[:100]).strip()
        if not chars(typed):
            return []
        searcher = self._searcher()
        clauses = [*self._build.title_begins(typed), *self._build.visible(searcher, reader, without, kinds)]
        found = searcher.search(Query.boolean_query(clauses), size, count=False)
        pages = [page_of(searcher, address) for _, address in found.hits]
        return [Suggestion(page.id, page.kind, page.title.text) for page in pages]

    def near_titles(self, title: str, reader: tuple[str, ...], kinds: tuple[str, ...], size: int, without: frozenset[str]) -> list[Hit]:
        """Scored by the share of pairs that both titles have (Dice), best first."""
        ours = set(pairs("".join(runs(fold(title[:300])))))
        searcher = self._searcher()
        clauses = [*self._build.like_title(sorted(ours), NEAR_ENOUGH / 2), *self._build.visible(searcher, reader, without, kinds)]
        found = searcher.search(Query.boolean_query(clauses), 4 * size, count=False)
        near = [self._near(searcher, address, ours) for _, address in found.hits]
        return sorted((hit for hit in near if hit.score >= NEAR_ENOUGH), key=lambda hit: -hit.score)[:size]

    def _near(self, searcher: tantivy.Searcher, address: tantivy.DocAddress, ours: set[str]) -> Hit:
        page = page_of(searcher, address)
        theirs = set(pairs("".join(runs(page.title.folded))))
        return page.hit(2 * len(ours & theirs) / max(1, len(ours) + len(theirs)), ())

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
