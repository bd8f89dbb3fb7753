"""Messages: list them by day and topic, open one, mark as read and take that back."""

from datetime import UTC, datetime, timedelta
from itertools import groupby

from flask import Blueprint, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from graph.connection import Transaction
from marketplace.kernel.notices import (
    TOPIC_LABELS,
    Notice,
    Topic,
    count_notices,
    list_notices,
    read_all_notices,
    read_notice,
    unread_notice,
    unread_notices,
)
from marketplace.kernel.paging import Page
from marketplace.kernel.permission import Permission
from marketplace.kernel.unit_of_work import UnitOfWork
from marketplace.kernel.workdays import local_day
from marketplace.pages.notices.words import words_of
from marketplace.web.access import requires
from marketplace.web.door import change, read, show
from marketplace.web.identity import current_actor
from marketplace.web.links import inner_url, page_number, url_of

room = Blueprint("notices", __name__, url_prefix="/notices")
PAGE_SIZE = 20
EXACT = timedelta(milliseconds=2)
"""Engines keep milliseconds of a time."""


@room.get("")
@requires(Permission.SIGNED_IN)
def index() -> ResponseReturnValue:
    topic, unread = _topic(), request.args.get("unread") == "1"
    page = read(_page, page_number(), topic, unread)
    return show("notices/list.html", page=page, days=days_of(page.items), topics=TOPIC_LABELS, topic=topic, unread=unread)


def _topic() -> str:
    """What is none narrows nothing."""
    sent = request.args.get("topic", "")
    return sent if sent in set(Topic) else ""


def _page(tx: Transaction, number: int, topic: str, unread: bool) -> Page[Notice]:
    account = current_actor().account_id
    found = list_notices(tx, account, (number - 1) * PAGE_SIZE, PAGE_SIZE, topic=topic, unread=unread)
    return Page(tuple(found), count_notices(tx, account, topic=topic, unread=unread), number, PAGE_SIZE)


def days_of(notices: tuple[Notice, ...]) -> list[tuple[datetime, list[tuple[Topic, list[tuple[Notice, str]]]]]]:
    """By day in Beijing, within it by topic; the newest day first, as they come."""
    days = []
    for _day, some in groupby(notices, lambda one: local_day(one.created_at)):
        of_day = list(some)
        topics = dict.fromkeys(one.about for one in of_day)
        days.append((of_day[0].created_at, [(topic, [(one, words_of(one)) for one in of_day if one.about is topic]) for topic in topics]))
    return days


@room.post("/<id>")
@requires(Permission.SIGNED_IN)
def open_one(id: str) -> ResponseReturnValue:
    """Opening a message reads it; a GET would change something."""
    notice = change(_read_one, id)
    return redirect(url_of(notice.kind, notice.entity_id))


@room.post("/<id>/read")
@requires(Permission.SIGNED_IN)
def mark_one(id: str) -> ResponseReturnValue:
    """Without leaving the list."""
    change(_read_one, id)
    flash(_("Marked as read."), f"undo:{url_for('.unmark_one', id=id)}")
    return redirect(_back())


@room.post("/<id>/unread")
@requires(Permission.SIGNED_IN)
def unmark_one(id: str) -> ResponseReturnValue:
    change(_unread_one, id)
    return redirect(_back())


def _back() -> str:
    """To the page of the list that the button stood on."""
    back = request.form.get("back")
    return inner_url(back) if back else url_for(".index")


def _read_one(uow: UnitOfWork, id: str) -> Notice:
    return read_notice(uow.tx, id, uow.actor.account_id, uow.now)


def _unread_one(uow: UnitOfWork, id: str) -> None:
    unread_notice(uow.tx, id, uow.actor.account_id)


@room.post("/read")
@requires(Permission.SIGNED_IN)
def mark_read() -> ResponseReturnValue:
    moment = change(_read_all)
    flash(_("All are marked as read."), f"undo:{url_for('.unmark_read', at=moment.isoformat())}")
    return redirect(url_for(".index"))


@room.post("/read/undo")
@requires(Permission.SIGNED_IN)
def unmark_read() -> ResponseReturnValue:
    """Those that were marked at that moment. What is no moment undoes nothing."""
    try:
        change(_unread_all, datetime.fromisoformat(request.args.get("at", "")).astimezone(UTC))
    except (ValueError, OverflowError):
        flash(_("There is nothing to undo."), "info")
    return redirect(url_for(".index"))


def _read_all(uow: UnitOfWork) -> datetime:
    read_all_notices(uow.tx, uow.actor.account_id, uow.now)
    return uow.now


def _unread_all(uow: UnitOfWork, moment: datetime) -> None:
    unread_notices(uow.tx, uow.actor.account_id, moment - EXACT, moment + EXACT)
