"""Who may do what: one enum, rules made of audience tokens, deny by default.

A rule that is a union of tokens can also be stored as data on a node (`audience`), so that every query filters by it."""

from collections.abc import Callable, Collection, Iterable, Mapping
from enum import StrEnum
from functools import partial, reduce
from operator import or_
from typing import Any

from marketplace.kernel.labels import Label, label
from marketplace.kernel.permission import Permission
from marketplace.kernel.permission_rules import (
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
    SYSTEM,
    Both,
    Either,
    Holds,
    Reach,
    Reason,
    Rule,
    Unless,
    While,
)


def token(name: str, words: Label = label("Holds such a role.")) -> Rule:
    """Whoever carries this one token, whatever the resource."""
    return Holds(lambda _: (name,), name, name, words)


def while_in(statuses: Iterable[StrEnum], rule: Rule) -> Rule:
    return While(frozenset(statuses), rule)


anyone = token(PUBLIC, label("Everybody may."))
nobody = token("nobody", label("The site itself does it."))
"""No reader carries it; only the system passes."""
signed_in = token(SIGNED_IN, label("Whoever is signed in may."))
enterprise_user = token(ENTERPRISE_USER, label("Acts for an enterprise."))
association_officer = token(ASSOCIATION_OFFICER, label("Is an officer of a technical association."))
officer = token(OFFICER, label("Is a union officer."))
finance_officer = token(FINANCE, label("Is a finance officer."))
expert = token(EXPERT, label("Is an expert reviewer."))
partner = token(PARTNER, label("Acts for a government partner."))
administrator = token(ADMINISTRATOR, label("Is an administrator."))
is_maker = Holds(lambda resource: (MAKER + party for party in resource.makers), kind=MAKER, words=label("It is their own, or of whom they act for."))
is_lead = Holds(lambda resource: (LEADS + resource.id,), kind=LEADS, words=label("Leads it."))
"""Whoever leads this studio, or is an officer of this association."""
is_officer_above = Holds(
    lambda resource: (OFFICER_OF + unit for unit in resource.units), OFFICER, OFFICER_OF, label("Is an officer of a unit that it stands under.")
)
is_reviewer = Holds(
    lambda resource: (OFFICER_OF + unit for unit in resource.review_units), OFFICER, OFFICER_OF,
    label("Is an officer of a unit that decides about it."),
)  # fmt: skip
is_account = Holds(lambda resource: (ACCOUNT + account for account in resource.accounts), words=label("It belongs to their account."))


def holds_any(named: Callable[[Any], Iterable[str]], words: Label, *kinds: str) -> Rule:
    """Whoever carries one of the tokens that the resource names, of whichever of these kinds it is: a leader's, a maker's, an officer's."""
    return reduce(or_, (Holds(partial(_of_kind, named, kind), kind=kind, words=words) for kind in kinds))


def _of_kind(named: Callable[[Any], Iterable[str]], kind: str, resource: Any) -> tuple[str, ...]:
    return tuple(token for token in named(resource) if token.startswith(kind))


def units_of(tokens: Iterable[str]) -> list[str]:
    """At which units somebody with these tokens is an officer."""
    return [token.removeprefix(OFFICER_OF) for token in tokens if token.startswith(OFFICER_OF)]


_RULES: dict[Permission, Rule] = {}


class Policy:
    """A room's rules. Each permission is declared once for the whole site."""

    def __init__(self, rules: Mapping[Permission, Rule]) -> None:
        for permission, rule in rules.items():
            if permission in _RULES:
                raise ValueError(f"{permission} is declared twice")
            _RULES[permission] = rule


def allowed(tokens: Collection[str], permission: Permission, resource: Any = None) -> bool:
    """Deny by default: an undeclared permission is nobody's, the system's excepted."""
    rule = _RULES.get(permission)
    return SYSTEM in tokens or (rule is not None and rule.allows(tokens, resource))


def audience(permission: Permission, resource: Any) -> tuple[str, ...]:
    """The tokens to store on the node: who may read it."""
    return (*sorted(_RULES[permission].tokens(resource)), SYSTEM)


def explained(tokens: Collection[str], permission: Permission, resource: Any = None) -> Reason:
    """As `allowed`, with the reasons."""
    if SYSTEM in tokens:
        return Reason(True, label("The site itself does it."), SYSTEM)
    rule = _RULES.get(permission)
    return rule.explain(tokens, resource) if rule else Reason(False, label("No rule names it, so nobody may."))


def reach_of(permission: Permission, kinds: Collection[str]) -> Reach:
    """For the matrix: how far a reader of these kinds of token comes."""
    rule = _RULES.get(permission)
    return rule.reach(kinds) if rule else Reach.NEVER


def declared() -> tuple[Permission, ...]:
    """Every permission that a room gave a rule, in the order of the enum."""
    return tuple(one for one in Permission if one in _RULES)


__all__ = [
    "ACCOUNT",
    "ADMINISTRATOR",
    "ASSOCIATION_OFFICER",
    "ENTERPRISE_USER",
    "EXPERT",
    "FINANCE",
    "LEADS",
    "MAKER",
    "OFFICER",
    "OFFICER_OF",
    "PARTNER",
    "PUBLIC",
    "SIGNED_IN",
    "SYSTEM",
    "Both",
    "Either",
    "Holds",
    "Policy",
    "Reach",
    "Reason",
    "Rule",
    "Unless",
    "While",
    "administrator",
    "allowed",
    "anyone",
    "association_officer",
    "audience",
    "declared",
    "enterprise_user",
    "expert",
    "explained",
    "finance_officer",
    "holds_any",
    "is_account",
    "is_lead",
    "is_maker",
    "is_officer_above",
    "is_reviewer",
    "nobody",
    "officer",
    "partner",
    "reach_of",
    "signed_in",
    "token",
    "while_in",
]  # fmt: skip
