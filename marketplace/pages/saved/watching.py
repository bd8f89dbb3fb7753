"""What I saved for later, and of which of it I want to hear."""

from dataclasses import dataclass

from flask import Blueprint, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from graph.connection import Transaction
from marketplace.domains.watches.model import Watch
from marketplace.domains.watches.repository import list_saved_things
from marketplace.domains.watches.service import watch_thing
from marketplace.kernel.cards import list_cards
from marketplace.kernel.permission import Permission
from marketplace.pages.search.show import ResultRow, card_row
from marketplace.web.access import requires
from marketplace.web.door import change, read, show
from marketplace.web.identity import current_actor

room = Blueprint("watching", __name__, url_prefix="/saved/things")


@dataclass(frozen=True, slots=True)
class Kept:
    watch: Watch
    row: ResultRow


def list_kept(tx: Transaction, account: str) -> tuple[list[Kept], int]:
    """What may still be seen, and how many may not any more."""
    watches = list_saved_things(tx, account)
    cards = {(card.kind, card.id): card for card in list_cards(tx, [one.ref for one in watches])}
    kept = [Kept(one, card_row(cards[one.ref])) for one in watches if one.ref in cards]
    return kept, len(watches) - len(kept)


@room.get("")
@requires(Permission.SIGNED_IN)
def index() -> ResponseReturnValue:
    kept, gone = read(list_kept, current_actor().account_id)
    return show("saved/things.html", kept=kept, gone=gone)


@room.get("/<id>")
@requires(Permission.SIGNED_IN)
def detail(id: str) -> ResponseReturnValue:
    """Where a message leads: the list, at this thing; it may be gone."""
    return redirect(url_for(".index", _anchor=f"thing-{id}"))


@room.post("/<id>/watch")
@requires(Permission.SIGNED_IN)
def watch(id: str) -> ResponseReturnValue:
    """One click, and one click to undo it."""
    tells = request.form.get("tells") == "yes"
    change(watch_thing, id, tells=tells)
    flash(_("You are told when it changes.") if tells else _("You are told of it no more; it stays on your list."), "success")
    return redirect(url_for(".index", _anchor=f"thing-{id}"))
