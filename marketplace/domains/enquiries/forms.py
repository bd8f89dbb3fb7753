"""What is asked, and for whom."""

from collections.abc import Iterable

from wtforms import SelectField

from marketplace.domains.enquiries.model import LONGEST
from marketplace.kernel.labels import label
from marketplace.kernel.trading import Party
from marketplace.web.forms import Form, paragraphs
from marketplace.web.words import names, say


class AskForm(Form):
    NODE = "Enquiry"
    party_id = SelectField(say(label("In the name of")), choices=[], validate_choice=False)
    text = paragraphs(
        names("Enquiry", "text"),
        most=LONGEST,
        help=label("What is your situation, what must it do, and by when? Only those who stand behind it read this."),
    )

    def ask_for(self, parties: Iterable[Party]) -> None:
        """Whoever acts for one party alone is not asked which."""
        self.party_id.choices = [(one.id, one.name) for one in parties]
        if len(self.party_id.choices) < 2:
            del self.party_id
