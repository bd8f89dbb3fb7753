"""A challenge on the site: the list, its page, writing and reviewing it, the judging, the choice, objections, contracts, the result."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from flask import Blueprint, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from marketplace.domains.challenges.forms import ChallengeForm
from marketplace.domains.challenges.model import OBJECTION_LABELS, STATUS_LABELS, TEAM_LABELS, WORKFLOW, Challenge, ChallengeText, Course
from marketplace.domains.challenges.repository import get_challenge, list_challenges, list_objections, list_proofs
from marketplace.domains.challenges.service import create_challenge, object_to_choice, publish_challenge, return_challenge, submit_challenge
from marketplace.domains.challenges.views import revised
from marketplace.domains.contracts.model import STATUS_LABELS as CONTRACT_LABELS
from marketplace.domains.judgements.model import STATUS_LABELS as VOTE_LABELS
from marketplace.domains.needs.repository import get_need
from marketplace.domains.needs.views import own_enterprises
from marketplace.domains.proposals.repository import list_proposals
from marketplace.kernel.criteria import criteria_of
from marketplace.kernel.errors import NotFound
from marketplace.kernel.permission import Permission
from marketplace.kernel.workdays import local_day
from marketplace.processes.challenges.forms import AnswerForm, ChoiceForm, ExtensionForm, ObjectionForm, ResultForm
from marketplace.processes.challenges.model import Standing
from marketplace.processes.challenges.repository import list_contracts
from marketplace.processes.challenges.service import (
    choose_none,
    choose_teams,
    conclude_challenge,
    dismiss_objection,
    draft_contracts,
    extend_judging,
    get_standing,
    take_down_challenge,
    uphold_objection,
    withdraw_challenge,
)
from marketplace.web.access import requires
from marketplace.web.door import change, read, read_for, show
from marketplace.web.forms import clean
from marketplace.web.identity import current_actor
from marketplace.web.links import page_number
from marketplace.web.site import current_site
from marketplace.web.steps import take

room = Blueprint("challenges", __name__, url_prefix="/challenges")
STEPS: dict[str, Callable[..., Challenge]] = {
    "submit": submit_challenge, "publish": publish_challenge, "return": return_challenge, "withdraw": withdraw_challenge,
    "take_down": take_down_challenge, "choose_none": choose_none, "contract": draft_contracts,
}  # fmt: skip
TONES = {
    "draft": "neutral", "submitted": "due", "returned": "error", "open": "ok", "judging": "due", "chosen": "info", "contracted": "info",
    "completed": "ok", "failed": "neutral", "withdrawn": "neutral",
}  # fmt: skip


@room.get("")
@requires(Permission.CHALLENGE_READ)
def index() -> ResponseReturnValue:
    wanted = [one for one in request.args.getlist("status") if one in STATUS_LABELS]
    page = read(list_challenges, wanted, page_number())
    return show("challenges/list.html", page=page, wanted=wanted, statuses=STATUS_LABELS, tones=TONES)


@room.get("/<id>")
@requires(Permission.CHALLENGE_READ)
def detail(id: str) -> ResponseReturnValue:
    challenge = read(get_challenge, id)
    return _detail(challenge, ObjectionForm.of())


def _detail(challenge: Challenge, form: ObjectionForm) -> ResponseReturnValue:
    """Objections come only to whoever raised or decides them, applications only to their team and, once chosen, to the enterprise."""
    actor = current_actor()
    leads, steps = actor.can(Permission.CHALLENGE_CHOOSE, challenge), {step.name for step in WORKFLOW.open_to(actor.tokens, challenge)}
    takes = challenge.is_taking(_today()) and not actor.can(Permission.CHALLENGE_EDIT, challenge)
    return show(
        "challenges/detail.html", challenge=challenge, statuses=STATUS_LABELS, tones=TONES, team_kinds=TEAM_LABELS, leads=leads,
        contracts=read(list_contracts, challenge.id), contract_statuses=CONTRACT_LABELS, mine=read(list_proposals, challenge.id),
        objections=read(list_objections, challenge.id), objection_statuses=OBJECTION_LABELS, answers=AnswerForm.of(), form=form,
        proofs=read(list_proofs, challenge.id) if leads else [], simple=tuple(STEPS), takes=takes, objects="object" in steps,
        concludes="conclude" in steps, edits="submit" in steps,
    )  # fmt: skip


def _today() -> date:
    return local_day(current_site().clock.now())


@room.route("/new", methods=["GET", "POST"])
@requires(Permission.CHALLENGE_CREATE)
def new() -> ResponseReturnValue:
    """`need` is the open need that it is to solve: its text is where the announcement begins."""
    settings, need_id = current_site().settings, request.args.get("need", "")[:40]
    form = ChallengeForm.of(_begun(need_id))
    form.offer(own_enterprises())
    course = Course(settings.challenge_judging_workdays, settings.challenge_notice_workdays)
    if challenge := form.save(create_challenge, revised(form), form.enterprise_id.data or "", course, need_id):
        flash(_("Draft %(number)s is saved. Look at it once more, then submit it.", number=challenge.number))
        return redirect(url_for(".detail", id=challenge.id))
    return show("challenges/edit.html", form=form, challenge=None)


def _begun(need_id: str) -> ChallengeText:
    settings = current_site().settings
    criteria = criteria_of(settings.challenge_criteria)
    blank = ChallengeText(
        title="", criterion_names=tuple(one.name for one in criteria), criterion_weights=tuple(one.weight for one in criteria),
        reviewers_least=settings.challenge_reviewers,
    )  # fmt: skip
    if not need_id:
        return blank
    need = read(get_need, need_id)
    return replace(
        blank, title=need.title, summary=need.abstract, problem=need.problem, indicators=need.indicators, field=need.field,
        prize_fen=need.budget_high_fen,
    )  # fmt: skip


@room.post("/<id>/steps/<verb>")
@requires(Permission.SIGNED_IN)
def take_step(id: str, verb: str) -> ResponseReturnValue:
    if verb not in STEPS:
        raise NotFound(verb)
    return take("challenge", STEPS, (WORKFLOW,), id, verb)


@room.route("/<id>/judging", methods=["GET", "POST"])
@requires(Permission.CHALLENGE_CHOOSE)
def judging(id: str) -> ResponseReturnValue:
    """How the judging stands; the choice, once the scores are open."""
    challenge = read_for(Permission.CHALLENGE_CHOOSE, get_challenge, id)
    standing = read(get_standing, challenge, _today())
    form = ChoiceForm.of(version=challenge.version)
    form.offer(standing.ranking)
    if form.save(choose_teams, id, form.version.data, form.teams.data or (), form.reason.data or ""):
        flash(_("The choice is public. Objections can be raised until the notice ends."), "success")
        return redirect(url_for(".detail", id=id))
    return _judging(challenge, standing, form, ExtensionForm.of(version=challenge.version))


def _judging(challenge: Challenge, standing: Standing, form: ChoiceForm, extension: ExtensionForm, status: int = 200) -> ResponseReturnValue:
    return show(
        "challenges/judging.html", status, challenge=challenge, standing=standing, form=form, extension=extension, statuses=STATUS_LABELS,
        tones=TONES, vote_statuses=VOTE_LABELS, names={one.ordinal: one.party_name for one in read(list_proposals, challenge.id)},
    )  # fmt: skip


@room.post("/<id>/judging/extend")
@requires(Permission.CHALLENGE_JUDGE)
def extend(id: str) -> ResponseReturnValue:
    challenge = read_for(Permission.CHALLENGE_JUDGE, get_challenge, id)
    extension = ExtensionForm.of()
    if extension.save(extend_judging, id, extension.version.data, extension.until.data):
        flash(_("Judging goes on."), "success")
        return redirect(url_for(".judging", id=id))
    standing = read(get_standing, challenge, _today())
    form = ChoiceForm(formdata=None, version=challenge.version)
    form.offer(standing.ranking)
    return _judging(challenge, standing, form, extension)


@room.post("/<id>/objections")
@requires(Permission.CHALLENGE_OBJECT)
def raise_objection(id: str) -> ResponseReturnValue:
    challenge, form = read_for(Permission.CHALLENGE_OBJECT, get_challenge, id), ObjectionForm.of()
    if form.save(object_to_choice, id, form.words.data or ""):
        flash(_("Your objection is with the officers; you are told how they decide."), "success")
        return redirect(url_for(".detail", id=id))
    return _detail(challenge, form)


@room.post("/<id>/objections/<objection>/<any(dismiss, uphold):verb>")
@requires(Permission.OBJECTION_DECIDE)
def answer(id: str, objection: str, verb: str) -> ResponseReturnValue:
    read_for(Permission.OBJECTION_DECIDE, get_challenge, id)
    said = clean(request.form.get("answer"))[:1000]
    change(dismiss_objection if verb == "dismiss" else uphold_objection, id, objection, said)
    flash(_("Your answer is on the record."), "success")
    return redirect(url_for(".detail", id=id))


@room.route("/<id>/result", methods=["GET", "POST"])
@requires(Permission.CHALLENGE_CONCLUDE)
def conclude(id: str) -> ResponseReturnValue:
    challenge = read_for(Permission.CHALLENGE_CONCLUDE, get_challenge, id)
    form = ResultForm.of(version=challenge.version)
    form.offer(len(challenge.figures))
    if form.save(conclude_challenge, id, form.version.data, form.revision()):
        flash(_("The result is public."), "success")
        return redirect(url_for(".detail", id=id))
    return show("challenges/result.html", form=form, challenge=challenge)
