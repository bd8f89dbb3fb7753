"""An opinion on a match: one of a few words by one account about one need and one thing, as it was published then."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import ClassVar

from marketplace.kernel import permissions as rules
from marketplace.kernel.entity import linked
from marketplace.kernel.labels import Label, label
from marketplace.kernel.permission import Permission
from marketplace.kernel.verdicts import Verdict
from marketplace.kernel.workflow import Step, Workflow

FEWEST = 3
"""People. Below, a sum would tell who said what: whoever asks about a thing is often known to its publisher."""


class Status(StrEnum):
    GIVEN = "given"
    TAKEN_BACK = "taken-back"


@dataclass(frozen=True, slots=True)
class Repair:
    """What to do about a reason, and in which part of the edit form of each kind."""

    words: Label
    achievement: str
    listing: str

    def part(self, kind: str) -> str:
        return self.listing if kind == "listing" else self.achievement


REPAIRS: dict[Verdict, Repair] = {
    Verdict.TOO_EARLY: Repair(label("State the maturity, and what is already proven in use."), "ready", "what"),
    Verdict.BENEFIT_UNCLEAR: Repair(label("State the gain in numbers: before, after, and where it was measured."), "gain", "what"),
    Verdict.ROUTE_UNCLEAR: Repair(label("Say how one can have it: contract kind, price, trial first."), "used", "contract"),
    Verdict.VAGUE: Repair(label("Describe what it does step by step, with sizes, materials and limits."), "what", "what"),
    Verdict.OTHER_FIELD: Repair(label("Check the technology field and say where it applies and where not."), "ready", "what"),
    Verdict.NO_BUDGET: Repair(label("Offer a trial first, instalments or a royalty."), "used", "price"),
    Verdict.HAVE_ONE: Repair(label("Say what it does better than what is already in use."), "gain", "what"),
    Verdict.TIMING: Repair(label("Say how long it stays available and how soon it can be put in place."), "ready", "valid"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Pair:
    """A need and a thing that the reader may see both. `owners` are the tokens of those who stand behind the thing."""

    need_id: str
    kind: str
    thing_id: str
    ordinal: int = 0
    owners: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class MatchOpinion:
    """`key` is unique for account, need and thing; `ordinal` is the published version of the thing that was judged.

    `tell`: whoever said it agreed to hear once of a repair; being told ends that."""

    KIND: ClassVar[str] = "opinion"
    READ: ClassVar[Permission] = Permission.OPINION_READ

    id: str
    version: int = 1
    key: str
    status: Status = Status.GIVEN
    verdict: Verdict
    ordinal: int = 0
    tell: bool = False
    told_at: datetime | None = None
    created_at: datetime
    updated_at: datetime
    account_id: str = linked(default="")
    thing_id: str = linked(default="")
    thing_kind: str = linked(default="")
    need_id: str = linked(default="")

    @property
    def accounts(self) -> tuple[str, ...]:
        return (self.account_id,)


@dataclass(frozen=True, slots=True)
class Said:
    """How many people gave this verdict."""

    verdict: Verdict
    people: int


@dataclass(frozen=True, slots=True)
class Sum:
    """What was said of the present version; empty below FEWEST people."""

    ordinal: int = 0
    people: int = 0
    said: tuple[Said, ...] = ()

    @property
    def useful(self) -> int:
        return next((one.people for one in self.said if one.verdict is Verdict.USEFUL), 0)

    @property
    def reasons(self) -> tuple[Said, ...]:
        """The most frequent first."""
        return tuple(one for one in self.said if one.verdict is not Verdict.USEFUL)


P = Permission
_ANY = frozenset({Status.GIVEN, Status.TAKEN_BACK})
WORKFLOW = Workflow(
    Step("say", _ANY, Status.GIVEN, P.OPINION_GIVE, label("Say what you think of the match"), label("Noted")),
    Step("tell", frozenset({Status.GIVEN}), Status.GIVEN, P.OPINION_TELL, label("Tell of the repair"), label("Mended since you passed; look again")),
    Step("take_back", frozenset({Status.GIVEN}), Status.TAKEN_BACK, P.OPINION_GIVE, label("Take back"), label("Taken back")),
)  # fmt: skip
is_behind_it = rules.Holds(lambda pair: pair.owners)
POLICY = rules.Policy({
    P.OPINION_READ: rules.is_account,
    P.OPINION_GIVE: rules.signed_in & ~is_behind_it,
    P.OPINION_TELL: rules.nobody,
})  # fmt: skip
