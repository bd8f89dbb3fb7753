"""What is asked before personal values are shown."""

from wtforms import RadioField

from marketplace.kernel.labels import label
from marketplace.processes.looks.model import PURPOSE_LABELS, Purpose
from marketplace.web.forms import Form, line
from marketplace.web.words import say


class PurposeForm(Form):
    purpose = RadioField(
        say(label("What for")), choices=[(one, say(words)) for one, words in PURPOSE_LABELS.items()], coerce=str,
        default=Purpose.SUBSIDY.value,
    )  # fmt: skip
    note = line(say(label("In your own words")), most=200, help=label("The person reads this, with your name and the time."))


class CopyForm(Form):
    note = line(say(label("What the copy is for")), most=200)


class NumberForm(PurposeForm):
    number = line(say(label("Number to look for")), most=24, help=label("A whole identity number, mobile phone or certificate number."))
