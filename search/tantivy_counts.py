"""Facet counts: under the reader's own filter, and remembered until the next commit, since paging and sorting don't change them."""

from collections import OrderedDict
from threading import Lock

import tantivy
from tantivy import Query

from search.looking import Look
from search.results import MOST_VALUES, Facet
from search.tantivy_query import Part, QueryBuilder

KEPT = 256  # answers

Stamp = tuple[int, ...]


class FacetCounts:
    """Counts and remembers; who reads, what is left out and which commit was read are part of what is remembered."""

    def __init__(self, build: QueryBuilder) -> None:
        self._build = build
        self._kept: OrderedDict[tuple[object, ...], tuple[Facet, ...]] = OrderedDict()
        self._lock = Lock()

    def of(self, searcher: tantivy.Searcher, stamp: Stamp, look: Look, base: list[Part]) -> tuple[Facet, ...]:
        """The facets that were asked for, in that order."""
        if not look.facets:
            return ()
        key = (stamp, look.question, look.reader, look.without, look.kinds, look.ending_from, tuple(look.filters.items()), look.facets)
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
                return self._kept[key]
        counted = self._facets(searcher, look, base)
        with self._lock:
            self._kept[key] = counted
            if len(self._kept) > KEPT:
                self._kept.popitem(last=False)
        return counted

    def _facets(self, searcher: tantivy.Searcher, look: Look, base: list[Part]) -> tuple[Facet, ...]:
        """Facets that are filtered by are counted without their own filter, all others in one pass."""
        narrowed = [name for name in look.facets if look.filters.get(name)]
        others = [name for name in look.facets if name not in narrowed]
        counted = self._count(searcher, look, base, others, None) if others else {}
        for name in narrowed:
            counted |= self._count(searcher, look, base, [name], name)
        return tuple(counted[name] for name in look.facets)

    def _count(self, searcher: tantivy.Searcher, look: Look, base: list[Part], names: list[str], left_out: str | None) -> dict[str, Facet]:
        filters = {name: values for name, values in look.filters.items() if name != left_out}
        counting = {name: {"terms": {"field": name, "size": MOST_VALUES, "segment_size": 50 * MOST_VALUES}} for name in names}
        answer = searcher.aggregate(Query.boolean_query([*base, *self._build.filtered(filters)]), counting)
        return {name: Facet(name, tuple((b["key"], b["doc_count"]) for b in answer[name]["buckets"])) for name in names}
