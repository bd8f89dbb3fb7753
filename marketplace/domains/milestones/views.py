"""One milestone: reported by the provider, accepted or sent back by the other side."""

from collections.abc import Callable

from flask import Blueprint, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from marketplace.domains.milestones.forms import ReportForm
from marketplace.domains.milestones.model import STATUS_LABELS, WORKFLOW, Milestone
from marketplace.domains.milestones.repository import get_milestone, get_proof
from marketplace.domains.milestones.service import accept_milestone, report_milestone, send_milestone_back
from marketplace.kernel.errors import Invalid
from marketplace.kernel.files import Checked, checked_file
from marketplace.kernel.permission import Permission
from marketplace.kernel.workdays import local_day
from marketplace.web.access import requires
from marketplace.web.attachments import attachment
from marketplace.web.door import read, read_for, show
from marketplace.web.site import current_site
from marketplace.web.steps import take
from marketplace.web.words import translated

room = Blueprint("milestones", __name__, url_prefix="/milestones")
STEPS: dict[str, Callable[..., Milestone]] = {"accept": accept_milestone, "send_back": send_milestone_back}


@room.get("/<id>")
@requires(Permission.MILESTONE_READ)
def detail(id: str) -> ResponseReturnValue:
    milestone = read(get_milestone, id)
    return _page(milestone, ReportForm.of(version=milestone.version))


@room.post("/<id>/report")
@requires(Permission.MILESTONE_REPORT)
def report(id: str) -> ResponseReturnValue:
    milestone = read_for(Permission.MILESTONE_REPORT, get_milestone, id)
    form = ReportForm.of(version=milestone.version)
    proof = _proof(form)
    place = current_site().files.keep(proof) if proof else ""
    reported = None if form.file.errors else form.save(report_milestone, id, form.version.data, form.words.data or "", proof, place)
    if reported:
        flash(_("Reported. The other side is told."))
        return redirect(url_for(".detail", id=id))
    return _page(milestone, form)


def _proof(form: ReportForm) -> Checked | None:
    """Opened by the real parser; what it refuses is said at the field."""
    sent = request.files.get("file")
    if not form.validate_on_submit() or sent is None or not sent.filename:
        return None
    try:
        return checked_file(sent.filename, sent.read(), "file")
    except Invalid as problem:
        form.file.errors = (translated(problem.message, **problem.values),)
        return None


def _page(milestone: Milestone, form: ReportForm) -> ResponseReturnValue:
    today = local_day(current_site().clock.now())
    return show("milestones/detail.html", form=form, milestone=milestone, statuses=STATUS_LABELS, late=milestone.is_late(today))


@room.post("/<id>/steps/<verb>")
@requires(Permission.SIGNED_IN)
def take_step(id: str, verb: str) -> ResponseReturnValue:
    return take("milestone", STEPS, (WORKFLOW,), id, verb)


@room.get("/<id>/files/<file_id>")
@requires(Permission.MILESTONE_READ)
def fetch(id: str, file_id: str) -> ResponseReturnValue:
    """Never inline: what somebody uploaded does not run on our page."""
    stored = read(get_proof, read(get_milestone, id).id, file_id)
    return attachment(stored)
