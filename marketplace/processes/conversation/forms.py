"""What is written in a conversation."""

from typing import Any

from wtforms import MultipleFileField

from marketplace.domains.enquiries.model import LONGEST
from marketplace.kernel.errors import Invalid
from marketplace.kernel.files import Checked, FileStore, checked_file
from marketplace.kernel.labels import label
from marketplace.processes.conversation.model import MOST_FILES
from marketplace.processes.conversation.service import Kept
from marketplace.web.forms import Form, paragraphs, refuse
from marketplace.web.words import names, say


class WithFiles(Form):
    """What may carry files: each is opened by the real parser before anything else looks at it."""

    files = MultipleFileField(
        say(label("Files")),
        description=say(label("At most %(most)d: PDF, JPG, PNG, Word, Excel, CSV or text. Only you two can open them."), most=MOST_FILES),
    )
    checked: tuple[Checked, ...] = ()

    def validate_files(self, field: Any) -> None:
        sent = [one for one in field.data or () if getattr(one, "filename", "")]
        if len(sent) > MOST_FILES:
            raise refuse(label("At most %(most)d files."), most=MOST_FILES)
        try:
            self.checked = tuple(checked_file(one.filename, one.read()) for one in sent)
        except Invalid as problem:
            raise refuse(problem.message, **problem.values) from problem

    def kept(self, store: FileStore) -> list[Kept]:
        """Written before the graph tells of them."""
        return [(one, store.keep(one)) for one in self.checked]


class AnswerForm(WithFiles):
    NODE = "Enquiry"
    answer = paragraphs(
        names("Enquiry", "answer"), most=LONGEST, help=label("It is sent once and cannot be changed; only the one who asked reads it.")
    )


class MessageForm(WithFiles):
    text = paragraphs(names("Message", "text"), most=LONGEST, help=label("It cannot be changed once it is sent; only you two read it."))
