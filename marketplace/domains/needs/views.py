"""Post, show, review and compare needs."""

from collections.abc import Callable

from flask import Blueprint, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from marketplace.domains.needs.forms import NeedForm
from marketplace.domains.needs.model import REVISION, STATUS_LABELS, VISIBILITY_LABELS, WORKFLOW, Need, NeedText
from marketplace.domains.needs.repository import get_need
from marketplace.domains.needs.service import (
    close_need,
    create_need,
    discard_revision,
    publish_need,
    publish_revision,
    reopen_need,
    return_need,
    return_revision,
    reveal_need,
    revise_need,
    submit_need,
    submit_revision,
    take_down_need,
    withdraw_need,
)
from marketplace.kernel.parties import list_own_enterprises
from marketplace.kernel.permission import Permission
from marketplace.kernel.revisions import find_working_copy, list_versions, read_text
from marketplace.web.access import requires
from marketplace.web.door import read, read_for, show
from marketplace.web.forms import one_line
from marketplace.web.identity import current_actor
from marketplace.web.steps import take
from marketplace.web.taxonomies import skill_choices
from marketplace.web.versions import show_copy, show_version

room = Blueprint("needs", __name__, url_prefix="/needs")

STEPS: dict[str, Callable[..., Need]] = {
    "submit": submit_need, "publish": publish_need, "return": return_need, "reveal": reveal_need, "close": close_need, "reopen": reopen_need,
    "withdraw": withdraw_need, "take_down": take_down_need, "submit_revision": submit_revision, "publish_revision": publish_revision,
    "return_revision": return_revision, "discard_revision": discard_revision,
}  # fmt: skip


@room.get("")
@requires(Permission.NEED_READ)
def index() -> ResponseReturnValue:
    """One list for all kinds: the search."""
    return redirect(url_for("search.index", kind="need"))


@room.get("/<id>")
@requires(Permission.NEED_READ)
def detail(id: str) -> ResponseReturnValue:
    need = read(get_need, id)
    return show("needs/detail.html", need=need, statuses=STATUS_LABELS, visibilities=VISIBILITY_LABELS, versions=read(list_versions, id),
                copy=read(find_working_copy, id))  # fmt: skip


@room.route("/new", methods=["GET", "POST"])
@requires(Permission.NEED_CREATE)
def new() -> ResponseReturnValue:
    """`q` is what somebody searched for and did not find."""
    form = NeedForm.of(title=one_line(request.args.get("q"))[:100])
    form.offer(own_enterprises())
    if need := form.save(create_need, _revised(form), form.enterprise_id.data or ""):
        flash(_("Draft %(number)s is saved. Look at it once more, then submit it.", number=need.number))
        return redirect(url_for(".detail", id=need.id))
    return show("needs/edit.html", form=form, need=None, skills=skill_choices())


def own_enterprises() -> list[tuple[str, str]]:
    """Those the reader writes for, and for an officer those below."""
    actor = current_actor()
    held = {party.id: party.name for party in actor.parties_of("enterprise")}
    units = [party.id for party in actor.parties_of("organisation")] if actor.is_officer else []
    below = read(list_own_enterprises, "", units) if units else []
    return list((held | {one.id: one.name for one in below}).items())


def _revised(form: NeedForm) -> NeedText:
    """The text, once the form is sent; `save` asks for nothing before."""
    return form.revision() if form.is_submitted() else NeedText(title="")


@room.route("/<id>/edit", methods=["GET", "POST"])
@requires(Permission.NEED_EDIT)
def edit(id: str) -> ResponseReturnValue:
    need = read_for(Permission.NEED_EDIT, get_need, id)
    copy = read(find_working_copy, id)
    form = NeedForm.of(read_text(copy, NeedText) if copy else need, version=need.version)
    del form.enterprise_id
    if form.save(revise_need, id, form.version.data, _revised(form), reread=lambda: read(get_need, id)):
        flash(_("Saved."))
        return redirect(url_for(".detail", id=id))
    return show("needs/edit.html", form=form, need=need, skills=skill_choices())


@room.post("/<id>/steps/<verb>")
@requires(Permission.SIGNED_IN)
def take_step(id: str, verb: str) -> ResponseReturnValue:
    return take("need", STEPS, (WORKFLOW, REVISION), id, verb)


@room.get("/<id>/versions/<int:ordinal>")
@requires(Permission.NEED_HISTORY)
def versions(id: str, ordinal: int) -> ResponseReturnValue:
    return show_version(read_for(Permission.NEED_HISTORY, get_need, id), NeedForm, ordinal)


@room.get("/<id>/copy")
@requires(Permission.NEED_HISTORY)
def copy(id: str) -> ResponseReturnValue:
    """For its makers and the reviewer."""
    return show_copy(read_for(Permission.NEED_HISTORY, get_need, id), NeedForm)
