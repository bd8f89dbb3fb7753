"""Show, enter and edit enterprises."""

from flask import Blueprint, flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from marketplace.domains.enterprises.forms import EnterpriseForm
from marketplace.domains.enterprises.model import SIZE_LABELS
from marketplace.domains.enterprises.repository import get_enterprise, list_belongings
from marketplace.domains.enterprises.service import create_enterprise, edit_enterprise
from marketplace.kernel.parties import list_union_names
from marketplace.kernel.permission import Permission
from marketplace.kernel.replications import get_storefront
from marketplace.kernel.revisions import list_versions
from marketplace.web.access import requires
from marketplace.web.door import read, read_for, show
from marketplace.web.identity import current_actor
from marketplace.web.versions import show_version

room = Blueprint("enterprises", __name__, url_prefix="/enterprises")


@room.get("/")
@requires(Permission.ENTERPRISE_READ)
def index() -> ResponseReturnValue:
    return redirect(url_for("search.index", kind="enterprise"))


@room.get("/<id>")
@requires(Permission.ENTERPRISE_READ)
def detail(id: str) -> ResponseReturnValue:
    enterprise = read(get_enterprise, id)
    return show(
        "enterprises/detail.html",
        enterprise=enterprise,
        storefront=read(get_storefront, "enterprise", id),
        sizes=SIZE_LABELS,
        belongings=read(list_belongings, id),
        versions=read(list_versions, id),
    )


@room.route("/new", methods=["GET", "POST"])
@requires(Permission.ENTERPRISE_CREATE)
def new() -> ResponseReturnValue:
    form = EnterpriseForm.of()
    if enterprise := form.save(create_enterprise, form.revision()):
        flash(_("%(name)s is in the register.", name=enterprise.name))
        return redirect(url_for(".detail", id=enterprise.id))
    return show("enterprises/edit.html", form=form, enterprise=None, unions=_unions())


@room.route("/<id>/edit", methods=["GET", "POST"])
@requires(Permission.ENTERPRISE_EDIT)
def edit(id: str) -> ResponseReturnValue:
    enterprise = read_for(Permission.ENTERPRISE_EDIT, get_enterprise, id)
    form = EnterpriseForm.of(enterprise)
    if form.save(edit_enterprise, id, form.version.data, form.revision(), reread=lambda: read(get_enterprise, id)):
        flash(_("Saved."))
        return redirect(url_for(".detail", id=id))
    return show("enterprises/edit.html", form=form, enterprise=enterprise, unions=_unions())


def _unions() -> list[str]:
    """Suggestions: those below the units that the officer acts for."""
    units = [party.id for party in current_actor().parties_of("organisation")]
    return read(list_union_names, units) if units else []


@room.get("/<id>/versions/<int:ordinal>")
@requires(Permission.ENTERPRISE_HISTORY)
def versions(id: str, ordinal: int) -> ResponseReturnValue:
    return show_version(read_for(Permission.ENTERPRISE_HISTORY, get_enterprise, id), EnterpriseForm, ordinal)
