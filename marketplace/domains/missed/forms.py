"""A note for whoever takes care of words that were missed."""

from dataclasses import dataclass

from marketplace.domains.missed.model import LONGEST_NOTE
from marketplace.kernel.labels import label
from marketplace.web.forms import Form, paragraphs
from marketplace.web.words import names


@dataclass(frozen=True, slots=True)
class HandOnText:
    note: str = ""


class HandOnForm(Form):
    TEXT = HandOnText

    note = paragraphs(
        names("MissedWords", "note"), most=LONGEST_NOTE, help=label("For instance: the battery association asks its members; a need was posted.")
    )
