"""What an enterprise fills in when it looks for a solution."""

from collections.abc import Iterable
from typing import Any

from wtforms import FieldList, FormField, SelectField
from wtforms import Form as PlainForm

from marketplace.domains.needs.model import VISIBILITY_LABELS, Indicator, NeedText, Visibility
from marketplace.kernel.labels import label
from marketplace.web.fields import LaterSelect, MoneyField, WordsField, choice, day
from marketplace.web.forms import Form, line, paragraphs, refuse
from marketplace.web.taxonomies import field_choices
from marketplace.web.words import names, say


class IndicatorForm(PlainForm):
    name = line(say(label("What is measured")), required=False, most=60)
    now = line(say(label("Now")), required=False, most=40)
    target = line(say(label("To reach")), required=False, most=40)
    unit = line(say(label("Unit")), required=False, most=20)


def _named(name: str) -> Any:
    return names("Need", name)


class NeedForm(Form):
    TEXT = NeedText
    NODE = "Need"

    enterprise_id = SelectField(say(label("For")), choices=[])
    title = line(_named("title"), most=100, help=label("What goes wrong, and where: as a colleague would search for it."))
    abstract = paragraphs(_named("abstract"), required=False, most=300, help=label("Always public, whatever you choose below: leave secrets out."))
    visibility = choice(
        _named("visibility"), VISIBILITY_LABELS, Visibility,
        description=say(label("Confidential: problem, indicators, skills and budget are read by you and the officers above you alone. "
                              "Anonymous: all is public but your name, until you show it.")),
    )  # fmt: skip
    problem = paragraphs(_named("problem"), required=False, help=label("Conditions, what was tried, what must not happen. Review needs it."))
    figures = FieldList(FormField(IndicatorForm), _named("indicators"), min_entries=1, max_entries=20)
    field = LaterSelect(_named("field"), field_choices, required=False)
    skills = WordsField(_named("skills"), description=say(label("Separated by 、")))
    budget_low_fen = MoneyField(_named("budget_low_fen"))
    budget_high_fen = MoneyField(_named("budget_high_fen"))
    deadline = day(_named("deadline"), description=say(label("Until when solutions are looked for.")))

    def offer(self, enterprises: Iterable[tuple[str, str]]) -> None:
        """Whoever writes for one enterprise need not choose; whoever writes for none is told so by the service."""
        self.enterprise_id.choices = list(enterprises)
        if not self.enterprise_id.data and len(self.enterprise_id.choices) == 1:
            self.enterprise_id.data = self.enterprise_id.choices[0][0]

    def validate_figures(self, rows: Any) -> None:
        if any(not row.data["name"] and any((row.data["now"], row.data["target"], row.data["unit"])) for row in rows.entries):
            raise refuse(label("Each row says what is measured."))

    def revision(self) -> NeedText:
        data = {name: self[name].data for name in NeedText.__dataclass_fields__ if name in self}
        rows = (Indicator(**{name: value or "" for name, value in row.form.data.items()}) for row in self.figures.entries)
        figures = tuple(str(row) for row in rows if row.name)
        return NeedText(**{**data, "indicators": figures, "field": data["field"] or "", "skills": data["skills"] or ()})
