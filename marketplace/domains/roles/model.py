"""A holding: one account, one role, one place, half-open in time, kept for good."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, ClassVar

from marketplace.kernel import permissions as rules
from marketplace.kernel.entity import linked
from marketplace.kernel.labels import Label, label
from marketplace.kernel.permission import Permission
from marketplace.kernel.roles import OFFICES, Role


class AccountStatus(StrEnum):
    ACTIVE = "active"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Holder:
    """An account as far as roles need it; each change of its roles counts its version up."""

    KIND: ClassVar[str] = "account"
    READ: ClassVar[Permission] = Permission.ACCOUNT_READ

    id: str
    version: int = 1
    login: str = ""
    name: str = ""
    is_administrator: bool = linked(default=False)

    @property
    def accounts(self) -> tuple[str, ...]:
        return (self.id,)


@dataclass(frozen=True, slots=True)
class Place:
    """Where roles are held. `units` are the unit it stands under and those above."""

    kind: str
    id: str
    name: str
    units: tuple[str, ...] = ()
    accounts: tuple[str, ...] = ()

    @property
    def makers(self) -> tuple[str, ...]:
        return () if self.kind == "organisation" else (self.id,)


class Standing(StrEnum):
    """Of a holding, by the calendar alone."""

    COMING = "coming"
    PRESENT = "present"
    PAST = "past"


STANDING_LABELS: dict[Standing, Label] = {
    Standing.COMING: label("Begins later"), Standing.PRESENT: label("In force"), Standing.PAST: label("Ended"),
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Holding:
    """[since, until) of one role at one place. `for_account`: whose role it is, where it was lent."""

    id: str
    role: str
    kind: str
    place_id: str
    place_name: str = ""
    units: tuple[str, ...] = ()
    account_id: str
    login: str = ""
    name: str = ""
    version: int = 0
    since: datetime | None = None
    until: datetime | None = None
    given_by: str = ""
    for_account: str = ""
    for_name: str = ""
    lent_from: str = ""
    of_administrator: bool = False

    @property
    def makers(self) -> tuple[str, ...]:
        return () if self.kind == "organisation" else (self.place_id,)

    @property
    def accounts(self) -> tuple[str, ...]:
        return tuple(one for one in (self.account_id, self.for_account) if one)

    @property
    def is_lent(self) -> bool:
        return bool(self.for_account)

    @property
    def needs_two(self) -> bool:
        """Nothing of an administrator is changed by one person alone."""
        return self.of_administrator or self.role == Role.ADMINISTRATOR

    @property
    def lendable(self) -> bool:
        """What was lent is not lent on, and some offices are given in person."""
        return not self.is_lent and self.role in OFFICES and OFFICES[Role(self.role)].can_be_lent

    def standing(self, now: datetime) -> Standing:
        if self.until is not None and self.until <= now:
            return Standing.PAST
        return Standing.COMING if self.since is not None and self.since > now else Standing.PRESENT

    def overlaps(self, since: datetime, until: datetime | None) -> bool:
        return (until is None or self.since is None or self.since < until) and (self.until is None or since < self.until)


@dataclass(frozen=True, slots=True)
class Post:
    """A role at a place, as it is to be given or taken."""

    role: Role
    place: Place
    account_id: str = ""

    @property
    def givers(self) -> tuple[str, ...]:
        return OFFICES[self.role].givers(self.place.id, self.place.units)


def post_of(holding: Holding) -> Post:
    return Post(Role(holding.role), Place(holding.kind, holding.place_id, holding.place_name, holding.units), holding.account_id)


P = Permission


def accounts_in(*names: str) -> Callable[[Any], Iterable[str]]:
    """The accounts in these fields of the thing, as tokens."""

    def named(thing: Any) -> Iterable[str]:
        return (rules.ACCOUNT + value for name in names if (value := getattr(thing, name)))

    return named


def _givers(kind: str, words: Label) -> rules.Rule:
    return rules.Holds(lambda post: (token for token in post.givers if token.startswith(kind)), kind=kind, words=words)


is_giver = (
    _givers(rules.OFFICER_OF, label("Is an officer there or above."))
    | _givers(rules.MAKER, label("Holds this role there."))
    | _givers(rules.LEADS, label("Leads it."))
)
is_receiver = rules.Holds(accounts_in("account_id"), words=label("It is about their own account."))
is_lender = rules.Holds(accounts_in("for_account"), words=label("Lent it."))
is_borrower = rules.Holds(lambda one: (rules.ACCOUNT + one.account_id,) if one.is_lent else (), words=label("It was lent to them."))
POLICY = rules.Policy({
    P.ROLE_READ: rules.is_account | rules.is_officer_above | rules.is_maker | rules.administrator,
    P.ROLE_GIVE: (is_giver | rules.administrator) & ~is_receiver,
    P.ROLE_END: is_lender | is_borrower,
    P.ROLE_LEND: is_receiver & rules.Holds(lambda one: (rules.SIGNED_IN,) if one.lendable else (), kind=rules.SIGNED_IN,
                                           words=label("It can be lent.")),
})  # fmt: skip
