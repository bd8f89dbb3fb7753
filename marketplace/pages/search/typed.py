"""What is made of the typed words beside the list of hits: titles while one types, the thing whose number it is, another spelling."""

from typing import Any

from flask import request, url_for

from graph.connection import Transaction
from graph.outbox import list_withheld
from marketplace.kernel.cards import list_titles
from marketplace.pages.search.state import SearchState
from marketplace.pages.search.words import KINDS
from marketplace.web.door import read
from marketplace.web.forms import one_line
from marketplace.web.identity import current_actor
from marketplace.web.links import url_of
from marketplace.web.site import current_site
from marketplace.web.words import translated
from search.errors import SearchUnavailable
from search.numbers import number_of
from search.query import Sort
from search.results import Results

FEW = 3
"""Up to so many hits, another spelling is offered."""
LONGEST = 100


def list_suggestions(typed: str, kind: str) -> list[dict[str, str]]:
    """Of one kind or of all: the index proposes, the graph says which of them the reader may see now. Nothing while the engine is away."""
    index, reader, kinds = current_site().index, current_actor().reader, (kind,) if kind in KINDS else ()

    def look(tx: Transaction) -> list[tuple[str, str, str]]:
        found = index.suggest(typed, reader, kinds=kinds, without=list_withheld(tx))
        titles = list_titles(tx, [(one.kind, one.id) for one in found])
        return [(one.kind, one.id, titles[one.kind, one.id]) for one in found if (one.kind, one.id) in titles]

    try:
        seen = read(look) if (typed := one_line(typed)[:LONGEST]) else []
    except SearchUnavailable:
        seen = []
    return [{"kind": one, "kind_words": translated(KINDS[one]), "title": title, "url": url_of(one, id)} for one, id, title in seen]


def straight_url(state: SearchState) -> str | None:
    """Of the one visible thing whose number was typed, unless the address narrows, orders, turns pages or asks to stay."""
    narrowed = state.filters or state.page > 1 or state.sort is not Sort.RELEVANCE or "stay" in request.args
    if narrowed or not number_of(state.text):
        return None

    def look(tx: Transaction) -> list[tuple[str, str]]:
        hits = current_site().index.numbered(state.text, current_actor().reader, list_withheld(tx))
        return list(list_titles(tx, [(hit.kind, hit.id) for hit in hits]))

    seen = read(look)
    return url_of(*seen[0]) if len(seen) == 1 else None


def meant_instead(state: SearchState, results: Results) -> dict[str, Any] | None:
    """Another spelling by which this reader finds more, in the whole district; only where little was found."""
    if not state.text or state.page > 1 or results.total > FEW:
        return None
    site = current_site()
    index, query = site.index, state.query(current_actor().reader, read(list_withheld), site.clock.now(), site.vocabulary.synonyms())
    found = index.search(query.everywhere()).total if state.filters else results.total
    meant = index.meant(query, found) if found <= FEW else None
    return {"words": meant.text, "count": meant.total, "url": url_for("search.index", q=meant.text)} if meant else None
