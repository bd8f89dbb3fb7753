"""Which unit takes the place of the one that ends, and why."""

from dataclasses import dataclass

from wtforms import RadioField

from marketplace.kernel.labels import label
from marketplace.web.forms import Form, line, paragraphs
from marketplace.web.words import say


@dataclass(frozen=True, slots=True)
class Ending:
    how: str
    into: str
    reason: str


WAYS = (
    ("merge", say(label("It is merged into another unit"))),
    ("close", say(label("It is closed; what stands under it comes under the unit above"))),
)


class EndingForm(Form):
    TEXT = Ending
    how = RadioField(say(label("How it ends")), default="merge", choices=WAYS)
    into = line(
        say(label("Successor")), most=120, required=False,
        help=label("Full name or number of the unit that takes its place; empty when it is closed."),
    )  # fmt: skip
    reason = paragraphs(say(label("Reason")), most=1000, help=label("It stays on the page of the unit."))
