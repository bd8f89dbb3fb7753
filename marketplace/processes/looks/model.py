"""A look: somebody saw, found or took away personal values of one person, at a time, for a stated purpose. It holds none of them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, ClassVar

from marketplace.domains.workers.model import ALIVE
from marketplace.kernel import permissions as rules
from marketplace.kernel.labels import Label, label
from marketplace.kernel.permission import Permission
from marketplace.kernel.workdays import local_day


class LookKind(StrEnum):
    SHOWN = "shown"
    FOUND = "found"
    NOT_FOUND = "not-found"
    TAKEN = "taken"


KIND_LABELS: dict[str, Label] = {
    LookKind.SHOWN: label("Numbers shown in full"), LookKind.FOUND: label("Found by a number"), LookKind.NOT_FOUND: label("Searched, nobody found"),
    LookKind.TAKEN: label("Copy of the data taken"),
}  # fmt: skip


class Purpose(StrEnum):
    """What the registry allows personal values to be used for."""

    SUBSIDY = "subsidy"
    PAYMENT = "payment"
    TRAINING = "training"
    IDENTITY = "identity"
    CONTACT = "contact"
    REQUEST = "request"
    COMPLAINT = "complaint"


PURPOSE_LABELS: dict[str, Label] = {
    Purpose.SUBSIDY: label("Review of a subsidy"), Purpose.PAYMENT: label("Payment to the person"), Purpose.TRAINING: label("Training or contest"),
    Purpose.IDENTITY: label("Telling people apart"), Purpose.CONTACT: label("Reaching the person"),
    Purpose.REQUEST: label("The person asked for it"), Purpose.COMPLAINT: label("A complaint or an inspection"),
}  # fmt: skip
FIELDS = ("id_number", "born_on", "phone", "bank_account", "certificates")
LEAST_WORDS = 4
"""Characters: a purpose in one's own words says more than a dot."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """`of` is a worker's id, empty where a search found nobody; `fields` are names."""

    KIND: ClassVar[str] = "look"
    READ: ClassVar[Permission] = Permission.LOOK_READ

    id: str
    version: int = 1
    at: datetime
    kind: LookKind
    of: str = ""
    by: str
    by_name: str = ""
    unit_name: str = ""
    fields: tuple[str, ...] = ()
    purpose: Purpose
    note: str = ""
    units: tuple[str, ...] = ()

    @property
    def makers(self) -> tuple[str, ...]:
        return (self.of,) if self.of else ()

    @property
    def accounts(self) -> tuple[str, ...]:
        return (self.by,)


@dataclass(frozen=True, slots=True)
class OwnFile:
    name: str
    path: str


@dataclass(frozen=True, slots=True)
class Copy:
    """All that the site holds about one person (PIPL, article 45); `content` as JSON takes it."""

    number: str
    content: dict[str, Any]
    files: tuple[OwnFile, ...] = ()


@dataclass(frozen=True, slots=True)
class Figures:
    """For the head of the person's page."""

    this_month: int
    half_year: int
    taken: int
    units: int


HALF_YEAR = 183


def figures_of(looks: Iterable[Look], now: datetime) -> Figures:
    known = list(looks)
    recent = [one for one in known if (now - one.at).days < HALF_YEAR]
    first = local_day(now).replace(day=1)
    month = [one for one in known if local_day(one.at) >= first]
    taken = sum(one.kind is LookKind.TAKEN for one in recent)
    return Figures(len(month), len(recent), taken, len({one.unit_name or one.by for one in recent}))


P = Permission
POLICY = rules.Policy({
    P.LOOK_READ: rules.is_maker | rules.is_officer_above | rules.is_account,
    P.PERSONAL_SHOW: rules.while_in(ALIVE, rules.is_officer_above),
    P.PERSONAL_FIND: rules.officer,
    P.PERSONAL_COPY: rules.while_in(ALIVE, rules.is_maker | rules.is_officer_above),
})  # fmt: skip
"""The person's own numbers need no purpose: they have a page of their own."""
