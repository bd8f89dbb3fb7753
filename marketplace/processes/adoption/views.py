"""The adopter's own pages: confirm, correct or deny what the makers say, or report a use that nobody has named."""

from dataclasses import asdict

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from marketplace.domains.achievements.model import Achievement
from marketplace.domains.achievements.repository import get_achievement
from marketplace.kernel.adoptions import Adoption
from marketplace.kernel.permission import Permission
from marketplace.processes.adoption.forms import DenyForm, ReportForm, UseForm
from marketplace.processes.adoption.model import SeenUse, UseText
from marketplace.processes.adoption.service import Proof, confirm_use, deny_use, get_use, report_use
from marketplace.web.access import requires
from marketplace.web.door import read, show
from marketplace.web.identity import current_actor
from marketplace.web.links import url_of
from marketplace.web.site import current_site

room = Blueprint("adoption", __name__, url_prefix="/achievements")


@room.route("/<id>/uses/new", methods=["GET", "POST"])
@requires(Permission.ADOPTION_REPORT)
def report(id: str) -> ResponseReturnValue:
    achievement = read(get_achievement, id)
    current_actor().require(Permission.ADOPTION_REPORT, achievement)
    form = ReportForm.of()
    form.enterprise_id.choices = [(party.id, party.name) for party in current_actor().parties_of("enterprise")]
    text, proof = _sent(form)
    if form.save(report_use, id, form.enterprise_id.data, text, proof):
        flash(_("Your use is entered and counts from now on. Thank you."))
        return redirect(url_of("achievement", id) + "#uses")
    return show("adoption/report.html", form=form, achievement=achievement)


@room.route("/<id>/uses/<use_id>", methods=["GET", "POST"])
@requires(Permission.ADOPTION_ANSWER)
def answer(id: str, use_id: str) -> ResponseReturnValue:
    achievement, use = _asked(id, use_id)
    form = UseForm.of(use, version=achievement.version)
    text, proof = _sent(form)
    if form.save(confirm_use, id, form.version.data, use_id, text, proof, reread=lambda: _seen(id, use_id)):
        flash(_("Confirmed. It counts from now on."))
        return redirect(url_of("achievement", id) + "#uses")
    return _page(achievement, use, form, DenyForm.of(version=achievement.version))


@room.post("/<id>/uses/<use_id>/deny")
@requires(Permission.ADOPTION_ANSWER)
def deny(id: str, use_id: str) -> ResponseReturnValue:
    achievement, use = _asked(id, use_id)
    form = DenyForm.of(version=achievement.version)
    if form.save(deny_use, id, form.version.data, use_id, form.reason.data or ""):
        flash(_("Noted. The makers are told, and it is shown no more."))
        return redirect(url_for("my.index"))
    return _page(achievement, use, UseForm(formdata=None, obj=use, version=achievement.version), form)


def _asked(id: str, use_id: str) -> tuple[Achievement, Adoption]:
    achievement = read(get_achievement, id)
    use = get_use(achievement, use_id)
    current_actor().require(Permission.ADOPTION_ANSWER, use)
    return achievement, use


def _seen(id: str, use_id: str) -> SeenUse:
    achievement, use = _asked(id, use_id)
    return SeenUse(version=achievement.version, **{name: getattr(use, name) for name in asdict(UseText())})


def _sent(form: UseForm) -> tuple[UseText, Proof | None]:
    """The bytes are kept before the graph tells of them, and only where everything else is right."""
    if not form.is_submitted() or not form.validate():
        return UseText(), None
    return form.revision(), Proof(form.checked, current_site().files.keep(form.checked)) if form.checked else None


def _page(achievement: Achievement, use: Adoption, form: UseForm, denial: DenyForm) -> ResponseReturnValue:
    """Two forms: the one that was sent decides the status."""
    page = render_template("adoption/answer.html", form=form, denial=denial, achievement=achievement, use=use)
    return page, max(form.status, denial.status)
