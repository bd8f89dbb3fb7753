"""What somebody writes who takes up their first refusal."""

from marketplace.domains.enquiries.model import LONGEST
from marketplace.kernel.labels import label
from marketplace.web.forms import Form, paragraphs
from marketplace.web.words import say


class TakeUpForm(Form):
    words = paragraphs(
        say(label("Your word to the seller")), most=LONGEST, help=label("With it a conversation of your own begins; the same terms hold for you.")
    )
