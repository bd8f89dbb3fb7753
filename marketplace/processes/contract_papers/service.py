"""Both confirm the very text; with the second word the paper is fixed and the stages begin. What was agreed is changed by both, too."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from marketplace.domains.contracts.model import Amendment, Contract, ContractText, EndKind, Part
from marketplace.domains.contracts.repository import get_contract, save_contract
from marketplace.domains.contracts.service import CONDITIONS, confirm_contract, digest_of, keep_paper
from marketplace.domains.milestones.repository import list_milestones
from marketplace.domains.milestones.service import Frame, create_milestones, drop_milestones
from marketplace.kernel.contract_clauses import price_faults
from marketplace.kernel.errors import Invalid, Refused, Stale
from marketplace.kernel.files import Checked
from marketplace.kernel.first_refusals import list_to_ask
from marketplace.kernel.guards import hold, paper_guard
from marketplace.kernel.labels import Label, label
from marketplace.kernel.money import shared_out
from marketplace.kernel.permission import Permission
from marketplace.kernel.revisions import content_of, drop_working_copy, find_working_copy, keep_version, keep_working_copy, read_text
from marketplace.kernel.stored_file import Access, stored_file
from marketplace.kernel.technology_contracts import Stage, faults_of_terms
from marketplace.kernel.trading import binds
from marketplace.kernel.unit_of_work import UnitOfWork
from marketplace.kernel.workdays import local_day
from marketplace.kernel.workflow import Change
from marketplace.processes.contract_papers.document import paper_of
from marketplace.processes.contract_papers.model import AMENDING, ENDING, Paperwork, Press, Printed
from marketplace.processes.contract_papers.repository import add_paper, gather, list_open_offers

SETTLED: dict[str, Any] = {"amendment_by": "", "amendment_reason": ""}
TOO_LATE = label("This step is not open any more: somebody may have been faster.")


def confirm_text(uow: UnitOfWork, id: str, version: int, digest: str) -> Contract:
    """One side's word on the text of `digest`; the second one makes it binding. Its paper is printed after the commit.

    Raises Refused while a clause is missing or somebody who was offered it first may still answer, Stale for another text."""
    contract = get_contract(uow.tx, id)
    if missing := gather(uow.tx, contract).missing:
        raise Refused(label("%(n)d clauses are still missing; write them first."), n=len(missing))
    if list_open_offers(uow.tx, id, local_day(uow.now)):
        raise Refused(label("Somebody who made it was offered it first and has not answered yet."))
    confirmed = confirm_contract(uow, id, version, digest)
    if confirmed.is_bound:
        _stage(uow, confirmed)
    return confirmed


def print_paper(work: Paperwork, press: Press) -> Printed:
    """Of the text that both confirmed, at any time and outside of every transaction: it takes most of a second. Raises Refused for a draft."""
    contract = work.contract
    if not contract.is_bound:
        raise Refused(label("Both have to confirm it first."))
    file = Checked(f"{contract.number}.pdf", "application/pdf", paper_of(work, press, contract.updated_at))
    return Printed(contract.text_digest, file, press.files.keep(file))


def fix_paper(uow: UnitOfWork, id: str, printed: Printed) -> Contract:
    """Once for each text, whoever else asks for it at the same time. Raises Stale for the paper of another text."""
    hold(uow.tx, paper_guard(id))
    contract = get_contract(uow.tx, id)
    if contract.text_digest != printed.text_digest:
        raise Stale(id)
    if contract.paper_digest:
        return contract
    try:
        kept = keep_paper(uow, contract, printed.file.digest)
    except Stale:
        return _fixed_meanwhile(uow, id)
    add_paper(uow.tx, id, stored_file(uow.new_id(), printed.file, printed.place, Access.MAKERS, uow.now))
    return kept


def _fixed_meanwhile(uow: UnitOfWork, id: str) -> Contract:
    """An engine that lets two go on until they commit shows the other's paper here. Raises Stale for any other change."""
    contract = get_contract(uow.tx, id)
    if not contract.paper_digest:
        raise Stale(id)
    return contract


def _stage(uow: UnitOfWork, contract: Contract) -> None:
    """Milestones from the stages of the text. What was accepted stays as it was; the rest of the price is shared out among the others."""
    before = list_milestones(uow.tx, contract.id)
    kept = {one.name: one for one in before if one.is_accepted}
    drop_milestones(uow, [one for one in before if not one.is_accepted])
    todo = [stage for stage in contract.stages if stage.name not in kept]
    rest = (contract.total_fen or 0) - sum(one.amount_fen for one in kept.values())
    amounts = shared_out(rest, [stage.share for stage in todo]) if sum(stage.share for stage in todo) else tuple(0 for _ in todo)
    start = contract.signed_on or local_day(uow.now)
    stages = [(replace(stage, amount_fen=fen), _due(start, stage)) for stage, fen in zip(todo, amounts, strict=True)]
    first = max((one.ordinal for one in kept.values()), default=0) + 1
    create_milestones(uow, Frame(contract.id, contract.number, contract.seller.id, contract.buyer.id, first), stages)


def _due(start: date, stage: Stage) -> date:
    return start + timedelta(days=stage.days)


def propose_change(uow: UnitOfWork, id: str, version: int, text: ContractText, reason: str) -> Contract:
    """Whoever binds one side writes another text; the contract stands as it is until the other side agrees."""
    contract = get_contract(uow.tx, id)
    uow.actor.require(Permission.CONTRACT_CHANGE, contract)
    if faults := faults_of_terms(text, patented=contract.patented) | price_faults(text) | _faults_of_stages(uow, contract, text):
        raise Invalid(faults)
    if text == ContractText(**content_of_contract(contract)):
        raise Invalid({"change_reason": label("Nothing differs from the present text.")})
    if faults := _faults_of_asking(uow, contract, text):
        raise Invalid(faults)
    change = AMENDING.step("propose_change", contract, version, at=uow.now, **_proposed(uow, contract, reason))
    keep_working_copy(uow, contract, text)
    return _save(uow, change)


def content_of_contract(contract: Contract) -> dict[str, Any]:
    """The part of it that both write."""
    return {name: getattr(contract, name) for name in ContractText.__dataclass_fields__}


def _faults_of_stages(uow: UnitOfWork, contract: Contract, text: ContractText) -> dict[str, Label]:
    """What has been accepted stays with its share, and the price is no less than what that came to."""
    kept = [one for one in list_milestones(uow.tx, contract.id) if one.is_accepted]
    named = {(stage.name, stage.share) for stage in text.stages}
    if any((one.name, one.share) not in named for one in kept):
        return {"stages": label("A milestone that is accepted stays as it is.")}
    if sum(one.amount_fen for one in kept) > (text.total_fen or 0):
        return {"total_fen": label("More than this has been accepted already.")}
    return {}


def _faults_of_asking(uow: UnitOfWork, contract: Contract, text: ContractText) -> dict[str, Label]:
    """On other conditions than those who made it were asked about, nothing is transferred to a stranger (Civil Code, article 847)."""
    said = {name: getattr(text, name) for name in sorted(CONDITIONS)}
    moved = [name for name, value in said.items() if getattr(contract, name) != value]
    if not moved or not list_to_ask(uow.tx, replace(contract, **said)):
        return {}
    field = "contract_kind" if "contract_kind" in moved else moved[0]
    return {field: label("Those who made it have to be asked first whether they take it on these terms: end this contract and make a new one.")}


def _proposed(uow: UnitOfWork, contract: Contract, reason: str, field: str = "change_reason") -> dict[str, Any]:
    if not reason.strip():
        raise Invalid({field: label("Give the reason: it is shown to those concerned.")})
    by = Part.SELLER if binds(contract.seller) in uow.actor.tokens else Part.BUYER
    return {"amendment_by": by, "amendment_reason": reason.strip()}


def agree_change(uow: UnitOfWork, id: str, version: int) -> Contract:
    """The other side's word: the proposed text is the contract's from now on, the old one and its paper are kept beside it."""
    contract = get_contract(uow.tx, id)
    uow.actor.require(Permission.CONTRACT_AGREE, contract)
    working = find_working_copy(uow.tx, id)
    if working is None:
        raise Refused(TOO_LATE)
    text = read_text(working, ContractText)
    if faults := _faults_of_stages(uow, contract, text) | _faults_of_asking(uow, contract, text):
        raise Refused(next(iter(faults.values())))
    change = AMENDING.step("agree_change", contract, version, at=uow.now, **content_of(text), **SETTLED)
    change = replace(change, after=replace(change.after, text_digest=digest_of(change.after), paper_digest=""))
    drop_working_copy(uow, id)
    keep_version(uow, change.after, text)
    agreed = _save(uow, change)
    _stage(uow, agreed)
    return agreed


def propose_end(uow: UnitOfWork, id: str, version: int, reason: str) -> Contract:
    """Whoever binds one side asks the other to end it together."""
    contract = get_contract(uow.tx, id)
    uow.actor.require(Permission.CONTRACT_CHANGE, contract)
    said = _proposed(uow, contract, reason, "reason")
    return _save(uow, AMENDING.step("propose_end", contract, version, at=uow.now, reason=reason, **said))


def agree_end(uow: UnitOfWork, id: str, version: int) -> Contract:
    """Both want to end it: it ends for the reason that was proposed."""
    contract = get_contract(uow.tx, id)
    uow.actor.require(Permission.CONTRACT_AGREE, contract)
    if contract.amendment is not Amendment.END:
        raise Refused(TOO_LATE)
    said: dict[str, Any] = {"ended_at": uow.now, "end_kind": EndKind.AGREED, "amendment": Amendment.NONE}
    return _save(uow, ENDING.step("agree_end", contract, version, at=uow.now, **said, **SETTLED))


def decline_proposal(uow: UnitOfWork, id: str, version: int, reason: str) -> Contract:
    """The other side says no, and why; the contract stands as it was."""
    contract = get_contract(uow.tx, id)
    uow.actor.require(Permission.CONTRACT_AGREE, contract)
    drop_working_copy(uow, id)
    return _save(uow, AMENDING.step("decline", contract, version, at=uow.now, reason=reason, **SETTLED))


def take_proposal_back(uow: UnitOfWork, id: str, version: int) -> Contract:
    """Whoever proposed it, before the other side has answered."""
    contract = get_contract(uow.tx, id)
    uow.actor.require(Permission.CONTRACT_TAKE_BACK, contract)
    drop_working_copy(uow, id)
    return _save(uow, AMENDING.step("take_back", contract, version, at=uow.now, **SETTLED))


def _save(uow: UnitOfWork, change: Change[Contract]) -> Contract:
    save_contract(uow.tx, change)
    uow.record(change)
    return change.after
