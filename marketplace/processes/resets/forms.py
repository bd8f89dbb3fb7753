"""Whose code, and the code."""

from wtforms import StringField
from wtforms.validators import Length

from marketplace.kernel.labels import label
from marketplace.web.fields import NEEDED
from marketplace.web.forms import Form
from marketplace.web.words import say


class HelpForm(Form):
    login = StringField(say(label("Sign-in name")), [NEEDED, Length(max=60)], render_kw={"autocomplete": "off", "spellcheck": "false"})


class ForgottenForm(Form):
    login = StringField(say(label("Sign-in name")), [NEEDED, Length(max=60)], render_kw={"autocomplete": "username", "spellcheck": "false"})


class ResetForm(Form):
    login = StringField(say(label("Sign-in name")), [NEEDED, Length(max=60)], render_kw={"autocomplete": "username", "spellcheck": "false"})
    code = StringField(
        say(label("One-time code")), [NEEDED, Length(max=40)], description=say(label("Sixteen letters and figures, as they were given to you.")),
        render_kw={"autocomplete": "off", "spellcheck": "false"},
    )  # fmt: skip
