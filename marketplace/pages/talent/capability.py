"""Skill × sub-district: how many people hold it, and on which level. Counted over what every officer may see, small cells withheld."""

from collections.abc import Iterable
from dataclasses import dataclass

from graph.connection import Transaction
from graph.records import reader
from marketplace.kernel.skill_levels import Level
from marketplace.kernel.suppression import LEAST, kept_back, told_part, told_total
from marketplace.processes.talent.model import EVERY_OFFICER

HIGH = tuple(list(Level)[list(Level).index(Level.SENIOR_TECHNICIAN) :])
"""Senior technicians and above."""
NOWHERE = ""
"""People whose union lies in no sub-district."""


@dataclass(frozen=True, slots=True)
class Counted:
    """Before anything is withheld: `everybody` has the skill at whatever level, `holders` at the level asked for."""

    area: str
    everybody: int
    holders: int
    high: int


COUNT = """
MATCH (w:Worker)-[h:HAS_SKILL]->(s:Skill) WHERE s.id IN $skills AND any(token IN w.audience WHERE token IN $reader)
  AND NOT 'HAS_SKILL' IN coalesce(w.concealed, [])
OPTIONAL MATCH (w)-[:UNDER]->(o:Organisation)
WITH coalesce(o.area, '') AS area, w, max(CASE WHEN h.level IN $levels THEN 1 ELSE 0 END) AS holds,
  max(CASE WHEN h.level IN $high AND h.level IN $levels THEN 1 ELSE 0 END) AS high
RETURN area, count(w) AS everybody, sum(holds) AS holders, sum(high) AS high
"""
COUNT_ANY_LEVEL = """
MATCH (w:Worker)-[h:HAS_SKILL]->(s:Skill) WHERE s.id IN $skills AND any(token IN w.audience WHERE token IN $reader)
  AND NOT 'HAS_SKILL' IN coalesce(w.concealed, [])
OPTIONAL MATCH (w)-[:UNDER]->(o:Organisation)
WITH coalesce(o.area, '') AS area, w, max(CASE WHEN h.level IN $high THEN 1 ELSE 0 END) AS high
RETURN area, count(w) AS everybody, count(w) AS holders, sum(high) AS high
"""


def count_holders(tx: Transaction, skills: list[str], least: Level | None) -> list[Counted]:
    """With the tokens that no officer lacks, so that each officer sees the same figures. A person counts once for several skills."""
    common = tx.seen_by(EVERY_OFFICER)
    if least is None:
        return common.all(COUNT_ANY_LEVEL, reader(Counted), skills=skills, high=HIGH)
    return common.all(COUNT, reader(Counted), skills=skills, high=HIGH, levels=levels_from(least))


def levels_from(least: Level) -> list[Level]:
    return list(Level)[list(Level).index(least) :]


@dataclass(frozen=True, slots=True)
class Cell:
    """None is withheld."""

    area: str
    holders: int | None
    high: int | None

    @property
    def share(self) -> int | None:
        """Senior technicians and above, in basis points."""
        return None if not self.holders or self.high is None else self.high * 10_000 // self.holders


@dataclass(frozen=True, slots=True)
class Capability:
    """`withheld` cells together hold `rest` people: nobody, or at least five. `total` is None where fewer than five hold the skill at all."""

    cells: tuple[Cell, ...]
    total: int | None
    total_high: int | None
    withheld: int
    rest: int


def told_of(counted: Iterable[Counted], areas: Iterable[str]) -> Capability:
    """The largest first, then the withheld ones by name. Areas without anybody are withheld like small ones."""
    found = {area: Counted(area, 0, 0, 0) for area in areas} | {one.area: one for one in counted}
    if NOWHERE in found and not found[NOWHERE].everybody:
        del found[NOWHERE]
    holders = {area: one.holders for area, one in found.items()}
    withheld = kept_back(holders, [area for area, one in found.items() if 0 < one.everybody - one.holders < LEAST])
    high = {area: one.high for area, one in found.items()}
    parts = [area for area, one in found.items() if area in withheld or told_part(one.high, one.holders) is None]
    silent = kept_back(high, parts)
    cells = [Cell(area, None if area in withheld else holders[area], None if area in silent else high[area]) for area in found]
    total, total_high = sum(holders.values()), sum(high.values())
    return Capability(
        cells=tuple(sorted(cells, key=lambda one: (one.holders is None, -(one.holders or 0), one.area))), total=told_total(total),
        total_high=told_part(total_high, total), withheld=len(withheld), rest=sum(holders[area] for area in withheld),
    )  # fmt: skip
