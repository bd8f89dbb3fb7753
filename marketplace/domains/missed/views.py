"""What was searched for and not found: look, make a synonym or a need of it, hand it on, dismiss it."""

from datetime import timedelta

from flask import Blueprint, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from marketplace.domains.missed.forms import HandOnForm
from marketplace.domains.missed.model import STATUS_LABELS, Status
from marketplace.domains.missed.repository import Span, get_missed, list_missed
from marketplace.domains.missed.service import dismiss_missed, hand_on_missed, reopen_missed
from marketplace.kernel.labels import label
from marketplace.kernel.permission import Permission
from marketplace.kernel.workdays import local_day
from marketplace.web.access import requires
from marketplace.web.door import change, read, read_for, show
from marketplace.web.links import page_number
from marketplace.web.site import current_site

room = Blueprint("missed", __name__, url_prefix="/vocabulary/missed")
DAYS = (7, 30, 90)
KINDS = {"": label("No or few results"), "zero": label("No result"), "low": label("1 to 3 results")}


@room.get("")
@requires(Permission.MISSED_READ)
def index() -> ResponseReturnValue:
    site = current_site()
    kept = site.settings.missed_search_days
    days = int(_chosen("days", tuple(map(str, DAYS)), "30"))
    kind, status = _chosen("kind", tuple(KINDS), ""), _chosen("status", tuple(Status), Status.OPEN)
    span = Span(local_day(site.clock.now()) - timedelta(days=min(days, kept) - 1), kind != "low", kind != "zero", status)
    return show(
        "missed/list.html", page=read(list_missed, span, page_number()), days=days, kind=kind, standing=status, kinds=KINDS, statuses=STATUS_LABELS,
        spans=DAYS, kept=kept,
    )  # fmt: skip


def _chosen(name: str, among: tuple[str, ...], otherwise: str) -> str:
    sent = request.args.get(name, otherwise)
    return sent if sent in among else otherwise


@room.get("/<id>")
@requires(Permission.MISSED_READ)
def detail(id: str) -> ResponseReturnValue:
    """Words are read on the list, where their figures stand."""
    return redirect(url_for(".index", status=read(get_missed, id).status))


@room.post("/<id>/dismiss")
@requires(Permission.MISSED_EDIT)
def dismiss(id: str) -> ResponseReturnValue:
    gone = change(dismiss_missed, id)
    flash(_("Dismissed: %(words)s", words=gone.words), f"undo:{url_for('.reopen', id=id)}")
    return redirect(url_for(".index"))


@room.route("/<id>/hand-on", methods=["GET", "POST"])
@requires(Permission.MISSED_EDIT)
def hand_on(id: str) -> ResponseReturnValue:
    missed = read_for(Permission.MISSED_EDIT, get_missed, id)
    form = HandOnForm.of(missed)
    if form.save(hand_on_missed, id, form.version.data, form.note.data or "", reread=lambda: read(get_missed, id)):
        flash(_("Handed on: %(words)s", words=missed.words), f"undo:{url_for('.reopen', id=id)}")
        return redirect(url_for(".index"))
    return show("missed/edit.html", form=form, missed=missed)


@room.post("/<id>/reopen")
@requires(Permission.MISSED_EDIT)
def reopen(id: str) -> ResponseReturnValue:
    change(reopen_missed, id)
    flash(_("It is back on the list."), "success")
    return redirect(url_for(".index"))
