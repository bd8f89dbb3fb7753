"""Scores with words, a row for each criterion."""

from wtforms import FieldList, FormField
from wtforms import Form as PlainForm

from marketplace.domains.judgements.model import Plan
from marketplace.kernel.criteria import BEST
from marketplace.kernel.labels import label
from marketplace.web.fields import whole
from marketplace.web.forms import Form, paragraphs
from marketplace.web.words import say


class MarkForm(PlainForm):
    score = whole(say(label("Score")), most=BEST, required=True)
    remark = paragraphs(say(label("In words")), most=1000)


class JudgementForm(Form):
    marks = FieldList(FormField(MarkForm), say(label("Scores")), max_entries=20)

    def offer(self, plan: Plan) -> None:
        """A row for each criterion, whatever was sent."""
        while len(self.marks.entries) < len(plan.criteria):
            self.marks.append_entry()

    @property
    def scores(self) -> list[int]:
        return [int(row.form.score.data or 0) for row in self.marks.entries]

    @property
    def remarks(self) -> list[str]:
        return [str(row.form.remark.data or "") for row in self.marks.entries]
