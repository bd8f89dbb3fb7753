"""An enterprise: its public page and its contacts, and who may change them."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from typing import ClassVar

from stdnum.cn import uscc

from marketplace.kernel import permissions as rules
from marketplace.kernel.entity import linked
from marketplace.kernel.labels import Label, label
from marketplace.kernel.masking import masked_phone
from marketplace.kernel.permission import Permission
from marketplace.kernel.personal_numbers import PHONE

MOST_FIELDS = 8


class Status(StrEnum):
    ACTIVE = "active"


class Size(StrEnum):
    LARGE = "large"
    MEDIUM = "medium"
    SMALL = "small"
    MICRO = "micro"


SIZE_LABELS: dict[str, Label] = {
    Size.LARGE: label("Large enterprise"), Size.MEDIUM: label("Medium-sized enterprise"), Size.SMALL: label("Small enterprise"),
    Size.MICRO: label("Micro enterprise"),
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class EnterpriseText:
    """What a form edits and a version keeps. `union_name` is the unit it belongs under, `uscc` None where it is unknown."""

    name: str
    short_name: str = ""
    name_en: str = ""
    uscc: str | None = None
    fields: tuple[str, ...] = ()
    size: Size | None = None
    summary: str = ""
    contact_name: str = ""
    contact_phone: str = ""
    joined_on: date | None = None
    union_name: str = linked(default="")


@dataclass(frozen=True, slots=True, kw_only=True)
class Enterprise(EnterpriseText):
    """`field` is the first of its fields: cards and lists show one."""

    KIND: ClassVar[str] = "enterprise"
    READ: ClassVar[Permission] = Permission.ENTERPRISE_READ
    READ_GUARDED: ClassVar[Permission] = Permission.ENTERPRISE_CONTACT

    id: str
    version: int = 1
    number: str
    status: Status = Status.ACTIVE
    field: str = ""
    entered_by: str = ""
    source: str = ""
    source_key: str = ""
    batch_id: str = ""
    missing: tuple[str, ...] = ()
    created_at: datetime
    updated_at: datetime
    published_at: datetime | None = None
    organisation_id: str = linked(default="")
    units: tuple[str, ...] = linked(default=())
    area: str = linked(default="")

    @property
    def title(self) -> str:
        return self.name

    @property
    def makers(self) -> tuple[str, ...]:
        """Its users act for it."""
        return (self.id,)


P = Permission
POLICY = rules.Policy({
    P.ENTERPRISE_READ: rules.anyone,
    P.ENTERPRISE_CONTACT: rules.is_maker | rules.is_officer_above,
    P.ENTERPRISE_HISTORY: rules.is_maker | rules.is_officer_above,
    P.ENTERPRISE_CREATE: rules.is_officer_above | rules.administrator,
    P.ENTERPRISE_EDIT: rules.is_maker | rules.is_officer_above,
})  # fmt: skip


def missing_of(text: EnterpriseText) -> tuple[str, ...]:
    """What a form would have asked for; an import from an older register may lack it."""
    return tuple(name for name in ("uscc", "fields", "size", "summary", "contact_name", "contact_phone") if not getattr(text, name))


def without_phone(text: EnterpriseText) -> EnterpriseText:
    """As a version keeps it: that the contact's phone changed, not which it was."""
    return replace(text, contact_phone=masked_phone(text.contact_phone))


def faults_of(text: EnterpriseText) -> dict[str, Label]:
    """What a rule of form refuses, at its field: for forms and imports alike."""
    faults: dict[str, Label] = {}
    if not text.name.strip():
        faults["name"] = label("Fill this in.")
    if text.uscc and not uscc.is_valid(text.uscc):
        faults["uscc"] = label("This is no unified social credit code: 18 characters, the last one checks the others (GB 32100).")
    if text.contact_phone and not PHONE.fullmatch(text.contact_phone):
        faults["contact_phone"] = label("A phone number: digits, spaces and hyphens.")
    if len(text.fields) > MOST_FIELDS:
        faults["fields"] = label("At most eight fields.")
    return faults
