"""Which relations a decision must know of, and how long after their end they still count."""

from dataclasses import dataclass
from datetime import date

from graph.connection import Transaction
from graph.records import value
from marketplace.kernel.ways import Link, Way

JOINING = ("EMPLOYED_BY", "MEMBER_OF", "HOSTED_BY", "CONTRIBUTED_TO", "INVENTED", "DECLARED_KIN")
"""Employment, studio and association, joint work, kinship."""
PARTIES = ("worker", "studio", "association", "enterprise")
MOST_STEPS = 3
USUAL_YEARS = 3


@dataclass(frozen=True, slots=True)
class Finding:
    """One way. `is_past`: a relation in it ended too long ago to count; `is_apart`: two were never at the same place at the same time."""

    way: Way
    is_past: bool = False
    is_apart: bool = False


YEARS = """
MATCH (r:ConflictRule {id: 'conflicts'}) RETURN r.years AS years
"""


def years_of_rule(tx: Transaction) -> int:
    """After how many years an ended relation counts as past: the usual ones until an administrator sets others."""
    found = tx.find(YEARS, value("years"))
    return USUAL_YEARS if found is None else int(found)


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
