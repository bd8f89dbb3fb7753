"""A union organisation: district, sub-district, area, functional area, industrial union or base union."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import ClassVar

from marketplace.kernel.entity import linked
from marketplace.kernel.labels import Label, label
from marketplace.kernel.permission import Permission
from marketplace.kernel.permissions import OFFICER, OFFICER_OF, Holds, Policy, administrator, anyone, is_officer_above, while_in
from marketplace.kernel.workflow import Step, Workflow


class Kind(StrEnum):
    DISTRICT = "district"
    SUBDISTRICT = "subdistrict"
    AREA = "area"
    FUNCTIONAL = "functional"
    INDUSTRY = "industry"
    BASE = "base"


KIND_LABELS: dict[str, Label] = {
    Kind.DISTRICT: label("District union"),
    Kind.SUBDISTRICT: label("Sub-district union"),
    Kind.AREA: label("Area union"),
    Kind.FUNCTIONAL: label("Functional-area union"),
    Kind.INDUSTRY: label("Industrial union"),
    Kind.BASE: label("Base union"),
}
PLACES = (Kind.SUBDISTRICT, Kind.AREA, Kind.FUNCTIONAL)
"""Kinds whose name says where something is."""


class Status(StrEnum):
    ACTIVE = "active"
    MERGED = "merged"
    CLOSED = "closed"


STATUS_LABELS: dict[str, Label] = {Status.ACTIVE: label("Active"), Status.MERGED: label("Merged into another unit"), Status.CLOSED: label("Closed")}


@dataclass(frozen=True, slots=True, kw_only=True)
class OrganisationText:
    name: str
    short_name: str = ""
    name_en: str = ""
    kind: Kind
    code: str = ""
    parent_ids: tuple[str, ...] = linked(default=())


@dataclass(frozen=True, slots=True, kw_only=True)
class Organisation(OrganisationText):
    """`lineage` is itself and all its ancestors, its own id first: whoever is an officer of one of them acts on it."""

    KIND: ClassVar[str] = "organisation"
    READ: ClassVar[Permission] = Permission.ORGANISATION_READ

    id: str
    version: int = 1
    status: Status = Status.ACTIVE
    lineage: tuple[str, ...] = ()
    area: str = ""
    source_key: str = ""
    successor_id: str = ""
    ended_on: date | None = None
    reason: str = ""
    created_at: datetime
    updated_at: datetime

    @property
    def units(self) -> tuple[str, ...]:
        return self.lineage or (self.id,)

    @property
    def title(self) -> str:
        return self.name

    @property
    def is_active(self) -> bool:
        """Else it stays readable, keeps its number and takes nothing new."""
        return self.status is Status.ACTIVE

    @property
    def makers(self) -> tuple[str, ...]:
        return ()


_ACTIVE = frozenset({Status.ACTIVE})
WORKFLOW = Workflow(
    Step("merge", _ACTIVE, Status.MERGED, Permission.ORGANISATION_END, label("Merge into another unit"), label("Unit merged"), reason=True),
    Step("close", _ACTIVE, Status.CLOSED, Permission.ORGANISATION_END, label("Close the unit"), label("Unit closed"), reason=True),
)  # fmt: skip
is_officer_over = Holds(lambda unit: (f"officer:{above}" for above in unit.lineage[1:]), anywhere=OFFICER, kind=OFFICER_OF)
"""Of a unit above it, not of the unit itself: nobody ends their own."""
POLICY = Policy({
    Permission.ORGANISATION_READ: anyone,
    Permission.ORGANISATION_EDIT: while_in(_ACTIVE, is_officer_above | administrator),
    Permission.ORGANISATION_END: while_in(_ACTIVE, is_officer_over | administrator),
})  # fmt: skip


def lineage_of(id: str, parents: tuple[Organisation, ...]) -> tuple[str, ...]:
    """Itself, then each parent's lineage, every unit once."""
    return tuple(dict.fromkeys((id, *(unit for parent in parents for unit in parent.lineage))))


def area_of(text: OrganisationText, parents: tuple[Organisation, ...]) -> str:
    """The short name of the sub-district it lies in, for facets and cards."""
    if text.kind in PLACES:
        return text.short_name or text.name
    return next((parent.area for parent in parents if parent.area), "")
