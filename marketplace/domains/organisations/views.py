"""The tree of the union: look down it, see what stands under a unit, mend it."""

from flask import Blueprint, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from marketplace.domains.organisations.forms import OrganisationForm
from marketplace.domains.organisations.model import KIND_LABELS, STATUS_LABELS, Kind, Organisation, OrganisationText
from marketplace.domains.organisations.repository import (
    get_organisation,
    list_absorbed,
    list_branches,
    list_lineage,
    list_roots,
    list_under,
    list_upper,
)
from marketplace.domains.organisations.service import create_organisation, edit_organisation
from marketplace.kernel.permission import Permission
from marketplace.web.access import requires
from marketplace.web.door import read, read_for, show
from marketplace.web.identity import current_actor

room = Blueprint("organisations", __name__, url_prefix="/organisations")
PAGE = 100


@room.get("")
@requires(Permission.ORGANISATION_READ)
def index() -> ResponseReturnValue:
    trees = [(root, read(list_branches, root.id)) for root in read(list_roots)]
    return show("organisations/list.html", trees=trees, kinds=KIND_LABELS)


@room.get("/<id>")
@requires(Permission.ORGANISATION_READ)
def detail(id: str) -> ResponseReturnValue:
    organisation, page = read(get_organisation, id), max(1, min(request.args.get("page", 1, int), 500))
    branches = read(list_branches, id, (page - 1) * PAGE, PAGE + 1)
    return show(
        "organisations/detail.html", organisation=organisation, branches=branches[:PAGE], more=len(branches) > PAGE, page=page,
        under=read(list_under, id), above=read(list_lineage, id)[1:], kinds=KIND_LABELS, statuses=STATUS_LABELS, absorbed=read(list_absorbed, id),
        successor=read(get_organisation, organisation.successor_id) if organisation.successor_id else None,
    )  # fmt: skip


@room.route("/new", methods=["GET", "POST"])
@requires(Permission.ORGANISATION_EDIT)
def new() -> ResponseReturnValue:
    form = OrganisationForm.of()
    form.offer_parents(_parents(None))
    if request.method == "GET" and (under := request.args.get("under", "")):
        form.parent_ids.data, form.kind.data = [under], Kind.BASE
    if organisation := form.save(create_organisation, *_revised(form)):
        flash(_("%(name)s is in the tree.", name=organisation.name))
        return redirect(url_for(".detail", id=organisation.id))
    return show("organisations/edit.html", form=form, organisation=None)


@room.route("/<id>/edit", methods=["GET", "POST"])
@requires(Permission.ORGANISATION_EDIT)
def edit(id: str) -> ResponseReturnValue:
    organisation = read_for(Permission.ORGANISATION_EDIT, get_organisation, id)
    form = OrganisationForm.of(organisation, version=organisation.version)
    form.offer_parents(_parents(organisation))
    if form.save(edit_organisation, id, form.version.data, *_revised(form), reread=lambda: read(get_organisation, id)):
        flash(_("Saved."))
        return redirect(url_for(".detail", id=id))
    return show("organisations/edit.html", form=form, organisation=organisation)


def _revised(form: OrganisationForm) -> tuple[OrganisationText, ...]:
    """The text, once the form is sent; `save` asks for nothing before."""
    return (form.revision(),) if form.is_submitted() and form.kind.data else (OrganisationText(name="", kind=Kind.BASE),)


def _parents(organisation: Organisation | None) -> list[tuple[str, str]]:
    """Units the reader may put something under, and those it stands under now."""
    actor, now = current_actor(), organisation.parent_ids if organisation else ()
    units = [one for one in read(list_upper) if actor.can(Permission.ORGANISATION_EDIT, one) or one.id in now]
    return [(one.id, one.name) for one in units if organisation is None or organisation.id not in one.lineage]
