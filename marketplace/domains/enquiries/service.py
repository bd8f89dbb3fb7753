"""What may be done with enquiries: ask, answer, remind, close; and saving a thing for later."""

from datetime import timedelta

from marketplace.domains.enquiries.model import LONGEST, NEED, WORKFLOW, Enquiry, Side, Subject, spoken
from marketplace.domains.enquiries.repository import (
    count_asked_since,
    count_open_offers,
    create_enquiry_node,
    forget_thing,
    get_enquiry,
    get_subject,
    keep_thing,
    list_unanswered,
    note_word,
    save_enquiry,
)
from marketplace.kernel.errors import Forbidden, Invalid, Refused
from marketplace.kernel.guards import hold, thread_guard
from marketplace.kernel.labels import label
from marketplace.kernel.own_needs import get_own_need, link_need
from marketplace.kernel.permission import Permission
from marketplace.kernel.trading import BUYERS, IN_ORDER, NO_PARTY, Party, list_acting_for
from marketplace.kernel.unit_of_work import UnitOfWork
from marketplace.kernel.workdays import local_day
from marketplace.kernel.workflow import created

MOST_A_DAY = 30
"""Questions of one account; more is no buyer's interest but a flood."""
AT_ONCE = 100


def ask_enquiry(uow: UnitOfWork, kind: str, id: str, text: str, party_id: str = "", need_id: str = "") -> Enquiry:
    """For one of the actor's parties, maybe to solve a need of theirs.

    Raises NotFound for what is not public, Forbidden for one's own, Refused where nobody could answer."""
    subject = get_subject(uow.tx, kind, id)
    uow.actor.require(Permission.ENQUIRY_ASK, subject)
    if not subject.makers and not subject.entered_by:
        raise Refused(label("Nobody stands behind it who could answer."))
    if count_asked_since(uow.tx, uow.actor.account_id, uow.now - timedelta(days=1)) >= MOST_A_DAY:
        raise Refused(label("You have asked a great deal today; wait for some answers first."))
    need = get_own_need(uow.tx, need_id) if need_id else None
    party = _party(uow, subject, need.enterprise_id if need else party_id)
    enquiry = Enquiry(
        id=uow.new_id(), number=uow.next_number("YX"), about_kind=kind, about_title=subject.title, text=tidy_words(text, "text"),
        created_at=uow.now, updated_at=uow.now, spoke_at=uow.now, about_id=id, asker_id=uow.actor.account_id, party=party,
        providers=subject.makers, keeper_id="" if subject.makers else subject.entered_by,
    )  # fmt: skip
    create_enquiry_node(uow.tx, enquiry)
    if need:
        link_need(uow.tx, enquiry.id, need.id)
    uow.record(created(enquiry, at=uow.now, verb="ask"))
    return enquiry


def kinds_asking(kind: str) -> tuple[str, ...]:
    """Studios and workers come with answers to needs; everything else is asked about by those who may buy it."""
    return IN_ORDER if kind == NEED else BUYERS


def require_party(kind: str, own: list[Party]) -> None:
    """Raises Forbidden for whoever acts for nobody that could answer a need."""
    if kind == NEED and not own:
        raise Forbidden


def _party(uow: UnitOfWork, subject: Subject, wanted: str) -> Party:
    """The one that was chosen; else the first. Raises Invalid for somebody else's."""
    own = [one for one in list_acting_for(uow.tx, uow.actor.tokens, kinds_asking(subject.kind)) if one.id not in subject.makers]
    require_party(subject.kind, own)
    chosen = next((one for one in own if one.id == wanted), None) if wanted else next(iter(own), NO_PARTY)
    if chosen is None:
        raise Invalid({"party_id": label("You can ask only for whom you act.")})
    return chosen


def answer_enquiry(uow: UnitOfWork, id: str, version: int, answer: str) -> Enquiry:
    """Once, by any of the makers; what follows are messages. Raises Refused for a second answer."""
    hold(uow.tx, thread_guard(id))
    enquiry = get_enquiry(uow.tx, id)
    uow.actor.require(Permission.ENQUIRY_ANSWER, enquiry)
    said = spoken(enquiry, Side.MAKERS, uow.now)
    change = WORKFLOW.step("answer", said, version, at=uow.now, answer=tidy_words(answer, "answer"), answered_at=uow.now)
    save_enquiry(uow.tx, change)
    uow.record(change)
    return change.after


def close_enquiry(uow: UnitOfWork, id: str, version: int, reason: str) -> Enquiry:
    """By either side, with a word to the other. Raises Refused while an offer waits for one."""
    hold(uow.tx, thread_guard(id))
    enquiry = get_enquiry(uow.tx, id)
    change = WORKFLOW.step("close", enquiry, version, at=uow.now, reason=reason, closed_at=uow.now)
    uow.actor.require(Permission.ENQUIRY_CLOSE, enquiry)
    if count_open_offers(uow.tx, id):
        raise Refused(label("An offer is still open here. Withdraw or decline it first."))
    save_enquiry(uow.tx, change)
    uow.record(change)
    return change.after


def remind_of_answers(uow: UnitOfWork, workdays: int) -> int:
    """Once for each, on the last day for an answer; by the schedule of the site. Returns how many."""
    today = local_day(uow.now)
    due = [one for one in list_unanswered(uow.tx, AT_ONCE) if one.due_on(workdays) <= today]
    for enquiry in due:
        change = WORKFLOW.step("remind", enquiry, enquiry.version, at=uow.now, reminded_at=uow.now)
        note_word(uow.tx, change.after)
        uow.record(change)
    return len(due)


def tidy_words(text: str, field: str) -> str:
    """Raises Invalid for nothing and for too much."""
    if not text.strip():
        raise Invalid({field: label("Fill this in.")})
    if len(text) > LONGEST:
        raise Invalid({field: label("At most %(max)d characters.")}, max=LONGEST)
    return text.strip()


def save_for_later(uow: UnitOfWork, kind: str, id: str) -> bool:
    """Keep it on one's own list, or take it off again; returns whether it stands there now. Nobody else learns of it."""
    if forget_thing(uow.tx, uow.actor.account_id, id):
        return False
    keep_thing(uow.tx, uow.actor.account_id, kind, id, uow.now)
    return True
