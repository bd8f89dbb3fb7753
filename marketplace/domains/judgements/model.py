"""One expert's review of one team, known to the expert as a number: appointed, declared free of conflicts, given once."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import ClassVar

from marketplace.kernel import permissions as rules
from marketplace.kernel.criteria import Criterion
from marketplace.kernel.labels import Label, label
from marketplace.kernel.permission import Permission
from marketplace.kernel.workflow import Step, Tells, Workflow


class Status(StrEnum):
    APPOINTED = "appointed"
    READY = "ready"
    CAST = "cast"
    STOOD_BACK = "stood-back"


STATUS_LABELS: dict[str, Label] = {
    Status.APPOINTED: label("Declaration awaited"), Status.READY: label("Judging"), Status.CAST: label("Judged"),
    Status.STOOD_BACK: label("Stood back"),
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What the expert reads: a team's plan and its files' ids, without a name of anybody. `is_own`: they belong to that team."""

    challenge_id: str
    challenge_title: str
    problem: str
    indicators: tuple[str, ...]
    criterion_names: tuple[str, ...]
    criterion_weights: tuple[int, ...]
    judge_until: date | None
    is_judged_now: bool
    is_own: bool
    approach: str
    schedule: str
    experience: str
    costs: str
    cost_fen: int | None
    files: tuple[str, ...]

    @property
    def criteria(self) -> tuple[Criterion, ...]:
        return tuple(Criterion(*one) for one in zip(self.criterion_names, self.criterion_weights, strict=True))


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """A node without relations: it is its own guard. Its scores are read by its expert alone until the site sums them up."""

    KIND: ClassVar[str] = "judgement"
    READ: ClassVar[Permission] = Permission.JUDGEMENT_READ

    id: str
    version: int = 1
    key: str
    title: str
    status: Status = Status.APPOINTED
    reason: str = ""
    challenge_id: str
    proposal_id: str
    account_id: str
    account_name: str
    ordinal: int
    units: tuple[str, ...]
    scores: tuple[int, ...] = ()
    remarks: tuple[str, ...] = ()
    cast_at: datetime | None = None
    created_at: datetime
    updated_at: datetime

    @property
    def accounts(self) -> tuple[str, ...]:
        return (self.account_id,)

    @property
    def invited(self) -> tuple[str, ...]:
        return (self.account_id,)

    @property
    def number(self) -> str:
        """How a message calls it: nothing has a number of its own here."""
        return self.title

    @property
    def is_wanted(self) -> bool:
        """Whoever stood back is not waited for."""
        return self.status in _WAITING or self.cast_at is not None

    @property
    def review_units(self) -> tuple[str, ...]:
        """Whose officers are told that another expert is needed."""
        return self.units


P = Permission
_WAITING = frozenset({Status.APPOINTED, Status.READY})
WORKFLOW = Workflow(
    Step("appoint", frozenset({Status.APPOINTED, Status.STOOD_BACK}), Status.APPOINTED, P.JUDGEMENT_APPOINT, label("Appoint"),
         label("You are asked to judge a team"), tells=Tells.INVITED),
    Step("declare", frozenset({Status.APPOINTED}), Status.READY, P.JUDGEMENT_CAST, label("I have no relation to any team I recognise"),
         label("Declared: no conflict"), main=True),
    Step("stand_back", _WAITING, Status.STOOD_BACK, P.JUDGEMENT_CAST, label("Stand back"), label("Stood back"), reason=True, tells=Tells.OFFICERS),
    Step("cast", frozenset({Status.READY}), Status.CAST, P.JUDGEMENT_CAST, label("Give the scores"), label("Judged")),
)  # fmt: skip
POLICY = rules.Policy({
    P.JUDGEMENT_READ: rules.is_account | rules.is_officer_above,
    P.JUDGEMENT_CAST: rules.is_account,
    P.JUDGEMENT_APPOINT: rules.is_officer_above & ~rules.is_account,
})  # fmt: skip
