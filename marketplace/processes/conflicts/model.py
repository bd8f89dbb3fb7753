"""What counts as a relation that a decision must know of, for how long, and what a person declares themselves."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar

from marketplace.kernel import permissions as rules
from marketplace.kernel.kinship import Kin
from marketplace.kernel.permission import Permission
from marketplace.kernel.ways import Link, Way

JOINING = ("EMPLOYED_BY", "MEMBER_OF", "HOSTED_BY", "CONTRIBUTED_TO", "INVENTED", "DECLARED_KIN")
"""Employment, studio and association, joint work, kinship."""
MADE_BY = ("CONTRIBUTED_TO", "PRODUCED_BY", "OFFERED_BY", "POSTED_BY", "INVENTED", "OWNED_BY", "OFFERS")
"""Who stands behind an application."""
PARTIES = ("worker", "studio", "association", "enterprise")
APPLICATIONS = ("achievement", "listing", "need", "patent")
MOST_STEPS = 3
FEWEST_YEARS, MOST_YEARS, USUAL_YEARS = 0, 30, 3


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
class Finding:
    """One way. `is_past`: a relation in it ended too long ago to count; `is_apart`: two were never at the same place at the same time."""

    way: Way
    is_past: bool = False
    is_apart: bool = False


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


def judged(way: Way, on_day: date, years: int) -> Finding | None:
    """None for a way over something that has not begun on that day."""
    if any(link.since and link.since > on_day for link in way.links):
        return None
    limit = years_before(on_day, years)
    return Finding(way, any(link.ended_on < limit for link in way.links), _is_apart(way))


def years_before(day: date, years: int) -> date:
    """The 29th of February becomes the 28th."""
    try:
        return day.replace(year=max(day.year - years, 1))
    except ValueError:
        return day.replace(year=max(day.year - years, 1), day=28)


def _is_apart(way: Way) -> bool:
    shared = zip(way.between, way.links, way.links[1:], strict=False)
    return any(node.kind in PARTIES and node.kind != "worker" and _never_together(one, other) for node, one, other in shared)


def _never_together(one: Link, other: Link) -> bool:
    """Half-open spans; a link without any date says nothing."""
    return (one.until is not None and other.since is not None and one.until <= other.since) or (
        other.until is not None and one.since is not None and other.until <= one.since
    )
