"""What the address of the capability map asks for. What it can't mean is said at its field."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from marketplace.kernel.labels import Label, label
from marketplace.kernel.skill_levels import Level
from marketplace.kernel.taxonomy import Term

VIEWS = ("both", "map", "table")
MEASURES = ("holders", "high")


@dataclass(frozen=True, slots=True)
class Asked:
    """`skills` are the ids that are counted: one, those of a technology field, or all."""

    skill: str = ""
    technology: str = ""
    level: Level | None = None
    measure: str = "holders"
    view: str = "both"
    skills: tuple[str, ...] = ()
    faults: dict[str, Label] = field(default_factory=dict)


def asked_of(args: Mapping[str, str], skills: Mapping[str, Term], fields: Mapping[str, Term]) -> Asked:
    """`skills` and `fields` are the taxonomies, by code."""
    skill, area = args.get("skill", "").strip(), args.get("field", "").strip()
    level, measure, view = args.get("level", ""), args.get("measure", "") or MEASURES[0], args.get("view", "") or VIEWS[0]
    faults = {
        "skill": label("The taxonomy has no such skill.") if skill and all(term.zh != skill for term in skills.values()) else "",
        "field": label("The taxonomy has no such field.") if area and area not in fields else "",
        "level": label("There is no such level.") if level and level not in list(Level) else "",
        "measure": label("Choose one of the two.") if measure not in MEASURES else "",
        "view": label("Choose one of the three.") if view not in VIEWS else "",
    }
    wrong = {name: Label(words) for name, words in faults.items() if words}
    counted = [] if wrong else [code for code, term in skills.items() if skill in ("", term.zh) and term.parent.startswith(area)]
    return Asked(
        skill, area, None if "level" in wrong or not level else Level(level), MEASURES[0] if "measure" in wrong else measure,
        VIEWS[0] if "view" in wrong else view, tuple(sorted(counted)), wrong,
    )  # fmt: skip
