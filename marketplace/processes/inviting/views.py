"""Send a code, open one, answer an invitation, and print codes for many cards."""

from io import BytesIO
from typing import Any

from flask import Blueprint, Response, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from marketplace.domains.accounts.service import hashed, open_session
from marketplace.domains.enterprises.model import Enterprise
from marketplace.domains.enterprises.repository import get_enterprise
from marketplace.domains.invitations.model import STATUS_LABELS, WORKFLOW
from marketplace.domains.invitations.repository import get_by_digest, list_user_names, list_without_account
from marketplace.domains.invitations.service import decline_by_code, decline_invitation, invite_by_code, revoke_invitation
from marketplace.kernel.errors import Forbidden, NotFound, Refused, Reused, Stale
from marketplace.kernel.invitations import (
    ROLE_LABELS,
    Invitation,
    InvitationStatus,
    digest_of_code,
    get_invitation,
    list_invitations,
    new_code,
    tidy_code,
)
from marketplace.kernel.permission import Permission
from marketplace.kernel.tables import write_xlsx
from marketplace.processes.inviting.forms import AnswerForm, InviteForm
from marketplace.processes.inviting.service import MOST_CARDS, NewAccount, accept_by_code, accept_invitation, give_codes
from marketplace.web.access import requires
from marketplace.web.door import change, change_each_time, read, show
from marketplace.web.identity import current_actor, digest_of, new_token, remember
from marketplace.web.links import outside_url, page_number, url_of
from marketplace.web.site import current_site
from marketplace.web.steps import take
from marketplace.web.turnstile import in_turn

room = Blueprint("invitations", __name__, url_prefix="/invitations")
STEPS = {"accept": accept_invitation, "decline": decline_invitation, "revoke": revoke_invitation}
PAGE = 50


@room.route("/to/<id>", methods=["GET", "POST"])
@requires(Permission.SIGNED_IN)
def index(id: str) -> ResponseReturnValue:
    """Of one enterprise, for its users and the officers above. The link is shown once, on this answer."""
    enterprise, form = _inviting(id), InviteForm()
    code = new_code()
    made = form.save(invite_by_code, enterprise, form.note.data, code, current_site().settings.invitation_days)
    if made:
        address = outside_url(".answer", code=code)
        return show("invitations/made.html", invitation=made, address=address, code=_grouped(code), enterprise=enterprise)
    page = page_number()
    found = read(list_invitations, id, every=True, skip=(page - 1) * PAGE, limit=PAGE + 1)
    is_above = current_actor().can(Permission.ENTERPRISE_CREATE, enterprise)
    waiting = len(read(list_without_account, id, current_site().clock.now(), MOST_CARDS)) if is_above else 0
    return show("invitations/list.html", form=form, enterprise=enterprise, invitations=found[:PAGE], more=len(found) > PAGE, page=page,
                statuses=STATUS_LABELS, roles=ROLE_LABELS, now=current_site().clock.now(), waiting=waiting,
                users=read(list_user_names, id, current_site().clock.now()))  # fmt: skip


def _inviting(id: str) -> Enterprise:
    """Raises Forbidden for whoever reads the page and neither acts for the enterprise nor stands above it."""
    enterprise: Enterprise = read(get_enterprise, id)
    if not current_actor().can(Permission.ENTERPRISE_EDIT, enterprise):
        raise Forbidden
    return enterprise


def _grouped(code: str) -> str:
    return "-".join(code[at : at + 4] for at in range(0, len(code), 4))


@room.post("/to/<id>/sheet")
@requires(Permission.SIGNED_IN)
def sheet(id: str) -> ResponseReturnValue:
    """The codes stand on this sheet once; here only their digests are kept."""
    enterprise = _inviting(id)
    slips = change(give_codes, id, [new_code() for _each in range(MOST_CARDS)], current_site().settings.invitation_days)
    header = (_("Full name"), _("Number"), _("Invitation code"), _("Where to enter it"))
    out, address = BytesIO(), outside_url(".answer")
    write_xlsx(out, header, [(one.name, one.number, _grouped(one.code), address) for one in slips])
    answer = Response(out.getvalue(), mimetype="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")
    answer.headers.set("Content-Disposition", "attachment", filename=f"{enterprise.number}-codes.xlsx")
    answer.headers["Cache-Control"] = "no-store"
    return answer


@room.route("/open", methods=["GET", "POST"])
@requires(Permission.VISIT)
def answer() -> ResponseReturnValue:
    """The code stands in the query or in the form, neither of which any log keeps."""
    code = tidy_code(request.values.get("code", ""))
    if not code:
        return show("invitations/code.html", unknown=False)
    try:
        invitation: Invitation = read(get_by_digest, digest_of_code(code))
    except NotFound:
        return show("invitations/code.html", status=404, unknown=True)
    if not _still_good(invitation):
        return _gone(invitation)
    return _answer(invitation, code)


def _still_good(invitation: Invitation) -> bool:
    return invitation.status is InvitationStatus.OPEN and not invitation.is_due(current_site().clock.now())


def _gone(invitation: Invitation) -> ResponseReturnValue:
    return show("invitations/gone.html", status=410, invitation=invitation, statuses=STATUS_LABELS, open=InvitationStatus.OPEN)


def _answer(invitation: Invitation, code: str) -> ResponseReturnValue:
    form = AnswerForm(code=code)
    form.ask_only(is_guest=current_actor().is_guest, knows_name=bool(invitation.person_id))
    try:
        if form.is_submitted() and request.form.get("answer") == "decline":
            change(decline_by_code, code)
            flash(_("You declined; whoever invited you is told."))
            return redirect(url_for("home.index"))
        if done := _accepted(form, code):
            return done
    except Stale:
        return _gone(read(get_by_digest, digest_of_code(code)))
    except (Refused, Reused):
        if not _still_good(now := read(get_by_digest, digest_of_code(code))):
            return _gone(now)
        raise
    return show("invitations/answer.html", form=form, invitation=invitation, roles=ROLE_LABELS, code=code)


def _accepted(form: AnswerForm, code: str) -> ResponseReturnValue | None:
    """Signed in at once. Hashing is slow and done for nothing that comes back."""
    is_new = current_actor().is_guest and form.is_submitted() and form.validate()
    given: dict[str, Any] = {"name": form.name.data if "name" in form else "", "login_wish": form.login.data or ""} if is_new else {}
    new = NewAccount(**given, password_hash=_hashed(str(form.password.data))) if is_new else NewAccount()
    accepted = form.save(accept_by_code, code, new)
    if accepted is None:
        return None
    if is_new:
        token = new_token()
        change_each_time(open_session, accepted.answered_by, digest_of(token))
        remember(token)
    flash(_("Welcome. Your rights at %(name)s begin now.", name=accepted.party_name))
    return redirect(url_of(accepted.party_kind, accepted.party_id) if not accepted.person_id else url_of("worker", accepted.person_id))


def _hashed(password: str) -> str:
    with in_turn().turn():
        return hashed(password)


@room.get("/<id>")
@requires(Permission.SIGNED_IN)
def detail(id: str) -> ResponseReturnValue:
    found = read(get_invitation, id)
    return show("invitations/detail.html", invitation=found, roles=ROLE_LABELS, statuses=STATUS_LABELS, now=current_site().clock.now())


@room.post("/<id>/steps/<verb>")
@requires(Permission.SIGNED_IN)
def take_step(id: str, verb: str) -> ResponseReturnValue:
    return take("invitation", STEPS, (WORKFLOW,), id, verb)
