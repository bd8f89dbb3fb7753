"""A workers' innovation studio: what it is, who belongs to it, who may do what with it."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import ClassVar

from marketplace.kernel import permissions as rules
from marketplace.kernel.circles import Circle
from marketplace.kernel.entity import linked
from marketplace.kernel.labels import Label, label
from marketplace.kernel.memberships import LEAD, MEMBER, Membership, lead_of
from marketplace.kernel.permission import Permission
from marketplace.kernel.workflow import Step, Tells, Workflow


class Status(StrEnum):
    ACTIVE = "active"
    CLOSED = "closed"


class Level(StrEnum):
    """Who named it, the highest first."""

    NATIONAL = "national"
    CITY = "city"
    DISTRICT = "district"
    STREET = "street"


STATUS_LABELS: dict[str, Label] = {Status.ACTIVE: label("Active"), Status.CLOSED: label("Closed")}
LEVEL_LABELS: dict[str, Label] = {
    Level.NATIONAL: label("National level"), Level.CITY: label("City level"), Level.DISTRICT: label("District level"),
    Level.STREET: label("Street level"),
}  # fmt: skip
ROLE_LABELS: dict[str, Label] = {LEAD: label("Leader"), MEMBER: label("Member")}


@dataclass(frozen=True, slots=True, kw_only=True)
class StudioText:
    """What a form edits and a version keeps. Name, level and day of naming are the union's to set; the host stays."""

    name: str
    level: Level = Level.DISTRICT
    fields: tuple[str, ...] = ()
    named_on: date | None = None
    equipment: str = ""
    summary: str = ""
    enterprise_name: str = linked(default="")


NAMING = ("name", "level", "named_on")


@dataclass(frozen=True, slots=True, kw_only=True)
class Studio(StudioText, Circle):
    """`field` is the first of its fields; `until` is the day it was closed."""

    KIND: ClassVar[str] = "studio"
    READ: ClassVar[Permission] = Permission.STUDIO_READ
    READ_GUARDED: ClassVar[Permission] = Permission.STUDIO_MEMBERS

    id: str
    version: int = 1
    number: str
    status: Status = Status.ACTIVE
    field: str = ""
    until: date | None = None
    entered_by: str = ""
    reason: str = ""
    source: str = ""
    source_key: str = ""
    batch_id: str = ""
    missing: tuple[str, ...] = ()
    created_at: datetime
    updated_at: datetime
    published_at: datetime | None = None
    organisation_id: str = linked(default="")
    organisation_name: str = linked(default="")
    units: tuple[str, ...] = linked(default=())
    area: str = linked(default="")
    enterprise_id: str = linked(default="")
    members: tuple[Membership, ...] = linked(default=())

    @property
    def lead(self) -> Membership | None:
        return lead_of(self.members)

    @property
    def is_open(self) -> bool:
        return self.status is Status.ACTIVE


P = Permission
WORKFLOW = Workflow(
    Step("close", frozenset({Status.ACTIVE}), Status.CLOSED, P.STUDIO_CLOSE, label("Close with a reason"), label("Closed"), reason=True,
         tells=Tells.MAKERS),
    Step("reopen", frozenset({Status.CLOSED}), Status.ACTIVE, P.STUDIO_CLOSE, label("Reopen"), label("Reopened"), tells=Tells.MAKERS),
)  # fmt: skip
POLICY = rules.Policy({
    P.STUDIO_READ: rules.anyone,
    P.STUDIO_MEMBERS: rules.is_maker | rules.is_officer_above,
    P.STUDIO_HISTORY: rules.is_maker | rules.is_officer_above,
    P.STUDIO_EDIT: rules.is_lead | rules.is_officer_above,
    P.STUDIO_CREATE: rules.is_officer_above,
    P.STUDIO_NAME: rules.is_officer_above,
    P.STUDIO_CLOSE: rules.is_officer_above,
})  # fmt: skip


def missing_of(text: StudioText) -> tuple[str, ...]:
    """What a form would have asked for."""
    return tuple(name for name in ("fields", "named_on", "equipment", "summary") if not getattr(text, name))
