"""Record, confirm, object, cancel out; and correct what was shared out."""

from typing import Any

from flask import Blueprint, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from graph.connection import Transaction
from marketplace.domains.contracts.model import Contract
from marketplace.domains.contracts.repository import get_contract
from marketplace.domains.ledger.model import Posting
from marketplace.domains.ledger.repository import get_posting, list_entries
from marketplace.domains.ledger.service import correct_posting
from marketplace.domains.payments.model import KIND_LABELS, kinds_of
from marketplace.domains.payments.repository import get_payment, list_payments
from marketplace.kernel.errors import AlreadyDone, NotFound
from marketplace.kernel.files import Checked, checked_file
from marketplace.kernel.income import AccountKind
from marketplace.kernel.permission import Permission
from marketplace.kernel.workdays import local_day
from marketplace.processes.income.forms import PaymentForm, SharesForm
from marketplace.processes.income.model import refundable
from marketplace.processes.income.repository import list_files, list_shares_now, names_of
from marketplace.processes.income.service import confirm_payment, counter_payment, dispute_payment, record_payment, share_waiting
from marketplace.web.access import requires
from marketplace.web.attachments import attachment_among
from marketplace.web.door import change, read, read_for, sent_version, show
from marketplace.web.fields import CHOOSE
from marketplace.web.forms import clean
from marketplace.web.site import current_site
from marketplace.web.words import day, money, translated

room = Blueprint("payments", __name__)
STEPS: dict[str, Any] = {"confirm": confirm_payment, "dispute": dispute_payment, "counter": counter_payment, "share": share_waiting}
WITH_REASON = frozenset({"dispute", "counter"})


@room.errorhandler(AlreadyDone)
def done(_done: AlreadyDone) -> ResponseReturnValue:
    """Sent twice: what the first send did stands."""
    here = request.view_args or {}
    contract = here["id"] if request.endpoint == "payments.new" else read(get_payment, here["id"]).contract_id if "verb" in here else ""
    return redirect(url_for("income.money", id=contract) if contract else url_for("income.mine"))


@room.route("/contracts/<id>/payments/new", methods=["GET", "POST"])
@requires(Permission.PAYMENT_RECORD)
def new(id: str) -> ResponseReturnValue:
    contract = read_for(Permission.PAYMENT_RECORD, get_contract, id)
    form = _payment_form(contract)
    if payment := form.save(lambda uow: record_payment(uow, id, form.revision(), _slip(form))):
        flash(_("%(number)s is recorded. The seller confirms that it arrived.", number=payment.number))
        return redirect(url_for("income.money", id=id))
    return show("income/payment.html", form=form, contract=contract)


def _payment_form(contract: Contract) -> PaymentForm:
    """Choices that fit this contract; its first stage that is not paid comes first."""
    form = PaymentForm.of(paid_on=local_day(current_site().clock.now()))
    form.kind.choices = [(one, translated(KIND_LABELS[one])) for one in kinds_of(contract)]
    stages = [(place, f"{place}. {one.name}，{money(one.amount_fen)}") for place, one in enumerate(contract.stages, 1)]
    form.stage.choices = [(0, _("None")), *stages]
    back = refundable(read(list_payments, contract.id))
    form.refunds_id.choices = [("", CHOOSE), *((one.id, f"{one.number}，{day(one.paid_on)}，{money(one.amount_fen)}") for one in back)]
    return form


def _slip(form: PaymentForm) -> tuple[Checked, str] | None:
    """Opened by the real parser; it lies in the store before the graph tells of it. Raises Invalid at its field."""
    sent = form.file.data
    if sent is None or not getattr(sent, "filename", ""):
        return None
    sent.stream.seek(0)
    checked = checked_file(sent.filename, sent.read(), "file")
    return checked, current_site().files.keep(checked)


@room.get("/payments/<id>")
@requires(Permission.PAYMENT_READ)
def detail(id: str) -> ResponseReturnValue:
    """Where messages lead."""
    return redirect(url_for("income.money", id=read(get_payment, id).contract_id, _anchor=f"payment-{id}"))


@room.post("/payments/<id>/steps/<verb>")
@requires(Permission.PAYMENT_READ)
def take_step(id: str, verb: str) -> ResponseReturnValue:
    if verb not in STEPS:
        raise NotFound(verb)
    reason = (clean(request.form.get("reason", ""))[:1_000],) if verb in WITH_REASON else ()
    payment = change(STEPS[verb], id, sent_version(), *reason)
    waits = verb == "confirm" and payment.posted_at is None and not payment.counters_id
    flash(_("Confirmed. The unit has no rule for this day yet, so sharing out waits.") if waits else _("Noted."))
    return redirect(url_for("income.money", id=payment.contract_id))


@room.get("/payments/<id>/files/<file_id>")
@requires(Permission.PAYMENT_READ)
def fetch(id: str, file_id: str) -> ResponseReturnValue:
    """Never inline: what somebody uploaded does not run on our page."""
    read(get_payment, id)
    return attachment_among(read(list_files, id), file_id)


@room.route("/income/postings/<id>/correct", methods=["GET", "POST"])
@requires(Permission.LEDGER_KEEP)
def correct(id: str) -> ResponseReturnValue:
    posting = read_for(Permission.LEDGER_KEEP, get_posting, id)
    people = read(_people_of, posting)
    form = SharesForm.of(rows=[{"worker_id": worker, "share": share} for worker, _name, share in people])
    if form.save(lambda uow: correct_posting(uow, id, form.people(), form.reason.data or "")):
        flash(_("Reversed and posted anew. Everybody who has a line is told."))
        return redirect(url_for("income.money", id=posting.contract_id))
    return show("income/correct.html", form=form, posting=posting, names={worker: name for worker, name, _share in people})


def _people_of(tx: Transaction, posting: Posting) -> list[tuple[str, str, int]]:
    """Whoever has a line in it, and whoever stands with the achievement now."""
    lines = [one for one in list_entries(tx, posting.contract_id) if one.posting_id == posting.id and one.account_kind is AccountKind.WORKER]
    now = list_shares_now(tx, posting.contract_id)
    names = names_of(tx, [one.account_id for one in lines]) | {one.worker_id: one.name for one in now}
    shares = {one.worker_id: 0 for one in now} | {one.account_id: one.share for one in lines}
    return [(worker, names.get(worker, ""), share) for worker, share in shares.items()]
