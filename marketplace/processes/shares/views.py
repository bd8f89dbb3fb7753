"""Confirm a share, or object to it."""

from flask import Blueprint, flash, redirect, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from marketplace.kernel.contributions import Answer
from marketplace.kernel.errors import NotFound
from marketplace.kernel.permission import Permission
from marketplace.processes.shares.service import answer_share
from marketplace.web.access import requires
from marketplace.web.door import change
from marketplace.web.links import url_of

room = Blueprint("shares", __name__)
ANSWERS = {"confirmed": Answer.CONFIRMED, "objected": Answer.OBJECTED}


@room.post("/achievements/<id>/share")
@requires(Permission.ACHIEVEMENT_SHARE)
def answer(id: str) -> ResponseReturnValue:
    said = ANSWERS.get(request.form.get("answer", ""))
    if said is None:
        raise NotFound(id)
    change(answer_share, id, said)
    flash(_("Your answer is noted."))
    return redirect(url_of("achievement", id))
