"""Taxonomies as choices of forms and as words of pages; read at most once a minute."""

from dataclasses import dataclass
from time import monotonic
from typing import Any

from flask import current_app

from graph.connection import Transaction
from marketplace.kernel.taxonomy import Term, list_fields, list_occupations, list_skills
from marketplace.web.site import current_site
from marketplace.web.words import locale_code, word

SECONDS = 60.0


@dataclass(frozen=True, slots=True)
class Taxonomies:
    fields: dict[str, Term]
    occupations: dict[str, Term]
    skills: dict[str, Term]
    read_at: float


def _read(tx: Transaction) -> Taxonomies:
    fields, occupations, skills = ({term.code: term for term in terms} for terms in (list_fields(tx), list_occupations(tx), list_skills(tx)))
    return Taxonomies(fields, occupations, skills, monotonic())


def taxonomies() -> Taxonomies:
    kept = current_app.extensions.get("taxonomies")
    if not isinstance(kept, Taxonomies) or monotonic() - kept.read_at > SECONDS or not kept.fields:
        kept = current_site().graph.read(_read)
        current_app.extensions["taxonomies"] = kept
    return kept


def field_name(code: str) -> str:
    """'0603' → 'New energy › Storage', in the reader's language; the code itself where it is unknown."""
    known = taxonomies().fields
    steps = (known.get(code[:end]) for end in range(2, len(code) + 1, 2))
    return " › ".join(word(step.words) for step in steps if step) or code


def occupation_name(code: str) -> str:
    term = taxonomies().occupations.get(code)
    return word(term.words) if term else code


def skill_name(zh: str) -> str:
    """Skills are kept by their Chinese name; English readers get the English one where it is known."""
    if locale_code().startswith("zh"):
        return zh
    return next((term.en for term in taxonomies().skills.values() if term.zh == zh), zh)


def field_choices() -> list[tuple[str, str]]:
    return [("", ""), *((term.code, field_name(term.code)) for term in taxonomies().fields.values())]


def occupation_choices() -> list[tuple[str, str]]:
    return [("", ""), *((term.code, word(term.words)) for term in taxonomies().occupations.values())]


def skill_choices() -> list[tuple[str, str]]:
    return [(term.zh, word(term.words)) for term in taxonomies().skills.values()]


FILTERS: dict[str, Any] = {"field_name": field_name, "occupation_name": occupation_name, "skill_name": skill_name}
