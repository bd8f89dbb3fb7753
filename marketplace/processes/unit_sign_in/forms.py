"""The subject, where an administrator types it."""

from marketplace.kernel.labels import label
from marketplace.web.forms import Form, line
from marketplace.web.words import say


class SubjectForm(Form):
    subject = line(
        say(label("Identifier at the unit's own sign-in")),
        most=255,
        required=False,
        help=label("The \u201csub\u201d that the unit names; empty undoes the link."),
    )
