"""My work."""

from typing import Any

from flask import Blueprint
from flask.typing import ResponseReturnValue

from graph.connection import Transaction
from marketplace.domains.workers.repository import get_workers
from marketplace.kernel.notices import list_notices
from marketplace.kernel.permission import Permission
from marketplace.pages.desk.words import kind_words
from marketplace.pages.my.repository import list_own, list_saved, list_shares, list_unit_cases
from marketplace.pages.my.show import MOST_LINES, figures_of, heading_of, status_words, today_of, waiting_of
from marketplace.pages.notices.words import words_of
from marketplace.web.access import requires
from marketplace.web.door import read, show
from marketplace.web.identity import current_actor
from marketplace.web.links import url_of
from marketplace.web.site import current_site

room = Blueprint("my", __name__)


@room.get("/my")
@requires(Permission.SIGNED_IN)
def index() -> ResponseReturnValue:
    return show("pages/my.html", **read(_mine))


def _mine(tx: Transaction) -> dict[str, Any]:
    """One read for the whole page."""
    actor, now = current_actor(), current_site().clock.now()
    own, shares = list_own(tx, actor), list_shares(tx, actor.worker_id)
    lines = waiting_of(tx, actor, now, own, shares)
    saved = [(card, kind_words(card.kind), url_of(card.kind, card.id)) for card in list_saved(tx, actor.account_id)]
    return {
        "heading": heading_of(actor, lines), "today": today_of(now), "lines": lines[:MOST_LINES], "lines_total": len(lines),
        "figures": figures_of(tx, actor, now, own, shares), "shares": shares, "saved": saved,
        "units": list_unit_cases(tx, now) if actor.is_officer else [],
        "worker": next(iter(get_workers(tx, [actor.worker_id])), None),
        "own": [(one, status_words(one), url_of(one.kind, one.id)) for one in own],
        "notices": [(one, words_of(one), url_of(one.kind, one.entity_id)) for one in list_notices(tx, actor.account_id, 0, 6)],
    }  # fmt: skip
