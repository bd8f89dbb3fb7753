"""What the provider says of a milestone."""

from flask_wtf.file import FileField

from marketplace.kernel.labels import label
from marketplace.web.forms import Form, paragraphs
from marketplace.web.words import names, say


class ReportForm(Form):
    words = paragraphs(names("Milestone", "words"), most=2_000, help=label("What was done, where, measured how."))
    file = FileField(say(label("Proof")), description=say(label("PDF, JPG, PNG, Word, Excel, CSV or text.")))
