"""A team's plan in parts; and whom it asks."""

from collections.abc import Iterable
from typing import Any

from wtforms import SelectField

from marketplace.domains.proposals.model import ProposalText
from marketplace.kernel.labels import label
from marketplace.web.fields import MoneyField
from marketplace.web.forms import Form, line, paragraphs
from marketplace.web.words import names, say


def _named(name: str) -> Any:
    return names("Proposal", name)


class ProposalForm(Form):
    TEXT = ProposalText
    NODE = "Proposal"

    party = SelectField(say(label("In the name of")), choices=[])
    approach = paragraphs(_named("approach"), required=False, help=label("Write no names of people or units: experts read this without them."))
    schedule = paragraphs(_named("schedule"), required=False, most=2000)
    experience = paragraphs(_named("experience"), required=False, help=label("What you solved before, without saying where or for whom."))
    costs = paragraphs(_named("costs"), required=False, most=2000)
    cost_fen = MoneyField(_named("cost_fen"))

    def offer(self, parties: Iterable[tuple[str, str]]) -> None:
        """Those in whose name the reader may sign."""
        self.party.choices = list(parties)
        if not self.party.data and self.party.choices:
            self.party.data = self.party.choices[0][0]

    @property
    def chosen_party(self) -> tuple[str, str]:
        kind, _, id = str(self.party.data or "").partition(":")
        return kind, id


class MemberForm(Form):
    who = line(say(label("Full name or number of a worker")), most=60)
