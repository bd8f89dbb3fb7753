"""Why a match is one, in a sentence made of its parts; and its path, as the chain shows it."""

from typing import Any

from flask_babel import gettext as _
from flask_babel import ngettext as _n

from marketplace.kernel.labels import Label, label
from marketplace.kernel.skill_levels import LEVEL_LABELS
from marketplace.processes.matching.model import PART_LABELS, Asked, Evidence, Link, Match
from marketplace.processes.matching.scoring import is_near, users_alike
from marketplace.web.links import ROOMS, url_of
from marketplace.web.words import translated

MOST_NAMED = 3
RELATIONS: dict[str, Label] = {
    "requires": label("required skill"), "held by": label("holds it"), "made by": label("made it"), "member of": label("studio"),
    "solves": label("may solve it"), "used by": label("uses it"),
}  # fmt: skip


def why(asked: Asked, match: Match) -> str:
    """One sentence; the words that matched stand for a match that nothing else speaks for."""
    said = [*_skills(match), *_use(asked, match.evidence), *_people(asked, match.evidence)]
    if not said:
        said = [_("It says %(words)s, as the need does", words=_listed(match.words))]
    return str(_("%(reasons)s.", reasons=_("; ").join(said)))


def _skills(match: Match) -> list[str]:
    if not match.skills:
        return []
    person = next((one for one in match.evidence.people if set(one.skills) & set(match.skills)), None) if match.evidence else None
    if person:
        return [_("%(person)s holds the required %(skills)s", person=person.name, skills=_listed(match.skills))]
    return [_("it uses the required %(skills)s", skills=_listed(match.skills))]


def _use(asked: Asked, found: Evidence | None) -> list[str]:
    if found is None or not found.adopters:
        return []
    alike = users_alike(asked, found)
    if alike:
        return [_n("already used by %(num)d enterprise of the same field", "already used by %(num)d enterprises of the same field", len(alike))]
    return [_n("already used by %(num)d enterprise", "already used by %(num)d enterprises", len(found.adopters))]


def _people(asked: Asked, found: Evidence | None) -> list[str]:
    return [_("somebody of it works where the need was posted")] if found and is_near(asked, found) else []


def _listed(words: tuple[str, ...]) -> str:
    return str(_(", ")).join(words[:MOST_NAMED])


def chain_of(path: tuple[Link, ...]) -> list[dict[str, Any]]:
    """For macros/chain.html. What the reader came from has no address: they are there."""
    return [
        {"kind": link.kind, "title": link.title, "note": _note(link), "url": url_of(link.kind, link.id) if link.id and link.kind in ROOMS else ""}
        for link in path
    ]


def _note(link: Link) -> str:
    if link.kind == "worker":
        return translated(LEVEL_LABELS[link.note]) if link.note in LEVEL_LABELS else translated(RELATIONS[link.relation])
    if link.relation == "used by" and int(link.note) > 1:
        return str(_n("and %(num)d more", "and %(num)d more", int(link.note) - 1))
    if link.kind in ("achievement", "listing") and link.note:
        return link.note
    return translated(RELATIONS[link.relation]) if link.relation else str(_("the need"))


def part_rows(match: Match) -> list[dict[str, Any]]:
    return [{"words": translated(PART_LABELS[part.name]), "points": part.points, "most": part.most} for part in match.parts]
