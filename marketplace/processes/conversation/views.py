"""One conversation: what was said, the word that comes next, its files, its end."""

from flask import Blueprint, flash, redirect
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from marketplace.domains.enquiries.model import STATUS_LABELS, WORKFLOW, Enquiry
from marketplace.domains.enquiries.repository import get_enquiry
from marketplace.domains.enquiries.service import close_enquiry
from marketplace.kernel.pace import pace_of
from marketplace.kernel.permission import Permission
from marketplace.kernel.unit_of_work import UnitOfWork
from marketplace.kernel.workdays import local_day
from marketplace.processes.conversation.forms import AnswerForm, MessageForm
from marketplace.processes.conversation.model import Message, first_words
from marketplace.processes.conversation.repository import get_bargain, get_sent_file, list_answer_files, list_messages
from marketplace.processes.conversation.service import answer_with_files, write_message
from marketplace.web.access import requires
from marketplace.web.attachments import attachment
from marketplace.web.door import read, show
from marketplace.web.identity import current_actor
from marketplace.web.links import url_of
from marketplace.web.site import current_site
from marketplace.web.steps import take

room = Blueprint("conversation", __name__, url_prefix="/enquiries")


@room.route("/<id>", methods=["GET", "POST"])
@requires(Permission.ENQUIRY_READ)
def detail(id: str) -> ResponseReturnValue:
    """The answer is sent here; every other word below."""
    enquiry = read(get_enquiry, id)
    form = AnswerForm.of(version=enquiry.version)

    def answer(uow: UnitOfWork) -> Enquiry:
        return answer_with_files(uow, id, form.version.data or enquiry.version, form.answer.data or "", form.kept(current_site().files))

    if form.save(answer):
        flash(_("Your answer is sent."))
        return redirect(url_of("enquiry", id))
    return _page(enquiry, form)


@room.route("/<id>/messages", methods=["GET", "POST"])
@requires(Permission.ENQUIRY_WRITE)
def messages(id: str) -> ResponseReturnValue:
    enquiry, form = read(get_enquiry, id), MessageForm.of()

    def write(uow: UnitOfWork) -> Message:
        return write_message(uow, id, form.text.data or "", form.kept(current_site().files))

    if form.save(write):
        flash(_("Your message is sent."))
        return redirect(url_of("enquiry", id))
    return _page(enquiry, form)


def _page(enquiry: Enquiry, form: AnswerForm | MessageForm) -> ResponseReturnValue:
    site, actor = current_site(), current_actor()
    said = [*first_words(enquiry, read(list_answer_files, enquiry.id)), *read(list_messages, enquiry.id)]
    answers = not enquiry.answered_at and actor.can(Permission.ENQUIRY_ANSWER, enquiry)
    if isinstance(form, AnswerForm) and not answers and not form.errors:
        form = MessageForm.of()
    today, due = local_day(site.clock.now()), enquiry.due_on(site.settings.answer_workdays)
    return show(
        "enquiries/detail.html", form=form, enquiry=enquiry, statuses=STATUS_LABELS, said=said, mine=enquiry.side_of(actor.tokens), due=due,
        overdue=today > due, pace=read(pace_of, enquiry.providers), bargain=read(get_bargain, enquiry.id),
        closing=[one for one in WORKFLOW.open_to(actor.tokens, enquiry) if one.name in STEPS],
    )  # fmt: skip


@room.get("/<id>/files/<file_id>")
@requires(Permission.ENQUIRY_READ)
def fetch(id: str, file_id: str) -> ResponseReturnValue:
    """Never inline: what somebody uploaded does not run on our page."""
    stored = read(get_sent_file, id, file_id)
    return attachment(stored)


STEPS = {"close": close_enquiry}


@room.post("/<id>/steps/<verb>")
@requires(Permission.ENQUIRY_CLOSE)
def take_step(id: str, verb: str) -> ResponseReturnValue:
    return take("enquiry", STEPS, (WORKFLOW,), id, verb)
