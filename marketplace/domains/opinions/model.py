"""An opinion on a match: one of a few words by one account about one need and one thing, as it was published then."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import ClassVar

from marketplace.kernel import permissions as rules
from marketplace.kernel.entity import linked
from marketplace.kernel.labels import Label, label
from marketplace.kernel.permission import Permission
from marketplace.kernel.workflow import Step, Workflow

FEWEST = 3
"""People. Below, a sum would tell who said what: whoever asks about a thing is often known to its publisher."""


class Status(StrEnum):
    GIVEN = "given"
    TAKEN_BACK = "taken-back"


class Verdict(StrEnum):
    """DOMAIN, technology contracts: why companies pass on a technology."""

    USEFUL = "useful"
    TOO_EARLY = "too_early"
    BENEFIT_UNCLEAR = "benefit_unclear"
    ROUTE_UNCLEAR = "route_unclear"
    VAGUE = "vague"
    OTHER_FIELD = "other_field"
    NO_BUDGET = "no_budget"
    HAVE_ONE = "have_one"
    TIMING = "timing"


VERDICT_LABELS: dict[Verdict, Label] = {
    Verdict.USEFUL: label("Useful"), Verdict.TOO_EARLY: label("Too early"), Verdict.BENEFIT_UNCLEAR: label("Benefit over what exists unclear"),
    Verdict.ROUTE_UNCLEAR: label("Commercial route unclear"), Verdict.VAGUE: label("Description too vague"),
    Verdict.OTHER_FIELD: label("Not our field"), Verdict.NO_BUDGET: label("No budget"), Verdict.HAVE_ONE: label("Already have one"),
    Verdict.TIMING: label("Timing does not fit"),
}  # fmt: skip
REASONS = tuple(one for one in Verdict if one is not Verdict.USEFUL)


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


class MarkStatus(StrEnum):
    """MARKED waits for its version to become public; DROPPED: the publisher thought again, or gave the version up."""

    MARKED = "marked"
    TOLD = "told"
    DROPPED = "dropped"


@dataclass(frozen=True, slots=True)
class Repairable:
    """A thing and its versions: `ordinal` is public, `has_copy` says that a new version is being written or reviewed."""

    kind: str
    thing_id: str
    ordinal: int
    has_copy: bool
    owners: tuple[str, ...] = ()

    @property
    def answering(self) -> int:
        """The version that a word of its publisher is about: the one to come where there is one."""
        return self.ordinal + 1 if self.has_copy else self.ordinal

    @property
    def is_revised(self) -> bool:
        return self.answering > 1


@dataclass(frozen=True, slots=True, kw_only=True)
class RepairMark:
    """Which reasons a version answers, in the publisher's own words to us. One for each version, by `key`."""

    KIND: ClassVar[str] = "repair"
    READ: ClassVar[Permission] = Permission.REPAIR_READ

    id: str
    version: int = 1
    key: str
    status: MarkStatus = MarkStatus.MARKED
    thing_kind: str
    thing_id: str
    ordinal: int
    reasons: tuple[Verdict, ...]
    created_at: datetime
    updated_at: datetime
    owners: tuple[str, ...] = ()


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
MARKING = Workflow(
    Step("mark_repaired", frozenset(MarkStatus), MarkStatus.MARKED, P.REPAIR_MARK, label("Mark as mended"), label("Marked as mended")),
    Step("drop", frozenset({MarkStatus.MARKED}), MarkStatus.DROPPED, P.REPAIR_MARK, label("Take the mark back"), label("Mark taken back")),
    Step("tell_all", frozenset({MarkStatus.MARKED}), MarkStatus.TOLD, P.OPINION_TELL, label("Tell of the repair"), label("Told")),
)  # fmt: skip
is_behind_it = rules.Holds(lambda pair: pair.owners)
POLICY = rules.Policy({
    P.OPINION_READ: rules.is_account,
    P.OPINION_GIVE: rules.signed_in & ~is_behind_it,
    P.OPINION_TELL: rules.nobody,
    P.REPAIR_READ: is_behind_it,
    P.REPAIR_MARK: is_behind_it,
})  # fmt: skip
