"""Write a clause, cancel, decide about a trial, end it, accept the whole: each is sent to the contract and leads back to it."""

from collections.abc import Callable

from flask import Blueprint, flash, redirect
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from marketplace.domains.contracts.forms import AcceptForm, ClauseForm
from marketplace.domains.contracts.model import WORKFLOW, Contract
from marketplace.domains.contracts.repository import get_contract, suggest_acceptance
from marketplace.domains.contracts.service import accept_contract, cancel_contract, declare_end, keep_after_trial, step_back, write_clause
from marketplace.kernel.contract_clauses import CLAUSE_LABELS, FIELDS, Clause
from marketplace.kernel.errors import NotFound
from marketplace.kernel.permission import Permission
from marketplace.web.access import recently_proved, requires
from marketplace.web.door import read, read_for, show
from marketplace.web.links import url_of
from marketplace.web.site import current_site
from marketplace.web.steps import take

room = Blueprint("contract_text", __name__, url_prefix="/contracts")
STEPS: dict[str, Callable[..., Contract]] = {"cancel": cancel_contract, "keep": keep_after_trial}
GRAVE: dict[str, Callable[..., Contract]] = {"declare_end": declare_end, "step_back": step_back}


@room.route("/<id>/clauses/<clause>", methods=["GET", "POST"])
@requires(Permission.CONTRACT_EDIT)
def clause(id: str, clause: str) -> ResponseReturnValue:
    contract = read_for(Permission.CONTRACT_EDIT, get_contract, id)
    if clause not in {one.value for one in FIELDS}:
        raise NotFound(clause)
    form = ClauseForm.for_clause(contract, Clause(clause))
    days = current_site().settings.first_refusal_workdays
    text = form.revision() if form.is_submitted() and form.validate() else form.base
    if form.save(write_clause, id, form.version.data, Clause(clause), text, days, reread=lambda: read(get_contract, id)):
        flash(_("Saved."))
        return redirect(url_of("contract", id) + "#clauses")
    return show("contracts/clause.html", form=form, contract=contract, clause=Clause(clause), labels=CLAUSE_LABELS,
                suggested=read(suggest_acceptance, id))  # fmt: skip


@room.post("/<id>/steps/<verb>")
@requires(Permission.SIGNED_IN)
def take_step(id: str, verb: str) -> ResponseReturnValue:
    return take("contract", STEPS, (WORKFLOW,), id, verb if verb in STEPS else "")


@room.post("/<id>/end/<verb>")
@requires(Permission.SIGNED_IN)
@recently_proved
def end(id: str, verb: str) -> ResponseReturnValue:
    """By one side alone: with its password, and a reason that the other reads."""
    return take("contract", GRAVE, (WORKFLOW,), id, verb if verb in GRAVE else "")


@room.route("/<id>/accept", methods=["GET", "POST"])
@requires(Permission.CONTRACT_ACCEPT)
def accept(id: str) -> ResponseReturnValue:
    contract = read_for(Permission.CONTRACT_ACCEPT, get_contract, id)
    form = AcceptForm.of(version=contract.version)
    if form.save(accept_contract, id, form.version.data, form.words.data or ""):
        flash(_("Accepted. The contract is closed."))
        return redirect(url_of("contract", id))
    return show("contracts/accept.html", form=form, contract=contract)
