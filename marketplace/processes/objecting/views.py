"""Object to a line, answer, countersign, pass on, decide."""

from typing import Any

from flask import Blueprint, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from graph.connection import Transaction
from marketplace.domains.ledger.repository import get_entry
from marketplace.domains.objections.model import STATUS_LABELS, STATUS_TONES, WORKFLOW, Objection, Status
from marketplace.domains.objections.repository import get_objection
from marketplace.kernel.errors import AlreadyDone, NotFound
from marketplace.kernel.files import Checked, checked_file
from marketplace.kernel.income import ACCOUNT_LABELS, AccountKind
from marketplace.kernel.permission import Permission
from marketplace.kernel.workdays import local_day, workdays_between
from marketplace.processes.objecting.forms import AnswerForm, ObjectionForm
from marketplace.processes.objecting.repository import NamedEntry, list_contributors, list_files, list_posting
from marketplace.processes.objecting.service import (
    answer_objection,
    cosign_answer,
    last_day,
    make_objection,
    refer_objection,
    send_back,
    take_objection_step,
)
from marketplace.web.access import requires
from marketplace.web.attachments import attachment_among
from marketplace.web.door import change, read, read_for, sent_version, show
from marketplace.web.forms import clean
from marketplace.web.identity import current_actor
from marketplace.web.site import current_site

room = Blueprint("objections", __name__, url_prefix="/income/objections")
SECOND = ("keep", "correct", "send_back")


@room.errorhandler(AlreadyDone)
def done(_done: AlreadyDone) -> ResponseReturnValue:
    """Sent twice: what the first send did stands."""
    here = request.view_args or {}
    return redirect(url_for(".detail", id=here["id"]) if "id" in here else url_for("income.mine"))


@room.route("/new/<entry>", methods=["GET", "POST"])
@requires(Permission.LEDGER_OBJECTION_MAKE)
def new(entry: str) -> ResponseReturnValue:
    line, settings = read(get_entry, entry), current_site().settings
    form = ObjectionForm.of()
    days = (settings.income_objection_days, settings.income_answer_days)
    if made := form.save(lambda uow: make_objection(uow, entry, form.words.data or "", _files(form), *days)):
        flash(_("%(number)s is sent. The line is held back until it is settled.", number=made.number))
        return redirect(url_for(".detail", id=made.id))
    return show("income/object.html", form=form, line=line, until=last_day(local_day(line.at), days[0]))


def _files(form: ObjectionForm) -> list[tuple[Checked, str]]:
    """Opened by the real parser; they lie in the store before the graph tells of them. Raises Invalid at their field."""
    found = list[tuple[Checked, str]]()
    for sent in (one for one in form.files.data or () if getattr(one, "filename", "")):
        sent.stream.seek(0)
        checked = checked_file(sent.filename, sent.read())
        found.append((checked, current_site().files.keep(checked)))
    return found


@room.get("/<id>")
@requires(Permission.LEDGER_OBJECTION_READ)
def detail(id: str) -> ResponseReturnValue:
    objection, now = read(get_objection, id), current_site().clock.now()
    lines = read(list_posting, id)
    names = {one.entry.account_id: one.name for one in lines} | {one.worker_id: one.name for one in read(list_contributors, objection.contract_id)}
    actor = current_actor()
    return show(
        "income/objection.html", objection=objection, lines=lines, names=names, files=read(list_files, id), statuses=STATUS_LABELS,
        tones=STATUS_TONES, accounts=ACCOUNT_LABELS, days=workdays_between(local_day(now), objection.due_on),
        has_line=actor.worker_id in objection.payees or actor.account_id == objection.answered_by, **_open_steps(objection),
        to_wait=objection.status is not Status.KEPT and local_day(now) <= objection.due_on,
    )  # fmt: skip


def _open_steps(objection: Objection) -> dict[str, Any]:
    """Of the answer its own form; a second signature by its button; everything else as the table says."""
    steps = WORKFLOW.open_to(current_actor().tokens, objection)
    waits = "send_back" in {one.name for one in steps}
    return {
        "to_answer": not waits and any(one.name == "keep" for one in steps), "to_cosign": waits,
        "steps": [one for one in steps if one.name not in (*SECOND, "ask_cosign", "settle") or (waits and one.name == "send_back")],
    }  # fmt: skip


@room.route("/<id>/answer", methods=["GET", "POST"])
@requires(Permission.LEDGER_OBJECTION_ANSWER)
def answer(id: str) -> ResponseReturnValue:
    objection = read_for(Permission.LEDGER_OBJECTION_ANSWER, get_objection, id)
    people = read(_people_of, objection)
    form = AnswerForm.of(version=objection.version, rows=[{"worker_id": worker, "share": share} for worker, _name, share in people])
    days = current_site().settings.income_answer_days
    if not (form.is_submitted() and _refuses_shares(form)) and (
        said := form.save(lambda uow: answer_objection(uow, id, form.version.data or 0, form.said(), days))
    ):
        flash(_("Your answer waits for a second signature.") if WORKFLOW.steps["send_back"].frm & {said.status} else _("Your answer is sent."))
        return redirect(url_for(".detail", id=id))
    has_line = current_actor().worker_id in objection.payees
    return show("income/answer.html", form=form, objection=objection, names={one: name for one, name, _share in people}, has_line=has_line)


def _refuses_shares(form: AnswerForm) -> bool:
    """A correction that names nobody would take the money from everybody."""
    valid = form.validate_on_submit()
    if valid and form.lacks_shares:
        form.rows.errors = [_("The shares must be 100 % together.")]
        return True
    return not valid


def _people_of(tx: Transaction, objection: Objection) -> list[tuple[str, str, int]]:
    """Whoever has a line in the posting, and whoever stands with the achievement now."""
    lines: list[NamedEntry] = [one for one in list_posting(tx, objection.id) if one.entry.account_kind is AccountKind.WORKER]
    named = {one.worker_id: (one.name, 0) for one in list_contributors(tx, objection.contract_id)}
    named |= {one.entry.account_id: (one.name, one.entry.share) for one in lines}
    return [(worker, name, share) for worker, (name, share) in named.items()]


@room.post("/<id>/steps/<verb>")
@requires(Permission.LEDGER_OBJECTION_READ)
def take_step(id: str, verb: str) -> ResponseReturnValue:
    version, reason = sent_version(), clean(request.form.get("reason", ""))[:1_000]
    if verb == "cosign":
        change(cosign_answer, id, version, current_site().settings.income_answer_days)
    elif verb in ("refer", "send_back"):
        change(refer_objection if verb == "refer" else send_back, id, version, reason)
    elif verb in ("accept", "uphold", "dismiss"):
        change(take_objection_step, id, version, verb, reason)
    else:
        raise NotFound(verb)
    flash(_("Noted."))
    return redirect(url_for(".detail", id=id))


@room.get("/<id>/files/<file_id>")
@requires(Permission.LEDGER_OBJECTION_READ)
def fetch(id: str, file_id: str) -> ResponseReturnValue:
    """Never inline: what somebody uploaded does not run on our page."""
    read(get_objection, id)
    return attachment_among(read(list_files, id), file_id)
