"""An administrator edits the rules of the shortage list."""

from flask import Blueprint, flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from marketplace.kernel.permission import Permission
from marketplace.processes.shortage.forms import RulesForm
from marketplace.processes.shortage.repository import find_rules
from marketplace.processes.shortage.service import revise_rules
from marketplace.web.access import requires
from marketplace.web.door import read, show

room = Blueprint("shortage", __name__)


@room.route("/talent/rules", methods=["GET", "POST"])
@requires(Permission.SHORTAGE_RULES)
def edit() -> ResponseReturnValue:
    form = RulesForm.of(read(find_rules))
    if form.save(revise_rules, form.version.data, form.revision(), reread=lambda: read(find_rules)):
        flash(_("Saved. The list warns by these rules from now on."))
        return redirect(url_for("talent.shortage"))
    return show("talent/rules.html", form=form)
