"""An account, and who acts through it."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import ClassVar

from marketplace.kernel.actor import Actor, Party
from marketplace.kernel.entity import linked
from marketplace.kernel.permission import Permission
from marketplace.kernel.permissions import ADMINISTRATOR, ASSOCIATION_OFFICER, FINANCE, OFFICER, PUBLIC, SIGNED_IN, Policy, administrator, is_account
from marketplace.kernel.roles import tokens_at
from marketplace.kernel.sign_ins import Due

SHORTEST_PASSWORD = 10


class Status(StrEnum):
    ACTIVE = "active"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    KIND: ClassVar[str] = "account"
    READ: ClassVar[Permission] = Permission.ACCOUNT_READ

    id: str
    version: int = 1
    login: str
    name: str
    password_hash: str
    status: Status = Status.ACTIVE
    must_change: bool = False
    """A first password was handed over by somebody else."""
    second_factor_at: datetime | None = None
    subject: str | None = None
    """Who this is at the unit's own sign-in."""
    failures: int = linked(default=0)
    locked_until: datetime | None = linked(default=None)  # noqa: RUF009
    generation: int = linked(default=0)
    """The last three are counted by statements of their own; saving the account must not set them back."""
    created_at: datetime
    updated_at: datetime

    @property
    def accounts(self) -> tuple[str, ...]:
        return (self.id,)


FACTOR_TOKENS = frozenset({OFFICER, ADMINISTRATOR, ASSOCIATION_OFFICER, FINANCE})
"""Whoever carries one of them decides about others, and proves themselves twice."""


POLICY = Policy({
    Permission.ACCOUNT_READ: is_account | administrator,
    Permission.ACCOUNT_EDIT: is_account | administrator,
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class Person:
    """What one read of the session brings: the account and all it acts for."""

    account_id: str
    name: str
    worker_id: str | None
    parties: tuple[Party, ...] = ()


def due_of(waits_for: str, actor: Actor, *, must_change: bool, lacks_factor: bool) -> Due:
    """What comes before anything else. A role given a minute ago counts: it opens nothing until there is a second factor."""
    if waits_for:
        return Due(waits_for)
    if must_change:
        return Due.PASSWORD
    return Due.FACTOR if lacks_factor and actor.tokens & FACTOR_TOKENS else Due.NOTHING


def actor_of(person: Person) -> Actor:
    """What others have lent stands apart: it acts like one's own, but is not given on. Nameless is what its lender no longer holds."""
    personal = (PUBLIC, SIGNED_IN, f"account:{person.account_id}", *((f"maker:{person.worker_id}",) if person.worker_id else ()))
    held = [(party, frozenset(tokens_at(party.role, party.id))) for party in person.parties if party.for_name or not party.for_account]
    own = frozenset(personal).union(*(tokens for party, tokens in held if not party.for_account))
    lent = tuple((party, tokens) for party, tokens in held if party.for_account)
    tokens = own.union(*(tokens for _party, tokens in lent))
    return Actor(person.account_id, person.name, person.worker_id or "", tokens, tuple(party for party, _tokens in held), lent, own)
