"""There and back again: to the unit's own sign-in, in by it, linked with it. What has to come back lies in the browser's signed cookie."""

from dataclasses import asdict, dataclass

import structlog
from flask import Blueprint, flash, redirect, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from marketplace.domains.accounts.repository import get_account
from marketplace.kernel.errors import AlreadyDone, Invalid, NotFound, Stale
from marketplace.kernel.openid import NotBelieved, Stranger, Way, address_to_go, new_way, stranger_of
from marketplace.kernel.permission import Permission
from marketplace.kernel.sign_ins import STEP_MINUTES
from marketplace.processes.unit_sign_in.forms import SubjectForm
from marketplace.processes.unit_sign_in.service import burn_state, enter_linked, link_account, link_own, unlink_own
from marketplace.web.access import recently_proved, requires
from marketplace.web.devices import arrival
from marketplace.web.door import change, change_each_time, change_once, read_for, show
from marketplace.web.identity import current_actor, digest_of, new_token, remember
from marketplace.web.links import inner_url, outside_url
from marketplace.web.site import current_site

log = structlog.get_logger()
room = Blueprint("unit_sign_in", __name__)
ON_THE_WAY, MET = "on_the_way", "met"


@dataclass(frozen=True, slots=True)
class Errand:
    """Why somebody went. `account`: whose account is to be linked; empty for whoever wants to come in."""

    way: Way
    onward: str
    account: str
    at: float


@room.before_request
def only_where_there_is_one() -> None:
    if not current_site().settings.oidc_issuer:
        raise NotFound("unit sign-in")


@room.get("/sign-in/unit")
@requires(Permission.VISIT)
def go() -> ResponseReturnValue:
    return _sent_there("", inner_url(request.args.get("next")))


@room.get("/account/unit")
@requires(Permission.SIGNED_IN)
@recently_proved
def link() -> ResponseReturnValue:
    return _sent_there(current_actor().account_id, url_for("sign_ins.index"))


def _sent_there(account: str, onward: str) -> ResponseReturnValue:
    site, way = current_site(), new_way()
    try:
        address = address_to_go(site.settings, way, outside_url(".back"))
    except NotBelieved as error:
        return _refused(str(error), account)
    session[ON_THE_WAY] = asdict(Errand(way, onward, account, site.clock.now().timestamp()))
    return redirect(address)


@room.get("/sign-in/unit/back")
@requires(Permission.VISIT)
def back() -> ResponseReturnValue:
    """Each state is good once, for this browser, for some minutes; the cookie forgets it, and the graph keeps it from coming back with a copy."""
    site, errand = current_site(), _errand()
    account = errand.account if errand else ""
    if errand is None or errand.way.state != request.args.get("state") or site.clock.now().timestamp() - errand.at > STEP_MINUTES * 60:
        return _refused("state", account)
    try:
        change_once(digest_of(errand.way.state), burn_state)
        stranger = stranger_of(site.settings, errand.way, outside_url(".back"), request.args.get("code", ""), site.clock.now())
    except AlreadyDone:
        return _refused("state used before", account)
    except NotBelieved as error:
        return _refused(str(error), account)
    if errand.account:
        return _met(stranger, errand)
    return _let_in(stranger, errand)


def _errand() -> Errand | None:
    kept = session.pop(ON_THE_WAY, None)
    return Errand(Way(**kept["way"]), kept["onward"], kept["account"], kept["at"]) if kept else None


def _refused(why: str, account: str) -> ResponseReturnValue:
    """The reason is for the log: it would help whoever tries."""
    log.warning("a sign-in by the unit was refused", why=why)
    flash(_("Signing in there did not work; nothing was changed. Try again, or use your password."), "error")
    return redirect(url_for("sign_ins.index") if account else url_for("accounts.sign_in"))


def _let_in(stranger: Stranger, errand: Errand) -> ResponseReturnValue:
    token = new_token()
    try:
        inside = change_each_time(enter_linked, stranger.subject, digest_of(token), arrival())
    except Stale:
        inside = False
    if not inside:
        flash(
            _("No account is linked with this sign-in yet. Sign in with your password once and link it under \u201cSign-in and security\u201d."),
            "error",
        )
        return redirect(url_for("accounts.sign_in"))
    remember(token)
    return redirect(inner_url(errand.onward))


def _met(stranger: Stranger, errand: Errand) -> ResponseReturnValue:
    """Nothing is linked before the person has seen with whom: somebody else may be signed in there."""
    session[MET] = {"subject": stranger.subject, "account": errand.account}
    return show("unit_sign_in/link.html", stranger=stranger, unit=current_site().settings.oidc_name)


@room.post("/account/unit")
@requires(Permission.SIGNED_IN)
@recently_proved
def keep_link() -> ResponseReturnValue:
    met = session.pop(MET, None)
    if met is None or met["account"] != current_actor().account_id:
        return _refused("nobody was met", current_actor().account_id)
    try:
        change_each_time(link_own, met["subject"])
        flash(_("It is linked. From now on it takes the place of your password."))
    except Invalid:
        flash(_("Somebody else's account is linked with this."), "error")
    return redirect(url_for("sign_ins.index"))


@room.post("/account/unit/undo")
@requires(Permission.SIGNED_IN)
@recently_proved
def unlink() -> ResponseReturnValue:
    change(unlink_own)
    flash(_("The link is undone."))
    return redirect(url_for("sign_ins.index"))


@room.route("/accounts/<id>/unit", methods=["GET", "POST"])
@requires(Permission.ADMINISTER)
@recently_proved
def link_of(id: str) -> ResponseReturnValue:
    account = read_for(Permission.ADMINISTER, get_account, id)
    form = SubjectForm(obj=account)
    if form.save(link_account, id, form.subject.data or "") is not None:
        flash(_("Kept."))
        return redirect(url_for("accounts.detail", id=id))
    return show("unit_sign_in/account.html", form=form, account=account)
