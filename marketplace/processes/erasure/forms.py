"""The name is typed once more, and an officer says on what ground."""

from marketplace.kernel.labels import label
from marketplace.web.forms import Form, line, paragraphs
from marketplace.web.words import say


class ErasureForm(Form):
    name = line(say(label("Name, as it stands on the card")), most=40)
    reason = paragraphs(say(label("What should be considered")), required=False, most=500)
