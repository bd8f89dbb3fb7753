"""For administrators: changes that the relay could not follow and set aside, and a way to have them tried again."""

from typing import NamedTuple

from flask import Blueprint, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext as _n

from graph.connection import Transaction
from graph.outbox import Backlog, Event, get_backlog, list_aside, retry_all_events, retry_event
from marketplace.kernel.cards import list_titles
from marketplace.kernel.labels import Label, label
from marketplace.kernel.paging import MOST_PAGES, Page
from marketplace.kernel.permission import Permission
from marketplace.kernel.rooms import Ref, done_in
from marketplace.kernel.unit_of_work import UnitOfWork
from marketplace.pages.search.words import KINDS as FOUND_KINDS
from marketplace.web.access import requires
from marketplace.web.door import change, read, show
from marketplace.web.links import url_of
from marketplace.web.site import current_site
from marketplace.web.words import translated

room = Blueprint("outbox", __name__, url_prefix="/outbox")
PAGE_SIZE = 50
KINDS = FOUND_KINDS | {"organisation": label("Union organisation"), "enquiry": label("Enquiry"), "report": label("Report of abuse")}
VERBS: dict[str, Label] = {"follow": label("What it hangs on was changed"), "reindex": label("To be indexed anew")}
DOING: dict[str, Label] = {
    "read": label("It could not be read"), "write": label("The search index did not take it"), "renew": label("Who may see it could not be written"),
    "tell": label("Those concerned could not be told"),
}  # fmt: skip
"""What the relay was doing; see relay/faults.py."""


class Row(NamedTuple):
    """An event in words. Without a title, its thing is not for this reader's eyes, or is gone."""

    event: Event
    kind: str
    title: str
    url: str
    done: str
    problem: str
    detail: str


class Found(NamedTuple):
    """What one page of the list is made of."""

    backlog: Backlog
    events: list[Event]
    titles: dict[Ref, str]


@room.get("")
@requires(Permission.ADMINISTER)
def index() -> ResponseReturnValue:
    number = max(1, min(request.args.get("page", 1, int), MOST_PAGES))
    found = read(find_page, (number - 1) * PAGE_SIZE)
    rows = tuple(row_of(event, found.titles.get((event.kind, event.entity_id), "")) for event in found.events)
    return show("pages/outbox.html", page=Page(rows, found.backlog.aside, number, PAGE_SIZE), pending=found.backlog.pending)


def find_page(tx: Transaction, skip: int) -> Found:
    events = list_aside(tx, skip, PAGE_SIZE)
    return Found(get_backlog(tx), events, list_titles(tx, ((event.kind, event.entity_id) for event in events)))


def row_of(event: Event, title: str) -> Row:
    """`problem` is said in words, `detail` is for whoever mends it."""
    doing, _colon, detail = event.problem.partition(": ")
    kind, done = (
        translated(KINDS.get(event.kind, event.kind)),
        translated(VERBS[event.verb]) if event.verb in VERBS else translated(done_in(current_site().rooms, event.kind, event.verb)),
    )
    problem = translated(DOING.get(doing, label("It could not be handled")))
    return Row(event, kind, title, url_of(event.kind, event.entity_id) if title else "", done, problem, detail)


@room.post("/<id>/retry")
@requires(Permission.ADMINISTER)
def retry(id: str) -> ResponseReturnValue:
    """Pressed twice it does no more than once."""
    change(_retry_one, id)
    flash(_("It is tried again. If it can't be followed this time either, it is back here in a moment."))
    return redirect(url_for(".index"))


@room.post("/retry")
@requires(Permission.ADMINISTER)
def retry_all() -> ResponseReturnValue:
    flash(_n("%(num)d change is tried again.", "%(num)d changes are tried again.", change(_retry_all)))
    return redirect(url_for(".index"))


def _retry_one(uow: UnitOfWork, id: str) -> int:
    return retry_event(uow.tx, id)


def _retry_all(uow: UnitOfWork) -> int:
    return retry_all_events(uow.tx)
