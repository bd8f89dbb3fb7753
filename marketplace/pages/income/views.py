"""The money of a contract for its parties, and my income for whoever has a line somewhere."""

from collections.abc import Sequence
from io import BytesIO
from typing import Any

from flask import Blueprint, redirect, request, send_file, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from graph.connection import Transaction
from marketplace.domains.contracts.model import STATUS_LABELS as CONTRACT_LABELS
from marketplace.domains.ledger.model import faults_of
from marketplace.domains.ledger.repository import find_rule, get_posting, list_editions, list_entries, list_postings
from marketplace.domains.objections.repository import list_objections
from marketplace.domains.payments.model import KIND_LABELS, STAGE_LABELS, STAGE_TONES, STATUS_LABELS, STATUS_TONES, WORKFLOW, Kind, Status, stages_of
from marketplace.domains.payments.repository import list_payments
from marketplace.kernel.audit import record_act
from marketplace.kernel.errors import Problem
from marketplace.kernel.income import ACCOUNT_LABELS
from marketplace.kernel.labels import label
from marketplace.kernel.permission import Permission
from marketplace.kernel.tables import write_csv, write_xlsx
from marketplace.kernel.technology_contracts import CONTRACT_LABELS as CONTRACT_KINDS
from marketplace.kernel.unit_of_work import UnitOfWork
from marketplace.kernel.workdays import local_day
from marketplace.pages.income.show import Ledger, OwnShown, ledger_of, own_rows, shares_table
from marketplace.processes.income.model import is_open
from marketplace.processes.income.repository import get_deal, list_files, list_own_lines, list_shares_now, names_of
from marketplace.web.access import requires
from marketplace.web.door import change_each_time, read, show
from marketplace.web.identity import current_actor
from marketplace.web.site import current_site
from marketplace.web.words import day, translated, yuan

room = Blueprint("income", __name__)
WRITERS = {"csv": (write_csv, "text/csv"), "xlsx": (write_xlsx, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")}


@room.get("/contracts/<id>/money")
@requires(Permission.PAYMENT_READ)
def money(id: str) -> ResponseReturnValue:
    return show("income/money.html", **read(_money, id))


def _money(tx: Transaction, id: str) -> dict[str, Any]:
    """One read for the whole page. Of the ledger each sees what is theirs: the buyer nothing, a contributor their own lines."""
    actor, now = current_actor(), current_site().clock.now()
    contract, book = get_deal(tx, id)
    payments, entries = list_payments(tx, id), list_entries(tx, id)
    keeps = actor.can(Permission.LEDGER_KEEP, book)
    ledger = ledger_of(tx, list_postings(tx, id), entries, list_objections(tx, id), list_shares_now(tx, id) if entries else (), now)
    undone = {one.counters_id for one in payments if one.counters_id and one.status in (Status.CONFIRMED, Status.COUNTERED)}
    return {
        "contract": contract, "book": book, "payments": payments, "undone": undone, "keeps": keeps, "ledger": ledger, "accounts": ACCOUNT_LABELS,
        "chosen": ledger.chosen(request.args.get("posting", "")[:40]), "faults": faults_of(entries) if keeps else [], "count": len(entries),
        "stages": stages_of(contract, contract.signed_on, payments, local_day(now)), "kinds": KIND_LABELS, "statuses": STATUS_LABELS,
        "tones": STATUS_TONES, "stage_words": STAGE_LABELS, "stage_tones": STAGE_TONES, "contract_words": CONTRACT_LABELS[contract.status],
        "contract_kind": CONTRACT_KINDS[contract.contract_kind],
        "steps": {one.id: _steps(one) for one in payments}, "files": {one.id: list_files(tx, one.id) for one in payments},
        "may_record": actor.can(Permission.PAYMENT_RECORD, contract) and any(is_open(contract, kind) for kind in Kind),
        "waiting": [one for one in payments if one.status is Status.CONFIRMED and not (one.posted_at or one.counters_id or one.id in undone)],
        "names": names_of(tx, [entry.account_id for entry in entries]), **(_grounds(tx, book, local_day(now)) if keeps else {}),
    }  # fmt: skip


def _steps(payment: Any) -> list[Any]:
    """Of what is confirmed only the sharing out is left, and that only while it waits."""
    waits = payment.posted_at is None and not payment.counters_id
    found = WORKFLOW.open_to(current_actor().tokens, payment)
    return [one for one in found if one.name != "share" or waits]


def _grounds(tx: Transaction, book: Any, today: Any) -> dict[str, Any]:
    """For who keeps the books: the shares in their last two editions, and the rule that holds today."""
    editions = list_editions(tx, book.achievement_id) if book.achievement_id else []
    names = names_of(tx, [one.worker_id for edition in editions for one in edition.people])
    return {"editions": editions[-2:], "shares": shares_table(editions, names), "rule": find_rule(tx, book.enterprise_id, today)}


@room.post("/contracts/<id>/money/export")
@requires(Permission.PAYMENT_READ)
def export_money(id: str) -> ResponseReturnValue:
    found = read(_money, id)
    header = (
        _("No."), _("Day"), _("What for"), _("Ledger account"), _("Name"), _("Share"), _("Exactly"), _("Entered (yuan)"), _("Reason"), _("Seal"),
    )  # fmt: skip
    rows = [
        (f"{entry.sequence:04d}", day(entry.at), one.words, translated(ACCOUNT_LABELS[entry.account_kind]), found["names"].get(entry.account_id, ""),
         f"{entry.share / 100:g}%" if entry.share else "", str(entry.line.exact) if entry.share else "", yuan(entry.amount_fen), entry.reason,
         entry.seal)
        for one in _ledger(found).postings for entry in one.entries
    ]  # fmt: skip
    return _sent(header, rows, f"{found['contract'].number}-{_('ledger')}")


def _ledger(found: dict[str, Any]) -> Ledger:
    ledger: Ledger = found["ledger"]
    return ledger


@room.get("/income")
@requires(Permission.SIGNED_IN)
def mine() -> ResponseReturnValue:
    return show("income/mine.html", **read(_mine))


def _mine(tx: Transaction) -> dict[str, Any]:
    """By year and by contract, as the address says; without a year the latest in which there is something."""
    actor, now = current_actor(), current_site().clock.now()
    every = list_own_lines(tx, actor.worker_id)
    years = sorted({local_day(one.entry.at).year for one in every}, reverse=True)
    year = request.values.get("year", years[0] if years else local_day(now).year, int)
    contract = request.values.get("contract", "")[:40]
    of_year = [one for one in every if local_day(one.entry.at).year == year]
    lines = [one for one in of_year if contract in ("", one.entry.contract_id)]
    rows = own_rows(lines, now, current_site().settings.income_objection_days)
    held = sum(one.line.entry.amount_fen for one in rows if one.standing.is_held)
    return {
        "rows": rows, "years": years or [year], "year": year, "contract": contract, "total_fen": sum(one.entry.amount_fen for one in lines),
        "held_fen": held, "contracts": {one.entry.contract_id: (one.number, one.title) for one in of_year}, "is_worker": bool(actor.worker_id),
    }  # fmt: skip


@room.post("/income/export")
@requires(Permission.SIGNED_IN)
def export_mine() -> ResponseReturnValue:
    found = read(_mine)
    shown: list[OwnShown] = found["rows"]
    header = (
        _("Day"),
        _("Contract"),
        _("Title"),
        _("What for"),
        _("How it is reckoned"),
        _("Entered (yuan)"),
        _("Running sum"),
        _("Where it stands"),
    )
    rows = [
        (day(one.line.entry.at), one.line.number, one.line.title, one.words, one.how, yuan(one.line.entry.amount_fen), yuan(one.running_fen),
         one.standing.words) for one in shown
    ]  # fmt: skip
    return _sent(header, rows, f"{_('my income')}-{found['year']}")


def _sent(header: tuple[str, ...], rows: Sequence[Sequence[str]], name: str) -> ResponseReturnValue:
    """A POST, since it leaves a record. Raises Problem (400) for what no page of ours sends."""
    format = request.form.get("format", "")
    if format not in WRITERS:
        raise Problem(label("Choose a format: xlsx or csv."))
    write, media = WRITERS[format]
    file = BytesIO()
    write(file, header, rows)
    change_each_time(_noted, format)
    file.seek(0)
    return send_file(file, media, as_attachment=True, download_name=f"{name}.{format}")


def _noted(uow: UnitOfWork, format: str) -> None:
    record_act(uow, f"export-{format}", purpose="income")


@room.get("/income/postings/<id>")
@requires(Permission.LEDGER_READ)
def detail(id: str) -> ResponseReturnValue:
    """Where messages lead: to the contract's ledger for who keeps it, to their own lines for a contributor."""
    posting = read(get_posting, id)
    if current_actor().can(Permission.LEDGER_KEEP, posting):
        return redirect(url_for(".money", id=posting.contract_id, posting=id))
    return redirect(url_for(".mine", _anchor=f"posting-{id}"))
