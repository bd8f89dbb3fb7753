"""An expert's table: what waits, a plan without names, scores with words."""

from collections.abc import Callable

from flask import Blueprint, flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from marketplace.domains.judgements.forms import JudgementForm
from marketplace.domains.judgements.model import STATUS_LABELS, WORKFLOW, Judgement
from marketplace.domains.judgements.repository import get_judgement, get_plan, get_plan_file, list_own_judgements
from marketplace.domains.judgements.service import cast_judgement, declare_free, stand_back
from marketplace.kernel.permission import Permission
from marketplace.web.access import requires
from marketplace.web.attachments import attachment
from marketplace.web.door import read, read_for, show
from marketplace.web.identity import current_actor
from marketplace.web.steps import take

room = Blueprint("judgements", __name__, url_prefix="/judgements")
STEPS: dict[str, Callable[..., Judgement]] = {"declare": declare_free, "stand_back": stand_back}
TONES = {"appointed": "due", "ready": "due", "cast": "ok", "stood-back": "neutral"}


@room.get("")
@requires(Permission.SIGNED_IN)
def index() -> ResponseReturnValue:
    mine = read(list_own_judgements, current_actor().account_id)
    return show("judgements/list.html", judgements=mine, statuses=STATUS_LABELS, tones=TONES)


@room.route("/<id>", methods=["GET", "POST"])
@requires(Permission.SIGNED_IN)
def detail(id: str) -> ResponseReturnValue:
    judgement = read_for(Permission.JUDGEMENT_CAST, get_judgement, id)
    plan = read(get_plan, id)
    form = JudgementForm.of(version=judgement.version)
    form.offer(plan)
    if form.save(cast_judgement, id, form.version.data, form.scores, form.remarks):
        flash(_("Your judgement is in. It is sealed until all are in."), "success")
        return redirect(url_for(".index"))
    takes = WORKFLOW.steps["cast"] in WORKFLOW.open_to(current_actor().tokens, judgement)
    return show("judgements/detail.html", form=form, judgement=judgement, plan=plan, statuses=STATUS_LABELS, tones=TONES, takes=takes)


@room.post("/<id>/steps/<any(declare, stand_back):verb>")
@requires(Permission.SIGNED_IN)
def take_step(id: str, verb: str) -> ResponseReturnValue:
    return take("judgement", STEPS, (WORKFLOW,), id, verb)


@room.get("/<id>/files/<file_id>")
@requires(Permission.SIGNED_IN)
def fetch(id: str, file_id: str) -> ResponseReturnValue:
    """Under a number: the name that the team gave it could tell who they are."""
    judgement, stored = read(get_judgement, id), read(get_plan_file, id, file_id)
    ordinal = read(get_plan, id).files.index(file_id) + 1
    return attachment(stored, f"team-{judgement.ordinal}-{ordinal}.{stored.name.rpartition('.')[2]}")
