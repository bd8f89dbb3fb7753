"""Apply to a challenge: the plan, its people, its files, and sending it."""

from collections.abc import Callable

from flask import Blueprint, flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from marketplace.domains.proposals.forms import MemberForm, ProposalForm
from marketplace.domains.proposals.model import ANSWER_LABELS, BOUND_BY_LEADER, STATUS_LABELS, WORKFLOW, Call, Proposal, ProposalText
from marketplace.domains.proposals.repository import get_call, get_proposal, list_files
from marketplace.domains.proposals.service import (
    agree_to_join,
    ask_member,
    create_proposal,
    decline_to_join,
    drop_file,
    drop_member,
    file_plan,
    revise_proposal,
    submit_proposal,
    take_back_proposal,
    withdraw_proposal,
)
from marketplace.kernel.errors import NotFound
from marketplace.kernel.permission import Permission
from marketplace.kernel.permissions import LEADS
from marketplace.web.access import requires
from marketplace.web.attachments import attachment_among, take_upload
from marketplace.web.door import change, read, read_for, sent_version, show
from marketplace.web.identity import current_actor
from marketplace.web.links import url_of
from marketplace.web.steps import take

room = Blueprint("proposals", __name__)
STEPS: dict[str, Callable[..., Proposal]] = {
    "submit": submit_proposal, "take_back": take_back_proposal, "withdraw": withdraw_proposal, "agree": agree_to_join, "decline": decline_to_join,
}  # fmt: skip
TONES = {"draft": "neutral", "submitted": "ok", "withdrawn": "neutral", "chosen": "ok", "passed-over": "neutral", "released": "neutral"}


def parties_for(call: Call) -> list[tuple[str, str]]:
    """In whose name the reader may sign, of the kinds that may apply."""
    actor = current_actor()
    held = {f"{one.kind}:{one.id}": one.name for one in actor.parties_of(*call.open_to) if one.kind != "worker"}
    bound = {key: name for key, name in held.items() if not key.startswith(BOUND_BY_LEADER) or LEADS + key.partition(":")[2] in actor.tokens}
    if actor.worker_id and "worker" in call.open_to:
        bound[f"worker:{actor.worker_id}"] = _("%(name)s and a team of workers", name=actor.name)
    return list(bound.items())


@room.route("/challenges/<id>/apply", methods=["GET", "POST"])
@requires(Permission.PROPOSAL_CREATE)
def new(id: str) -> ResponseReturnValue:
    call = read(get_call, id)
    form = ProposalForm.of()
    form.offer(parties_for(call))
    if proposal := form.save(create_proposal, id, *form.chosen_party, _revised(form)):
        flash(_("The draft is kept. Submit it before the last day ends."))
        return redirect(url_for(".detail", id=proposal.id))
    return show("proposals/edit.html", form=form, call=call, proposal=None)


def _revised(form: ProposalForm) -> ProposalText:
    return form.revision() if form.is_submitted() else ProposalText()


@room.get("/proposals/<id>")
@requires(Permission.PROPOSAL_READ)
def detail(id: str) -> ResponseReturnValue:
    proposal = read(get_proposal, id)
    return _shown(proposal, MemberForm.of(version=proposal.version))


def _shown(proposal: Proposal, form: MemberForm) -> ResponseReturnValue:
    return show(
        "proposals/detail.html", proposal=proposal, call=read(get_call, proposal.challenge_id), files=read(list_files, proposal.id),
        statuses=STATUS_LABELS, answers=ANSWER_LABELS, tones=TONES, form=form, is_workers=proposal.party_kind == "worker",
    )  # fmt: skip


@room.route("/proposals/<id>/edit", methods=["GET", "POST"])
@requires(Permission.PROPOSAL_READ)
def edit(id: str) -> ResponseReturnValue:
    proposal = read_for(Permission.PROPOSAL_EDIT, get_proposal, id)
    form = ProposalForm.of(proposal, version=proposal.version)
    del form.party
    if form.save(revise_proposal, id, form.version.data, _revised(form), reread=lambda: read(get_proposal, id)):
        flash(_("Saved."))
        return redirect(url_for(".detail", id=id))
    return show("proposals/edit.html", form=form, call=read(get_call, proposal.challenge_id), proposal=proposal)


@room.post("/proposals/<id>/steps/<verb>")
@requires(Permission.PROPOSAL_READ)
def take_step(id: str, verb: str) -> ResponseReturnValue:
    if verb not in STEPS:
        raise NotFound(verb)
    return take("proposal", STEPS, (WORKFLOW,), id, verb)


@room.post("/proposals/<id>/members")
@requires(Permission.PROPOSAL_READ)
def ask(id: str) -> ResponseReturnValue:
    form = MemberForm.of()
    if asked := form.save(ask_member, id, form.version.data, form.who.data or ""):
        flash(_("%(name)s is asked and answers under My work.", name=asked.member_names[-1]))
        return redirect(url_for(".detail", id=id))
    return _shown(read_for(Permission.PROPOSAL_EDIT, get_proposal, id), form)


@room.post("/proposals/<id>/members/<worker>/remove")
@requires(Permission.PROPOSAL_READ)
def drop(id: str, worker: str) -> ResponseReturnValue:
    change(drop_member, id, sent_version(), worker)
    return redirect(url_for(".detail", id=id))


@room.post("/proposals/<id>/files")
@requires(Permission.PROPOSAL_READ)
def add_file(id: str) -> ResponseReturnValue:
    """Opened by the real parser first; stored before the graph tells of it."""
    proposal = read_for(Permission.PROPOSAL_EDIT, get_proposal, id)
    if upload := take_upload():
        change(file_plan, proposal.id, *upload)
        flash(_("%(name)s is added.", name=upload[0].name))
    return redirect(url_of("proposal", id))


@room.get("/proposals/<id>/files/<file_id>")
@requires(Permission.PROPOSAL_READ)
def fetch(id: str, file_id: str) -> ResponseReturnValue:
    return attachment_among(read(list_files, id), file_id)


@room.post("/proposals/<id>/files/<file_id>/remove")
@requires(Permission.PROPOSAL_READ)
def remove_file(id: str, file_id: str) -> ResponseReturnValue:
    change(drop_file, id, file_id)
    flash(_("The file is removed."))
    return redirect(url_for(".detail", id=id))
