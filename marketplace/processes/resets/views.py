"""An officer gives a code; whoever has it chooses a new password."""

from flask import Blueprint, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from marketplace.kernel.one_time_codes import new_code
from marketplace.kernel.permission import Permission
from marketplace.processes.resets.forms import HelpForm, ResetForm
from marketplace.processes.resets.service import give_code, use_code
from marketplace.web.access import recently_proved, requires
from marketplace.web.devices import arrival
from marketplace.web.door import change_each_time, show
from marketplace.web.identity import digest_of, new_token, remember

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
