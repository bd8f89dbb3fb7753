"""The finder of people. A guest finds nobody and is told how to."""

from typing import Any

from flask import Blueprint, request, url_for
from flask.typing import ResponseReturnValue

from graph.connection import Transaction
from graph.outbox import list_withheld
from marketplace.kernel.availability import OFFER_LABELS
from marketplace.kernel.permission import Permission
from marketplace.kernel.skill_levels import LEVEL_LABELS
from marketplace.kernel.workdays import local_day
from marketplace.pages.people.repository import Person, list_people
from marketplace.pages.people.show import chips_of, facets_of, next_steps, sorts_of
from marketplace.pages.people.state import PAGE_SIZE, PeopleState, state_of
from marketplace.pages.search.plain import list_newest
from marketplace.web.access import requires
from marketplace.web.door import show
from marketplace.web.identity import current_actor
from marketplace.web.site import current_site
from search.errors import SearchUnavailable
from search.results import Results

room = Blueprint("people", __name__, url_prefix="/people")


@room.get("")
@requires(Permission.VISIT)
def index() -> ResponseReturnValue:
    state = state_of(request.args)
    if current_actor().is_guest:
        return show("people/guest.html", here=request.full_path.rstrip("?"))
    try:
        return show("people/index.html", **_context(state, *found(state)))
    except SearchUnavailable:
        return show("people/index.html", **_context(state, None, plain(state)))


def found(state: PeopleState) -> tuple[Results, list[Person]]:
    """The index answers with ids; the graph says again who may be seen, and what of them."""
    site, reader = current_site(), current_actor().reader
    today = local_day(site.clock.now())

    def look(tx: Transaction) -> tuple[Results, list[Person]]:
        results = site.index.search(state.query(reader, list_withheld(tx), site.vocabulary.synonyms()))
        return results, list_people(tx, [hit.id for hit in results.hits], today)

    return site.graph.read(look, reader=reader)


def plain(state: PeopleState) -> list[Person]:
    """While the engine is away: the newest cards, narrowed by words of the name."""
    site = current_site()

    def look(tx: Transaction) -> list[Person]:
        ids = [card.id for card in list_newest(tx, state.text, ("worker",))]
        return list_people(tx, ids[:PAGE_SIZE], local_day(site.clock.now()))

    return site.graph.read(look, reader=current_actor().reader)


def _context(state: PeopleState, results: Results | None, people: list[Person]) -> dict[str, Any]:
    total = results.total if results else len(people)
    first = (state.page - 1) * PAGE_SIZE
    return {
        "q": state.text, "total": total, "people": people, "away": results is None, "facets": facets_of(results, state) if results else [],
        "chips": chips_of(state), "clear_url": url_for(".index", q=state.text or None), "sorts": sorts_of(state), "page": state.page,
        "pages": max(1, min(-(-total // PAGE_SIZE), 500)), "first": first + 1, "last": first + len(people), "next_steps": next_steps(state),
        "levels": LEVEL_LABELS, "offers": OFFER_LABELS, "at_least": state.at_least or "",
    }  # fmt: skip
