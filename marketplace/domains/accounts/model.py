"""An account, the roles it can be given, and what tokens they carry."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import ClassVar

from marketplace.kernel.actor import Actor, Party
from marketplace.kernel.entity import linked
from marketplace.kernel.labels import Label, label
from marketplace.kernel.memberships import LEAD
from marketplace.kernel.permission import Permission
from marketplace.kernel.permissions import (
    ADMINISTRATOR,
    ASSOCIATION_OFFICER,
    ENTERPRISE_USER,
    OFFICER,
    PUBLIC,
    SIGNED_IN,
    Policy,
    administrator,
    is_account,
)
from marketplace.kernel.sign_ins import Due

SHORTEST_PASSWORD = 10


class Role(StrEnum):
    """Roles that an administrator gives; worker and studio member follow from the graph itself."""

    ENTERPRISE_USER = "enterprise-user"
    ASSOCIATION_OFFICER = "association-officer"
    UNION_OFFICER = "union-officer"
    ADMINISTRATOR = "administrator"


ROLE_LABELS: dict[str, Label] = {
    Role.ENTERPRISE_USER: label("Enterprise user"),
    Role.ASSOCIATION_OFFICER: label("Association officer"),
    Role.UNION_OFFICER: label("Union officer"),
    Role.ADMINISTRATOR: label("Administrator"),
}
ROLE_KINDS = {
    Role.ENTERPRISE_USER: "enterprise", Role.ASSOCIATION_OFFICER: "association", Role.UNION_OFFICER: "organisation",
    Role.ADMINISTRATOR: "organisation",
}  # fmt: skip

TOKENS: dict[str, str] = {Role.ENTERPRISE_USER: ENTERPRISE_USER, Role.ASSOCIATION_OFFICER: ASSOCIATION_OFFICER}
"""What a role carries wherever it is held."""


LEADING = (LEAD, Role.ASSOCIATION_OFFICER)
"""Roles that edit the page of their studio or association and say who belongs to it."""


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

    def may_enter(self, now: datetime) -> bool:
        """Neither closed nor locked for a while after wrong passwords."""
        return self.status is Status.ACTIVE and (self.locked_until is None or self.locked_until <= now)


FACTOR_TOKENS = frozenset({OFFICER, ADMINISTRATOR, ASSOCIATION_OFFICER, "finance"})
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


def tokens_of(party: Party) -> Iterable[str]:
    """A role at a party as audience tokens."""
    if party.kind == "organisation":
        return (ADMINISTRATOR,) if party.role == Role.ADMINISTRATOR else (OFFICER, f"officer:{party.id}")
    extra = (TOKENS[party.role],) if party.role in TOKENS else ()
    leading = (f"lead:{party.id}",) if party.role in LEADING else ()
    return (*extra, *leading, f"maker:{party.id}")


def actor_of(person: Person) -> Actor:
    own = (f"maker:{person.worker_id}",) if person.worker_id else ()
    held = (token for party in person.parties for token in tokens_of(party))
    tokens = frozenset((PUBLIC, SIGNED_IN, f"account:{person.account_id}", *own, *held))
    return Actor(person.account_id, person.name, person.worker_id or "", tokens, person.parties)
