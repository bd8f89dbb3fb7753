"""Results as the template shows them: rows, facets with counts, chips, orders, and what to do when nothing is found."""

from typing import Any, NamedTuple

from flask import url_for
from flask_babel import gettext as _

from marketplace.kernel.cards import Card
from marketplace.pages.compare.state import COMPARABLE
from marketplace.pages.search.state import SORT_LABELS, SearchState
from marketplace.pages.search.words import KINDS, facts_of, value_words
from marketplace.web.identity import current_actor
from marketplace.web.links import page_url, url_of
from marketplace.web.words import day, translated
from search.results import Hit, Marks


class ResultRow(NamedTuple):
    """What macros/rows.html shows of a thing, in words."""

    kind: str
    kind_words: str
    id: str
    title: str
    url: str
    benefit: str
    facts: tuple[str, ...]
    provider: str
    place: str
    date: str
    can_compare: bool
    compared: bool = False
    title_marks: Marks = ()
    snippet: Marks = ()


def row_of(hit: Hit, card: Card) -> ResultRow:
    """A title that shows why it was found needs no passage of the text: the one-line benefit says more."""
    told = _is_marked(hit.title_marks) and bool(card.benefit)
    return card_row(card)._replace(title_marks=hit.title_marks, snippet=hit.snippet if _is_marked(hit.snippet) and not told else ())


def _is_marked(parts: Marks) -> bool:
    return any(marked for _text, marked in parts)


def card_row(card: Card) -> ResultRow:
    """A card for macros/rows.html, wherever it is listed."""
    return ResultRow(
        kind=card.kind, kind_words=translated(KINDS[card.kind]), id=card.id, title=card.title, url=url_of(card.kind, card.id),
        benefit=card.benefit or "", facts=facts_of(card), provider=card.provider or "", place=card.area or "",
        date=day(card.published_at) if card.published_at else "", can_compare=card.kind in COMPARABLE,
    )  # fmt: skip


def save_url_of(state: SearchState) -> str | None:
    """To keep this search and be told of what is new; for whoever is signed in and has asked for something."""
    if current_actor().is_guest or not (state.text or state.filters):
        return None
    said: dict[str, Any] = {name: list(values) for name, values in state.filters.items()}
    return url_for("saved.new", q=state.text or None, **said)


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
