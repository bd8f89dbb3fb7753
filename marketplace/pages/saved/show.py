"""A saved search in words: what it asks, what it found, and why each thing stands there."""

from collections import Counter
from dataclasses import dataclass
from typing import Any

from flask import url_for

from graph.connection import Transaction
from marketplace.domains.saved_searches.model import Finding, SavedSearch, by_facet
from marketplace.domains.saved_searches.repository import MOST_UNSEEN, list_findings, list_own_searches, list_unseen
from marketplace.kernel.cards import list_cards, list_titles
from marketplace.pages.search.show import ResultRow, card_row
from marketplace.pages.search.words import TITLES, value_words
from marketplace.web.words import translated

MOST_FINDINGS = 50


@dataclass(frozen=True, slots=True)
class Shown:
    """A finding whose thing the reader may see now."""

    row: ResultRow
    finding: Finding
    is_new: bool
    filters: tuple[str, ...]


def filters_in_words(filters: tuple[str, ...]) -> tuple[str, ...]:
    """Each with the name of its facet."""
    return tuple(f"{translated(TITLES[name])}: {value_words(name, value)}" for name, values in by_facet(filters).items() for value in values)


def search_url(search: SavedSearch) -> str:
    said: dict[str, Any] = {name: list(values) for name, values in search.by_facet.items()}
    return url_for("search.index", q=search.words or None, **said)


def list_mine(tx: Transaction, account: str) -> tuple[list[SavedSearch], dict[str, str]]:
    """With how many are new in each since its owner's last look, of what they may see now."""
    unseen = list_unseen(tx, account)
    visible = list_titles(tx, [one.ref for one in unseen])
    counted = Counter(one.search_id for one in unseen if one.ref in visible)
    return list_own_searches(tx, account), {id: f"{count}+" if count == MOST_UNSEEN else str(count) for id, count in counted.items()}


def list_shown(tx: Transaction, search: SavedSearch) -> list[Shown]:
    """What was withdrawn, or may not be seen any more, is simply not there."""
    findings = list_findings(tx, search.owner_id, search.id, MOST_FINDINGS)
    cards = {card.id: card for card in list_cards(tx, [one.ref for one in findings])}
    return [
        Shown(card_row(cards[one.entity_id]), one, one.created_at > search.seen_at, filters_in_words(one.filters))
        for one in findings
        if one.entity_id in cards
    ]
