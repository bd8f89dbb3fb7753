"""Announcements: those of my units, a new one, one of them, take it back."""

from flask import Blueprint, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from marketplace.domains.announcements.forms import AnnouncementForm
from marketplace.domains.announcements.model import STATUS_LABELS, TONES, WORKFLOW, reading_of
from marketplace.domains.announcements.repository import count_reading, list_announcements, list_places, read_told
from marketplace.domains.announcements.service import announce, withdraw_announcement
from marketplace.kernel.errors import NotFound
from marketplace.kernel.permission import Permission
from marketplace.web.access import requires
from marketplace.web.door import change, read, sent_version, show
from marketplace.web.identity import current_actor
from marketplace.web.links import page_number

room = Blueprint("announcements", __name__, url_prefix="/announcements")


@room.get("")
@requires(Permission.ANNOUNCEMENT_MAKE)
def index() -> ResponseReturnValue:
    names = {place.id: place.name for place in read(list_places)}
    page = read(list_announcements, page_number())
    return show("announcements/list.html", page=page, places=names, statuses=STATUS_LABELS, tones=TONES)


@room.route("/new", methods=["GET", "POST"])
@requires(Permission.ANNOUNCEMENT_MAKE)
def new() -> ResponseReturnValue:
    form = AnnouncementForm.of()
    if request.method == "POST" and (made := form.save(announce, form.revision())):
        flash(_("Saved. It goes out shortly; until then nobody has seen it."), f"undo:{url_for('.take_step', id=made.id, verb='withdraw')}")
        return redirect(url_for(".detail", id=made.id))
    return show("announcements/edit.html", form=form)


@room.get("/<id>")
@requires(Permission.SIGNED_IN)
def detail(id: str) -> ResponseReturnValue:
    """For whoever was told, and for those who write."""
    announcement = read(read_told, id, current_actor().account_id)
    sees_figures = current_actor().can(Permission.ANNOUNCEMENT_FIGURES, announcement)
    figures = reading_of(*read(count_reading, id)) if sees_figures else None
    steps = WORKFLOW.open_to(current_actor().tokens, announcement)
    return show("announcements/detail.html", announcement=announcement, figures=figures, steps=steps, statuses=STATUS_LABELS, tones=TONES)


@room.post("/<id>/steps/<verb>")
@requires(Permission.ANNOUNCEMENT_MAKE)
def take_step(id: str, verb: str) -> ResponseReturnValue:
    if verb != "withdraw":
        raise NotFound(verb)
    change(withdraw_announcement, id, sent_version())
    flash(_("Taken back. It is gone from everybody's messages in a moment."), "success")
    return redirect(url_for(".detail", id=id))
