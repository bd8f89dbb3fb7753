"""What counts as a relation that a decision must know of, for how long, and what a person declares themselves."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar

from marketplace.kernel import permissions as rules
from marketplace.kernel.conflicts import USUAL_YEARS, Finding
from marketplace.kernel.kinship import Kin
from marketplace.kernel.permission import Permission

MADE_BY = ("CONTRIBUTED_TO", "PRODUCED_BY", "OFFERED_BY", "POSTED_BY", "INVENTED", "OWNED_BY", "OFFERS")
"""Who stands behind an application."""
APPLICATIONS = ("achievement", "listing", "need", "patent")
FEWEST_YEARS, MOST_YEARS = 0, 30


@dataclass(frozen=True, slots=True, kw_only=True)
class ConflictRule:
    """▲ A relation that ended more than `years` ago counts as past. An administrator sets it."""

    KIND: ClassVar[str] = "conflict-rule"
    READ: ClassVar[Permission] = Permission.CONFLICT_CHECK

    id: str = "conflicts"
    version: int = 0
    years: int = USUAL_YEARS
    created_at: datetime
    updated_at: datetime

    @property
    def makers(self) -> tuple[str, ...]:
        return ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Kinship:
    """Declared by `worker_id` about `other_id`; only the declarer and the officers above them may know."""

    KIND: ClassVar[str] = "kinship"
    READ: ClassVar[Permission] = Permission.KIN_READ

    id: str
    version: int = 1
    worker_id: str
    other_id: str
    other_name: str = ""
    kin: Kin
    since: date
    until: date | None = None

    @property
    def makers(self) -> tuple[str, ...]:
        return (self.worker_id,)


POLICY = rules.Policy({
    Permission.CONFLICT_CHECK: rules.officer | rules.administrator,
    Permission.CONFLICT_RULE: rules.administrator,
    Permission.KIN_READ: rules.is_maker,
    Permission.KIN_DECLARE: rules.signed_in,
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class Findings:
    """`years` is the rule that was applied; `cut`: there was more than is looked at."""

    found: tuple[Finding, ...] = ()
    years: int = USUAL_YEARS
    cut: bool = False

    @property
    def counting(self) -> tuple[Finding, ...]:
        return tuple(one for one in self.found if not one.is_past)

    @property
    def past(self) -> tuple[Finding, ...]:
        return tuple(one for one in self.found if one.is_past)
