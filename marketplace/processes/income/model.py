"""What a payment must keep to: the way of paying, the total, the days, and what was given back already."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from marketplace.domains.contracts.model import Contract, Status
from marketplace.domains.payments.model import COUNTED, Kind, Payment, PaymentText, kinds_of
from marketplace.domains.payments.model import Status as PaymentStatus
from marketplace.kernel.labels import Label, label

PAYABLE = frozenset({Status.IN_FORCE, Status.FULFILLED})
"""Royalties and last instalments are often paid after the acceptance."""
GIVES_BACK = PAYABLE | {Status.TERMINATED}
LUMP = frozenset({Kind.ENTRY_FEE, Kind.INSTALMENT})
"""What the contract's total is the bound of."""


def is_open(contract: Contract, kind: Kind) -> bool:
    return contract.status in (GIVES_BACK if kind is Kind.REFUND else PAYABLE)


def faults_of(contract: Contract, text: PaymentText, payments: Iterable[Payment], today: date) -> dict[str, Label]:
    """Field → what is wrong with a record. `amount_fen` is as it was typed, without a sign."""
    payments = list(payments)
    if text.kind not in kinds_of(contract):
        return {"kind": label("This contract's way of paying knows no such payment.")}
    if text.amount_fen <= 0:
        return {"amount_fen": label("An amount of more than nought.")}
    if not 0 <= text.stage <= len(contract.stages):
        return {"stage": label("Choose one of the list.")}
    if text.paid_on > today:
        return {"paid_on": label("The day lies in the future.")}
    if contract.signed_on and text.paid_on < contract.signed_on:
        return {"paid_on": label("The day lies before the contract came into force.")}
    if text.kind is Kind.REFUND:
        return _faults_of_refund(text, payments)
    if is_over(contract, text.kind, text.amount_fen, payments):
        return {"amount_fen": label("Together with what is recorded this is more than the contract's total.")}
    return {}


def _faults_of_refund(text: PaymentText, payments: list[Payment]) -> dict[str, Label]:
    of = next((one for one in refundable(payments) if one.id == text.refunds_id), None)
    if of is None:
        return {"refunds_id": label("Say which payment is given back.")}
    if text.amount_fen > left_of(of, payments, COUNTED):
        return {"amount_fen": label("More than is left of that payment.")}
    return {}


def refundable(payments: Iterable[Payment]) -> list[Payment]:
    """What arrived and was not cancelled out, nor is about to be."""
    payments = list(payments)
    gone = {one.counters_id for one in payments if one.counters_id and one.status in COUNTED}
    arrived = (one for one in payments if one.status is PaymentStatus.CONFIRMED and one.amount_fen > 0)
    return [one for one in arrived if one.id not in gone and not one.counters_id and left_of(one, payments, COUNTED) > 0]


def left_of(payment: Payment, payments: Iterable[Payment], counted: Any) -> int:
    """Of a payment, after what was given back of it; a refund that was cancelled out was none."""
    payments = list(payments)
    undone = {one.counters_id for one in payments if one.counters_id and one.status is PaymentStatus.CONFIRMED}
    back = (one for one in payments if one.refunds_id == payment.id and not one.counters_id and one.status in counted and one.id not in undone)
    return payment.amount_fen + sum(one.amount_fen for one in back)


def is_over(contract: Contract, kind: Kind, amount_fen: int, payments: Iterable[Payment]) -> bool:
    """More than the lump sum, with all that may yet arrive and less only what certainly went back. Royalties have no bound."""
    if contract.total_fen is None or kind not in LUMP:
        return False
    payments = list(payments)
    royalties = {one.id for one in payments if one.kind is Kind.ROYALTY}
    lump = [one for one in payments if one.kind is not Kind.ROYALTY and one.refunds_id not in royalties and one.status in COUNTED]
    paid = sum(one.amount_fen for one in lump if one.amount_fen > 0 or one.status is PaymentStatus.CONFIRMED)
    return paid + amount_fen > contract.total_fen
