"""What is asked, and what is answered."""

from marketplace.domains.enquiries.model import LONGEST
from marketplace.kernel.labels import label
from marketplace.web.forms import Form, paragraphs
from marketplace.web.words import names


class AskForm(Form):
    NODE = "Enquiry"
    text = paragraphs(
        names("Enquiry", "text"),
        most=LONGEST,
        help=label("What is your situation, what must it do, and by when? Only those who stand behind it read this."),
    )


class AnswerForm(Form):
    answer = paragraphs(
        names("Enquiry", "answer"), most=LONGEST, help=label("It is sent once and cannot be changed; only the one who asked reads it.")
    )
