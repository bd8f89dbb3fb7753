"""Who acts. Tokens say what they may see and do; they are read from the graph at each request."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from marketplace.kernel.errors import Forbidden
from marketplace.kernel.permission import Permission
from marketplace.kernel.permissions import ADMINISTRATOR, LEADS, MAKER, OFFICER, OFFICER_OF, PUBLIC, SYSTEM, allowed


@dataclass(frozen=True, slots=True)
class Party:
    """Whom an account acts for: a studio, an enterprise, an association, a union organisation or the person themselves.

    `for_account` and `for_name`: whose role it is, where somebody is away and has lent it."""

    kind: str
    id: str
    name: str
    role: str
    for_account: str = ""
    for_name: str = ""


@dataclass(frozen=True, slots=True)
class Actor:
    account_id: str = ""
    name: str = ""
    worker_id: str = ""
    tokens: frozenset[str] = frozenset({PUBLIC})
    parties: tuple[Party, ...] = ()
    lent: tuple[tuple[Party, frozenset[str]], ...] = ()
    """Roles of others, each with its tokens; they are among `tokens`, too."""
    own_tokens: frozenset[str] = frozenset()

    @property
    def in_own_name(self) -> "Actor":
        """Without what others have lent: nobody gives on what is not theirs."""
        return replace(self, tokens=self.own_tokens, lent=()) if self.lent else self

    def for_whom(self, resource: Any) -> str:
        """The account whose lent role an act on this rests on; empty where one's own is enough."""
        return self.for_whom_among(_named_by(resource)) if self.lent else ""

    def for_whom_among(self, named: Iterable[str]) -> str:
        """As `for_whom`, where the tokens are known by which somebody may act."""
        asked = frozenset(named)
        if self.own_tokens & asked:
            return ""
        return next((party.for_account for party, tokens in self.lent if tokens & asked), "")

    @property
    def is_guest(self) -> bool:
        return not self.account_id

    @property
    def is_officer(self) -> bool:
        return OFFICER in self.tokens

    @property
    def is_administrator(self) -> bool:
        return ADMINISTRATOR in self.tokens

    @property
    def reader(self) -> tuple[str, ...]:
        return tuple(sorted(self.tokens))

    @property
    def own(self) -> tuple[str, ...]:
        """The tokens of themselves and of whom they act for: what carries one of these is theirs."""
        return tuple(token for token in self.reader if token.startswith(("maker:", "account:")))

    @property
    def unit_name(self) -> str:
        """Where they act from, for the header; empty for a guest."""
        return next((party.name for party in self.parties if party.kind != "worker"), "")

    def parties_of(self, *kinds: str) -> tuple[Party, ...]:
        return tuple(party for party in self.parties if party.kind in kinds)

    def can(self, permission: Permission, resource: Any = None) -> bool:
        return allowed(self.tokens, permission, resource)

    def require(self, permission: Permission, resource: Any) -> None:
        """Raises Forbidden: the actor could read it, or get_ would have raised NotFound."""
        if not self.can(permission, resource):
            raise Forbidden


def _named_by(resource: Any) -> Iterable[str]:
    """The tokens by which rules find those who act on a thing."""
    for unit in (*getattr(resource, "units", ()), *getattr(resource, "review_units", ())):
        yield OFFICER_OF + unit
        yield f"finance:{unit}"
    for party in getattr(resource, "makers", ()):
        yield MAKER + party
    yield LEADS + str(getattr(resource, "id", ""))


@dataclass(frozen=True, slots=True)
class Visit:
    """What one read of a sign-in brings: who it belongs to, when it was last noted as used, and what is still asked of them."""

    actor: Actor
    seen_at: datetime
    proved_at: datetime
    due: str = ""
    """A step of `kernel.sign_ins.Due` that comes before anything else."""


GUEST = Actor()
SYSTEM_ACTOR = Actor(account_id=SYSTEM, name=SYSTEM, tokens=frozenset({SYSTEM}))
"""The relay and the command line of whoever owns the machine."""
