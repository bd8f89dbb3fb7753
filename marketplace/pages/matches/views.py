"""Matches of a need, of an achievement and of a listing: pages, and fragments on the pages of these things."""

from typing import Any

from flask import Blueprint, request
from flask.typing import ResponseReturnValue

from graph.connection import Transaction
from marketplace.domains.achievements.model import Achievement
from marketplace.domains.achievements.repository import get_achievement
from marketplace.domains.listings.model import Listing
from marketplace.domains.listings.repository import get_listing
from marketplace.domains.needs.model import Need
from marketplace.domains.needs.repository import get_need
from marketplace.domains.opinions.model import FEWEST, REPAIRS, MatchOpinion
from marketplace.domains.opinions.repository import list_own_opinions, sum_opinions
from marketplace.domains.repairs.model import Repairable, RepairMark
from marketplace.domains.repairs.repository import find_mark, get_repairable
from marketplace.kernel.permission import Permission
from marketplace.kernel.verdicts import REASONS, VERDICT_LABELS
from marketplace.pages.matches.tabs import GROUPS, TAB_LABELS, chosen_tab
from marketplace.pages.matches.words import LEGEND, chain_of, part_rows, why, why_adopter
from marketplace.processes.matching.model import Adopter, Match
from marketplace.processes.matching.service import (
    FIRST,
    MOST,
    count_matches,
    get_need_with_matches,
    likely_adopters,
    matches_of_need,
    needs_near,
    needs_of,
    words_of_achievement,
    words_of_listing,
)
from marketplace.web.access import requires
from marketplace.web.door import read, read_for, show
from marketplace.web.identity import current_actor
from marketplace.web.site import current_site
from search.errors import SearchUnavailable
from search.index import Index

room = Blueprint("matching", __name__)
SAID: dict[str, Any] = {
    "why": why, "why_adopter": why_adopter, "chain_of": chain_of, "part_rows": part_rows, "verdicts": VERDICT_LABELS, "reasons": REASONS,
}  # fmt: skip
"""How the templates put a match into words."""


@room.errorhandler(SearchUnavailable)
def away(_error: Exception) -> ResponseReturnValue:
    """In place of a fragment: the page around it is whole."""
    return show("matching/away.html")


def read_matches(tx: Transaction, index: Index, id: str, tab: str, account: str) -> tuple[Need, list[Match], dict[str, int], dict[str, MatchOpinion]]:
    """What the page of a need's matches shows. Raises NotFound for a need that the reader may not see."""
    need = get_need(tx, id)
    matches, others = matches_of_need(tx, index, need, MOST, GROUPS[tab]), {name: kinds for name, kinds in GROUPS.items() if name != tab}
    counts = count_matches(tx, index, need, others) | {tab: len(matches)}
    return need, matches, counts, list_own_opinions(tx, account, id)


@room.get("/needs/<id>/matches")
@requires(Permission.NEED_READ)
def matches(id: str) -> ResponseReturnValue:
    tab = chosen_tab(request.args.get("kind", ""))
    try:
        need, found, counts, own = read(read_matches, current_site().index, id, tab, current_actor().account_id)
    except SearchUnavailable:
        return show("matching/matches.html", need=read(get_need, id), matches=[], away=True)
    return show(
        "matching/matches.html", need=need, matches=found, counts=counts, own=own, away=False, tab=tab, tabs=TAB_LABELS, legend=LEGEND, **SAID
    )


@room.get("/needs/<id>/matches/first")
@requires(Permission.NEED_READ)
def first(id: str) -> ResponseReturnValue:
    """A fragment for the need's own page."""
    need, found = read(get_need_with_matches, current_site().index, id, FIRST)
    return show("matching/first.html", need=need, matches=found, **SAID)


def read_helped(tx: Transaction, index: Index, thing: Achievement | Listing) -> tuple[list[Match], list[Adopter]]:
    """The open needs of a work or an offer, and for a work whom else it may help."""
    needs = needs_of(tx, index, thing)
    return needs, likely_adopters(tx, thing, needs) if isinstance(thing, Achievement) else []


@room.get("/achievements/<id>/matches")
@requires(Permission.ACHIEVEMENT_READ)
def of_achievement(id: str) -> ResponseReturnValue:
    return _helped(read(get_achievement, id))


@room.get("/listings/<id>/matches")
@requires(Permission.LISTING_READ)
def of_listing(id: str) -> ResponseReturnValue:
    return _helped(read(get_listing, id))


def _helped(thing: Achievement | Listing) -> ResponseReturnValue:
    shown: dict[str, Any] = {"thing": thing, "tab": "adopters" if request.args.get("kind") == "enterprise" else "needs", "legend": LEGEND, **SAID}
    try:
        needs, adopters = read(read_helped, current_site().index, thing)
    except SearchUnavailable:
        return show("matching/helped.html", needs=[], adopters=[], away=True, **shown)
    return show("matching/helped.html", needs=needs, adopters=adopters, away=False, **shown)


@room.get("/needs/near")
@requires(Permission.NEED_READ)
def near() -> ResponseReturnValue:
    """A fragment: needs near an achievement or a listing, as far as both may be read."""
    thing = _named(request.args.get("achievement", ""), request.args.get("listing", ""))
    words = words_of_listing(thing) if isinstance(thing, Listing) else words_of_achievement(thing)
    return show("matching/near.html", matches=read(needs_near, current_site().index, thing.title, words), thing=thing)


def _named(achievement: str, listing: str) -> Achievement | Listing:
    return read(get_listing, listing) if listing else read(get_achievement, achievement)


@room.get("/achievements/<id>/opinions")
@requires(Permission.ACHIEVEMENT_EDIT)
def said_of_achievement(id: str) -> ResponseReturnValue:
    return _sum(read_for(Permission.ACHIEVEMENT_EDIT, get_achievement, id))


@room.get("/listings/<id>/opinions")
@requires(Permission.LISTING_EDIT)
def said_of_listing(id: str) -> ResponseReturnValue:
    return _sum(read_for(Permission.LISTING_EDIT, get_listing, id))


def _sum(thing: Achievement | Listing) -> ResponseReturnValue:
    """For whoever may mend it."""
    template = "matching/sum.html" if request.headers.get("HX-Request") == "true" else "matching/sums.html"
    own, mark = read(read_mark, thing)
    return show(
        template, thing=thing, sum=read(sum_opinions, thing.KIND, thing.id), repairs=REPAIRS, verdicts=VERDICT_LABELS, fewest=FEWEST,
        reasons=REASONS, own=own, mark=mark,
    )  # fmt: skip


def read_mark(tx: Transaction, thing: Achievement | Listing) -> tuple[Repairable, RepairMark | None]:
    """What its publisher may speak of now, and what they said of it already."""
    own = get_repairable(tx, thing.KIND, thing.id)
    return own, find_mark(tx, own)
