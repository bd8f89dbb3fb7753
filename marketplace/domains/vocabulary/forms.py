"""One word a line, or with commas between; what is wrong with them the room says."""

import re
from typing import Any

from wtforms import Field
from wtforms.widgets import TextArea

from marketplace.domains.vocabulary.model import KIND_LABELS, LONGEST_NOTE, Kind, SynonymText, faults_of, tidy
from marketplace.kernel.errors import Invalid
from marketplace.kernel.labels import label
from marketplace.web.fields import choice
from marketplace.web.forms import Form, one_line, paragraphs
from marketplace.web.words import names, say

BETWEEN = re.compile(r"[\n、,，;；]")
MOST_READ = 60
"""Words of one field; the room refuses far fewer, in its own words."""


class WordsField(Field):
    """A tuple of words, shown one a line."""

    widget = TextArea()  # type: ignore[assignment]  # written for texts, and asks for _value() alone
    data: Any

    def _value(self) -> str:
        return "\n".join(self.data or ())

    def process_formdata(self, valuelist: list[str]) -> None:
        words = (one_line(word) for word in BETWEEN.split(valuelist[0])) if valuelist else ()
        self.data = tuple(dict.fromkeys(word for word in words if word))[:MOST_READ]


def words_field(words: Any, help: Any) -> WordsField:
    return WordsField(words, description=say(help), default=())


class SynonymForm(Form):
    TEXT = SynonymText
    NODE = "Synonym"

    kind = choice(names("Synonym", "kind"), KIND_LABELS, Kind, default=Kind.SAME)
    words = words_field(names("Synonym", "words"), label("One a line, or with commas between: at most nine. Chinese and English may stand together."))
    finds = words_field(names("Synonym", "finds"), label("Only for a word that also finds others: which others, one a line."))
    note = paragraphs(
        names("Synonym", "note"), most=LONGEST_NOTE, required=False, help=label("Where the words come from, or why they stand together.")
    )

    def valid_words(self) -> bool:
        """For a preview: the fields' own rules and the room's, said at the field; nothing is looked up in the store."""
        if not self.validate_on_submit():
            return False
        faults = faults_of(tidy(self.revision()))
        if faults:
            self._tell(Invalid(faults))
        return not faults

    def revision(self) -> SynonymText:
        kind = self.kind.data if isinstance(self.kind.data, Kind) else Kind.SAME
        return SynonymText(kind=kind, words=self.words.data or (), finds=self.finds.data or (), note=self.note.data or "")
