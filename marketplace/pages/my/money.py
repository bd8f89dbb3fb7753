"""What waits for somebody about money: payments to confirm, objections to answer, to countersign, to decide about; and what the year has brought."""

from collections.abc import Iterator
from datetime import datetime, time
from typing import Any

from flask import url_for
from flask_babel import gettext as _

from graph.connection import Transaction
from marketplace.domains.objections.model import Objection
from marketplace.domains.objections.model import Status as ObjectionStatus
from marketplace.domains.objections.repository import list_waiting
from marketplace.domains.payments.model import Status
from marketplace.kernel.actor import Actor
from marketplace.kernel.permissions import LEADS, MAKER, OFFICER_OF
from marketplace.kernel.workdays import SHANGHAI, local_day
from marketplace.pages.desk.words import deadline_of
from marketplace.processes.income.repository import WaitingPayment, list_waiting_for, sum_own_lines
from marketplace.web.words import day, yuan

Said = dict[str, Any]
"""The fields of a line of My work."""


def money_lines(tx: Transaction, actor: Actor, now: datetime) -> Iterator[Said]:
    """By whose word is missing: the keeper's, the contributor's, the union's."""
    keeps = [token for token in actor.tokens if token.startswith((LEADS, MAKER))]
    yield from (payment_line(one) for one in list_waiting_for(tx, keeps, Status.RECORDED))
    asked = list_waiting(tx, (ObjectionStatus.OPEN, ObjectionStatus.UPHELD, ObjectionStatus.TO_COSIGN), keeps)
    theirs = (one for one in asked if one.worker_id != actor.worker_id and set(one.keepers) & actor.tokens)
    yield from (objection_line(one, _("To answer"), now) for one in theirs)
    mine = list_waiting(tx, (ObjectionStatus.KEPT,), [MAKER + actor.worker_id]) if actor.worker_id else []
    yield from (objection_line(one, _("Answered"), now) for one in mine)
    if actor.is_officer:
        above = [token for token in actor.tokens if token.startswith(OFFICER_OF)]
        yield from (objection_line(one, _("Complaint"), now) for one in list_waiting(tx, (ObjectionStatus.REFERRED,), above))


def payment_line(one: WaitingPayment) -> Said:
    note = _("%(number)s, %(sum)s yuan", number=one.number, sum=yuan(one.amount_fen))
    url = url_for("income.money", id=one.contract_id, _anchor=f"payment-{one.id}")
    return {
        "due_words": day(one.created_at), "tone": "due", "matter": _("To confirm"), "title": one.title, "note": note, "url": url,
        "act": _("Look at it"),
        "due": one.created_at, "kind": "listing",
    }  # fmt: skip


def objection_line(one: Objection, matter: str, now: datetime) -> Said:
    ends = datetime.combine(one.due_on, time.max, SHANGHAI)
    deadline = deadline_of(ends, now)
    note = _("%(number)s, objection to %(sum)s yuan", number=one.number, sum=yuan(one.amount_fen))
    return {
        "due_words": deadline.words, "tone": deadline.tone, "matter": matter, "title": one.title, "note": note,
        "url": url_for("objections.detail", id=one.id), "act": _("Look at it"), "due": ends, "kind": "worker",
    }  # fmt: skip


def income_figure(tx: Transaction, actor: Actor, now: datetime) -> Said | None:
    """For whoever has a line this year."""
    began = datetime(local_day(now).year, 1, 1, tzinfo=SHANGHAI)
    year = sum_own_lines(tx, actor.worker_id, began) if actor.worker_id else None
    if year is None or not year.lines:
        return None
    note = _("%(n)s lines of %(contracts)s contracts", n=year.lines, contracts=year.contracts)
    return {
        "label": _("Income of this year, before tax"),
        "value": yuan(year.amount_fen),
        "note": note,
        "url": url_for("income.mine"),
        "unit": _("yuan"),
    }
