"""The publisher's word on what a new version answers; the form stands beside what readers said."""

from flask import Blueprint, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from marketplace.domains.repairs.service import mark_repaired
from marketplace.kernel.errors import AlreadyDone
from marketplace.kernel.permission import Permission
from marketplace.web.access import requires
from marketplace.web.door import change

room = Blueprint("repairs", __name__)


@room.errorhandler(AlreadyDone)
def done(_done: AlreadyDone) -> ResponseReturnValue:
    """The form was sent twice: what the first send said stands."""
    return redirect(_sums("listing" if request.endpoint == "repairs.mark_listing" else "achievement", (request.view_args or {})["id"]))


@room.post("/achievements/<id>/repairs")
@requires(Permission.REPAIR_MARK)
def mark_achievement(id: str) -> ResponseReturnValue:
    return _mark("achievement", id)


@room.post("/listings/<id>/repairs")
@requires(Permission.REPAIR_MARK)
def mark_listing(id: str) -> ResponseReturnValue:
    return _mark("listing", id)


def _mark(kind: str, id: str) -> ResponseReturnValue:
    mark = change(mark_repaired, kind, id, request.form.getlist("reasons")[:20])
    if not mark.is_standing:
        flash(_("The mark is taken back. Nobody is told."))
    else:
        flash(_("Noted. Whoever passed for it and wanted to hear of it is told once, as soon as the new version is public."), "success")
    return redirect(_sums(kind, id))


def _sums(kind: str, id: str) -> str:
    return url_for(f"matching.said_of_{kind}", id=id)
