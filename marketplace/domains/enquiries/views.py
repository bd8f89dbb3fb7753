"""Ask, list one's enquiries, and save a thing for later. What becomes of a question is a conversation, in a room of its own."""

from flask import Blueprint, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from marketplace.domains.enquiries.forms import AskForm
from marketplace.domains.enquiries.model import STATUS_LABELS
from marketplace.domains.enquiries.repository import get_subject, list_enquiries
from marketplace.domains.enquiries.service import ask_enquiry, kinds_asking, require_party, save_for_later
from marketplace.kernel.own_needs import OwnNeed, get_own_need
from marketplace.kernel.pace import pace_of
from marketplace.kernel.paging import MOST_PAGES
from marketplace.kernel.permission import Permission
from marketplace.kernel.trading import list_acting_for
from marketplace.web.access import requires
from marketplace.web.door import change, read, read_for, show
from marketplace.web.identity import current_actor
from marketplace.web.links import inner_url, url_of
from marketplace.web.site import current_site

room = Blueprint("enquiries", __name__, url_prefix="/enquiries")


@room.get("")
@requires(Permission.SIGNED_IN)
def index() -> ResponseReturnValue:
    page = read(list_enquiries, current_actor().own, max(1, min(request.args.get("page", 1, int), MOST_PAGES)))
    return show("enquiries/list.html", page=page, statuses=STATUS_LABELS)


@room.get("/new")
@requires(Permission.ENQUIRY_ASK)
def start() -> ResponseReturnValue:
    """The address of older links: a draft belongs to one thing, so the thing stands in the path."""
    return redirect(url_for(".new", kind=request.args.get("kind") or "–", id=request.args.get("id") or "–"))


@room.route("/new/<kind>/<id>", methods=["GET", "POST"])
@requires(Permission.ENQUIRY_ASK)
def new(kind: str, id: str) -> ResponseReturnValue:
    subject = read_for(Permission.ENQUIRY_ASK, get_subject, kind, id)
    form, need = AskForm.of(), _need()
    parties = read(list_acting_for, current_actor().tokens, kinds_asking(kind))
    require_party(kind, parties)
    form.ask_for([one for one in parties if not need or one.id == need.enterprise_id])
    chosen = (form.party_id.data or "") if "party_id" in form else ""
    if enquiry := form.save(ask_enquiry, kind, id, form.text.data or "", chosen, need.id if need else ""):
        flash(_("Enquiry %(number)s is sent. You are told when it is answered.", number=enquiry.number))
        return redirect(url_of("enquiry", enquiry.id))
    days = current_site().settings.answer_workdays
    return show("enquiries/edit.html", form=form, subject=subject, need=need, pace=read(pace_of, subject.makers), days=days)


def _need() -> OwnNeed | None:
    """Of the asker's own, which led to the thing."""
    return read(get_own_need, request.args["need"]) if request.args.get("need") else None


@room.post("/save/<kind>/<id>")
@requires(Permission.SIGNED_IN)
def save(kind: str, id: str) -> ResponseReturnValue:
    flash(_("Saved for later; it stands in My work.") if change(save_for_later, kind, id) else _("No longer on your list."))
    return redirect(inner_url(request.form["back"]) if request.form.get("back") else url_of(kind, id))
