"""Patents on the screen: the page and the form."""

from flask import Blueprint, flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from marketplace.domains.patents.forms import PatentForm
from marketplace.domains.patents.model import LEGAL_LABELS, TYPE_LABELS, Patent, PatentText
from marketplace.domains.patents.repository import get_patent
from marketplace.domains.patents.service import create_patent, edit_patent
from marketplace.kernel.parties import list_candidates, list_own_enterprises
from marketplace.kernel.permission import Permission
from marketplace.kernel.revisions import list_versions
from marketplace.web.access import requires
from marketplace.web.door import read, read_for, show
from marketplace.web.identity import current_actor
from marketplace.web.versions import show_version

room = Blueprint("patents", __name__, url_prefix="/patents")


@room.get("/<id>")
@requires(Permission.PATENT_READ)
def detail(id: str) -> ResponseReturnValue:
    return show("patents/detail.html", patent=read(get_patent, id), versions=read(list_versions, id), types=TYPE_LABELS, legal=LEGAL_LABELS)


@room.route("/new", methods=["GET", "POST"])
@requires(Permission.PATENT_CREATE)
def new() -> ResponseReturnValue:
    form = PatentForm.of()
    form.offer(people_for(None), owners_for())
    if patent := form.save(create_patent, *revised(form), form.owner.data if "owner" in form else ""):
        flash(_("%(number)s is in the register.", number=patent.number))
        return redirect(url_for(".detail", id=patent.id))
    return show("patents/edit.html", form=form, patent=None)


@room.route("/<id>/edit", methods=["GET", "POST"])
@requires(Permission.PATENT_EDIT)
def edit(id: str) -> ResponseReturnValue:
    patent = read_for(Permission.PATENT_EDIT, get_patent, id)
    form = PatentForm.of(patent, version=patent.version)
    form.offer(people_for(patent), [])
    if form.save(edit_patent, id, form.version.data, *revised(form), reread=lambda: read(get_patent, id)):
        flash(_("Saved."))
        return redirect(url_for(".detail", id=id))
    return show("patents/edit.html", form=form, patent=patent)


def revised(form: PatentForm) -> tuple[PatentText, ...]:
    """The text, once the form is sent; `save` asks for nothing before."""
    return (form.revision(),) if form.is_submitted() else (PatentText(title=""),)


def people_for(patent: Patent | None) -> list[tuple[str, str]]:
    """Colleagues, and those who are linked already."""
    enterprise = patent.owner.id if patent else next((party.id for party in current_actor().parties_of("enterprise")), "")
    near = {one.id: one.name for one in read(list_candidates, enterprise, "", current_actor().worker_id)}
    linked = {one.worker_id: one.name for one in patent.inventors if one.worker_id} if patent else {}
    return sorted((linked | near).items(), key=lambda pair: pair[1])


def owners_for() -> list[tuple[str, str]]:
    """Enterprises the reader acts for or works at or oversees, and themselves."""
    actor = current_actor()
    units = [party.id for party in actor.parties_of("organisation")]
    held = {party.id: party.name for party in actor.parties_of("enterprise")}
    found = held | {one.id: one.name for one in read(list_own_enterprises, actor.worker_id, units)}
    return [*found.items(), *([(actor.worker_id, actor.name)] if actor.worker_id else [])]


@room.get("/<id>/versions/<int:ordinal>")
@requires(Permission.PATENT_HISTORY)
def versions(id: str, ordinal: int) -> ResponseReturnValue:
    return show_version(read_for(Permission.PATENT_HISTORY, get_patent, id), PatentForm, ordinal)
