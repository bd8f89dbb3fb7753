"""Change a challenge before it is announced, and file what proves the money."""

from flask import Blueprint, flash, redirect
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from marketplace.domains.challenges.forms import ChallengeForm
from marketplace.domains.challenges.model import ChallengeText
from marketplace.domains.challenges.repository import get_challenge, list_proofs
from marketplace.domains.challenges.service import file_proof, revise_challenge
from marketplace.kernel.permission import Permission
from marketplace.web.access import requires
from marketplace.web.attachments import attachment_among, take_upload
from marketplace.web.door import change, read, read_for, show
from marketplace.web.links import url_of

room = Blueprint("announcing", __name__, url_prefix="/challenges")


def revised(form: ChallengeForm) -> ChallengeText:
    """The text, once the form is sent and holds together; `save` asks for nothing before."""
    return form.revision() if form.is_submitted() and form.holds_together() else ChallengeText(title="")


@room.route("/<id>/edit", methods=["GET", "POST"])
@requires(Permission.CHALLENGE_EDIT)
def edit(id: str) -> ResponseReturnValue:
    challenge = read_for(Permission.CHALLENGE_EDIT, get_challenge, id)
    form = ChallengeForm.of(challenge, version=challenge.version)
    del form.enterprise_id
    if form.save(revise_challenge, id, form.version.data, revised(form), reread=lambda: read(get_challenge, id)):
        flash(_("Saved."))
        return redirect(url_of("challenge", id))
    return show("challenges/edit.html", form=form, challenge=challenge)


@room.post("/<id>/files")
@requires(Permission.CHALLENGE_EDIT)
def add_file(id: str) -> ResponseReturnValue:
    """Proof of what was set aside or paid; opened by the real parser first."""
    challenge = read_for(Permission.CHALLENGE_EDIT, get_challenge, id)
    if upload := take_upload():
        change(file_proof, challenge.id, *upload)
        flash(_("%(name)s is added.", name=upload[0].name))
    return redirect(url_of("challenge", id))


@room.get("/<id>/files/<file_id>")
@requires(Permission.CHALLENGE_CHOOSE)
def fetch(id: str, file_id: str) -> ResponseReturnValue:
    read_for(Permission.CHALLENGE_CHOOSE, get_challenge, id)
    return attachment_among(read(list_proofs, id), file_id)
