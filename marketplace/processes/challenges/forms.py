"""Choose with reasons, object, give more time, say what was reached."""

from collections.abc import Sequence
from typing import Any

from wtforms import FieldList, SelectMultipleField

from marketplace.kernel.labels import label
from marketplace.processes.challenges.model import Ranked, Result
from marketplace.web.fields import NEEDED, MoneyField, day
from marketplace.web.forms import Form, line, paragraphs
from marketplace.web.words import names, say


def _named(name: str) -> Any:
    return names("Challenge", name)


class ChoiceForm(Form):
    teams = SelectMultipleField(say(label("Chosen teams")), [NEEDED], choices=[], coerce=int)
    reason = paragraphs(say(label("Reasons for the choice")), most=1000, help=label("Public, and told to every team; name no expert."))

    def offer(self, ranking: Sequence[Ranked]) -> None:
        """In the order of their scores."""
        self.teams.choices = [(one.team.ordinal, say(label("Team %(n)s"), n=one.team.ordinal)) for one in ranking]


class ExtensionForm(Form):
    until = day(say(label("Judging until")), required=True)


class ObjectionForm(Form):
    words = paragraphs(names("ChoiceObjection", "words"), most=1000)


class AnswerForm(Form):
    answer = paragraphs(names("ChoiceObjection", "answer"), most=1000)


class ResultForm(Form):
    """`reached` has a row for each indicator, in its order."""

    TEXT = Result

    result = paragraphs(_named("result"), most=2000)
    reached = FieldList(line(say(label("Reached")), required=False, most=80), max_entries=20)
    paid_fen = MoneyField(_named("paid_fen"), description=say(label("A record alone: this site moves no money.")))
    paid_on = day(_named("paid_on"))

    def revision(self) -> Result:
        reached = tuple(one.data or "" for one in self.reached.entries)
        money: Any = self.paid_fen.data
        return Result(result=self.result.data or "", reached=reached, paid_fen=money, paid_on=self.paid_on.data)

    def offer(self, count: int) -> None:
        """A row for each indicator."""
        while len(self.reached.entries) < count:
            self.reached.append_entry()
