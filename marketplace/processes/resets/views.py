"""An officer gives a code; whoever has it chooses a new password."""

from functools import partial

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from marketplace.kernel import unit_of_work
from marketplace.kernel.actor import SYSTEM_ACTOR
from marketplace.kernel.one_time_codes import new_code
from marketplace.kernel.permission import Permission
from marketplace.mail import send
from marketplace.processes.resets.forms import ForgottenForm, HelpForm, ResetForm
from marketplace.processes.resets.service import give_code, mail_code, use_code
from marketplace.web.access import recently_proved, requires
from marketplace.web.devices import arrival
from marketplace.web.door import change_each_time, show
from marketplace.web.identity import after_answer, digest_of, new_token, remember
from marketplace.web.site import Site, current_site

room = Blueprint("resets", __name__)


@room.route("/accounts/reset", methods=["GET", "POST"])
@requires(Permission.ACCOUNT_RESET)
@recently_proved
def give() -> ResponseReturnValue:
    """Shown this once: only its digest is kept."""
    form, code = HelpForm(), new_code()
    given = form.save(give_code, str(form.login.data).strip(), code)
    if given is None:
        return show("resets/give.html", form=form)
    helped, until = given
    return show("resets/given.html", helped=helped, code=code, until=until)


@room.route("/sign-in/forgotten", methods=["GET", "POST"])
@requires(Permission.VISIT)
def forgotten() -> ResponseReturnValue:
    """One answer for everybody, before anything was looked up: neither words nor time tell who has an account."""
    form, code = ForgottenForm(), new_code()
    if not form.validate_on_submit():
        return show("resets/forgotten.html", form=form)
    site = current_site()
    link = f"{site.settings.address}{url_for('.use')}"
    letter = (_("A one-time code of Jiangchuang"), render_template("mail/reset.txt", code=code, link=link))
    after_answer(partial(_write_to, site, str(form.login.data).strip(), code, letter))
    return show("resets/sent.html")


def _write_to(site: Site, login: str, code: str, letter: tuple[str, str]) -> None:
    """A letter that did not go out is asked for again; the code in it is nobody's then."""
    address = unit_of_work.change(site.graph, SYSTEM_ACTOR, site.clock.now(), lambda uow: mail_code(uow, login, code))
    if address:
        send(site.settings, address, *letter)


@room.route("/sign-in/reset", methods=["GET", "POST"])
@requires(Permission.VISIT)
def use() -> ResponseReturnValue:
    form = ResetForm()
    if form.validate_on_submit():
        token = new_token()
        if change_each_time(use_code, str(form.login.data).strip(), str(form.code.data), digest_of(token), arrival()):
            remember(token)
            return redirect(url_for("accounts.new_password"))
        form.code.errors = (_("Name and code do not fit, or the code was used or has run out."),)
    return show("resets/use.html", form=form)
