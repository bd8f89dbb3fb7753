"""My saved searches: keep one from the search page, see what is new and why, mute, run, change, delete with undo."""

from collections.abc import Callable
from typing import Any

from flask import Blueprint, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from marketplace.domains.saved_searches.forms import SavedSearchForm
from marketplace.domains.saved_searches.model import ALERT_LABELS, STATUS_LABELS, WORKFLOW, SavedSearch, Status, filters_of
from marketplace.domains.saved_searches.repository import get_search
from marketplace.domains.saved_searches.service import (
    delete_search,
    edit_search,
    look_at_search,
    mute_search,
    restore_search,
    save_new_search,
    unmute_search,
)
from marketplace.kernel.errors import NotFound
from marketplace.kernel.permission import Permission
from marketplace.pages.saved.show import filters_in_words, list_mine, list_shown, search_url
from marketplace.pages.search.state import state_of
from marketplace.web.access import requires
from marketplace.web.door import change, read, read_for, show
from marketplace.web.identity import current_actor
from marketplace.web.links import inner_url
from marketplace.web.site import current_site
from marketplace.web.words import translated

room = Blueprint("saved", __name__, url_prefix="/saved")


def _most() -> int:
    return current_site().settings.saved_searches


@room.get("")
@requires(Permission.SIGNED_IN)
def index() -> ResponseReturnValue:
    searches, unseen = read(list_mine, current_actor().account_id)
    return show(
        "saved/list.html", searches=searches, unseen=unseen, in_words=filters_in_words, alerts=ALERT_LABELS, states=STATUS_LABELS, most=_most()
    )


@room.route("/new", methods=["GET", "POST"])
@requires(Permission.SIGNED_IN)
def new() -> ResponseReturnValue:
    """The address of the search page stands in this one's; what it says is bounded there."""
    state = state_of(request.args)
    filters = filters_of(state.filters)
    form = SavedSearchForm.of(title=state.text[:80] or "、".join(filters_in_words(filters))[:80], words=state.text)
    if search := form.save(save_new_search, form.revision(filters), _most()):
        flash(_("Saved. What becomes public from now on is compared with it."), "success")
        return redirect(url_for(".detail", id=search.id))
    return show("saved/edit.html", form=form, search=None, filters=filters_in_words(filters))


@room.get("/<id>")
@requires(Permission.SIGNED_IN)
def detail(id: str) -> ResponseReturnValue:
    """Where an alert leads: what was found, and by which words and filters."""
    search = read(get_search, id)
    filters = filters_in_words(search.filters)
    return show("saved/detail.html", search=search, found=read(list_shown, search), filters=filters, alerts=ALERT_LABELS, states=STATUS_LABELS)


@room.route("/<id>/edit", methods=["GET", "POST"])
@requires(Permission.SAVED_SEARCH_EDIT)
def edit(id: str) -> ResponseReturnValue:
    search = read_for(Permission.SAVED_SEARCH_EDIT, get_search, id)
    form = SavedSearchForm.of(search)
    if form.save(edit_search, id, form.version.data, form.revision(search.filters), reread=lambda: read(get_search, id)):
        flash(_("Saved."))
        return redirect(url_for(".detail", id=id))
    return show("saved/edit.html", form=form, search=search, filters=filters_in_words(search.filters))


@room.post("/<id>/run")
@requires(Permission.SAVED_SEARCH_EDIT)
def run(id: str) -> ResponseReturnValue:
    """To the search page; what was new is seen."""
    search: SavedSearch = change(look_at_search, id)
    return redirect(search_url(search))


@room.post("/<id>/seen")
@requires(Permission.SAVED_SEARCH_EDIT)
def seen(id: str) -> ResponseReturnValue:
    change(look_at_search, id)
    return redirect(url_for(".detail", id=id))


def _steps() -> dict[str, Callable[..., Any]]:
    return {
        "mute": mute_search, "unmute": unmute_search, "delete": delete_search, "restore": lambda uow, id: restore_search(uow, id, _most()),
    }  # fmt: skip


@room.post("/<id>/steps/<verb>")
@requires(Permission.SAVED_SEARCH_EDIT)
def take_step(id: str, verb: str) -> ResponseReturnValue:
    """One click, and one click to undo it."""
    services = _steps()
    if verb not in services:
        raise NotFound(verb)
    search: SavedSearch = change(services[verb], id)
    undo = {"mute": "unmute", "delete": "restore"}.get(verb)
    said = _("%(done)s: %(title)s", done=translated(WORKFLOW.steps[verb].done), title=search.title)
    flash(said, f"undo:{url_for('.take_step', id=id, verb=undo)}" if undo else "success")
    return redirect(url_for(".index") if search.status is Status.DELETED else inner_url(request.form.get("back") or url_for(".detail", id=id)))
