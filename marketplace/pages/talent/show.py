"""Rows of the three pages, in the reader's words."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from flask import url_for
from flask_babel import gettext as _

from marketplace.kernel.labels import Label, label
from marketplace.kernel.skill_levels import LEVEL_LABELS, Level
from marketplace.pages.talent.capability import NOWHERE, Capability, Cell
from marketplace.pages.talent.repository import Group, Overview, Person
from marketplace.pages.talent.shortage import Alert, Line
from marketplace.pages.talent.state import Asked
from marketplace.pages.talent.tiles import GRID, short
from marketplace.processes.talent.model import Analysis
from marketplace.web.taxonomies import skill_name
from marketplace.web.words import level_name

SHOWN = 20
BESIDE = 12
STEPS = ((30, "most"), (20, "much"), (10, "some"), (5, "few"))
TOGETHER = "、"


def people_rows(people: tuple[Person, ...], run: Analysis, by: str) -> list[dict[str, Any]]:
    """The first twenty that the reader may see, by influence or by bridging."""
    first = sorted((one for one in people if getattr(one, by) > 0), key=lambda one: (-getattr(one, by), one.id))[:SHOWN]
    return [
        {"id": one.id, "name": one.name, "facts": [part for part in (level_name(one.level), one.enterprise, one.area) if part],
         "influence": f"{one.influence * run.nodes:.1f}", "bridging": f"{one.bridging * 100:.2f}%", "reach": one.reach, "links": one.links}
        for one in first
    ]  # fmt: skip


def group_rows(overview: Overview) -> list[dict[str, Any]]:
    return [_group_row(one, overview.names or {}) for one in overview.groups]


def _group_row(group: Group, names: dict[tuple[str, str], str]) -> dict[str, Any]:
    """Named by its most frequent skills and where most of its people work, else live in the tree of unions."""
    firm = names.get(("enterprise", group.enterprise_id), "")
    parts = [TOGETHER.join(skill_name(one) for one in group.skills), firm or group.area]
    people = [(id, names["worker", id]) for id in group.leader_ids if ("worker", id) in names]
    start = ("enterprise", group.enterprise_id) if firm else ("worker", people[0][0]) if people else None
    return {
        "name": "，".join(part for part in parts if part) or _("Group %(number)s", number=group.ordinal + 1), "size": group.size,
        "people": group.people, "area": group.area, "leaders": people, "url": url_for("network.detail", kind=start[0], id=start[1]) if start else "",
    }  # fmt: skip


@dataclass(frozen=True, slots=True)
class Tile:
    """`value` None is withheld; `step` names its colour."""

    area: str
    name: str
    value: int | None
    step: str
    is_own: bool


def grid_of(found: Capability, asked: Asked, own: list[str]) -> list[list[Tile | None]]:
    cells = {one.area: one for one in found.cells}
    return [[_tile(cells[area], asked, area in own) if area else None for area in row] for row in GRID]


def _tile(cell: Cell, asked: Asked, is_own: bool) -> Tile:
    value: int | None = getattr(cell, asked.measure)
    step = next((name for least, name in STEPS if value is not None and value >= least), "few" if value is not None else "none")
    return Tile(cell.area, short(cell.area), value, step, is_own)


def cell_rows(found: Capability, own: list[str], *, whole: bool) -> dict[str, Any]:
    """Beside the map the first dozen that are told, and the reader's own; the others added up, and the withheld ones of course only together."""
    told = [one for one in found.cells if one.holders is not None]
    shown = [one for at, one in enumerate(told) if whole or at < BESIDE or one.area in own]
    rows = [
        {"area": area_name(one.area), "holders": one.holders, "high": one.high, "share": one.share, "is_own": one.area in own and bool(one.area)}
        for one in shown
    ]  # fmt: skip
    hold = sum(one.holders or 0 for one in told) - sum(one.holders or 0 for one in shown)
    return {"shown": rows, "others": len(told) - len(shown), "others_hold": hold}


def area_name(area: str) -> str:
    return area if area != NOWHERE else _("No sub-district")


def what_of(asked: Asked, technology: str) -> str:
    """What is counted, as the heading says it."""
    return skill_name(asked.skill) if asked.skill else technology or _("any skill of the taxonomy")


def level_choices() -> list[tuple[str, str]]:
    return [("", _("All levels")), *((level.value, _("%(level)s and above", level=level_name(level))) for level in Level if level in LEVEL_LABELS)]


ALERTS: dict[Alert, tuple[Label, str, str]] = {
    Alert.FEW_AND_RETIRING: (label("Few, and near retirement"), "error", "exclamation-octagon-fill"),
    Alert.FEW: (label("Too few people"), "error", "people"),
    Alert.RISING: (label("Needs rise fast"), "error", "arrow-up"),
    Alert.RETIRING: (label("Many near retirement"), "due", "alarm"),
    Alert.ENOUGH: (label("Enough"), "ok", "check-circle-fill"),
}
"""Words, tone and icon: colour never alone."""


def line_row(line: Line) -> dict[str, Any]:
    words, tone, icon = ALERTS[line.alert]
    return {
        "skill": skill_name(line.skill), "words": words, "tone": tone, "icon": icon, "needs": line.needs, "recent": sum(line.trend[-4:]),
        "before": sum(line.trend[:-4]), "trend": line.trend, "holders": line.holders, "high": line.high, "near": line.near_percent,
        "needs_url": url_for("search.index", kind="need", skill=line.skill), "people_url": f"/people?{urlencode({'skill': line.skill})}",
        "map_url": url_for("talent.capability", skill=line.skill), "is_warning": line.alert is not Alert.ENOUGH,
    }  # fmt: skip


def multiples_of(rows: list[dict[str, Any]]) -> list[tuple[dict[str, Any], list[dict[str, Any]]]]:
    """A small picture for each, all on one scale."""
    most = max((max(row["trend"]) for row in rows), default=0)
    return [(row, _bars(row["trend"], most)) for row in rows]


def _bars(trend: tuple[int, ...], most: int) -> list[dict[str, Any]]:
    """Bars of at most 32 px from zero."""
    heights = [round(32 * value / most) if most else 0 for value in trend]
    return [
        {"x": at * 16, "y": 48 - height, "height": height, "value": value, "is_last": at == len(trend) - 1}
        for at, (value, height) in enumerate(zip(trend, heights, strict=True))
    ]  # fmt: skip
