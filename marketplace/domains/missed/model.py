"""Words of searches that found nothing or little. No person, no session, no address; nothing that looks like one."""

import hashlib
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import ClassVar

from marketplace.kernel import permissions as rules
from marketplace.kernel.labels import Label, label
from marketplace.kernel.permission import Permission
from marketplace.kernel.personal_numbers import may_be_personal
from marketplace.kernel.workflow import Step, Workflow
from search.parsing import understand
from search.synonyms import key_of

FEW = 3
"""Results that are few; with more, the reader has something to read."""
SHORTEST, LONGEST = 2, 40
"""Letters or characters of words that are kept: a pasted sentence may tell of somebody, and makes no synonym."""
SHOWN_FROM = 2
"""Times that words were missed (a second day is a second time) before anybody is shown them: what one person once typed in a hurry is theirs."""
MOST_A_DAY = 500
"""Different words that are counted anew on one day: a machine that searches for nonsense fills no store."""
LONGEST_NOTE = 500


class Status(StrEnum):
    OPEN = "open"
    HANDED_ON = "handed-on"
    DISMISSED = "dismissed"


STATUS_LABELS: dict[Status, Label] = {
    Status.OPEN: label("To look at"), Status.HANDED_ON: label("Handed on"), Status.DISMISSED: label("Dismissed"),
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class MissedWords:
    """What an administrator decided about words; how often they were missed, the days count."""

    KIND: ClassVar[str] = "missed"
    READ: ClassVar[Permission] = Permission.MISSED_READ

    id: str
    version: int = 1
    status: Status = Status.OPEN
    words: str
    note: str = ""
    created_at: datetime
    updated_at: datetime

    @property
    def is_open(self) -> bool:
        return self.status is Status.OPEN

    @property
    def makers(self) -> tuple[str, ...]:
        return ()

    @property
    def title(self) -> str:
        return self.words


@dataclass(frozen=True, slots=True)
class Missed:
    """One row of the list."""

    words: MissedWords
    zero: int
    low: int
    days: int
    last: date

    @property
    def total(self) -> int:
        return self.zero + self.low


P = Permission
_OPEN, _CLOSED = frozenset({Status.OPEN}), frozenset({Status.DISMISSED, Status.HANDED_ON})
WORKFLOW = Workflow(
    Step("dismiss", _OPEN, Status.DISMISSED, P.MISSED_EDIT, label("Dismiss"), label("Dismissed")),
    Step("hand_on", _OPEN, Status.HANDED_ON, P.MISSED_EDIT, label("Hand on"), label("Handed on")),
    Step("reopen", _CLOSED, Status.OPEN, P.MISSED_EDIT, label("Look at again"), label("To look at again")),
)  # fmt: skip
POLICY = rules.Policy({P.MISSED_READ: rules.administrator, P.MISSED_EDIT: rules.administrator})


def words_to_count(text: str) -> str:
    """The words of a search as they are counted, however they were written; nothing for what is not kept.

    A search with a -word was narrowed by its reader: that it found little says nothing."""
    asked = understand(text)
    words = key_of(text)
    if may_be_personal(text) or asked.unwanted or not SHORTEST <= len(words) <= LONGEST:
        return ""
    return words


def id_of(words: str) -> str:
    """The same words always count on the same node."""
    return hashlib.sha256(words.encode()).hexdigest()[:32]
