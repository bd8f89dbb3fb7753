"""Who acts. Tokens say what they may see and do; they are read from the graph at each request."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from marketplace.kernel.errors import Forbidden
from marketplace.kernel.permission import Permission
from marketplace.kernel.permissions import ADMINISTRATOR, OFFICER, PUBLIC, SYSTEM, allowed


@dataclass(frozen=True, slots=True)
class Party:
    """Whom an account acts for: a studio, an enterprise, an association, a union organisation or the person themselves."""

    kind: str
    id: str
    name: str
    role: str


@dataclass(frozen=True, slots=True)
class Actor:
    account_id: str = ""
    name: str = ""
    worker_id: str = ""
    tokens: frozenset[str] = frozenset({PUBLIC})
    parties: tuple[Party, ...] = ()

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
