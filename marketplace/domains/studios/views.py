"""Studios on the screen: the list, the page, the form, and who belongs."""

from collections.abc import Callable

from flask import Blueprint, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from marketplace.domains.studios.forms import MemberForm, StudioForm
from marketplace.domains.studios.model import LEVEL_LABELS, ROLE_LABELS, STATUS_LABELS, WORKFLOW, Studio, StudioText
from marketplace.domains.studios.repository import get_studio, list_studios, list_works
from marketplace.domains.studios.service import change_lead, close_studio, create_studio, edit_studio, end_membership, invite_member, reopen_studio
from marketplace.kernel.invitations import list_invitations
from marketplace.kernel.memberships import LEAD
from marketplace.kernel.permission import Permission
from marketplace.kernel.replications import get_storefront
from marketplace.kernel.revisions import list_versions
from marketplace.web.access import requires
from marketplace.web.door import change, read, read_for, sent_version, show
from marketplace.web.identity import current_actor
from marketplace.web.steps import take
from marketplace.web.versions import show_version

room = Blueprint("studios", __name__, url_prefix="/studios")
STEPS: dict[str, Callable[..., Studio]] = {"close": close_studio, "reopen": reopen_studio}


@room.get("")
@requires(Permission.STUDIO_READ)
def index() -> ResponseReturnValue:
    level = request.args.get("level", "")
    page = read(list_studios, level if level in LEVEL_LABELS else "", max(1, min(request.args.get("page", 1, int), 500)))
    return show("studios/list.html", page=page, levels=LEVEL_LABELS, statuses=STATUS_LABELS, level=level)


@room.get("/<id>")
@requires(Permission.STUDIO_READ)
def detail(id: str) -> ResponseReturnValue:
    studio = read(get_studio, id)
    return show("studios/detail.html", studio=studio,
                storefront=read(get_storefront, "studio", id), works=read(list_works, id), versions=read(list_versions, id), levels=LEVEL_LABELS,
                roles=ROLE_LABELS, statuses=STATUS_LABELS)  # fmt: skip


@room.route("/new", methods=["GET", "POST"])
@requires(Permission.STUDIO_CREATE)
def new() -> ResponseReturnValue:
    form = StudioForm.of()
    if studio := form.save(create_studio, *_revised(form)):
        flash(_("%(number)s is founded. Now say who leads it.", number=studio.number))
        return redirect(url_for(".members", id=studio.id))
    return show("studios/edit.html", form=form, studio=None)


def _revised(form: StudioForm) -> tuple[StudioText, ...]:
    """The text, once the form is sent; `save` asks for nothing before."""
    return (form.revision(),) if form.is_submitted() else (StudioText(name=""),)


@room.route("/<id>/edit", methods=["GET", "POST"])
@requires(Permission.STUDIO_EDIT)
def edit(id: str) -> ResponseReturnValue:
    studio = read_for(Permission.STUDIO_EDIT, get_studio, id)
    form = StudioForm.of(studio, version=studio.version)
    form.keep_naming(studio, current_actor().can(Permission.STUDIO_NAME, studio))
    if form.save(edit_studio, id, form.version.data, *_revised(form), reread=lambda: read(get_studio, id)):
        flash(_("Saved."))
        return redirect(url_for(".detail", id=id))
    return show("studios/edit.html", form=form, studio=studio)


@room.route("/<id>/members", methods=["GET", "POST"])
@requires(Permission.STUDIO_EDIT)
def members(id: str) -> ResponseReturnValue:
    """The leader invites; a new leader is named by an officer above."""
    studio = read_for(Permission.STUDIO_EDIT, get_studio, id)
    form = MemberForm.of(version=studio.version)
    form.offer_roles(current_actor().can(Permission.STUDIO_NAME, studio))
    service, more = (change_lead, ()) if form.role.data == LEAD else (invite_member, (form.begins,))
    if form.save(service, id, form.version.data, form.who.data or "", *more):
        at_once = current_actor().can(Permission.STUDIO_NAME, studio)
        flash(_("Noted: rights follow at once.") if at_once else _("Invited. Once the person has accepted, their rights follow."))
        return redirect(url_for(".members", id=id))
    return show("studios/members.html", form=form, party=studio, roles=ROLE_LABELS, kind="studio",
                invitations=read(list_invitations, id), enters=current_actor().can(Permission.STUDIO_NAME, studio))  # fmt: skip


@room.post("/<id>/members/<worker_id>/end")
@requires(Permission.SIGNED_IN)
def end(id: str, worker_id: str) -> ResponseReturnValue:
    """By the leader or an officer, or by the member themselves."""
    change(end_membership, id, sent_version(), worker_id)
    flash(_("The membership has ended."))
    return redirect(url_for(".detail", id=id))


@room.post("/<id>/steps/<verb>")
@requires(Permission.SIGNED_IN)
def take_step(id: str, verb: str) -> ResponseReturnValue:
    return take("studio", STEPS, (WORKFLOW,), id, verb)


@room.get("/<id>/versions/<int:ordinal>")
@requires(Permission.STUDIO_HISTORY)
def versions(id: str, ordinal: int) -> ResponseReturnValue:
    return show_version(read_for(Permission.STUDIO_HISTORY, get_studio, id), StudioForm, ordinal)
