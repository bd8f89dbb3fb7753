"""Associations on the screen: the list, the page, the form, and who belongs."""

from collections.abc import Callable
from typing import Any

from flask import Blueprint, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from marketplace.domains.associations.forms import AssociationForm, MemberForm
from marketplace.domains.associations.model import KIND_LABELS, ROLE_LABELS, STATUS_LABELS, WORKFLOW, Association, AssociationText, Role
from marketplace.domains.associations.repository import get_association, list_associations, list_works
from marketplace.domains.associations.service import (
    change_chair,
    close_association,
    create_association,
    edit_association,
    end_membership,
    invite_member,
    reopen_association,
)
from marketplace.kernel.invitations import list_invitations
from marketplace.kernel.permission import Permission
from marketplace.kernel.replications import get_storefront
from marketplace.kernel.revisions import list_versions
from marketplace.web.access import requires
from marketplace.web.door import change, read, read_for, sent_version, show
from marketplace.web.identity import current_actor
from marketplace.web.steps import take
from marketplace.web.versions import show_version

room = Blueprint("associations", __name__, url_prefix="/associations")
STEPS: dict[str, Callable[..., Association]] = {"close": close_association, "reopen": reopen_association}


@room.get("")
@requires(Permission.ASSOCIATION_READ)
def index() -> ResponseReturnValue:
    return show("associations/list.html", associations=read(list_associations), kinds=KIND_LABELS, statuses=STATUS_LABELS)


@room.get("/<id>")
@requires(Permission.ASSOCIATION_READ)
def detail(id: str) -> ResponseReturnValue:
    association = read(get_association, id)
    return show("associations/detail.html", association=association,
                storefront=read(get_storefront, "association", id), works=read(list_works, id), versions=read(list_versions, id),
                kinds=KIND_LABELS, roles=ROLE_LABELS, statuses=STATUS_LABELS)  # fmt: skip


@room.route("/new", methods=["GET", "POST"])
@requires(Permission.ASSOCIATION_CREATE)
def new() -> ResponseReturnValue:
    """Under the unit named in the address, or the officer's own."""
    unit = request.values.get("under", "") or next((party.id for party in current_actor().parties_of("organisation")), "")
    form = AssociationForm.of()
    if association := form.save(create_association, *_revised(form), unit):
        flash(_("%(number)s is founded. Now say who presides.", number=association.number))
        return redirect(url_for(".members", id=association.id))
    return show("associations/edit.html", form=form, association=None, unit=unit)


def _revised(form: AssociationForm) -> tuple[AssociationText, ...]:
    """The text, once the form is sent; `save` asks for nothing before."""
    return (form.revision(),) if form.is_submitted() else (AssociationText(name=""),)


@room.route("/<id>/edit", methods=["GET", "POST"])
@requires(Permission.ASSOCIATION_EDIT)
def edit(id: str) -> ResponseReturnValue:
    association = read_for(Permission.ASSOCIATION_EDIT, get_association, id)
    form = AssociationForm.of(association, version=association.version)
    form.keep_naming(association, current_actor().can(Permission.ASSOCIATION_NAME, association))
    if form.save(edit_association, id, form.version.data, *_revised(form), reread=lambda: read(get_association, id)):
        flash(_("Saved."))
        return redirect(url_for(".detail", id=id))
    return show("associations/edit.html", form=form, association=association)


@room.route("/<id>/members", methods=["GET", "POST"])
@requires(Permission.ASSOCIATION_EDIT)
def members(id: str) -> ResponseReturnValue:
    association = read_for(Permission.ASSOCIATION_EDIT, get_association, id)
    form = MemberForm.of(version=association.version)
    form.offer_roles(may_name := current_actor().can(Permission.ASSOCIATION_NAME, association))
    service, more = _service_of(form, may_name)
    if form.save(service, id, form.version.data, form.who.data or "", *more):
        at_once = current_actor().can(Permission.ASSOCIATION_NAME, association)
        flash(_("Noted: rights follow at once.") if at_once else _("Invited. Once the person has accepted, their rights follow."))
        return redirect(url_for(".members", id=id))
    return show("associations/members.html", form=form, party=association, roles=ROLE_LABELS, kind="association",
                invitations=read(list_invitations, id), enters=current_actor().can(Permission.ASSOCIATION_NAME, association))  # fmt: skip


def _service_of(form: MemberForm, may_name: bool) -> tuple[Callable[..., Association], tuple[Any, ...]]:
    """Naming a chair ends the present one's time."""
    return (change_chair, ()) if form.role.data == Role.CHAIR and may_name else (invite_member, (form.role.data, form.begins))


@room.post("/<id>/members/<worker_id>/end")
@requires(Permission.SIGNED_IN)
def end(id: str, worker_id: str) -> ResponseReturnValue:
    """By an officer, or by the member themselves."""
    change(end_membership, id, sent_version(), worker_id)
    flash(_("The membership has ended."))
    return redirect(url_for(".detail", id=id))


@room.post("/<id>/steps/<verb>")
@requires(Permission.SIGNED_IN)
def take_step(id: str, verb: str) -> ResponseReturnValue:
    return take("association", STEPS, (WORKFLOW,), id, verb)


@room.get("/<id>/versions/<int:ordinal>")
@requires(Permission.ASSOCIATION_HISTORY)
def versions(id: str, ordinal: int) -> ResponseReturnValue:
    return show_version(read_for(Permission.ASSOCIATION_HISTORY, get_association, id), AssociationForm, ordinal)
