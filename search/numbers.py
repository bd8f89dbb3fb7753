"""A whole text that is a number: people who quote one want that thing, not a list."""

import re

from search.analysis import codes, fold
from search.clauses import Question, Value
from search.document import FIELDS, NUMBERS
from search.page import Page

FEWEST_DIGITS = 6
MOST_MENTIONS = 50
"""Of one number in other things' texts, among which its own thing is looked for."""
_SEPARATORS = re.compile(r"[\s\-./_]+")
_NUMBER = re.compile(r"[a-z]{0,4}\d[\da-z]{3,30}")


def number_of(text: str) -> str:
    """Without separators, ZL and CN (ZL 2022 1 0497117.X is printed so, too); nothing where the text is no single number."""
    joined = _SEPARATORS.sub("", fold(text[:64]))
    enough = sum(char.isdigit() for char in joined) >= FEWEST_DIGITS
    return joined.removeprefix("zl").removeprefix("cn") if enough and _NUMBER.fullmatch(joined) else ""


def question_of_number(number: str) -> Question:
    """All that hold it; a patent's is held with and without its check digit."""
    return Question(Value(NUMBERS, number, FIELDS[NUMBERS].boost))


def owns(page: Page, number: str) -> bool:
    """Whether it is the thing's own number, which others may only mention."""
    return number in codes(fold(page.number))
