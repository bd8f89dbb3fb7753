"""The page that asks for password or code again, alone or before something that was sent."""

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from marketplace.domains.accounts.service import claim_own_try, code_fits, note_proof, password_matches
from marketplace.kernel.one_time_codes import spoken
from marketplace.kernel.permission import Permission
from marketplace.kernel.second_factors import DIGITS
from marketplace.processes.proving.forms import ProofForm
from marketplace.web.access import requires
from marketplace.web.door import change_each_time, show
from marketplace.web.identity import current_door, current_session, current_visit
from marketplace.web.links import inner_url
from marketplace.web.turnstile import in_turn

room = Blueprint("proving", __name__)
OWN = ("proof", "csrf_token")


@room.route("/account/proof", methods=["GET", "POST"])
@requires(Permission.SIGNED_IN)
def proof() -> ResponseReturnValue:
    form = ProofForm(next=request.args.get("next", ""))
    if form.validate_on_submit() and _is_proved(form):
        return redirect(inner_url(form.next.data))
    return show("proving/proof.html", form=form, sent=[])


def ask_for_proof() -> ResponseReturnValue | None:
    """What was sent is carried along and comes back with the proof; a page that was only asked for is asked for again afterwards."""
    if request.method in ("GET", "HEAD"):
        return redirect(url_for("proving.proof", next=request.full_path.rstrip("?")))
    if current_visit() is None:
        return redirect(url_for("accounts.sign_in"))
    form, answers = ProofForm(), "proof" in request.form
    if answers and form.validate() and _is_proved(form):
        return None
    sent = [(name, one) for name, values in request.form.lists() if name not in OWN for one in values]
    return render_template("proving/proof.html", form=form, sent=sent), 422 if answers else 403


def _is_proved(form: ProofForm) -> bool:
    """By the password, or by a code where there is a second factor. Wrong ones count as at the sign-in."""
    visit, typed, door = current_visit(), str(form.proof.data), current_door()
    me = visit.actor.account_id if visit else ""
    with in_turn().turn():
        account = change_each_time(claim_own_try, me, door)
        by_code = account is not None and account.second_factor_at is not None and len(spoken(typed)) == DIGITS
        fits = change_each_time(code_fits, me, typed, door) if by_code else password_matches(account, typed)
    if fits:
        change_each_time(note_proof, me, current_session())
        return True
    form.proof.errors = (_("This does not fit, or it comes too soon after a wrong one."),)
    return False
