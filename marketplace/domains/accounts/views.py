"""Sign in, sign out, change the password; an administrator opens accounts."""

from collections.abc import Mapping
from functools import partial
from types import MappingProxyType

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from marketplace.domains.accounts.forms import AccountForm, ChosenPasswordForm, CodeForm, PasswordForm, SignInForm
from marketplace.domains.accounts.repository import get_account, list_accounts
from marketplace.domains.accounts.service import (
    change_password,
    claim_own_try,
    claim_try,
    close_session,
    create_account,
    enter,
    enter_with_code,
    hashed,
    password_matches,
)
from marketplace.kernel.errors import Stale
from marketplace.kernel.permission import Permission
from marketplace.kernel.second_factors import weak_sign_in
from marketplace.kernel.sign_ins import Due
from marketplace.web.access import recently_proved, requires
from marketplace.web.devices import arrival
from marketplace.web.door import change, change_as, change_each_time, read, read_for, show
from marketplace.web.identity import current_actor, current_door, current_session, current_visit, digest_of, forget, new_token, remember
from marketplace.web.links import inner_url
from marketplace.web.site import current_site
from marketplace.web.turnstile import Busy, in_turn
from marketplace.web.words import translated

room = Blueprint("accounts", __name__)


@room.route("/sign-in", methods=["GET", "POST"])
@requires(Permission.VISIT)
def sign_in() -> ResponseReturnValue:
    form = SignInForm(next=request.args.get("next", ""))
    if not form.validate_on_submit():
        return _page(form)
    try:
        token = _let_in(form)
    except Busy as busy:
        form.password.errors = (translated(busy.message, **busy.values),)
        return _page(form, busy.status, busy.headers)
    if token is None:
        form.password.errors = (_("Name and password do not fit, or the account is paused for a while after several wrong tries."),)
        return _page(form)
    remember(token)
    return redirect(inner_url(form.next.data))


def _page(form: SignInForm, status: int = 0, headers: Mapping[str, str] = MappingProxyType({})) -> ResponseReturnValue:
    settings = current_site().settings
    unit = settings.oidc_name if settings.oidc_issuer else ""
    page = render_template("accounts/sign_in.html", form=form, unit=unit, weak=weak_sign_in(settings))
    return page, status or form.status, dict(headers)


def _let_in(form: SignInForm) -> str | None:
    """One answer, by one way, for a wrong name, a wrong password, and an account that is closed or paused. Raises Busy."""
    with in_turn().turn():
        account = change_each_time(claim_try, str(form.login.data), current_door())
        fits = password_matches(account, str(form.password.data))
    if account is None or not fits:
        return None
    token = new_token()
    try:
        change_each_time(enter, account, digest_of(token), arrival())
    except Stale:
        return None
    return token


@room.route("/sign-in/code", methods=["GET", "POST"])
@requires(Permission.VISIT)
def code() -> ResponseReturnValue:
    visit, form = current_visit(), CodeForm(next=request.args.get("next", ""))
    if visit is None or visit.due != Due.CODE:
        return redirect(url_for(".sign_in"))
    if form.validate_on_submit():
        token, typed = new_token(), str(form.code.data)
        if change_each_time(enter_with_code, current_session(), visit.actor.account_id, typed, current_door(), digest_of(token), arrival()):
            remember(token)
            return redirect(inner_url(form.next.data))
        form.code.errors = (_("This code does not fit, was used already, or comes too soon after a wrong one."),)
    return show("accounts/code.html", form=form)


@room.post("/sign-out")
@requires(Permission.VISIT)
def sign_out() -> ResponseReturnValue:
    change(close_session, current_session())
    forget()
    flash(_("You are signed out."))
    return redirect(url_for("home.index"))


@room.route("/account/password", methods=["GET", "POST"])
@requires(Permission.SIGNED_IN)
def password() -> ResponseReturnValue:
    account = read(get_account, current_actor().account_id)
    form = PasswordForm()
    if form.validate_on_submit():
        with in_turn().turn():
            tried = change_each_time(claim_own_try, account.id, current_door())
            fits, chosen = password_matches(tried, str(form.current.data)), hashed(str(form.password.data))
        if fits:
            change(change_password, account.id, account.version, chosen)
            return _signed_out()
        form.current.errors = (_("This is not the present password, or it comes too soon after a wrong one."),)
    return show("accounts/password.html", form=form)


def _signed_out() -> ResponseReturnValue:
    forget()
    flash(_("The password is changed. Sign in with the new one."))
    return redirect(url_for(".sign_in"))


@room.route("/account/new-password", methods=["GET", "POST"])
@requires(Permission.VISIT)
def new_password() -> ResponseReturnValue:
    visit, form = current_visit(), ChosenPasswordForm()
    if visit is None or visit.due != Due.PASSWORD:
        return redirect(url_for(".sign_in"))
    if form.validate_on_submit():
        account = current_site().graph.read(lambda tx: get_account(tx, visit.actor.account_id), reader=visit.actor.reader)
        with in_turn().turn():
            same, chosen = password_matches(account, str(form.password.data)), hashed(str(form.password.data))
        if not same:
            change_as(visit.actor, change_password, account.id, account.version, chosen)
            return _signed_out()
        form.password.errors = (_("Choose one that nobody else knows: this is the one you were given."),)
    return show("accounts/password.html", form=form, must_change=True)


@room.route("/accounts", methods=["GET", "POST"])
@requires(Permission.ADMINISTER)
def index() -> ResponseReturnValue:
    form = AccountForm()
    if request.method == "POST" and form.validate():
        account = form.save(partial(create_account, must_change=True), form.login.data, form.name.data, _hashed(form))
        if account is not None:
            flash(_("The account %(login)s is open.", login=account.login))
            return redirect(url_for(".detail", id=account.id))
    page = max(1, min(request.args.get("page", 1, int), 500))
    return show("accounts/list.html", form=form, accounts=read(list_accounts, (page - 1) * 50, 50), page=page)


def _hashed(form: AccountForm) -> str:
    with in_turn().turn():
        return hashed(str(form.password.data))


@room.get("/accounts/<id>")
@requires(Permission.ADMINISTER)
@recently_proved
def detail(id: str) -> ResponseReturnValue:
    return show("accounts/detail.html", account=read_for(Permission.ADMINISTER, get_account, id))
