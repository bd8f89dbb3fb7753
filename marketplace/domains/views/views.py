"""My views: list, save, open, rename, share, delete with undo."""

from flask import Blueprint, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from marketplace.domains.views.forms import SavedViewForm
from marketplace.domains.views.model import SavedView
from marketplace.domains.views.repository import get_view, list_officers, list_own_views, list_shared_views
from marketplace.domains.views.service import create_view, delete_view, edit_view, restore_view, share_view, units_of, unshare_view
from marketplace.kernel.permission import Permission
from marketplace.web.access import requires
from marketplace.web.door import change, read, read_for, show
from marketplace.web.forms import one_line
from marketplace.web.identity import current_actor
from marketplace.web.site import current_site

room = Blueprint("views", __name__, url_prefix="/views")


@room.get("")
@requires(Permission.VIEW_CREATE)
def index() -> ResponseReturnValue:
    account = current_actor().account_id
    return show("views/list.html", own=read(list_own_views, account), shared=read(list_shared_views, account))


@room.route("/new", methods=["GET", "POST"])
@requires(Permission.VIEW_CREATE)
def new() -> ResponseReturnValue:
    form = SavedViewForm.of(address=request.args.get("address", ""), title=one_line(request.args.get("title"))[:80])
    if view := form.save(create_view, form.revision()):
        flash(_("Saved among your views: %(title)s", title=view.title), "success")
        return redirect(url_for(".detail", id=view.id))
    return show("views/edit.html", form=form, view=None)


@room.get("/<id>")
@requires(Permission.VIEW_CREATE)
def detail(id: str) -> ResponseReturnValue:
    return show("views/detail.html", view=read(get_view, id))


@room.route("/<id>/edit", methods=["GET", "POST"])
@requires(Permission.VIEW_EDIT)
def edit(id: str) -> ResponseReturnValue:
    view = read_for(Permission.VIEW_EDIT, get_view, id)
    form = SavedViewForm.of(view)
    if form.save(edit_view, id, form.version.data, form.revision(), reread=lambda: read(get_view, id)):
        flash(_("Saved."))
        return redirect(url_for(".detail", id=id))
    return show("views/edit.html", form=form, view=view)


@room.get("/<id>/share")
@requires(Permission.VIEW_SHARE)
def share(id: str) -> ResponseReturnValue:
    """Whom it can be shared with: officers at and under one's own units."""
    view = read_for(Permission.VIEW_SHARE, get_view, id)
    text, actor, now = one_line(request.args.get("q"))[:60], current_actor(), current_site().clock.now()
    return show("views/share.html", view=view, q=text, officers=read(list_officers, units_of(actor), actor.account_id, now, text))


@room.post("/<id>/share")
@requires(Permission.VIEW_SHARE)
def share_with(id: str) -> ResponseReturnValue:
    change(share_view, id, request.form.get("who", "")[:40])
    flash(_("Shared. They are told, and see it with their own eyes."), "success")
    return redirect(url_for(".detail", id=id))


@room.post("/<id>/unshare")
@requires(Permission.VIEW_EDIT)
def unshare(id: str) -> ResponseReturnValue:
    change(unshare_view, id, request.form.get("who", "")[:40])
    flash(_("Not shared any more."))
    return redirect(url_for(".detail", id=id))


@room.post("/<id>/delete")
@requires(Permission.VIEW_EDIT)
def delete(id: str) -> ResponseReturnValue:
    view: SavedView = change(delete_view, id)
    flash(_("Deleted: %(title)s", title=view.title), f"undo:{url_for('.restore', id=id)}")
    return redirect(url_for(".index"))


@room.post("/<id>/restore")
@requires(Permission.VIEW_EDIT)
def restore(id: str) -> ResponseReturnValue:
    change(restore_view, id)
    flash(_("It is back."), "success")
    return redirect(url_for(".index"))
