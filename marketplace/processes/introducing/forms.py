"""Why two fit; by which number the other one is known; and the first words of the needing side."""

from wtforms import TextAreaField

from marketplace.domains.enquiries.model import LONGEST
from marketplace.kernel.labels import label
from marketplace.web.fields import NEEDED
from marketplace.web.forms import Form, clean, line, paragraphs
from marketplace.web.words import names, say


class IntroduceForm(Form):
    NODE = "Introduction"
    why = TextAreaField(
        names("Introduction", "why"), [NEEDED], [clean],
        say(label("A few sentences: what the one lacks and the other has done. Both sides read it; nothing confidential, no contacts.")),
    )  # fmt: skip


class ChooseForm(Form):
    number = line(say(label("Number")), most=40, help=label("It stands at the top of its page and in lists, such as CG-2026-000123."))


class AcceptForm(Form):
    opening = paragraphs(
        say(label("Your first words to the other side")), most=LONGEST,
        help=label("They open the conversation as soon as the other side accepts, too; before that nobody else reads them."),
    )  # fmt: skip
