"""What may be done with contracts. Each call is one transaction, retried as a whole."""

import hashlib
import secrets
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from pydantic import TypeAdapter

from graph.errors import Stale
from marketplace.domains.contracts.model import WORKFLOW, Amendment, Contract, ContractText, EndKind, Origin, Side
from marketplace.domains.contracts.repository import count_open_stages, create_contract_node, get_contract, save_contract
from marketplace.kernel.contract_clauses import FIELDS, Clause, price_faults
from marketplace.kernel.errors import Invalid, Refused
from marketplace.kernel.first_refusals import WORKDAYS as FIRST_REFUSAL_WORKDAYS
from marketplace.kernel.first_refusals import ask_those_who_made_it
from marketplace.kernel.labels import label
from marketplace.kernel.permission import Permission
from marketplace.kernel.revisions import content_of, drop_working_copy, keep_version, text_of
from marketplace.kernel.technology_contracts import PriceMode, faults_of_terms
from marketplace.kernel.unit_of_work import UnitOfWork
from marketplace.kernel.workdays import local_day
from marketplace.kernel.workflow import Change, created, edited

_TEXT = TypeAdapter(ContractText)
CONDITIONS = frozenset({*FIELDS[Clause.FRAME], *FIELDS[Clause.PRICE]}) - {"technology_fen", "stage_names", "stage_proofs"}
"""On the same ones somebody may take it up who made it (Civil Code, article 847): where they change, whoever has answered is asked anew."""
UNSAID: dict[str, Any] = {"seller_at": None, "buyer_at": None, "seller_by": "", "buyer_by": "", "text_digest": ""}


def digest_of(contract: Contract) -> str:
    """Of the very text and of who agrees on it: what both confirm."""
    said = _TEXT.dump_json(text_of(contract, ContractText)).decode()
    return hashlib.sha256(f"{contract.number}\n{contract.seller.id}\n{contract.buyer.id}\n{said}".encode()).hexdigest()


def draft_contract(
    uow: UnitOfWork, text: ContractText, seller: Side, buyer: Side, origin: Origin, refusal_workdays: int = FIRST_REFUSAL_WORKDAYS
) -> Contract:
    """From what was agreed elsewhere (an accepted offer, an auction, a challenge), which has asked whether it may; of a transfer, those who
    made it are asked first. Raises Refused for one's own."""
    if seller.id == buyer.id:
        raise Refused(label("Nobody makes a contract with themselves."))
    contract = Contract(
        **content_of(text), id=uow.new_id(), number=uow.next_number("HT"), created_at=uow.now, updated_at=uow.now, seller=seller, buyer=buyer,
        origin_kind=origin.kind, origin_id=origin.id, listing_id=origin.listing_id, achievement_id=origin.achievement_id, need_id=origin.need_id,
    )  # fmt: skip
    create_contract_node(uow.tx, contract, origin)
    uow.record(created(contract, at=uow.now, verb="draft"))
    ask_those_who_made_it(uow, contract, refusal_workdays)
    return contract


def write_clause(
    uow: UnitOfWork, id: str, version: int, clause: Clause, text: ContractText, refusal_workdays: int = FIRST_REFUSAL_WORKDAYS
) -> Contract:
    """Either side, while it is being written; of `text` only this clause counts. Whoever had confirmed has to do so again, and whoever was
    offered it first is asked anew where kind or price are others."""
    contract = get_contract(uow.tx, id)
    uow.actor.require(Permission.CONTRACT_EDIT, contract)
    said = {name: getattr(text, name) for name in FIELDS[clause]}
    _require_no_faults(clause, replace(contract, **said))
    written = _save(uow, _rewritten(uow, contract, version, said))
    if any(getattr(contract, name) != value for name, value in said.items() if name in CONDITIONS):
        ask_those_who_made_it(uow, written, refusal_workdays)
    return written


def _rewritten(uow: UnitOfWork, contract: Contract, version: int, said: dict[str, Any]) -> Change[Contract]:
    if contract.seller_at or contract.buyer_at:
        return WORKFLOW.step("rewrite", contract, version, at=uow.now, **said, **UNSAID)
    return edited(contract, version, at=uow.now, verb="write-clause", **said)


def _require_no_faults(clause: Clause, contract: Contract) -> None:
    """Only what this clause could mend; what else is missing is said by the checklist."""
    found = faults_of_terms(contract, patented=contract.patented) | (price_faults(contract) if clause is not Clause.FRAME else {})
    if faults := {name: fault for name, fault in found.items() if name in FIELDS[clause]}:
        raise Invalid(faults)


def confirm_contract(uow: UnitOfWork, id: str, version: int, digest: str = "") -> Contract:
    """By whoever acts for one side, for that side alone; the second word brings it into force.

    `digest` is of the text that was before their eyes. Raises Stale for another text, Refused for a side that has confirmed."""
    contract = get_contract(uow.tx, id)
    change = _for_seller(uow, contract, version) if uow.actor.can(Permission.CONTRACT_SELL, contract) else _for_buyer(uow, contract, version)
    if digest and digest != digest_of(contract):
        raise Stale(id)
    confirmed = _save(uow, change)
    return _in_force(uow, confirmed) if confirmed.seller_at and confirmed.buyer_at else confirmed


def _for_seller(uow: UnitOfWork, contract: Contract, version: int) -> Change[Contract]:
    _require_silence(contract.seller_at)
    said: dict[str, Any] = {"seller_at": uow.now, "seller_by": uow.actor.account_id, "text_digest": digest_of(contract)}
    return WORKFLOW.step("confirm_for_seller", contract, version, at=uow.now, **said)


def _for_buyer(uow: UnitOfWork, contract: Contract, version: int) -> Change[Contract]:
    uow.actor.require(Permission.CONTRACT_BUY, contract)
    _require_silence(contract.buyer_at)
    said: dict[str, Any] = {"buyer_at": uow.now, "buyer_by": uow.actor.account_id, "text_digest": digest_of(contract)}
    return WORKFLOW.step("confirm_for_buyer", contract, version, at=uow.now, **said)


def _require_silence(said: datetime | None) -> None:
    if said is not None:
        raise Refused(label("Your side has confirmed it already."))


def _in_force(uow: UnitOfWork, confirmed: Contract) -> Contract:
    """The code under which its paper can be checked is nobody's to guess."""
    today = local_day(uow.now)
    trial = today + timedelta(days=confirmed.trial_days or 0) if confirmed.price_mode is PriceMode.TRIAL else None
    dates: dict[str, Any] = {"signed_on": today, "trial_until": trial, "check_code": secrets.token_urlsafe(15)}
    contract = _save(uow, WORKFLOW.step("come_into_force", confirmed, confirmed.version, at=uow.now, **dates))
    keep_version(uow, contract, text_of(contract, ContractText))
    return contract


def cancel_contract(uow: UnitOfWork, id: str, version: int, reason: str) -> Contract:
    """Before both have confirmed, either side may step back and says why."""
    return _step(uow, "cancel", id, version, reason=reason, ended_at=uow.now)


def declare_end(uow: UnitOfWork, id: str, version: int, reason: str) -> Contract:
    """One side alone, by its own word and reason; the other is told, and whether it may is between the two."""
    return _end(uow, "declare_end", id, version, reason=reason, end_kind=EndKind.DECLARED)


def keep_after_trial(uow: UnitOfWork, id: str, version: int) -> Contract:
    """先用后转: the buyer keeps it, and pays as agreed."""
    _require_trial(_theirs(uow, "keep", id))
    return _step(uow, "keep", id, version, trial_kept_at=uow.now)


def step_back(uow: UnitOfWork, id: str, version: int, reason: str) -> Contract:
    """先用后转: the buyer gives it back and says why; nothing more is due."""
    _require_trial(_theirs(uow, "step_back", id))
    return _end(uow, "step_back", id, version, reason=reason, end_kind=EndKind.STEPPED_BACK)


def _theirs(uow: UnitOfWork, verb: str, id: str) -> Contract:
    """Whether it is theirs to do comes before whether it can be done."""
    contract = get_contract(uow.tx, id)
    uow.actor.require(WORKFLOW.steps[verb].needs, contract)
    return contract


def _require_trial(contract: Contract) -> None:
    if not contract.on_trial:
        raise Refused(label("There is no trial, or it was decided already."))


def accept_contract(uow: UnitOfWork, id: str, version: int, words: str) -> Contract:
    """The buyer takes the whole as agreed. Raises Refused while a milestone is open or a trial runs."""
    contract = _theirs(uow, "accept", id)
    if contract.on_trial:
        raise Refused(label("Decide about the trial first."))
    if count_open_stages(uow.tx, id):
        raise Refused(label("A milestone is still open."))
    if not words.strip():
        raise Invalid({"words": label("Fill this in.")})
    return _end(uow, "accept", id, version, accepted_words=words.strip())


def _end(uow: UnitOfWork, verb: str, id: str, version: int, *, reason: str = "", **changes: Any) -> Contract:
    """What was still proposed is so no more."""
    drop_working_copy(uow, id)
    proposed = {"amendment": Amendment.NONE, "amendment_by": "", "amendment_reason": ""}
    return _step(uow, verb, id, version, reason=reason, ended_at=uow.now, **proposed, **changes)


def _step(uow: UnitOfWork, verb: str, id: str, version: int, *, reason: str = "", **changes: Any) -> Contract:
    contract = get_contract(uow.tx, id)
    uow.actor.require(WORKFLOW.steps[verb].needs, contract)
    return _save(uow, WORKFLOW.step(verb, contract, version, at=uow.now, reason=reason, **changes))


def keep_paper(uow: UnitOfWork, contract: Contract, digest: str) -> Contract:
    """Its paper is fixed: any other file is another file."""
    return _save(uow, edited(contract, contract.version, at=uow.now, verb="fix-paper", paper_digest=digest))


def _save(uow: UnitOfWork, change: Change[Contract]) -> Contract:
    save_contract(uow.tx, change)
    uow.record(change)
    return change.after
