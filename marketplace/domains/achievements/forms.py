"""What a studio or a worker fills in."""

from typing import Any

from wtforms import FieldList, FormField, HiddenField, SelectField
from wtforms import Form as PlainForm
from wtforms.validators import ValidationError

from marketplace.domains.achievements.model import KIND_LABELS, SCALES, AchievementText, Kind
from marketplace.kernel.adoptions import Adoption
from marketplace.kernel.contributions import WHOLE, Contribution
from marketplace.kernel.labels import label
from marketplace.web.fields import CHOOSE, LaterSelect, MoneyField, PercentField, WordsField, choice, day, figure, whole
from marketplace.web.forms import Form, line, paragraphs, refuse
from marketplace.web.taxonomies import field_choices
from marketplace.web.words import names, say


class ContributionForm(PlainForm):
    worker_id = SelectField(say(label("Contributor")), choices=[], validate_choice=False)
    role = line(say(label("What they did")), required=False, most=60)
    share = PercentField(say(label("Share, %")))


class AdoptionForm(PlainForm):
    enterprise_id = HiddenField()
    id = HiddenField()
    enterprise_name = line(say(label("Used by")), required=False)
    place = line(say(label("Where")), required=False, most=60)
    since = day(say(label("Since")))
    quantity = figure(say(label("Quantity")))
    unit = line(say(label("Unit")), required=False, most=20)
    saving_fen = MoneyField(say(label("Saving a year, yuan")))
    evidence = line(say(label("What shows it")), required=False, most=60)
    method = line(say(label("How it was measured")), required=False, most=120)


def _named(name: str) -> Any:
    return names("Achievement", name)


class AchievementForm(Form):
    TEXT = AchievementText
    NODE = "Achievement"

    title = line(_named("title"), most=100, help=label("What it is, in the words a colleague would search for."))
    title_en = line(_named("title_en"), required=False)
    kind = choice(_named("kind"), KIND_LABELS, Kind)
    field = LaterSelect(_named("field"), field_choices, required=False)
    maturity_scale = SelectField(
        _named("maturity_scale"), choices=[("TRL", say(label("TRL 1-9, products (GB/T 22900)"))), ("MRL", say(label("MRL 1-10, processes")))]
    )
    maturity = whole(_named("maturity"), least=1, most=10)
    benefit = line(_named("benefit"), required=False, most=100, help=label("What gets better, for whom, by how much: a number convinces."))
    gain_metric = line(_named("gain_metric"), required=False, most=60)
    gain_before = figure(_named("gain_before"))
    gain_after = figure(_named("gain_after"))
    gain_unit = line(_named("gain_unit"), required=False, most=20)
    summary = paragraphs(_named("summary"), required=False, help=label("The problem, how it was solved, what came out, where its limits lie."))
    conditions = line(_named("conditions"), required=False)
    not_for = line(_named("not_for"), required=False)
    skills = WordsField(_named("skills"), description=say(label("Separated by 、")))
    completed_on = day(_named("completed_on"))
    contributions = FieldList(FormField(ContributionForm), say(label("Contributors and shares")), max_entries=30)
    adoptions = FieldList(FormField(AdoptionForm), say(label("Where it is used")), max_entries=100)

    def offer_people(self, people: list[tuple[str, str]]) -> None:
        """Colleagues and members may be named as contributors, in a row that is added later, too."""
        self._people = people
        for entry in self.contributions.entries:
            entry.form.worker_id.choices = [("", CHOOSE), *people]

    def edit_rows(self) -> bool:
        edited = super().edit_rows()
        self.offer_people(self._people)
        return edited

    def validate_maturity(self, field: Any) -> None:
        if field.data and field.data > SCALES.get(self.maturity_scale.data, 9):
            raise refuse(label("TRL ends at 9."))

    def validate_contributions(self, field: Any) -> None:
        rows = [row.data for row in field.entries if row.data["worker_id"] or row.data["share"]]
        if any(not row["worker_id"] or not row["share"] for row in rows):
            raise refuse(label("Each row needs a person and a share."))
        if len({row["worker_id"] for row in rows}) != len(rows):
            raise refuse(label("A person stands here twice."))
        if rows and sum(row["share"] for row in rows) != WHOLE:
            raise ValidationError(say(label("The shares come to %(sum)s %%, not to 100 %%."), sum=f"{sum(row['share'] for row in rows) / 100:g}"))

    def revision(self) -> AchievementText:
        data = {name: self[name].data for name in AchievementText.__dataclass_fields__ if name not in ("contributions", "adoptions")}
        people = (row.data for row in self.contributions.entries if row.data["worker_id"])
        used = (row.data for row in self.adoptions.entries if row.data["enterprise_name"])
        return AchievementText(
            **{**data, "field": data["field"] or "", "skills": data["skills"] or ()},
            contributions=tuple(Contribution(row["worker_id"], row["share"], role=row["role"] or "") for row in people),
            adoptions=tuple(Adoption(**{**row, **{name: row[name] or "" for name in ("place", "unit", "evidence", "method", "id")}}) for row in used),
        )
