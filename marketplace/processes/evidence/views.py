"""Add, remove and fetch evidence. What somebody uploaded is never shown inline."""

from flask import Blueprint, flash, redirect, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from marketplace.domains.achievements.repository import get_achievement
from marketplace.kernel.errors import NotFound
from marketplace.kernel.permission import Permission
from marketplace.kernel.stored_file import Access, StoredFile
from marketplace.processes.evidence.repository import get_file
from marketplace.processes.evidence.service import add_evidence, remove_evidence
from marketplace.web.access import requires
from marketplace.web.attachments import attachment, take_upload
from marketplace.web.door import change, read, read_for
from marketplace.web.identity import current_actor
from marketplace.web.links import url_of

room = Blueprint("evidence", __name__)
NEEDED_FOR = {
    Access.SIGNED_IN: Permission.EVIDENCE_PUBLIC, Access.ENTERPRISES: Permission.EVIDENCE_ENTERPRISE, Access.MAKERS: Permission.EVIDENCE_MAKERS,
}  # fmt: skip


@room.post("/achievements/<id>/files")
@requires(Permission.ACHIEVEMENT_EDIT)
def add(id: str) -> ResponseReturnValue:
    """Opened by the real parser first; stored before the graph tells of it."""
    achievement = read_for(Permission.ACHIEVEMENT_EDIT, get_achievement, id)
    access = request.form.get("access", Access.SIGNED_IN)
    if access not in NEEDED_FOR:
        raise NotFound(access)
    if upload := take_upload():
        change(add_evidence, achievement.id, *upload, Access(access))
        flash(_("%(name)s is added.", name=upload[0].name))
    return redirect(url_of("achievement", id))


@room.post("/achievements/<id>/files/<file_id>/remove")
@requires(Permission.ACHIEVEMENT_EDIT)
def remove(id: str, file_id: str) -> ResponseReturnValue:
    change(remove_evidence, id, file_id)
    flash(_("The file is removed."))
    return redirect(url_of("achievement", id))


@room.get("/achievements/<id>/files/<file_id>")
@requires(Permission.ACHIEVEMENT_READ)
def fetch(id: str, file_id: str) -> ResponseReturnValue:
    """Never inline: what somebody uploaded does not run on our page."""
    achievement = read(get_achievement, id)
    stored: StoredFile = read(get_file, id, file_id)
    current_actor().require(NEEDED_FOR[stored.access], achievement)
    return attachment(stored)
