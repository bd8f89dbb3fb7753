"""A name, the words, and how soon to be told; the filters come from the search page."""

from wtforms import HiddenField

from marketplace.domains.saved_searches.model import ALERT_LABELS, LONGEST_TITLE, LONGEST_WORDS, Alerts, SavedSearchText
from marketplace.kernel.labels import label
from marketplace.web.fields import choice
from marketplace.web.forms import Form, line
from marketplace.web.words import names, say


class SavedSearchForm(Form):
    TEXT = SavedSearchText

    title = line(say(label("Name")), most=LONGEST_TITLE, help=label("So you recognise it in a message."))
    words = line(
        names("SavedSearch", "words"), most=LONGEST_WORDS, required=False,
        help=label('As on the search page: "phrases" and -words count, synonyms are found, too.'),
    )  # fmt: skip
    alerts = choice(
        say(label("Tell me of what is new")), ALERT_LABELS, Alerts,
        description=say(label("On the site, and by mail where you have given an address.")),
    )  # fmt: skip
    filters = HiddenField(say(label("Filters")))

    def revision(self, filters: tuple[str, ...] = ()) -> SavedSearchText:
        """What is none of our ways of telling is refused at its field before anybody reads this."""
        alerts = Alerts(self.alerts.data) if self.alerts.data in set(Alerts) else Alerts.AT_ONCE
        return SavedSearchText(title=self.title.data or "", words=self.words.data or "", filters=filters, alerts=alerts)
