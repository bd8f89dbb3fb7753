"""The grammar of rules: what a rule allows, why, and how far a kind of reader comes by it."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from enum import IntEnum, StrEnum
from typing import Any

from marketplace.kernel.labels import Label, label

PUBLIC = "public"
SIGNED_IN = "signed-in"
ENTERPRISE_USER = "enterprise-user"
ASSOCIATION_OFFICER = "association-officer"
OFFICER = "officer"
FINANCE = "finance-officer"
EXPERT = "expert"
PARTNER = "partner"
ADMINISTRATOR = "administrator"
OFFICER_OF = "officer:"
MAKER = "maker:"
LEADS = "lead:"
ACCOUNT = "account:"
SYSTEM = "system"
"""On every node, for the relay and the command line."""


class Reach(IntEnum):
    """How far a rule lets one kind of reader go: nowhere, to their own, to what is below their unit, everywhere."""

    NEVER = 0
    OWN = 1
    BELOW = 2
    ALL = 3


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a rule says yes or no: its own words, the token that decided, the reasons it is made of."""

    holds: bool
    words: Label
    token: str = ""
    parts: tuple["Reason", ...] = ()
    statuses: tuple[str, ...] = ()
    against: bool = False
    """It stands under a `not`: what it says speaks for a no."""

    def deciding(self) -> Iterable["Reason"]:
        """The plain reasons that made it so: of a yes those that hold, of a no those that do not."""
        if not self.parts:
            yield self
        for part in self.parts:
            if part.holds is self.holds:
                yield from part.deciding()


class Rule(ABC):
    """Answers for an actor's tokens and a resource. `allows(tokens, None)` asks whether it could be allowed for some resource."""

    @abstractmethod
    def allows(self, tokens: Collection[str], resource: Any) -> bool: ...

    @abstractmethod
    def explain(self, tokens: Collection[str], resource: Any) -> Reason:
        """What `allows` says, and why."""

    @abstractmethod
    def reach(self, kinds: Collection[str]) -> Reach:
        """For a reader who carries tokens of these kinds: a whole token, or its beginning up to the colon."""

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
    """The actor carries one of the tokens that the resource names. `kind` is what these tokens begin with."""

    named: Callable[[Any], Iterable[str]]
    anywhere: str = SIGNED_IN
    kind: str = ACCOUNT
    words: Label = label("It names them.")

    def allows(self, tokens: Collection[str], resource: Any) -> bool:
        if resource is None:
            return self.anywhere in tokens
        return any(token in tokens for token in self.named(resource))

    def explain(self, tokens: Collection[str], resource: Any) -> Reason:
        asked = (self.anywhere,) if resource is None else self.named(resource)
        found = next((token for token in asked if token in tokens), None)
        return Reason(found is not None, self.words, found or "")

    def reach(self, kinds: Collection[str]) -> Reach:
        if self.kind not in kinds:
            return Reach.NEVER
        return {OFFICER_OF: Reach.BELOW, MAKER: Reach.OWN, LEADS: Reach.OWN, ACCOUNT: Reach.OWN}.get(self.kind, Reach.ALL)

    def tokens(self, resource: Any) -> frozenset[str]:
        return frozenset(self.named(resource))


@dataclass(frozen=True, slots=True)
class Either(Rule):
    one: Rule
    other: Rule

    def allows(self, tokens: Collection[str], resource: Any) -> bool:
        return self.one.allows(tokens, resource) or self.other.allows(tokens, resource)

    def explain(self, tokens: Collection[str], resource: Any) -> Reason:
        parts = (self.one.explain(tokens, resource), self.other.explain(tokens, resource))
        return Reason(any(part.holds for part in parts), label("One of these is enough:"), parts=parts)

    def reach(self, kinds: Collection[str]) -> Reach:
        return max(self.one.reach(kinds), self.other.reach(kinds))

    def tokens(self, resource: Any) -> frozenset[str]:
        return self.one.tokens(resource) | self.other.tokens(resource)


@dataclass(frozen=True, slots=True)
class Both(Rule):
    one: Rule
    other: Rule

    def allows(self, tokens: Collection[str], resource: Any) -> bool:
        return self.one.allows(tokens, resource) and self.other.allows(tokens, resource)

    def explain(self, tokens: Collection[str], resource: Any) -> Reason:
        parts = (self.one.explain(tokens, resource), self.other.explain(tokens, resource))
        return Reason(all(part.holds for part in parts), label("All of these are needed:"), parts=parts)

    def reach(self, kinds: Collection[str]) -> Reach:
        return min(self.one.reach(kinds), self.other.reach(kinds))


@dataclass(frozen=True, slots=True)
class Unless(Rule):
    rule: Rule

    def allows(self, tokens: Collection[str], resource: Any) -> bool:
        return resource is None or not self.rule.allows(tokens, resource)

    def explain(self, tokens: Collection[str], resource: Any) -> Reason:
        if resource is None:
            return Reason(True, label("Not where this is so:"))
        kept_out = self.rule.explain(tokens, resource)
        return Reason(not kept_out.holds, label("Not where this is so:"), kept_out.token, (_turned(kept_out),))

    def reach(self, kinds: Collection[str]) -> Reach:
        return Reach.ALL


def _turned(reason: Reason) -> Reason:
    """A reason against: what holds of it speaks for a no."""
    return Reason(not reason.holds, reason.words, reason.token, tuple(_turned(part) for part in reason.parts), reason.statuses, not reason.against)


@dataclass(frozen=True, slots=True)
class While(Rule):
    """The rule holds only while the resource is in one of these statuses."""

    statuses: frozenset[StrEnum]
    rule: Rule

    def allows(self, tokens: Collection[str], resource: Any) -> bool:
        if resource is None:
            return self.rule.allows(tokens, None)
        return resource.status in self.statuses and self.rule.allows(tokens, resource)

    def explain(self, tokens: Collection[str], resource: Any) -> Reason:
        within = self.rule.explain(tokens, resource)
        if resource is None:
            return within
        state = Reason(resource.status in self.statuses, label("It is in one of these states:"), statuses=tuple(sorted(self.statuses)))
        return Reason(state.holds and within.holds, label("All of these are needed:"), parts=(state, within))

    def reach(self, kinds: Collection[str]) -> Reach:
        return self.rule.reach(kinds)

    def tokens(self, resource: Any) -> frozenset[str]:
        return self.rule.tokens(resource) if resource.status in self.statuses else frozenset()
