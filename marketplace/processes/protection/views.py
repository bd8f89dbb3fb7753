"""Link a patent with an achievement, and register the patent of an achievement."""

from flask import Blueprint, flash, redirect, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from marketplace.domains.achievements.repository import get_achievement
from marketplace.domains.patents.forms import PatentForm
from marketplace.domains.patents.views import owners_for, people_for, revised
from marketplace.kernel.permission import Permission
from marketplace.processes.protection.service import link_patent_to_number, register_patent, unlink_patent
from marketplace.web.access import requires
from marketplace.web.door import change, read_for, sent_version, show
from marketplace.web.links import url_of

room = Blueprint("protection", __name__)


@room.post("/patents/<id>/achievements")
@requires(Permission.PATENT_EDIT)
def link(id: str) -> ResponseReturnValue:
    change(link_patent_to_number, id, sent_version(), request.form.get("achievement", "")[:40])
    flash(_("The patent is linked."))
    return redirect(url_of("patent", id))


@room.post("/patents/<id>/achievements/<achievement_id>/remove")
@requires(Permission.PATENT_EDIT)
def unlink(id: str, achievement_id: str) -> ResponseReturnValue:
    change(unlink_patent, id, sent_version(), achievement_id)
    flash(_("The link is gone; both stay."))
    return redirect(url_of("patent", id))


@room.route("/achievements/<id>/patents/new", methods=["GET", "POST"])
@requires(Permission.ACHIEVEMENT_EDIT)
def register(id: str) -> ResponseReturnValue:
    """The host enterprise of the studio may be the owner, too."""
    achievement = read_for(Permission.ACHIEVEMENT_EDIT, get_achievement, id)
    made_at = {achievement.enterprise_id: achievement.enterprise_name} if achievement.enterprise_id else {}
    people = {one.worker_id: one.name for one in achievement.contributions if one.worker_id} | dict(people_for(None))
    form = PatentForm.of()
    form.offer(list(people.items()), list((made_at | dict(owners_for())).items()))
    if patent := form.save(register_patent, *revised(form), form.owner.data if "owner" in form else "", id):
        flash(_("%(number)s is in the register.", number=patent.number))
        return redirect(url_of("patent", patent.id))
    return show("patents/edit.html", form=form, patent=None, achievement=achievement)
