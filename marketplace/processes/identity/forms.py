"""Which entry stays, and the versions that the officer compared."""

from wtforms import IntegerField, RadioField
from wtforms.validators import Optional
from wtforms.widgets import HiddenInput

from marketplace.kernel.labels import label
from marketplace.web.forms import Form
from marketplace.web.words import say


class MergeForm(Form):
    """Choices are the two ids, worded by the view."""

    keep = RadioField(say(label("Which entry stays")))
    one_version = IntegerField(widget=HiddenInput(), validators=[Optional()], default=0)
    other_version = IntegerField(widget=HiddenInput(), validators=[Optional()], default=0)


class SplitForm(Form):
    """Nothing but the key that makes a second send harmless."""
