"""What a contributor objects to, and what the unit answers."""

from flask_wtf.file import MultipleFileField
from wtforms import FieldList, FormField, HiddenField, RadioField
from wtforms import Form as Row

from marketplace.domains.objections.model import LONGEST, Answer
from marketplace.kernel.labels import label
from marketplace.web.fields import NEEDED, PercentField
from marketplace.web.forms import Form, paragraphs
from marketplace.web.words import names, say


class ObjectionForm(Form):
    NODE = "Objection"

    words = paragraphs(names("Objection", "words"), most=LONGEST, help=label("What is wrong, and what should it be? Say what shows it."))
    files = MultipleFileField(say(label("Files")), description=say(label("Photos, slips or lists; the unit reads them.")))


class PersonRow(Row):
    worker_id = HiddenField()
    share = PercentField(say(label("Share")))


class AnswerForm(Form):
    """A correction names the shares by which all of the posting is entered anew."""

    verdict = RadioField(
        names("Objection", "answer"), [NEEDED],
        choices=[("keep", say(label("The reckoning stands"))), ("correct", say(label("Reverse it, and post anew by these shares")))], default="keep",
    )  # fmt: skip
    rows = FieldList(FormField(PersonRow))
    answer = paragraphs(say(label("Reason")), most=LONGEST, help=label("Everybody who has a line in the posting reads the reason of a correction."))

    def said(self) -> Answer:
        given = ((str(row.form.worker_id.data), int(row.form.share.data or 0)) for row in self.rows)
        people = tuple((worker, share) for worker, share in given if share)
        return Answer(self.answer.data or "", people if self.verdict.data == "correct" else ())

    @property
    def lacks_shares(self) -> bool:
        return self.verdict.data == "correct" and not self.said().people
