"""Three marks and a few words."""

from wtforms import RadioField

from marketplace.domains.ratings.model import LEAST_MARK, LONGEST_ANSWER, LONGEST_WORDS, MARK_LABELS, MOST_MARK, RatingText
from marketplace.kernel.labels import Label, label
from marketplace.web.fields import NEEDED
from marketplace.web.forms import Form, paragraphs
from marketplace.web.words import say

MARK_WORDS: dict[int, Label] = {
    1: label("1, poor"), 2: label("2, fair"), 3: label("3, good"), 4: label("4, very good"), 5: label("5, excellent"),
}  # fmt: skip
CHOICES = [(mark, say(MARK_WORDS[mark])) for mark in range(LEAST_MARK, MOST_MARK + 1)]


def mark(name: str) -> RadioField:
    return RadioField(say(MARK_LABELS[name]), [NEEDED], choices=CHOICES, coerce=lambda sent: int(sent) if sent else None)


class RatingForm(Form):
    TEXT = RatingText

    quality = mark("quality")
    time = mark("time")
    communication = mark("communication")
    words = paragraphs(
        say(label("In words")), most=LONGEST_WORDS, required=False,
        help=label("Everybody reads it on the page of the other side. No prices, no persons, nothing that is confidential."),
    )  # fmt: skip


class AnswerForm(Form):
    answer = paragraphs(say(label("Your answer")), most=LONGEST_ANSWER, help=label("Once; it stands below the rating."))
