"""Confirm, read and check the paper, propose a change and answer it."""

import hashlib
from collections.abc import Callable

from flask import Blueprint, Response, flash, redirect, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from graph.errors import GraphError
from marketplace.domains.contracts.forms import ChangeForm
from marketplace.domains.contracts.model import STATUS_LABELS, Contract, ContractText
from marketplace.domains.contracts.repository import get_contract
from marketplace.kernel.errors import NotFound, Problem, Refused
from marketplace.kernel.files import place_of
from marketplace.kernel.labels import label
from marketplace.kernel.permission import Permission
from marketplace.kernel.revisions import find_working_copy, list_versions
from marketplace.processes.contract_papers.document import paper_of
from marketplace.processes.contract_papers.model import AMENDING, ENDING, Press
from marketplace.processes.contract_papers.repository import gather, get_checkable, get_paper
from marketplace.processes.contract_papers.service import (
    agree_change,
    agree_end,
    confirm_text,
    decline_proposal,
    fix_paper,
    print_paper,
    propose_change,
    propose_end,
    take_proposal_back,
)
from marketplace.web.access import recently_proved, requires
from marketplace.web.door import change, change_each_time, read, read_for, sent_version, show
from marketplace.web.links import url_of
from marketplace.web.site import current_site
from marketplace.web.steps import take
from marketplace.web.versions import show_copy, show_version

room = Blueprint("contract_papers", __name__, url_prefix="/contracts")


def press() -> Press:
    site = current_site()
    return Press(site.files, site.settings.address, site.settings.paper_font)


def fix_printed(id: str) -> None:
    """After the commit. Where it fails, the contract stands, and the paper can be fixed from its page."""
    work = read(lambda tx: gather(tx, get_contract(tx, id)))
    if work.contract.is_bound and not work.contract.paper_digest:
        change_each_time(fix_paper, id, print_paper(work, press()))


@room.post("/<id>/confirm")
@requires(Permission.CONTRACT_READ)
@recently_proved
def confirm(id: str) -> ResponseReturnValue:
    """Each for its own side alone, bound to the text that was on the page."""
    sent = sent_version(), request.form.get("digest", "")[:64] or "-"
    contract = change(confirm_text, id, *sent)
    flash(_("%(number)s is in force.", number=contract.number) if contract.is_bound else _("Confirmed. It is in force when the other side has, too."))
    try:
        fix_printed(id)
    except (Problem, GraphError, OSError):
        flash(_("Its paper could not be fixed just now; fix it from this page."), "warning")
    return redirect(url_of("contract", id))


@room.get("/<id>/paper")
@requires(Permission.CONTRACT_READ)
def paper(id: str) -> ResponseReturnValue:
    """The fixed one, byte for byte; of a draft what it would say now. `digest` asks for an earlier one."""
    contract = read(get_contract, id)
    wanted = request.args.get("digest", contract.paper_digest)[:64]
    if wanted:
        content = current_site().files.fetch(place_of(read(get_paper, id, wanted).digest))
    else:
        content = paper_of(read(lambda tx: gather(tx, contract)), press(), contract.updated_at)
    answer = Response(content, mimetype="application/pdf")
    answer.headers.set("Content-Disposition", "attachment", filename=f"{contract.number}.pdf")
    return answer


@room.post("/<id>/paper")
@requires(Permission.CONTRACT_READ)
def fix(id: str) -> ResponseReturnValue:
    """For a contract in force whose paper was not fixed with the second word; where somebody was faster, it is fixed all the same."""
    if not read(get_contract, id).is_bound:
        raise Refused(label("Both have to confirm it first."))
    fix_printed(id)
    flash(_("The paper is fixed."))
    return redirect(url_of("contract", id))


@room.route("/check/<code>", methods=["GET", "POST"])
@requires(Permission.VISIT)
def check(code: str) -> ResponseReturnValue:
    """For whoever holds the paper: is this file the one that both signed? What is sent is measured and forgotten."""
    found = read(get_checkable, code[:64])
    sent = request.files.get("file")
    measured = hashlib.sha256(sent.read()).hexdigest() if request.method == "POST" and sent and sent.filename else ""
    return show("contracts/check.html", found=found, code=code, measured=measured, asked=request.method == "POST", statuses=STATUS_LABELS)


@room.route("/<id>/change", methods=["GET", "POST"])
@requires(Permission.CONTRACT_CHANGE)
def propose(id: str) -> ResponseReturnValue:
    contract = read_for(Permission.CONTRACT_CHANGE, get_contract, id)
    form = ChangeForm.on(contract)
    text: ContractText = form.revision() if form.is_submitted() and form.validate() else form.base
    reason = form["change_reason"].data or ""
    if form.save(propose_change, id, form.version.data, text, reason, reread=lambda: read(get_contract, id)):
        flash(_("Proposed. It holds when the other side agrees."))
        return redirect(url_of("contract", id))
    return show("contracts/change.html", form=form, contract=contract)


@room.post("/<id>/proposal/<verb>")
@requires(Permission.SIGNED_IN)
@recently_proved
def answer(id: str, verb: str) -> ResponseReturnValue:
    """Propose the end, agree, decline, take back."""
    verbs: dict[str, Callable[..., Contract]] = {
        "propose_end": propose_end, "agree_change": agree_change, "agree_end": agree_end, "decline": decline_proposal,
        "take_back": take_proposal_back,
    }  # fmt: skip
    answer = take("contract", verbs, (AMENDING, ENDING), id, verb if verb in verbs else "")
    fix_printed(id)
    return answer


@room.get("/<id>/proposal")
@requires(Permission.CONTRACT_READ)
def proposal(id: str) -> ResponseReturnValue:
    """The proposed text beside the one that stands."""
    contract = read(get_contract, id)
    if read(find_working_copy, id) is None:
        raise NotFound(id)
    return show_copy(contract, ChangeForm)


@room.get("/<id>/versions/<int:ordinal>")
@requires(Permission.CONTRACT_READ)
def versions(id: str, ordinal: int) -> ResponseReturnValue:
    contract = read(get_contract, id)
    if not read(list_versions, id):
        raise NotFound(id)
    return show_version(contract, ChangeForm, ordinal)
