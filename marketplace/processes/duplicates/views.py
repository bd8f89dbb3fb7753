"""Likely duplicates in an officer's subtree, and what was decided about them."""

from flask import Blueprint, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from graph.connection import Transaction
from marketplace.kernel.errors import Problem
from marketplace.kernel.labels import label
from marketplace.kernel.paging import MOST_PAGES, Page
from marketplace.kernel.permission import Permission
from marketplace.kernel.skill_levels import LEVEL_LABELS
from marketplace.processes.duplicates.model import EVIDENCE_LABELS, Candidate, Evidence, Pair
from marketplace.processes.duplicates.repository import list_apart, list_candidates, list_pairs
from marketplace.processes.duplicates.service import doubt_again, keep_apart
from marketplace.web.access import requires
from marketplace.web.door import change, read, show
from marketplace.web.identity import current_actor

room = Blueprint("duplicates", __name__, url_prefix="/people/duplicates")
PAGE_SIZE = 20


@room.get("")
@requires(Permission.WORKER_MERGE)
def index() -> ResponseReturnValue:
    apart = request.args.get("apart") == "1"
    return show("people/duplicates.html", page=read(look, apart, _page()), apart=apart, words=EVIDENCE_LABELS, levels=LEVEL_LABELS)


def _page() -> int:
    """Raises Problem (400) for a page that no link of ours has."""
    number = request.args.get("page", "1")
    if not number.isascii() or not number.isdigit() or not 1 <= int(number[:6]) <= MOST_PAGES:
        raise Problem(label("There is no such page; narrow the search instead."))
    return int(number)


def look(tx: Transaction, apart: bool, number: int) -> Page[Candidate]:
    """Nobody decides about themselves: pairs with the officer's own entry are left to others."""
    own = current_actor().worker_id
    pairs: list[tuple[Pair, tuple[Evidence, ...]]] = [(pair, ()) for pair in list_apart(tx)] if apart else list_pairs(tx)
    theirs = [one for one in pairs if own not in one[0]]
    begin = (number - 1) * PAGE_SIZE
    return Page(tuple(list_candidates(tx, theirs[begin : begin + PAGE_SIZE])), len(theirs), number, PAGE_SIZE)


@room.post("/<one>/<other>/apart")
@requires(Permission.WORKER_MERGE)
def tell_apart(one: str, other: str) -> ResponseReturnValue:
    pair = change(keep_apart, one, other)
    flash(_("Noted: these are two people. The pair does not come back."), "undo:" + url_for(".doubt", one=pair[0], other=pair[1]))
    return redirect(url_for(".index"))


@room.post("/<one>/<other>/doubt")
@requires(Permission.WORKER_MERGE)
def doubt(one: str, other: str) -> ResponseReturnValue:
    change(doubt_again, one, other)
    flash(_("Taken back: the pair is open again."))
    return redirect(url_for(".index"))
