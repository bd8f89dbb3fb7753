"""Results as the template shows them: rows, facets with counts, chips, orders, and what to do when nothing is found."""

from typing import Any, NamedTuple

from flask import url_for
from flask_babel import gettext as _

from marketplace.kernel.cards import Card
from marketplace.pages.search.state import SORT_LABELS, SearchState
from marketplace.pages.search.words import KINDS, TITLES, facts_of, value_words
from marketplace.web.links import page_url, url_of
from marketplace.web.words import day, translated
from search.results import Facet, Hit, Marks, Results

LONG_FACETS = ("area", "field")
"""Facets with a box to find a value in."""


def row_of(hit: Hit, card: Card) -> dict[str, Any]:
    """A title that shows why it was found needs no passage of the text: the one-line benefit says more."""
    told = _is_marked(hit.title_marks) and bool(card.benefit)
    return card_row(card) | {"title_marks": hit.title_marks, "snippet": hit.snippet if _is_marked(hit.snippet) and not told else ()}


def _is_marked(parts: Marks) -> bool:
    return any(marked for _text, marked in parts)


def card_row(card: Card) -> dict[str, Any]:
    """A card for macros/rows.html, wherever it is listed."""
    return {
        "kind": card.kind, "kind_words": translated(KINDS[card.kind]), "id": card.id, "title": card.title, "url": url_of(card.kind, card.id),
        "benefit": card.benefit or "", "facts": facts_of(card), "provider": card.provider or "", "place": card.area or "",
        "date": day(card.published_at) if card.published_at else "", "can_compare": False, "compared": False,
    }  # fmt: skip


class FacetRow(NamedTuple):
    """A hundred of these stand on a page: the template takes them apart at once."""

    value: str
    words: str
    hits: int
    chosen: bool
    nested: bool


def facets_of(results: Results, state: SearchState) -> list[dict[str, Any]]:
    shown = [_facet(facet, state) for facet in results.facets]
    return [facet for facet in shown if facet["rows"]]


def _facet(facet: Facet, state: SearchState) -> dict[str, Any]:
    chosen = state.filters.get(facet.name, ())
    counted = dict(facet.values) | {value: 0 for value in chosen if value not in dict(facet.values)}
    values = sorted(counted.items()) if facet.name == "field" else sorted(counted.items(), key=lambda one: -one[1])
    rows = [
        FacetRow(value, value_words(facet.name, value).rpartition(" › ")[2], count, value in chosen, facet.name == "field" and len(value) > 2)
        for value, count in values
    ]
    return {"name": facet.name, "title": translated(TITLES[facet.name]), "rows": rows, "find": facet.name in LONG_FACETS and len(rows) > 8}


def chips_of(state: SearchState) -> list[dict[str, str]]:
    return [
        {"words": value_words(name, value), "remove_url": page_url(**{name: [one for one in values if one != value] or None}, page=None)}
        for name, values in state.filters.items()
        for value in values
    ]


def sorts_of(state: SearchState) -> list[dict[str, Any]]:
    return [
        {"value": sort.value, "words": translated(words), "url": page_url(sort=sort.value, page=None), "chosen": sort is state.sort}
        for sort, words in SORT_LABELS.items()
    ]


def kinds_of(state: SearchState) -> list[dict[str, Any]]:
    """The one filter that needs no index."""
    chosen = state.filters.get("kind", ())
    every = {"value": "", "words": _("Everything"), "url": page_url(kind=None, page=None), "chosen": not chosen}
    return [every] + [
        {"value": kind, "words": translated(words), "url": page_url(kind=kind, page=None), "chosen": kind in chosen} for kind, words in KINDS.items()
    ]


def next_steps(state: SearchState) -> list[tuple[str, str, str, str, str]]:
    """For the empty state: drop the last filter, or all of them, or the words."""
    steps: list[tuple[str, str, str, str, str]] = []
    for name, values in list(state.filters.items())[-1:]:
        words = _("Without “%(filter)s”", filter=value_words(name, values[-1]))
        steps.append(("funnel", words, page_url(**{name: list(values[:-1]) or None}, page=None), "", ""))
    if state.filters and state.text:
        steps.append(("search", _("All results for “%(words)s”", words=state.text), url_for(".index", q=state.text), "", ""))
    if state.text:
        steps.append(("list", _("Browse everything that is public"), url_for(".index"), "", ""))
    return steps
