"""Password or code, once more."""

from wtforms import HiddenField, PasswordField
from wtforms.validators import InputRequired, Length

from marketplace.kernel.labels import label
from marketplace.web.forms import Form
from marketplace.web.words import say


class ProofForm(Form):
    """Its field stands beside those of whatever it is asked for."""

    next = HiddenField()
    proof = PasswordField(
        say(label("Password or code")), [InputRequired(say(label("Fill this in."))), Length(max=200)],
        render_kw={"autocomplete": "current-password", "autofocus": True},
    )  # fmt: skip
