"""What the person ticks."""

from wtforms import BooleanField, SelectMultipleField

from marketplace.kernel.consent import PART_LABELS, USE_LABELS, Part, Use
from marketplace.kernel.labels import label
from marketplace.web.forms import Form
from marketplace.web.words import say


class ConsentForm(Form):
    shown = BooleanField(say(label("Show my card, with my name, to signed-in readers")))
    parts = SelectMultipleField(say(label("The card says")), choices=[(part, say(words)) for part, words in PART_LABELS.items()], coerce=Part)

    uses = SelectMultipleField(say(label("I agree to")), choices=[(use, say(words)) for use, words in USE_LABELS.items()], coerce=Use)

    def agreed(self) -> tuple[Use, ...]:
        return tuple(self.uses.data or ())

    def chosen(self) -> tuple[Part, ...]:
        return tuple(self.parts.data or ())
