"""Matches as a page, and as fragments on the pages of needs, achievements and listings."""

from flask import Blueprint, request
from flask.typing import ResponseReturnValue

from marketplace.domains.achievements.repository import get_achievement
from marketplace.domains.listings.repository import get_listing
from marketplace.domains.needs.repository import get_need
from marketplace.kernel.permission import Permission
from marketplace.processes.matching.service import FIRST, MOST, get_need_with_matches, needs_near, words_of_achievement, words_of_listing
from marketplace.web.access import requires
from marketplace.web.door import read, show
from marketplace.web.site import current_site
from search.errors import SearchUnavailable

room = Blueprint("matching", __name__, url_prefix="/needs")


@room.errorhandler(SearchUnavailable)
def away(_error: Exception) -> ResponseReturnValue:
    """In place of a fragment: the page around it is whole."""
    return show("matching/away.html")


@room.get("/<id>/matches")
@requires(Permission.NEED_READ)
def matches(id: str) -> ResponseReturnValue:
    try:
        need, found = read(get_need_with_matches, current_site().index, id, MOST)
    except SearchUnavailable:
        return show("matching/matches.html", need=read(get_need, id), matches=[], away=True)
    return show("matching/matches.html", need=need, matches=found, away=False)


@room.get("/<id>/matches/first")
@requires(Permission.NEED_READ)
def first(id: str) -> ResponseReturnValue:
    """A fragment for the need's own page."""
    need, found = read(get_need_with_matches, current_site().index, id, FIRST)
    return show("matching/first.html", need=need, matches=found)


@room.get("/near")
@requires(Permission.NEED_READ)
def near() -> ResponseReturnValue:
    """A fragment: needs near an achievement or a listing, as far as both may be read."""
    title, words = _title_and_words(request.args.get("achievement", ""), request.args.get("listing", ""))
    return show("matching/near.html", matches=read(needs_near, current_site().index, title, words))


def _title_and_words(achievement: str, listing: str) -> tuple[str, str]:
    if listing:
        offer = read(get_listing, listing)
        return offer.title, words_of_listing(offer)
    work = read(get_achievement, achievement)
    return work.title, words_of_achievement(work)
