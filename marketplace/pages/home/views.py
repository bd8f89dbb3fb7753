"""The first page, the same for everybody, with what waits for the reader on top."""

from typing import Any

from flask import Blueprint
from flask.typing import ResponseReturnValue

from graph.connection import Transaction
from marketplace.domains.announcements.repository import list_current
from marketplace.kernel.cards import list_cards
from marketplace.kernel.notices import Topic
from marketplace.kernel.permission import Permission
from marketplace.pages.home.repository import count_figures, find_road, list_latest, list_newest, list_open_needs
from marketplace.pages.home.show import EXAMPLES, figures_of, need_row, news_line, road_of, work_row
from marketplace.pages.my.show import waiting_for
from marketplace.web.access import requires
from marketplace.web.door import read, show
from marketplace.web.identity import current_actor
from marketplace.web.kept import kept_for_guests
from marketplace.web.site import current_site
from marketplace.web.words import moment

room = Blueprint("home", __name__)


@room.get("/")
@requires(Permission.VISIT)
@kept_for_guests
def index() -> ResponseReturnValue:
    return show("pages/home.html", examples=EXAMPLES, **read(_found))


def _found(tx: Transaction) -> dict[str, Any]:
    """One read for the whole page."""
    actor, now = current_actor(), current_site().clock.now()
    figures = count_figures(tx, now)
    return {
        "figures": figures_of(figures), "figures_at": moment(now), "newest": [work_row(card) for card in list_cards(tx, list_newest(tx, 5))],
        "newest_total": figures.achievements, "needs": [need_row(card, now) for card in list_cards(tx, list_open_needs(tx, 4))],
        "needs_total": figures.needs, "sample_path": road_of(find_road(tx)) if actor.is_guest else [],
        "latest": [news_line(card) for card in list_cards(tx, list_latest(tx, 6))], "mine": None if actor.is_guest else waiting_for(tx, actor, now),
        "announcements": [] if actor.is_guest else list_current(tx, actor.account_id, Topic.ANNOUNCEMENTS, now, 3),
    }  # fmt: skip
