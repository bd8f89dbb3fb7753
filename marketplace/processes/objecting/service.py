"""Object, answer, countersign, pass on, decide. Nobody decides about their own money without a second person."""

from datetime import date
from typing import Any

from marketplace.domains.ledger.repository import get_book, get_entry, get_posting
from marketplace.domains.ledger.service import live_postings, post_anew, require_known
from marketplace.domains.objections.model import LONGEST, WORKFLOW, Answer, Objection, Status
from marketplace.domains.objections.repository import create_objection_node, find_objection_to, get_objection, list_due_ids, save_objection
from marketplace.kernel.errors import Forbidden, Invalid, Refused
from marketplace.kernel.files import Checked
from marketplace.kernel.income import AccountKind
from marketplace.kernel.labels import label
from marketplace.kernel.permissions import SYSTEM
from marketplace.kernel.stored_file import Access, stored_file
from marketplace.kernel.unit_of_work import UnitOfWork
from marketplace.kernel.workdays import local_day, workdays_after
from marketplace.kernel.workflow import Change, created
from marketplace.processes.objecting.repository import add_file

MOST_AT_ONCE = 50


def last_day(entered: date, days: int) -> date:
    """Until when a line may be objected to."""
    return workdays_after(entered, days)


def make_objection(uow: UnitOfWork, entry_id: str, words: str, files: list[tuple[Checked, str]], days: int, answer_days: int) -> Objection:
    """By whose line it is, within `days` workdays; once. Raises NotFound for others, Refused when it is too late or said already."""
    entry = get_entry(uow.tx, entry_id)
    if entry.account_kind is not AccountKind.WORKER or f"maker:{entry.account_id}" not in uow.actor.tokens:
        raise Forbidden
    if find_objection_to(uow.tx, entry_id):
        raise Refused(label("You have objected to this line already."))
    today = local_day(uow.now)
    if today > last_day(local_day(entry.at), days):
        raise Refused(label("The time in which this line could be objected to is over."))
    _require_standing(uow, entry.contract_id, entry.posting_id)
    book = get_book(uow.tx.seen_by((SYSTEM,)), entry.contract_id)
    objection = Objection(
        id=uow.new_id(), number=uow.next_number("YY"), entry_id=entry.id, posting_id=entry.posting_id, contract_id=entry.contract_id,
        worker_id=entry.account_id, words=_words(words, "words"), amount_fen=entry.amount_fen, due_on=workdays_after(today, answer_days),
        keepers=book.keepers, created_at=uow.now, updated_at=uow.now, title=book.title,
    )  # fmt: skip
    create_objection_node(uow.tx, objection)
    for checked, place in files:
        add_file(uow.tx, objection.id, stored_file(uow.new_id(), checked, place, Access.MAKERS, uow.now))
    uow.record(created(objection, at=uow.now, verb="object"))
    return objection


def _require_standing(uow: UnitOfWork, contract_id: str, posting_id: str) -> None:
    from_ledger = get_posting(uow.tx, posting_id)
    if from_ledger.id not in {one.id for one in live_postings(uow, contract_id, from_ledger.root_id)}:
        raise Refused(label("This posting is reversed already."))


def answer_objection(uow: UnitOfWork, id: str, version: int, answer: Answer, days: int) -> Objection:
    """By who keeps the books. Whoever has a line in the posting only proposes: another one signs it. Raises Invalid."""
    objection = get_objection(uow.tx, id)
    uow.actor.require(WORKFLOW.steps["keep"].needs, objection)
    if answer.corrects:
        seen = uow.seeing_all()
        require_known(seen, get_book(seen.tx, objection.contract_id), get_posting(seen.tx, objection.posting_id), answer.people)
    said: dict[str, Any] = {
        "answer": _words(answer.words, "answer"), "corrects": answer.corrects, "answered_by": uow.actor.account_id, "cosigned_by": "",
        "worker_ids": tuple(one for one, _share in answer.people), "shares": tuple(share for _one, share in answer.people),
    }  # fmt: skip
    if uow.actor.worker_id in {*objection.payees, *said["worker_ids"]}:
        return _save(uow, WORKFLOW.step("ask_cosign", objection, version, at=uow.now, **said))
    return _carry_out(uow, objection, version, days, **said)


def cosign_answer(uow: UnitOfWork, id: str, version: int, days: int) -> Objection:
    """By a second person who keeps the books, has no line in the posting, and did not write the answer."""
    objection = get_objection(uow.tx, id)
    _require_second(uow, objection)
    return _carry_out(uow, objection, version, days, cosigned_by=uow.actor.account_id)


def send_back(uow: UnitOfWork, id: str, version: int, reason: str) -> Objection:
    """The second person does not sign, and says why: the answer is to be written anew."""
    objection = get_objection(uow.tx, id)
    _require_second(uow, objection)
    return _save(uow, WORKFLOW.step("send_back", objection, version, at=uow.now, reason=reason))


def _require_second(uow: UnitOfWork, objection: Objection) -> None:
    uow.actor.require(WORKFLOW.steps["keep"].needs, objection)
    if objection.status is not Status.TO_COSIGN:
        raise Refused(label("This step is not open any more: somebody may have been faster."))
    if uow.actor.worker_id in {*objection.payees, *objection.worker_ids} or uow.actor.account_id == objection.answered_by:
        raise Refused(label("You have a line in it yourself: somebody who has none must do this."))


def _carry_out(uow: UnitOfWork, objection: Objection, version: int, days: int, **said: Any) -> Objection:
    """A correction is a reversal and a posting anew, in the transaction that says so."""
    corrects = bool(said.get("corrects", objection.corrects))
    due = workdays_after(local_day(uow.now), days)
    verb = "correct" if corrects else "keep"
    answered = _save(uow, WORKFLOW.step(verb, objection, version, at=uow.now, due_on=due, **said))
    if corrects:
        seen = uow.seeing_all()
        posting = get_posting(seen.tx, objection.posting_id)
        post_anew(seen, get_book(seen.tx, objection.contract_id), posting.root_id, answered.people, answered.answer)
    return answered


def refer_objection(uow: UnitOfWork, id: str, version: int, reason: str) -> Objection:
    """To the sub-district: a recorded complaint, by which officers may read this posting. After an answer, or when none came in time."""
    objection = get_objection(uow.tx, id)
    uow.actor.require(WORKFLOW.steps["refer"].needs, objection)
    if objection.status is not Status.KEPT and local_day(uow.now) <= objection.due_on:
        raise Refused(label("The unit still has time to answer."))
    units = get_book(uow.tx.seen_by((SYSTEM,)), objection.contract_id).units
    if not units:
        raise Refused(label("No union stands above the seller to whom it could be passed on."))
    return _save(uow, WORKFLOW.step("refer", objection, version, at=uow.now, reason=reason, units=units))


def take_objection_step(uow: UnitOfWork, id: str, version: int, verb: str, reason: str = "") -> Objection:
    """`accept`, by the contributor; `uphold` and `dismiss`, by the union, with a reason."""
    objection = get_objection(uow.tx, id)
    uow.actor.require(WORKFLOW.steps[verb].needs, objection)
    return _save(uow, WORKFLOW.step(verb, objection, version, at=uow.now, reason=reason))


def settle_answered(uow: UnitOfWork) -> int:
    """What the calendar does: an answer that nobody passed on in time stands. Returns how many; a batch at a time."""
    due = list_due_ids(uow.tx, Status.KEPT, local_day(uow.now), MOST_AT_ONCE)
    for id in due:
        objection = get_objection(uow.tx, id)
        _save(uow, WORKFLOW.step("settle", objection, objection.version, at=uow.now))
    return len(due)


def _words(text: str, field: str) -> str:
    if not text.strip():
        raise Invalid({field: label("Fill this in.")})
    if len(text) > LONGEST:
        raise Invalid({field: label("At most %(max)d characters.")}, max=LONGEST)
    return text.strip()


def _save(uow: UnitOfWork, change: Change[Objection]) -> Objection:
    save_objection(uow.tx, change)
    uow.record(change)
    return change.after
