"""Set up a second factor, get new recovery codes, take it away."""

from typing import Any

import segno
from flask import Blueprint, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from markupsafe import Markup

from marketplace.domains.accounts.repository import get_account
from marketplace.kernel.actor import Actor
from marketplace.kernel.one_time_codes import RECOVERY_CODES, address_of, new_code, new_secret, seal, spoken, step_of, unseal
from marketplace.kernel.permission import Permission
from marketplace.kernel.sign_ins import Due
from marketplace.processes.second_factor.forms import SetUpForm
from marketplace.processes.second_factor.service import Setting, drop_factor_of, drop_own_factor, renew_codes, set_up_second_factor
from marketplace.web.access import recently_proved, requires
from marketplace.web.devices import arrival
from marketplace.web.door import change, change_as, change_each_time, show
from marketplace.web.identity import current_visit, digest_of, new_token, remember
from marketplace.web.links import inner_url
from marketplace.web.site import current_site

room = Blueprint("second_factor", __name__)


@room.route("/account/second-factor", methods=["GET", "POST"])
@requires(Permission.VISIT)
@recently_proved
def set_up() -> ResponseReturnValue:
    """Also for whoever may go nowhere else before."""
    visit, form = current_visit(), SetUpForm(next=request.args.get("next", ""))
    if visit is None or visit.due not in (Due.NOTHING, Due.FACTOR):
        return redirect(url_for("accounts.sign_in", next=url_for(".set_up")))
    secret, shown_before = _secret_of(form, visit.actor)
    if form.validate_on_submit() and shown_before:
        step = step_of(secret, spoken(str(form.code.data)), current_site().clock.now())
        if step is not None:
            return _keep(visit.actor, secret, step, inner_url(form.next.data))
        form.code.errors = (_("This is not the code of this moment. Does the telephone's clock go right?"),)
    return _page(form, secret, visit.actor, forced=visit.due == Due.FACTOR)


def _secret_of(form: SetUpForm, actor: Actor) -> tuple[str, bool]:
    """The one that the page has shown, so that it need not be read again after a mistake; else a new one."""
    keys = current_site().settings.factor_keys
    try:
        return unseal(str(form.sealed.data or ""), actor.account_id, keys), True
    except ValueError:
        secret = new_secret()
        form.sealed.data, form.sealed.raw_data = seal(secret, actor.account_id, keys), None
        return secret, False


def _page(form: SetUpForm, secret: str, actor: Actor, **words: Any) -> ResponseReturnValue:
    site = current_site()
    account = site.graph.read(lambda tx: get_account(tx, actor.account_id), reader=actor.reader)
    if account.second_factor_at is not None:
        return redirect(url_for("sign_ins.index"))
    picture = segno.make(address_of(secret, account.login), error="m").svg_inline(scale=5, border=4, svgclass="qr", lineclass=None, omitsize=False)
    groups = " ".join(secret[at : at + 4] for at in range(0, len(secret), 4))
    return show("second_factor/set_up.html", form=form, picture=Markup(picture), secret=groups, **words)  # noqa: S704  drawn here  # nosec B704


def _keep(actor: Actor, secret: str, step: int, onward: str) -> ResponseReturnValue:
    codes, token = [new_code() for _number in range(RECOVERY_CODES)], new_token()
    setting = Setting(seal(secret, actor.account_id, current_site().settings.factor_keys), step, codes)
    change_as(actor, set_up_second_factor, setting, digest_of(token), arrival())
    remember(token, actor)
    return show("second_factor/codes.html", codes=codes, onward=onward, fresh=True)


@room.post("/account/second-factor/codes")
@requires(Permission.SIGNED_IN)
@recently_proved
def codes() -> ResponseReturnValue:
    renewed = [new_code() for _number in range(RECOVERY_CODES)]
    change_each_time(renew_codes, renewed)
    return show("second_factor/codes.html", codes=renewed, onward=url_for("sign_ins.index"), fresh=False)


@room.post("/account/second-factor/drop")
@requires(Permission.SIGNED_IN)
@recently_proved
def drop() -> ResponseReturnValue:
    required = current_site().settings.second_factor == "required"
    change(lambda uow: drop_own_factor(uow, required=required))
    flash(_("The second factor is taken away. The password alone opens your account."))
    return redirect(url_for("sign_ins.index"))


@room.post("/accounts/<id>/second-factor/drop")
@requires(Permission.ADMINISTER)
@recently_proved
def drop_of(id: str) -> ResponseReturnValue:
    change(drop_factor_of, id)
    flash(_("The second factor is taken away; the account's sign-ins have ended."))
    return redirect(url_for("accounts.detail", id=id))
