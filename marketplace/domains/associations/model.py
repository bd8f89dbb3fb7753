"""A technical association: what it is, who belongs to it, who may do what with it."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import ClassVar

from marketplace.kernel import permissions as rules
from marketplace.kernel.circles import Circle
from marketplace.kernel.entity import linked
from marketplace.kernel.labels import Label, label
from marketplace.kernel.memberships import MEMBER, Membership, lead_of
from marketplace.kernel.permission import Permission
from marketplace.kernel.workflow import Step, Tells, Workflow


class Status(StrEnum):
    ACTIVE = "active"
    CLOSED = "closed"


class Kind(StrEnum):
    DISTRICT = "district"
    ENTERPRISE = "enterprise"
    INDUSTRY = "industry"


class Role(StrEnum):
    CHAIR = "chair"
    VICE_CHAIR = "vice-chair"
    SECRETARY = "secretary"
    MEMBER = MEMBER


STATUS_LABELS: dict[str, Label] = {Status.ACTIVE: label("Active"), Status.CLOSED: label("Closed")}
KIND_LABELS: dict[str, Label] = {
    Kind.DISTRICT: label("District association"), Kind.ENTERPRISE: label("Enterprise association"),
    Kind.INDUSTRY: label("Industry association"),
}  # fmt: skip
ROLE_LABELS: dict[str, Label] = {
    Role.CHAIR: label("Chair"), Role.VICE_CHAIR: label("Vice chair"), Role.SECRETARY: label("Secretary"), Role.MEMBER: label("Member"),
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class AssociationText:
    """What a form edits and a version keeps. Name, kind and day of founding are the union's to set."""

    name: str
    kind: Kind = Kind.ENTERPRISE
    fields: tuple[str, ...] = ()
    founded_on: date | None = None
    summary: str = ""


NAMING = ("name", "kind", "founded_on")


@dataclass(frozen=True, slots=True, kw_only=True)
class Association(AssociationText, Circle):
    """`field` is the first of its fields."""

    KIND: ClassVar[str] = "association"
    READ: ClassVar[Permission] = Permission.ASSOCIATION_READ
    READ_GUARDED: ClassVar[Permission] = Permission.ASSOCIATION_MEMBERS

    id: str
    version: int = 1
    number: str
    status: Status = Status.ACTIVE
    field: str = ""
    entered_by: str = ""
    reason: str = ""
    source_key: str = ""
    created_at: datetime
    updated_at: datetime
    published_at: datetime | None = None
    organisation_id: str = linked(default="")
    organisation_name: str = linked(default="")
    units: tuple[str, ...] = linked(default=())
    area: str = linked(default="")
    members: tuple[Membership, ...] = linked(default=())

    @property
    def chair(self) -> Membership | None:
        return lead_of(self.members, Role.CHAIR)

    @property
    def is_open(self) -> bool:
        return self.status is Status.ACTIVE


P = Permission
WORKFLOW = Workflow(
    Step("close", frozenset({Status.ACTIVE}), Status.CLOSED, P.ASSOCIATION_NAME, label("Close with a reason"), label("Closed"), reason=True,
         tells=Tells.MAKERS),
    Step("reopen", frozenset({Status.CLOSED}), Status.ACTIVE, P.ASSOCIATION_NAME, label("Reopen"), label("Reopened"), tells=Tells.MAKERS),
)  # fmt: skip
POLICY = rules.Policy({
    P.ASSOCIATION_READ: rules.anyone,
    P.ASSOCIATION_MEMBERS: rules.is_maker | rules.is_officer_above,
    P.ASSOCIATION_HISTORY: rules.is_maker | rules.is_officer_above,
    P.ASSOCIATION_EDIT: rules.is_lead | rules.is_officer_above,
    P.ASSOCIATION_CREATE: rules.is_officer_above,
    P.ASSOCIATION_NAME: rules.is_officer_above,
})  # fmt: skip
