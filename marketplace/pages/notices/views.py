"""Messages: list them, open one, mark all as read."""

from flask import Blueprint, redirect, request, url_for
from flask.typing import ResponseReturnValue

from marketplace.kernel.notices import Notice, count_notices, list_notices, read_all_notices, read_notice
from marketplace.kernel.paging import MOST_PAGES, Page
from marketplace.kernel.permission import Permission
from marketplace.kernel.unit_of_work import UnitOfWork
from marketplace.pages.notices.words import words_of
from marketplace.web.access import requires
from marketplace.web.door import change, read, show
from marketplace.web.identity import current_actor
from marketplace.web.links import url_of

room = Blueprint("notices", __name__, url_prefix="/notices")
PAGE_SIZE = 20


@room.get("")
@requires(Permission.SIGNED_IN)
def index() -> ResponseReturnValue:
    account = current_actor().account_id
    number = max(1, min(request.args.get("page", 1, int), MOST_PAGES))
    found = read(list_notices, account, (number - 1) * PAGE_SIZE, PAGE_SIZE)
    page = Page(tuple(found), read(count_notices, account), number, PAGE_SIZE)
    return show("notices/list.html", page=page, notices=[(notice, words_of(notice)) for notice in page.items])


@room.post("/<id>")
@requires(Permission.SIGNED_IN)
def open_one(id: str) -> ResponseReturnValue:
    """Opening a message reads it; a GET would change something."""
    notice = change(_read_one, id)
    return redirect(url_of(notice.kind, notice.entity_id))


def _read_one(uow: UnitOfWork, id: str) -> Notice:
    return read_notice(uow.tx, id, uow.actor.account_id, uow.now)


@room.post("/read")
@requires(Permission.SIGNED_IN)
def mark_read() -> ResponseReturnValue:
    change(_read_all)
    return redirect(url_for(".index"))


def _read_all(uow: UnitOfWork) -> None:
    read_all_notices(uow.tx, uow.actor.account_id, uow.now)
