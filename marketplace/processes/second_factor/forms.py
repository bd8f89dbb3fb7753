"""The first code shows that the authenticator has the secret."""

from wtforms import HiddenField, StringField
from wtforms.validators import InputRequired, Length

from marketplace.kernel.labels import label
from marketplace.web.forms import Form
from marketplace.web.words import say


class SetUpForm(Form):
    """`sealed` carries the secret from page to page: nothing is kept before it was shown to work."""

    next = HiddenField()
    sealed = HiddenField()
    code = StringField(
        say(label("Code")), [InputRequired(say(label("Fill this in."))), Length(max=12)],
        description=say(label("The six digits that the authenticator shows now.")),
        render_kw={"autocomplete": "one-time-code", "inputmode": "numeric", "spellcheck": "false"},
    )  # fmt: skip
