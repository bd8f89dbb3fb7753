"""What may be done with the money of a contract: record, confirm and share out at once, object, cancel out, share what has waited."""

from dataclasses import replace
from typing import Any

from marketplace.domains.contracts.repository import get_contract
from marketplace.domains.ledger.model import Receipt
from marketplace.domains.ledger.repository import get_book
from marketplace.domains.ledger.service import live_postings, post_receipt, reverse_posting
from marketplace.domains.payments.model import COUNTED, WORKFLOW, Kind, Payment, PaymentText, Status
from marketplace.domains.payments.repository import create_payment_node, get_payment, hold_money, list_payments, list_waiting_ids, save_payment
from marketplace.kernel.errors import Invalid, Refused
from marketplace.kernel.files import Checked
from marketplace.kernel.labels import label
from marketplace.kernel.permission import Permission
from marketplace.kernel.permissions import SYSTEM
from marketplace.kernel.revisions import content_of, text_of
from marketplace.kernel.stored_file import Access, stored_file
from marketplace.kernel.unit_of_work import UnitOfWork
from marketplace.kernel.workdays import local_day
from marketplace.kernel.workflow import Change, created
from marketplace.processes.income.model import faults_of, is_open, is_over, left_of
from marketplace.processes.income.repository import add_file

MOST_AT_ONCE = 50


def record_payment(uow: UnitOfWork, contract_id: str, text: PaymentText, file: tuple[Checked, str] | None = None) -> Payment:
    """By the buyer. Raises Invalid at the field, Refused where the contract is not in force. A file lies in the store already."""
    contract = get_contract(uow.tx, contract_id)
    uow.actor.require(Permission.PAYMENT_RECORD, contract)
    hold_money(uow.tx, contract_id)
    if not is_open(contract, text.kind):
        raise Refused(label("Payments are recorded under a contract in force."))
    if faults := faults_of(contract, text, list_payments(uow.tx, contract_id), local_day(uow.now)):
        raise Invalid(faults)
    signed = replace(text, amount_fen=-text.amount_fen) if text.kind is Kind.REFUND else replace(text, refunds_id="")
    parties: dict[str, Any] = {"seller_kind": contract.seller.kind, "seller_id": contract.seller.id, "enterprise_id": contract.seller.enterprise_id,
               "buyer_id": contract.buyer.id, "title": contract.title}  # fmt: skip
    payment = _enter(uow, contract_id, signed, parties)
    if file:
        add_file(uow.tx, payment.id, stored_file(uow.new_id(), *file, Access.MAKERS, uow.now))
    return payment


def _enter(uow: UnitOfWork, contract_id: str, text: PaymentText, parties: dict[str, Any], *, counters_id: str = "", reason: str = "") -> Payment:
    payment = Payment(
        **content_of(text), **parties, id=uow.new_id(), number=uow.next_number("FK"), contract_id=contract_id, recorded_by=uow.actor.account_id,
        counters_id=counters_id, reason=reason, created_at=uow.now, updated_at=uow.now,
    )  # fmt: skip
    create_payment_node(uow.tx, payment)
    uow.record(created(payment, at=uow.now, verb="record"))
    return payment


def confirm_payment(uow: UnitOfWork, id: str, version: int) -> Payment:
    """It arrived: confirmed and shared out in one transaction. Without a unit's rule the sharing waits."""
    payment = get_payment(uow.tx, id)
    uow.actor.require(Permission.PAYMENT_CONFIRM, payment)
    hold_money(uow.tx, payment.contract_id)
    payment = get_payment(uow.tx, id)
    change = WORKFLOW.step("confirm", payment, version, at=uow.now, confirmed_by=uow.actor.account_id, confirmed_at=uow.now)
    _require_room(uow, payment)
    is_posted = _cancel_out(uow, payment) if payment.counters_id else _share_out(uow, payment)
    return _save(uow, replace(change, after=replace(change.after, posted_at=uow.now)) if is_posted else change)


def _require_room(uow: UnitOfWork, payment: Payment) -> None:
    """What was recorded after this one, while it was objected to, may have taken its place."""
    others = [one for one in list_payments(uow.tx, payment.contract_id) if one.id != payment.id]
    arrived = [one for one in others if one.status is Status.CONFIRMED]
    if payment.amount_fen > 0 and is_over(get_contract(uow.tx.seen_by((SYSTEM,)), payment.contract_id), payment.kind, payment.amount_fen, arrived):
        raise Refused(label("With it more would have arrived than the contract's total."))
    of = next((one for one in others if one.id == payment.refunds_id), None)
    if of and not payment.counters_id and left_of(of, others, {Status.CONFIRMED}) + payment.amount_fen < 0:
        raise Refused(label("More would be given back than was paid."))


def _share_out(uow: UnitOfWork, payment: Payment) -> bool:
    receipt = Receipt(payment.contract_id, payment.id, payment.refunds_id or payment.id, payment.kind, payment.amount_fen, payment.paid_on)
    return post_receipt(uow, get_book(uow.tx.seen_by((SYSTEM,)), payment.contract_id), receipt) is not None


def _cancel_out(uow: UnitOfWork, payment: Payment) -> bool:
    """What the wrong record brought into the ledger is reversed. Raises Refused where some of it was given back since."""
    wrong = get_payment(uow.tx, payment.counters_id)
    live = live_postings(uow, payment.contract_id, wrong.refunds_id or wrong.id)
    mine = [one for one in live if one.payment_id == wrong.id]
    if mine and live[-1].id != mine[-1].id:
        raise Refused(label("Something was given back of it meanwhile: cancel that out first."))
    book = get_book(uow.tx.seen_by((SYSTEM,)), payment.contract_id)
    for one in reversed(mine):
        reverse_posting(uow, book, one, payment.reason, payment.id)
    return bool(mine)


def dispute_payment(uow: UnitOfWork, id: str, version: int, reason: str) -> Payment:
    """The seller says that it did not arrive, or not so, and why."""
    payment = get_payment(uow.tx, id)
    uow.actor.require(Permission.PAYMENT_CONFIRM, payment)
    hold_money(uow.tx, payment.contract_id)
    return _save(uow, WORKFLOW.step("dispute", payment, version, at=uow.now, reason=reason))


def counter_payment(uow: UnitOfWork, id: str, version: int, reason: str) -> Payment:
    """A wrong record is never edited: another one with the other sign stands against it. One that had arrived waits for the seller's word again."""
    hold_money(uow.tx, get_payment(uow.tx, id).contract_id)
    wrong = get_payment(uow.tx, id)
    uow.actor.require(Permission.PAYMENT_COUNTER, wrong)
    if not reason.strip():
        raise Invalid({"reason": label("Give the reason: it is shown to those concerned.")})
    others = list_payments(uow.tx, wrong.contract_id)
    if wrong.counters_id or any(one.counters_id == id and one.status in COUNTED for one in others):
        raise Refused(label("It is cancelled out already, or cancels out another one."))
    if wrong.amount_fen > 0 and left_of(wrong, others, COUNTED) < wrong.amount_fen:
        raise Refused(label("Something was given back of it meanwhile: cancel that out first."))
    text = replace(text_of(wrong, PaymentText), amount_fen=-wrong.amount_fen)
    parties = {name: getattr(wrong, name) for name in ("seller_kind", "seller_id", "enterprise_id", "buyer_id", "title")}
    against = _enter(uow, wrong.contract_id, text, parties, counters_id=wrong.id, reason=reason.strip())
    if wrong.status is Status.CONFIRMED:
        return against
    _save(uow, WORKFLOW.step("counter", wrong, version, at=uow.now, reason=reason))
    return _save(uow, WORKFLOW.step("counter", against, against.version, at=uow.now, reason=reason))


def share_waiting(uow: UnitOfWork, id: str, version: int) -> Payment:
    """By who keeps the books, once the unit has a rule for its day. Raises Refused where it has none."""
    payment = get_payment(uow.tx, id)
    uow.actor.require(Permission.PAYMENT_CONFIRM, payment)
    hold_money(uow.tx, payment.contract_id)
    if not _still_waits(uow, payment):
        raise Refused(label("It is shared out already."))
    change = WORKFLOW.step("share", payment, version, at=uow.now, posted_at=uow.now)
    if not _share_out(uow, payment):
        raise Refused(label("There is no rule of the unit for this day yet."))
    return _save(uow, change)


def _still_waits(uow: UnitOfWork, payment: Payment) -> bool:
    """Under the guard: neither shared out, nor cancelled out meanwhile."""
    others = list_payments(uow.tx, payment.contract_id)
    gone = any(one.counters_id == payment.id and one.status is Status.CONFIRMED for one in others)
    return not (payment.posted_at or payment.counters_id or gone)


def share_all_waiting(uow: UnitOfWork) -> int:
    """What the calendar does: whatever waited for a rule that is there now. Returns how many; a batch at a time."""
    done = 0
    for id in list_waiting_ids(uow.tx):
        if done == MOST_AT_ONCE:
            break
        payment = get_payment(uow.tx, id)
        hold_money(uow.tx, payment.contract_id)
        if _still_waits(uow, payment) and _share_out(uow, payment):
            _save(uow, WORKFLOW.step("share", payment, payment.version, at=uow.now, posted_at=uow.now))
            done += 1
    return done


def _save(uow: UnitOfWork, change: Change[Payment]) -> Payment:
    save_payment(uow.tx, change)
    uow.record(change)
    return change.after
