"""The rows of an export: what the cards of the page say, read page by page with the reader's own eyes."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from graph.connection import Transaction
from graph.outbox import list_withheld
from marketplace.kernel.cards import Card, list_cards
from marketplace.kernel.labels import Label, label
from marketplace.kernel.workdays import SHANGHAI
from marketplace.pages.search.state import MOST_ROWS, SearchState
from marketplace.pages.search.words import KINDS, sort_words
from marketplace.web.identity import current_actor
from marketplace.web.links import url_of
from marketplace.web.site import current_site
from marketplace.web.taxonomies import field_name
from marketplace.web.words import translated

CHUNK = 500
PEOPLE = "worker"
"""Their cards leave the site through officers alone: whoever reads one on the page need not have all of them in a file."""


def _day(value: datetime | date | None) -> str:
    local = value.astimezone(SHANGHAI).date() if isinstance(value, datetime) else value
    return local.isoformat() if local else ""


def _yuan(fen: int | None) -> float | None:
    """Cents stay exact: no sum of ours has more digits than a float keeps."""
    return None if fen is None else fen / 100


Column = tuple[Label, Callable[[Card], Any]]
COLUMNS: tuple[Column, ...] = (
    (label("What"), lambda card: translated(KINDS[card.kind])),
    (label("Number"), lambda card: card.number),
    (label("Title"), lambda card: card.title),
    (label("Benefit in one line"), lambda card: card.benefit),
    (label("Provider"), lambda card: card.provider),
    (label("Sub-district"), lambda card: card.area),
    (label("Technology field"), lambda card: field_name(card.field) if card.field else ""),
    (label("What kind"), sort_words),
    (label("Maturity"), lambda card: f"{card.maturity_scale} {card.maturity}" if card.maturity else ""),
    (label("Adopters"), lambda card: card.used or None),
    (label("Saving a year, yuan"), lambda card: _yuan(card.saving_fen or None)),
    (label("Patents"), lambda card: card.patents or None),
    (label("Price, yuan"), lambda card: _yuan(card.price_fen)),
    (label("Budget from, yuan"), lambda card: _yuan(card.low_fen)),
    (label("Budget to, yuan"), lambda card: _yuan(card.high_fen)),
    (label("Ends on"), lambda card: _day(card.ends_on)),
    (label("Published"), lambda card: _day(card.published_at)),
    (label("Address"), lambda card: url_of(card.kind, card.id)),
)  # fmt: skip


def header() -> list[str]:
    return [translated(name) for name, _ in COLUMNS]


def rows_of(state: SearchState) -> Iterator[list[Any]]:
    """At most MOST_ROWS, each thing once, though the index may change between two pages."""
    seen: set[str] = set()
    for page in range(1, MOST_ROWS // CHUNK + 1):
        cards, is_last = _page(state, page)
        fresh = [card for card in cards if card.id not in seen]
        seen.update(card.id for card in fresh)
        yield from ([say(card) for _, say in COLUMNS] for card in fresh)
        if is_last:
            return


def _page(state: SearchState, page: int) -> tuple[list[Card], bool]:
    site, actor = current_site(), current_actor()
    kinds = () if actor.is_officer else tuple(kind for kind in KINDS if kind != PEOPLE)

    def look(tx: Transaction) -> tuple[list[Card], bool]:
        asked = state.query(actor.reader, list_withheld(tx), site.clock.now(), site.vocabulary.synonyms())
        found = site.index.search(replace(asked, kinds=kinds, facets=(), page=page, size=CHUNK, highlight=False))
        return list_cards(tx, [(hit.kind, hit.id) for hit in found.hits]), len(found.hits) < CHUNK

    return site.graph.read(look, reader=actor.reader)
