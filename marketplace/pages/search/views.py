"""The search page, and the warning of likely duplicates while a title is typed."""

from time import perf_counter
from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from graph.connection import Transaction
from graph.outbox import list_withheld
from marketplace.kernel.cards import Card, list_cards
from marketplace.kernel.permission import Permission
from marketplace.pages.search.facets import facets_of
from marketplace.pages.search.missed import note_missed
from marketplace.pages.search.onward import FEW, next_steps, onward_of, posting_of, without_words
from marketplace.pages.search.plain import list_newest
from marketplace.pages.search.show import card_row, chips_of, kinds_of, row_of, save_url_of, sorts_of
from marketplace.pages.search.state import MOST_ROWS, PAGE_SIZE, SearchState, state_of
from marketplace.pages.search.typed import list_suggestions, meant_instead, straight_url
from marketplace.web.access import requires
from marketplace.web.door import read, show
from marketplace.web.forms import one_line
from marketplace.web.identity import current_actor
from marketplace.web.kept import kept_for_guests, not_kept
from marketplace.web.links import url_of
from marketplace.web.site import current_site
from search.errors import SearchUnavailable
from search.results import Results

room = Blueprint("search", __name__)
SURE = 0.55
"""From this likeness of titles on a person would ask whether it is the same."""


@room.get("/search")
@requires(Permission.VISIT)
@kept_for_guests
def index() -> ResponseReturnValue:
    began = perf_counter()
    state = state_of(request.args)
    try:
        if straight := straight_url(state):
            return redirect(straight)
        results, cards = found(state)
        suggestion = meant_instead(state, results)
    except SearchUnavailable:
        return plain(state)
    note_missed(state, results.total)
    rows = [row_of(hit, cards[hit.id]) for hit in results.hits if hit.id in cards]
    pages = min(-(-results.total // PAGE_SIZE), 500)
    onward = onward_of(state) if results.total <= FEW and state.page == 1 else None
    return show(
        "search/index.html", q=state.text, total=results.total, seconds=_("in %(ms)d ms", ms=(perf_counter() - began) * 1000),
        understood=[], facets=facets_of(results, state), chips=chips_of(state), clear_url=url_for(".index", q=state.text or None),
        sorts=sorts_of(state), rows=rows, page=state.page, pages=max(pages, 1), first=(state.page - 1) * PAGE_SIZE + 1,
        last=(state.page - 1) * PAGE_SIZE + len(rows), compare=True, suggestion=suggestion, onward=onward,
        next_steps=next_steps(state, onward) if onward else (), posting=posting_of(state), without_words=without_words,
        most_rows=MOST_ROWS, save_url=save_url_of(state),
    )  # fmt: skip


def plain(state: SearchState) -> ResponseReturnValue:
    """A list without the engine is worth more than none, until it is back."""
    not_kept()
    cards = read(list_newest, state.text, state.filters.get("kind", ()))
    begin = (state.page - 1) * PAGE_SIZE
    rows = [card_row(card) for card in cards[begin : begin + PAGE_SIZE]]
    return show(
        "search/plain.html", q=state.text, kinds=kinds_of(state), rows=rows, page=state.page, pages=max(-(-len(cards) // PAGE_SIZE), 1),
        first=begin + 1, last=begin + len(rows), total=len(cards),
    )  # fmt: skip


def found(state: SearchState) -> tuple[Results, dict[str, Card]]:
    """The index answers with ids; the graph says again, at this moment, which of them the reader may see."""
    site, reader = current_site(), current_actor().reader
    synonyms = site.vocabulary.synonyms()

    def look(tx: Transaction) -> tuple[Results, dict[str, Card]]:
        results = site.index.search(state.query(reader, list_withheld(tx), site.clock.now(), synonyms))
        return results, {card.id: card for card in list_cards(tx, [(hit.kind, hit.id) for hit in results.hits])}

    return site.graph.read(look, reader=reader)


@room.get("/search/suggest")
@requires(Permission.VISIT)
def suggest() -> ResponseReturnValue:
    """A fragment: titles that go on from what is being typed, as far as the reader may see them."""
    return render_template("search/suggestions.html", items=list_suggestions(request.args.get("q", ""), request.args.get("kind", "")))


@room.get("/search/similar")
@requires(Permission.SIGNED_IN)
def similar() -> ResponseReturnValue:
    """A fragment: titles like the one being typed, as far as the writer may see them. Nothing while the engine is away: writing goes on."""
    title, kind = one_line(request.args.get("title"))[:200], request.args.get("kind", "achievement")
    if len(title) < 4:
        return ""
    reader = current_actor().reader
    try:
        hits = current_site().index.near_titles(title, reader, (kind,), without=read(list_withheld) | {request.args.get("id", "")})
    except SearchUnavailable:
        return ""
    cards = read(list_cards, [(hit.kind, hit.id) for hit in hits if hit.score >= SURE])
    return render_template("search/similar.html", items=[_likely(card) for card in cards])


def _likely(card: Card) -> dict[str, Any]:
    note = "，".join(part for part in (card.number, card.provider) if part)
    return {"kind": card.kind, "title": card.title, "url": url_of(card.kind, card.id), "note": note}
