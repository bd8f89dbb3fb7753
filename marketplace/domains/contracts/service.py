"""What may be done with contracts. Each call is one transaction, retried as a whole."""

from datetime import datetime

from marketplace.domains.contracts.model import WORKFLOW, Contract, ContractText, Origin, Side
from marketplace.domains.contracts.repository import create_contract_node, get_contract, save_contract
from marketplace.kernel.errors import Refused
from marketplace.kernel.labels import label
from marketplace.kernel.permission import Permission
from marketplace.kernel.revisions import content_of
from marketplace.kernel.unit_of_work import UnitOfWork
from marketplace.kernel.workdays import local_day
from marketplace.kernel.workflow import Change, created


def draft_contract(uow: UnitOfWork, text: ContractText, seller: Side, buyer: Side, origin: Origin) -> Contract:
    """From what was agreed elsewhere (an accepted offer, an auction, a challenge), which has asked whether it may. Raises Refused for one's own."""
    if seller.id == buyer.id:
        raise Refused(label("Nobody makes a contract with themselves."))
    contract = Contract(
        **content_of(text), id=uow.new_id(), number=uow.next_number("HT"), created_at=uow.now, updated_at=uow.now, seller=seller, buyer=buyer,
        origin_kind=origin.kind, origin_id=origin.id, listing_id=origin.listing_id, achievement_id=origin.achievement_id, need_id=origin.need_id,
    )  # fmt: skip
    create_contract_node(uow.tx, contract, origin)
    uow.record(created(contract, at=uow.now, verb="draft"))
    return contract


def confirm_contract(uow: UnitOfWork, id: str, version: int) -> Contract:
    """By whoever acts for one side, for that side alone; the second word brings it into force. Raises Refused for a side that has confirmed."""
    contract = get_contract(uow.tx, id)
    change = _for_seller(uow, contract, version) if uow.actor.can(Permission.CONTRACT_SELL, contract) else _for_buyer(uow, contract, version)
    save_contract(uow.tx, change)
    uow.record(change)
    return _in_force(uow, change.after) if change.after.seller_at and change.after.buyer_at else change.after


def _for_seller(uow: UnitOfWork, contract: Contract, version: int) -> Change[Contract]:
    _require_silence(contract.seller_at)
    return WORKFLOW.step("confirm_for_seller", contract, version, at=uow.now, seller_at=uow.now, seller_by=uow.actor.account_id)


def _for_buyer(uow: UnitOfWork, contract: Contract, version: int) -> Change[Contract]:
    uow.actor.require(Permission.CONTRACT_BUY, contract)
    _require_silence(contract.buyer_at)
    return WORKFLOW.step("confirm_for_buyer", contract, version, at=uow.now, buyer_at=uow.now, buyer_by=uow.actor.account_id)


def _require_silence(said: datetime | None) -> None:
    if said is not None:
        raise Refused(label("Your side has confirmed it already."))


def _in_force(uow: UnitOfWork, confirmed: Contract) -> Contract:
    change = WORKFLOW.step("come_into_force", confirmed, confirmed.version, at=uow.now, signed_on=local_day(uow.now))
    save_contract(uow.tx, change)
    uow.record(change)
    return change.after


def cancel_contract(uow: UnitOfWork, id: str, version: int, reason: str) -> Contract:
    """Before both have confirmed, either side may step back and says why."""
    contract = get_contract(uow.tx, id)
    change = WORKFLOW.step("cancel", contract, version, at=uow.now, reason=reason, ended_at=uow.now)
    uow.actor.require(WORKFLOW.steps["cancel"].needs, contract)
    save_contract(uow.tx, change)
    uow.record(change)
    return change.after
