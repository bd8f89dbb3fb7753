"""A name and a note; the address comes from the page that is saved."""

from wtforms import HiddenField

from marketplace.domains.views.model import LONGEST_NOTE, LONGEST_TITLE, SavedViewText
from marketplace.kernel.labels import label
from marketplace.web.forms import Form, line, paragraphs
from marketplace.web.words import say


class SavedViewForm(Form):
    TEXT = SavedViewText

    title = line(say(label("Name")), most=LONGEST_TITLE)
    note = paragraphs(
        say(label("Note")), most=LONGEST_NOTE, required=False, help=label("What you want to remember of it, or tell whom you share it with.")
    )
    address = HiddenField(say(label("Address")))

    def revision(self) -> SavedViewText:
        return SavedViewText(title=self.title.data or "", note=self.note.data or "", address=self.address.data or "")
