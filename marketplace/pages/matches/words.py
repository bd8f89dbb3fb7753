"""Why a match is one, in a sentence made of its parts; and its path, as the chain shows it."""

from typing import Any

from flask_babel import gettext as _
from flask_babel import ngettext as _n

from marketplace.kernel.labels import Label, label
from marketplace.kernel.skill_levels import LEVEL_LABELS
from marketplace.processes.matching import weights
from marketplace.processes.matching.model import PART_LABELS, Adopter, Asked, Evidence, Link, Match, PartName
from marketplace.processes.matching.scoring import is_near, users, users_alike
from marketplace.web.links import ROOMS, url_of
from marketplace.web.taxonomies import skill_name
from marketplace.web.words import translated

MOST_NAMED = 3
RELATIONS: dict[str, Label] = {
    "requires": label("required skill"), "held by": label("holds it"), "made by": label("made it"), "member of": label("studio"),
    "made at": label("where it was made"),
    "solves": label("may solve it"), "used by": label("uses it"), "made": label("a work of theirs"), "asks for it": label("its open need"),
    "same field": label("uses this already"), "may use it": label("may use it"),
}  # fmt: skip
LEGEND = (
    (PART_LABELS[PartName.TEXT], weights.TEXT), (PART_LABELS[PartName.SKILLS], weights.SKILLS),
    (PART_LABELS[PartName.EVIDENCE], weights.USED + weights.SOLVED + weights.NEAR), (PART_LABELS[PartName.FIELD], weights.FIELD + weights.MATURE),
    (PART_LABELS[PartName.ANSWERS], weights.ANSWERS),
)  # fmt: skip
"""The parts in their order, and the most points that each can have."""


def why(match: Match) -> str:
    """One sentence; the words that matched stand for a match that nothing else speaks for."""
    asked = match.asked or Asked("", "")
    said = [*_skills(match), *_use(asked, match.evidence), *_people(asked, match.evidence)]
    if not said:
        said = [_("it says %(words)s, as the need does", words=_listed(match.words))]
    return _sentence(said)


def why_adopter(one: Adopter, work_field: str) -> str:
    """One sentence on an enterprise that might use a work."""
    said = []
    if one.needs:
        said.append(_n("it has %(num)d open need that this may solve", "it has %(num)d open needs that this may solve", len(one.needs)))
    if one.uses:
        said.append(_n("it uses %(num)d other work of this field", "it uses %(num)d other works of this field", len(one.uses)))
    if one.field and one.field == work_field:
        said.append(_("it works in the same field"))
    return _sentence(said)


def _sentence(said: list[str]) -> str:
    text = str(_("; ")).join(said)
    return str(_("%(reasons)s.", reasons=text[:1].upper() + text[1:]))


def _skills(match: Match) -> list[str]:
    if not match.skills:
        return []
    person = next((one for one in match.evidence.people if set(one.skills) & set(match.skills)), None) if match.evidence else None
    if person:
        own = tuple(skill for skill in match.skills if skill in person.skills)
        return [_("%(person)s holds the required skill %(skills)s", person=person.name, skills=_named(own))]
    return [_("it uses the required skill %(skills)s", skills=_named(match.skills))]


def _use(asked: Asked, found: Evidence | None) -> list[str]:
    if found is None:
        return []
    if alike := users_alike(asked, found):
        return [_n("already used by %(num)d enterprise of the same field", "already used by %(num)d enterprises of the same field", len(alike))]
    others = len(users(asked, found))
    return [_n("already used by %(num)d enterprise", "already used by %(num)d enterprises", others)] if others else []


def _people(asked: Asked, found: Evidence | None) -> list[str]:
    return [_("somebody of it works where the need was posted")] if found and is_near(asked, found) else []


def _named(skills: tuple[str, ...]) -> str:
    return _listed(tuple(skill_name(skill) for skill in skills))


def _listed(words: tuple[str, ...]) -> str:
    return str(_(", ")).join(words[:MOST_NAMED])


def chain_of(path: tuple[Link, ...]) -> list[dict[str, Any]]:
    """For macros/chain.html. What the reader came from has no address: they are there."""
    return [
        {
            "kind": link.kind, "title": skill_name(link.title) if link.kind == "skill" else link.title, "note": _note(link),
            "url": url_of(link.kind, link.id) if link.id and link.kind in ROOMS else "",
        }
        for link in path
    ]  # fmt: skip


def _note(link: Link) -> str:
    if link.kind == "worker":
        return translated(LEVEL_LABELS[link.note]) if link.note in LEVEL_LABELS else translated(RELATIONS[link.relation])
    if link.relation == "used by" and int(link.note) > 1:
        return str(_n("and %(num)d more", "and %(num)d more", int(link.note) - 1))
    if link.kind in ("achievement", "listing") and link.note and link.relation != "same field":
        return link.note
    return translated(RELATIONS[link.relation]) if link.relation else str(_("the need"))


def part_rows(match: Match | Adopter) -> list[dict[str, Any]]:
    return [{"words": translated(PART_LABELS[part.name]), "points": part.points, "most": part.most} for part in match.parts]
