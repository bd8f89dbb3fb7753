"""The form of an announcement."""

from marketplace.domains.announcements.model import LONGEST_TEXT, LONGEST_TITLE, AnnouncementText
from marketplace.domains.announcements.repository import list_places
from marketplace.kernel.labels import label
from marketplace.web.door import read
from marketplace.web.fields import LaterSelect, day
from marketplace.web.forms import Form, line, paragraphs
from marketplace.web.words import names, say


class AnnouncementForm(Form):
    TEXT = AnnouncementText
    NODE = "Announcement"

    unit_id = LaterSelect(
        say(label("To all at")), lambda: [(place.id, place.name) for place in read(list_places)],
        description=say(label("Everybody who has an account at this unit or below it.")),
    )  # fmt: skip
    title = line(names("Announcement", "title"), most=LONGEST_TITLE)
    text = paragraphs(names("Announcement", "text"), most=LONGEST_TEXT, help=label("What happens, when, where, and what is to be done."))
    link = line(names("Announcement", "link"), most=300, required=False, help=label("Where one reads on: https://… or a page of this site, /…"))
    shown_from = day(names("Announcement", "shown_from"), description=say(label("Empty: it goes out in two minutes.")))
    shown_until = day(names("Announcement", "shown_until"), description=say(label("After this day it is no longer shown on the first page.")))

    def revision(self) -> AnnouncementText:
        return AnnouncementText(
            title=self.title.data or "", text=self.text.data or "", unit_id=self.unit_id.data or "", link=self.link.data or "",
            shown_from=self.shown_from.data, shown_until=self.shown_until.data,
        )  # fmt: skip
