"""One's own sign-ins and what guards them, on one page."""

from flask import Blueprint, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from marketplace.domains.sign_ins.repository import get_security
from marketplace.domains.sign_ins.service import end_other_sign_ins, end_sign_in
from marketplace.kernel.permission import Permission
from marketplace.kernel.sign_ins import list_sessions_of
from marketplace.web.access import requires
from marketplace.web.door import change, read, show
from marketplace.web.identity import current_actor, current_session, validity
from marketplace.web.site import current_site

room = Blueprint("sign_ins", __name__, url_prefix="/account/sign-ins")


@room.get("")
@requires(Permission.SIGNED_IN)
def index() -> ResponseReturnValue:
    me, settings = current_actor().account_id, current_site().settings
    return show(
        "sign_ins/list.html", sign_ins=read(list_sessions_of, me, validity()), present=current_session(), security=read(get_security, me),
        unit=settings.oidc_name if settings.oidc_issuer else "",
    )  # fmt: skip


@room.post("/end")
@requires(Permission.SIGNED_IN)
def end() -> ResponseReturnValue:
    change(end_sign_in, request.form.get("session", "")[:64])
    flash(_("This sign-in has ended."))
    return redirect(url_for(".index"))


@room.post("/end-others")
@requires(Permission.SIGNED_IN)
def end_others() -> ResponseReturnValue:
    change(end_other_sign_ins, current_session())
    flash(_("You are signed in here only."))
    return redirect(url_for(".index"))
