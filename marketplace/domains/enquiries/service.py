"""What may be done with enquiries: ask, answer; and saving a thing for later."""

from datetime import timedelta

from marketplace.domains.enquiries.model import LONGEST, WORKFLOW, Enquiry
from marketplace.domains.enquiries.repository import (
    count_asked_since,
    create_enquiry_node,
    forget_thing,
    get_enquiry,
    get_subject,
    keep_thing,
    save_enquiry,
)
from marketplace.kernel.errors import Invalid, Refused
from marketplace.kernel.labels import label
from marketplace.kernel.permission import Permission
from marketplace.kernel.unit_of_work import UnitOfWork
from marketplace.kernel.workflow import created

MOST_A_DAY = 30
"""Questions of one account; more is no buyer's interest but a flood."""


def ask_enquiry(uow: UnitOfWork, kind: str, id: str, text: str) -> Enquiry:
    """Raises NotFound for what is not public, Forbidden for one's own, Refused where nobody could answer."""
    subject = get_subject(uow.tx, kind, id)
    uow.actor.require(Permission.ENQUIRY_ASK, subject)
    if not subject.makers and not subject.entered_by:
        raise Refused(label("Nobody stands behind it who could answer."))
    if count_asked_since(uow.tx, uow.actor.account_id, uow.now - timedelta(days=1)) >= MOST_A_DAY:
        raise Refused(label("You have asked a great deal today; wait for some answers first."))
    enquiry = Enquiry(
        id=uow.new_id(), number=uow.next_number("YX"), about_kind=kind, about_title=subject.title, text=_words(text, "text"),
        created_at=uow.now, updated_at=uow.now, about_id=id, asker_id=uow.actor.account_id, makers=subject.makers,
        keeper_id="" if subject.makers else subject.entered_by,
    )  # fmt: skip
    create_enquiry_node(uow.tx, enquiry)
    uow.record(created(enquiry, at=uow.now, verb="ask"))
    return enquiry


def answer_enquiry(uow: UnitOfWork, id: str, version: int, answer: str) -> Enquiry:
    """Once, by any of the makers. Raises Refused for a second answer."""
    enquiry = get_enquiry(uow.tx, id)
    uow.actor.require(Permission.ENQUIRY_ANSWER, enquiry)
    change = WORKFLOW.step("answer", enquiry, version, at=uow.now, answer=_words(answer, "answer"), answered_at=uow.now)
    save_enquiry(uow.tx, change)
    uow.record(change)
    return change.after


def _words(text: str, field: str) -> str:
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
