"""Who may do what: one enum, rules made of audience tokens, deny by default.

A rule that is a union of tokens can also be stored as data on a node (`audience`), so that every query filters by it."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from marketplace.kernel.permission import Permission

PUBLIC = "public"
SIGNED_IN = "signed-in"
ENTERPRISE_USER = "enterprise-user"
ASSOCIATION_OFFICER = "association-officer"
OFFICER = "officer"
ADMINISTRATOR = "administrator"
SYSTEM = "system"
"""On every node, for the relay and the command line."""


class Rule(ABC):
    """Answers for an actor's tokens and a resource. `allows(tokens, None)` asks whether it could be allowed for some resource."""

    @abstractmethod
    def allows(self, tokens: Collection[str], resource: Any) -> bool: ...

    def tokens(self, resource: Any) -> frozenset[str]:
        """Raises TypeError for a rule that is more than a union: such a rule can't be stored on a node."""
        raise TypeError(f"{type(self).__name__} is no union of tokens")

    def __or__(self, other: "Rule") -> "Rule":
        return Either(self, other)

    def __and__(self, other: "Rule") -> "Rule":
        return Both(self, other)

    def __invert__(self) -> "Rule":
        return Unless(self)


@dataclass(frozen=True, slots=True)
class Holds(Rule):
    """The actor carries one of the tokens that the resource names."""

    named: Callable[[Any], Iterable[str]]
    anywhere: str = SIGNED_IN

    def allows(self, tokens: Collection[str], resource: Any) -> bool:
        if resource is None:
            return self.anywhere in tokens
        return any(token in tokens for token in self.named(resource))

    def tokens(self, resource: Any) -> frozenset[str]:
        return frozenset(self.named(resource))


@dataclass(frozen=True, slots=True)
class Either(Rule):
    one: Rule
    other: Rule

    def allows(self, tokens: Collection[str], resource: Any) -> bool:
        return self.one.allows(tokens, resource) or self.other.allows(tokens, resource)

    def tokens(self, resource: Any) -> frozenset[str]:
        return self.one.tokens(resource) | self.other.tokens(resource)


@dataclass(frozen=True, slots=True)
class Both(Rule):
    one: Rule
    other: Rule

    def allows(self, tokens: Collection[str], resource: Any) -> bool:
        return self.one.allows(tokens, resource) and self.other.allows(tokens, resource)


@dataclass(frozen=True, slots=True)
class Unless(Rule):
    rule: Rule

    def allows(self, tokens: Collection[str], resource: Any) -> bool:
        return resource is None or not self.rule.allows(tokens, resource)


@dataclass(frozen=True, slots=True)
class While(Rule):
    """The rule holds only while the resource is in one of these statuses."""

    statuses: frozenset[StrEnum]
    rule: Rule

    def allows(self, tokens: Collection[str], resource: Any) -> bool:
        if resource is None:
            return self.rule.allows(tokens, None)
        return resource.status in self.statuses and self.rule.allows(tokens, resource)

    def tokens(self, resource: Any) -> frozenset[str]:
        return self.rule.tokens(resource) if resource.status in self.statuses else frozenset()


def token(name: str) -> Rule:
    """Whoever carries this one token, whatever the resource."""
    return Holds(lambda _: (name,), anywhere=name)


def while_in(statuses: Iterable[StrEnum], rule: Rule) -> Rule:
    return While(frozenset(statuses), rule)


anyone = token(PUBLIC)
nobody = token("nobody")
"""No reader carries it; only the system passes."""
signed_in = token(SIGNED_IN)
enterprise_user = token(ENTERPRISE_USER)
association_officer = token(ASSOCIATION_OFFICER)
officer = token(OFFICER)
administrator = token(ADMINISTRATOR)
is_maker = Holds(lambda resource: (f"maker:{party}" for party in resource.makers))
is_lead = Holds(lambda resource: (f"lead:{resource.id}",))
"""Whoever leads this studio, or is an officer of this association."""
is_officer_above = Holds(lambda resource: (f"officer:{unit}" for unit in resource.units), anywhere=OFFICER)
is_reviewer = Holds(lambda resource: (f"officer:{unit}" for unit in resource.review_units), anywhere=OFFICER)
is_account = Holds(lambda resource: (f"account:{account}" for account in resource.accounts))

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
