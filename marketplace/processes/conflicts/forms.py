"""What one declares of oneself, and the rule."""

from wtforms import IntegerField
from wtforms.validators import InputRequired, NumberRange

from marketplace.kernel.kinship import KIN_LABELS, Kin
from marketplace.kernel.labels import label
from marketplace.processes.conflicts.model import FEWEST_YEARS, MOST_YEARS
from marketplace.web.fields import choice
from marketplace.web.forms import Form, line
from marketplace.web.words import say


class KinForm(Form):
    who = line(say(label("Who")), most=80, help=label("The full name or the number, such as ZG-2026-000012."))
    kin = choice(say(label("Kinship")), KIN_LABELS, Kin)


class RuleForm(Form):
    years = IntegerField(
        say(label("Years")),
        [InputRequired(say(label("Fill this in."))), NumberRange(FEWEST_YEARS, MOST_YEARS, say(label("Between 0 and 30 years.")))],
        description=say(label("A relation that ended longer ago is shown as past.")),
    )  # fmt: skip
