"""A rating: three marks and words by one side of a contract about the other; answered once by whoever was rated."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import ClassVar

from marketplace.kernel import permissions as rules
from marketplace.kernel.labels import Label, label
from marketplace.kernel.permission import Permission
from marketplace.kernel.permissions import MAKER
from marketplace.kernel.trading import BINDING, Party, binds
from marketplace.kernel.workflow import Step, Tells, Workflow


class Status(StrEnum):
    GIVEN = "given"
    SHOWN = "shown"
    TAKEN_DOWN = "taken-down"


STATUS_LABELS: dict[str, Label] = {
    Status.GIVEN: label("Not shown yet"), Status.SHOWN: label("Shown"), Status.TAKEN_DOWN: label("Rating taken down"),
}  # fmt: skip
LEAST_MARK, MOST_MARK = 1, 5
LONGEST_WORDS, LONGEST_ANSWER = 500, 500


@dataclass(frozen=True, slots=True, kw_only=True)
class RatingText:
    """Marks from 1 (poor) to 5 (excellent)."""

    quality: int
    time: int
    communication: int
    words: str = ""


MARKS = ("quality", "time", "communication")
MARK_LABELS: dict[str, Label] = {
    "quality": label("Quality of the work"), "time": label("Kept to the time"), "communication": label("Communication"),
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Rating(RatingText):
    """By the party `rater_id` of `rated_id`; neither is named on a public page, since who contracts with whom is theirs alone.

    As long as it is only GIVEN, marks and words reach nobody but the side that gave them."""

    KIND: ClassVar[str] = "rating"
    READ: ClassVar[Permission] = Permission.RATING_READ
    READ_GUARDED: ClassVar[Permission] = Permission.RATING_INSIDE

    id: str
    version: int = 1
    key: str
    status: Status = Status.GIVEN
    contract_id: str
    number: str
    side: str
    rater_id: str
    rater_kind: str
    rated_id: str
    rated_kind: str
    units: tuple[str, ...] = ()
    answer: str = ""
    answered_at: datetime | None = None
    shown_at: datetime | None = None
    due_at: datetime
    reason: str = ""
    created_at: datetime
    updated_at: datetime

    @property
    def title(self) -> str:
        """What notices call it: the contract's number, which both sides know."""
        return self.number

    @property
    def open_title(self) -> str:
        """Outside of the contract, its number is nobody's to know."""
        return ""

    @property
    def makers(self) -> tuple[str, ...]:
        return (self.rater_id, self.rated_id)

    @property
    def is_shown(self) -> bool:
        return self.status is Status.SHOWN

    @property
    def is_taken_down(self) -> bool:
        return self.status is Status.TAKEN_DOWN


@dataclass(frozen=True, slots=True)
class Standing:
    """What is shown of a party. `means` in tenths, one for each mark, and only from so many ratings on that no single one decides."""

    number: int
    means: tuple[int, ...]
    latest: tuple[Rating, ...]


def key_of(contract_id: str, side: str) -> str:
    return f"{contract_id}:{side}"


P = Permission
is_rater = rules.Holds(lambda one: (MAKER + one.rater_id,), kind=MAKER, words=label("Acts for the side that gave it."))
is_rated = rules.holds_any(lambda one: (binds(Party(one.rated_kind, one.rated_id)),), label("Speaks for the side that was rated."), *BINDING)
_GIVEN, _SHOWN, _DOWN = (frozenset({one}) for one in Status)
WORKFLOW = Workflow(
    Step("show", _GIVEN, Status.SHOWN, P.RATING_SHOW, label("Show it"), label("Ratings are shown now"), tells=Tells.MAKERS),
    Step("answer", _SHOWN, Status.SHOWN, P.RATING_ANSWER, label("Answer it"), label("Answered"), tells=Tells.MAKERS),
    Step("take_down", _SHOWN, Status.TAKEN_DOWN, P.RATING_TAKE_DOWN, label("Take down with a reason"), label("A rating was taken down"), reason=True,
         tells=Tells.MAKERS),
)  # fmt: skip
POLICY = rules.Policy({
    P.RATING_READ: rules.is_maker | rules.while_in(_SHOWN, rules.anyone) | rules.while_in(_DOWN, rules.is_officer_above),
    P.RATING_INSIDE: is_rater | rules.while_in(_SHOWN, rules.anyone) | rules.while_in(_DOWN, rules.is_maker | rules.is_officer_above),
    P.RATING_SHOW: rules.nobody,
    P.RATING_ANSWER: rules.while_in(_SHOWN, is_rated),
    P.RATING_TAKE_DOWN: rules.while_in(_SHOWN, rules.is_officer_above & ~rules.is_maker),
})  # fmt: skip


def faults_of(text: RatingText) -> dict[str, Label]:
    """At the field."""
    wrong = (name for name in MARKS if not LEAST_MARK <= getattr(text, name) <= MOST_MARK)
    return {name: label("Choose a mark from 1 to 5.") for name in wrong}
