"""What somebody says who wants to bid: for whom, and that they know the rules."""

from collections.abc import Iterable

from wtforms import BooleanField, SelectField
from wtforms.validators import DataRequired

from marketplace.kernel.actor import Party
from marketplace.kernel.labels import label
from marketplace.web.forms import Form
from marketplace.web.words import say


class ApplyForm(Form):
    party = SelectField(say(label("For")), choices=[])
    knows = BooleanField(
        say(label("We have read the rules and the terms, and would sign on them.")), [DataRequired(say(label("Tick this before you go on.")))]
    )

    def offer(self, parties: Iterable[Party]) -> None:
        """Whoever acts for one party need not choose."""
        self.party.choices = [(f"{one.kind}:{one.id}", one.name) for one in parties]

    def chosen(self) -> tuple[str, str]:
        kind, _colon, id = str(self.party.data or "").partition(":")
        return kind, id
