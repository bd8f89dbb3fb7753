"""Both sides write to each other."""

from collections.abc import Sequence

from marketplace.domains.enquiries.model import WORKFLOW, Enquiry, Side, Status, spoken
from marketplace.domains.enquiries.repository import get_enquiry, note_word
from marketplace.domains.enquiries.service import answer_enquiry, tidy_words
from marketplace.kernel.errors import Refused
from marketplace.kernel.files import Checked
from marketplace.kernel.guards import hold, thread_guard
from marketplace.kernel.labels import label
from marketplace.kernel.permission import Permission
from marketplace.kernel.stored_file import Access, StoredFile, stored_file
from marketplace.kernel.unit_of_work import UnitOfWork
from marketplace.processes.conversation.model import Message
from marketplace.processes.conversation.repository import attach_to_answer, attach_to_message, create_message_node

Kept = tuple[Checked, str]
"""A file that was opened by the real parser, and where its bytes lie already."""


def answer_with_files(uow: UnitOfWork, id: str, version: int, answer: str, files: Sequence[Kept] = ()) -> Enquiry:
    """The first word of the makers."""
    answered = answer_enquiry(uow, id, version, answer)
    attach_to_answer(uow.tx, id, _stored(uow, files))
    return answered


def write_message(uow: UnitOfWork, id: str, text: str, files: Sequence[Kept] = ()) -> Message:
    """By either side. The makers' first word is their answer. Raises Refused where the conversation is closed."""
    hold(uow.tx, thread_guard(id))
    enquiry = get_enquiry(uow.tx, id)
    side = enquiry.side_of(uow.actor.tokens)
    if side is Side.MAKERS and enquiry.status is Status.ASKED:
        raise Refused(label("Answer the question first."))
    verb = "add" if enquiry.status is Status.ASKED else "write"
    change = WORKFLOW.step(verb, spoken(enquiry, side, uow.now), enquiry.version, at=uow.now)
    uow.actor.require(Permission.ENQUIRY_WRITE, enquiry)
    message = Message(id=uow.new_id(), side=side, text=tidy_words(text, "text"), created_at=uow.now, account_id=uow.actor.account_id)
    create_message_node(uow.tx, id, message)
    attach_to_message(uow.tx, id, message.id, _stored(uow, files))
    note_word(uow.tx, change.after)
    uow.record(change)
    return message


def _stored(uow: UnitOfWork, files: Sequence[Kept]) -> list[StoredFile]:
    return [stored_file(uow.new_id(), file, place, Access.MAKERS, uow.now) for file, place in files]
