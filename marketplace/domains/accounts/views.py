"""Sign in, sign out, change the password; an administrator opens accounts."""

from flask import Blueprint, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from marketplace.domains.accounts.forms import AccountForm, PasswordForm, SignInForm
from marketplace.domains.accounts.model import Account
from marketplace.domains.accounts.repository import find_account, get_account, list_accounts
from marketplace.domains.accounts.service import change_password, close_session, count_failure, create_account, hashed, open_session, password_matches
from marketplace.kernel.permission import Permission
from marketplace.web.access import requires
from marketplace.web.door import change, change_each_time, read, read_for, show
from marketplace.web.identity import current_actor, current_session, digest_of, forget, new_token, remember
from marketplace.web.links import inner_url
from marketplace.web.site import current_site

room = Blueprint("accounts", __name__)


@room.route("/sign-in", methods=["GET", "POST"])
@requires(Permission.VISIT)
def sign_in() -> ResponseReturnValue:
    form = SignInForm(next=request.args.get("next", ""))
    if form.validate_on_submit() and (account := _checked(form)) is not None:
        token = new_token()
        change_each_time(open_session, account.id, digest_of(token))
        remember(token)
        return redirect(inner_url(form.next.data))
    return show("accounts/sign_in.html", form=form)


def _checked(form: SignInForm) -> Account | None:
    """One answer, by one way, for a wrong name, a wrong password, and an account that is closed or locked."""
    site, login = current_site(), str(form.login.data)
    account = site.graph.read(lambda tx: find_account(tx, login), reader=("system",))
    if password_matches(account, str(form.password.data)) and account is not None and account.may_enter(site.clock.now()):
        return account
    change_each_time(count_failure, login, site.settings.lock_after_failures, site.settings.lock_minutes)
    form.password.errors = (_("Name and password do not fit, or the account is locked for a while after several wrong tries."),)
    return None


@room.post("/sign-out")
@requires(Permission.SIGNED_IN)
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
        if password_matches(account, str(form.current.data)):
            change(change_password, account.id, account.version, hashed(str(form.password.data)))
            forget()
            flash(_("The password is changed. Sign in with the new one."))
            return redirect(url_for(".sign_in"))
        form.current.errors = (_("This is not the present password."),)
    return show("accounts/password.html", form=form)


@room.route("/accounts", methods=["GET", "POST"])
@requires(Permission.ADMINISTER)
def index() -> ResponseReturnValue:
    form = AccountForm()
    if request.method == "POST" and form.validate():
        account = form.save(create_account, form.login.data, form.name.data, hashed(str(form.password.data)))
        if account is not None:
            flash(_("The account %(login)s is open.", login=account.login))
            return redirect(url_for(".detail", id=account.id))
    page = max(1, min(request.args.get("page", 1, int), 500))
    return show("accounts/list.html", form=form, accounts=read(list_accounts, (page - 1) * 50, 50), page=page)


@room.get("/accounts/<id>")
@requires(Permission.ADMINISTER)
def detail(id: str) -> ResponseReturnValue:
    return show("accounts/detail.html", account=read_for(Permission.ADMINISTER, get_account, id))
