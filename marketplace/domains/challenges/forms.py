"""What an enterprise fills in to announce a challenge, and to say what became of it."""

from collections.abc import Iterable
from typing import Any

from wtforms import FieldList, FormField, SelectField, SelectMultipleField
from wtforms import Form as PlainForm

from marketplace.domains.challenges.model import TEAM_LABELS, ChallengeText, TeamKind
from marketplace.kernel.indicators import Indicator
from marketplace.kernel.labels import label
from marketplace.web.fields import LaterSelect, MoneyField, PercentField, day, whole
from marketplace.web.forms import Form, line, paragraphs, refuse
from marketplace.web.taxonomies import field_choices
from marketplace.web.words import names, say


class IndicatorForm(PlainForm):
    name = line(say(label("What is measured")), required=False, most=60)
    now = line(say(label("Now")), required=False, most=40)
    target = line(say(label("To reach")), required=False, most=40)
    unit = line(say(label("Unit")), required=False, most=20)


class CriterionForm(PlainForm):
    name = line(say(label("Criterion")), required=False, most=60)
    weight = whole(say(label("Weight in percent")), least=1, most=100)


class StageForm(PlainForm):
    name = line(say(label("Milestone")), required=False, most=60)
    days = whole(say(label("Days after the contract")), most=3_650)
    share = PercentField(say(label("Share of the price")))
    proof = line(say(label("What proves it")), required=False, most=60)


def _named(name: str) -> Any:
    return names("Challenge", name)


class ChallengeForm(Form):
    TEXT = ChallengeText
    NODE = "Challenge"

    enterprise_id = SelectField(say(label("For")), choices=[])
    title = line(_named("title"), most=100, help=label("What is to be solved, as a colleague would search for it."))
    summary = paragraphs(_named("summary"), required=False, most=300)
    problem = paragraphs(_named("problem"), required=False, help=label("Conditions, what was tried, what must not happen. Review needs it."))
    figures = FieldList(FormField(IndicatorForm), _named("indicators"), min_entries=1, max_entries=20)
    field = LaterSelect(_named("field"), field_choices, required=False)
    open_to = SelectMultipleField(_named("open_to"), choices=[(kind, say(words)) for kind, words in TEAM_LABELS.items()], coerce=TeamKind)
    apply_until = day(_named("apply_until"), description=say(label("The last day, to its end. It cannot be put off later.")))
    winners_most = whole(_named("winners_most"), least=1, most=10, required=True)
    prize_fen = MoneyField(_named("prize_fen"))
    escrow_fen = MoneyField(_named("escrow_fen"), description=say(label("A record alone: this site moves no money.")))
    escrow_place = line(_named("escrow_place"), required=False, help=label("Bank and kind of account, or who holds it; no account number."))
    escrow_on = day(_named("escrow_on"))
    criteria = FieldList(FormField(CriterionForm), _named("criterion_names"), min_entries=1, max_entries=10)
    reviewers_least = whole(_named("reviewers_least"), least=1, most=20, required=True)
    stages = FieldList(FormField(StageForm), _named("stage_names"), min_entries=1, max_entries=12)

    def offer(self, enterprises: Iterable[tuple[str, str]]) -> None:
        """Whoever writes for one enterprise need not choose; whoever writes for none is told so by the service."""
        self.enterprise_id.choices = list(enterprises)
        if not self.enterprise_id.data and len(self.enterprise_id.choices) == 1:
            self.enterprise_id.data = self.enterprise_id.choices[0][0]

    def validate_figures(self, rows: Any) -> None:
        if any(not row.data["name"] and any((row.data["now"], row.data["target"], row.data["unit"])) for row in rows.entries):
            raise refuse(label("Each row says what is measured."))

    def validate_criteria(self, rows: Any) -> None:
        if any(bool(row.data["name"]) != bool(row.data["weight"]) for row in rows.entries):
            raise refuse(label("Each criterion has a name and a weight."))

    def validate_stages(self, rows: Any) -> None:
        if any(row.data["name"] and (row.data["days"] is None or row.data["share"] is None) for row in rows.entries):
            raise refuse(label("Each milestone has its days and its share."))

    def holds_together(self) -> bool:
        """Whether each row has what its columns need; where not, validation says so at the rows."""
        weighed = all(row.form.weight.data is not None for row in self.criteria.entries if row.form.name.data)
        return weighed and all(None not in (row.form.days.data, row.form.share.data) for row in self.stages.entries if row.form.name.data)

    def revision(self) -> ChallengeText:
        plain = {name: self[name].data for name in ChallengeText.__dataclass_fields__ if name in self}
        figures = [Indicator(**{name: said or "" for name, said in row.form.data.items()}) for row in self.figures.entries if row.form.name.data]
        criteria = [row.form for row in self.criteria.entries if row.form.name.data]
        stages = [row.form for row in self.stages.entries if row.form.name.data]
        columns = {
            "indicators": tuple(map(str, figures)), "criterion_names": tuple(one.data["name"] for one in criteria),
            "criterion_weights": tuple(one.data["weight"] for one in criteria), "stage_names": tuple(one.data["name"] for one in stages),
            "stage_days": tuple(one.data["days"] for one in stages), "stage_shares": tuple(one.data["share"] for one in stages),
            "stage_proofs": tuple(one.data["proof"] or "" for one in stages),
        }  # fmt: skip
        return ChallengeText(**{**plain, **columns, "open_to": tuple(self.open_to.data or ()), "field": plain["field"] or ""})
