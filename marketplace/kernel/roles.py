"""What can be held, where, and which tokens it carries. Rules are unions of tokens, so what a role may do follows from the rooms' policies alone."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum

from marketplace.kernel.labels import Label, label
from marketplace.kernel.memberships import LEAD
from marketplace.kernel.permissions import (
    ACCOUNT,
    ADMINISTRATOR,
    ASSOCIATION_OFFICER,
    ENTERPRISE_USER,
    EXPERT,
    FINANCE,
    LEADS,
    MAKER,
    OFFICER,
    OFFICER_OF,
    PARTNER,
    PUBLIC,
    SIGNED_IN,
)


class Role(StrEnum):
    """What is given to an account; worker, studio leader and member follow from the register itself."""

    ENTERPRISE_USER = "enterprise-user"
    ASSOCIATION_OFFICER = "association-officer"
    UNION_OFFICER = "union-officer"
    FINANCE_OFFICER = "finance-officer"
    EXPERT = "expert"
    PARTNER = "partner"
    ADMINISTRATOR = "administrator"


@dataclass(frozen=True, slots=True)
class Office:
    """`carries` are a place's tokens for whoever holds it there; `givers` those of who may give and take it, besides administrators."""

    label: Label
    kind: str
    carries: Callable[[str], tuple[str, ...]]
    givers: Callable[[str, Iterable[str]], tuple[str, ...]]
    can_be_lent: bool = True


def _above(_place: str, units: Iterable[str]) -> tuple[str, ...]:
    """Officers of the unit itself and of those above: what they hold themselves, there or higher up."""
    return tuple(OFFICER_OF + unit for unit in units)


def _nobody(_place: str, _units: Iterable[str]) -> tuple[str, ...]:
    return ()


OFFICES: dict[Role, Office] = {
    Role.ENTERPRISE_USER: Office(
        label("Enterprise user"), "enterprise", lambda id: (ENTERPRISE_USER, MAKER + id), lambda id, units: (MAKER + id, *_above(id, units))
    ),
    Role.ASSOCIATION_OFFICER: Office(
        label("Association officer"), "association", lambda id: (ASSOCIATION_OFFICER, LEADS + id, MAKER + id),
        lambda id, units: (LEADS + id, *_above(id, units)),
    ),
    Role.UNION_OFFICER: Office(label("Union officer"), "organisation", lambda id: (OFFICER, OFFICER_OF + id), _above),
    Role.FINANCE_OFFICER: Office(label("Finance officer"), "organisation", lambda id: (FINANCE, f"finance:{id}"), _above),
    Role.EXPERT: Office(label("Expert reviewer"), "organisation", lambda id: (EXPERT, f"expert:{id}"), _above, can_be_lent=False),
    Role.PARTNER: Office(label("Government partner"), "organisation", lambda id: (PARTNER,), _nobody, can_be_lent=False),
    Role.ADMINISTRATOR: Office(label("Administrator"), "organisation", lambda id: (ADMINISTRATOR,), _nobody, can_be_lent=False),
}  # fmt: skip
ROLE_LABELS: dict[str, Label] = {role: office.label for role, office in OFFICES.items()}
ROLE_KINDS: dict[Role, str] = {role: office.kind for role, office in OFFICES.items()}


HELD = """coalesce(h.since, $now) <= $now AND (h.until IS NULL OR h.until > $now)"""
"""In a statement: the role `h` acts at `$now`. One with an end date is held until then, one that begins later is not held yet."""


def tokens_at(role: str, place_id: str) -> tuple[str, ...]:
    """Of a role that was given, or of one that the register of members says."""
    if role in OFFICES:
        return OFFICES[Role(role)].carries(place_id)
    return (LEADS + place_id, MAKER + place_id) if role == LEAD else (MAKER + place_id,)


@dataclass(frozen=True, slots=True)
class Standing:
    """A column of the matrix: somebody in one role, by the kinds of token that they carry."""

    name: str
    label: Label
    kinds: frozenset[str]


def _standing(name: str, words: Label, tokens: Iterable[str]) -> Standing:
    """`officer:` stands for whatever unit follows."""
    signed_in = () if name == "guest" else (SIGNED_IN, ACCOUNT)
    return Standing(name, words, frozenset((PUBLIC, *signed_in, *tokens)))


STANDINGS: tuple[Standing, ...] = (
    _standing("guest", label("Guest"), ()),
    _standing("worker", label("Worker"), (MAKER,)),
    _standing("lead", label("Studio leader"), (MAKER, LEADS)),
    *(_standing(role, office.label, office.carries("")) for role, office in OFFICES.items()),
)
