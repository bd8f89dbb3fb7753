"""A patent: what the register says of it, who may write it down, and when it ends."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from itertools import pairwise
from typing import ClassVar

from marketplace.kernel import permissions as rules
from marketplace.kernel.entity import linked
from marketplace.kernel.labels import Label, label
from marketplace.kernel.patent_numbers import NoPatentNumber, class_symbol, is_locarno, parse_patent_number
from marketplace.kernel.permission import Permission
from marketplace.kernel.workdays import years_after


class Type(StrEnum):
    """The fifth digit of the number (the third before October 2003)."""

    INVENTION = "1"
    UTILITY_MODEL = "2"
    DESIGN = "3"
    PCT_INVENTION = "8"
    PCT_UTILITY_MODEL = "9"


class LegalStatus(StrEnum):
    PUBLISHED = "published"
    EXAMINATION = "examination"
    GRANTED = "granted"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"
    INVALID = "invalid"
    LAPSED = "lapsed"
    EXPIRED = "expired"


TYPE_LABELS: dict[str, Label] = {
    Type.INVENTION: label("Invention patent"), Type.UTILITY_MODEL: label("Utility model"), Type.DESIGN: label("Design patent"),
    Type.PCT_INVENTION: label("Invention patent (PCT)"), Type.PCT_UTILITY_MODEL: label("Utility model (PCT)"),
}  # fmt: skip
LEGAL_LABELS: dict[str, Label] = {
    LegalStatus.PUBLISHED: label("Application published"), LegalStatus.EXAMINATION: label("In examination"),
    LegalStatus.GRANTED: label("Granted"), LegalStatus.REJECTED: label("Rejected"), LegalStatus.WITHDRAWN: label("Application withdrawn"),
    LegalStatus.INVALID: label("Declared invalid"), LegalStatus.LAPSED: label("Ended, yearly fee unpaid"), LegalStatus.EXPIRED: label("Term over"),
}  # fmt: skip
IN_FORCE = frozenset({LegalStatus.GRANTED})
LONG_DESIGN_SINCE = date(2021, 6, 1)
"""Patent Law 2020, article 42: a design filed from this day on is protected for 15 years, before for 10."""


@dataclass(frozen=True, slots=True)
class Inventor:
    """The name as the register has it; `worker_id` where the person is known here and the reader may see them."""

    name: str
    worker_id: str = ""


@dataclass(frozen=True, slots=True)
class Owner:
    """An enterprise or a worker."""

    kind: str = ""
    id: str = ""
    name: str = ""


NOBODY = Owner()


@dataclass(frozen=True, slots=True)
class ProtectedWork:
    """An achievement that this patent protects."""

    id: str
    title: str = ""
    number: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PatentText:
    """What a form edits and a version keeps. `inventors` are in the register's order."""

    title: str
    patent_number: str = ""
    type: Type = Type.INVENTION
    ipc: str = ""
    applicant: str = ""
    filed_on: date | None = None
    published_on: date | None = None
    granted_on: date | None = None
    legal_status: LegalStatus = LegalStatus.PUBLISHED
    field: str = ""
    summary: str = ""
    inventors: tuple[Inventor, ...] = linked(default=())


@dataclass(frozen=True, slots=True, kw_only=True)
class Patent(PatentText):
    """`studio_ids` are the studios of the achievements it protects: their members may mend it, too."""

    KIND: ClassVar[str] = "patent"
    READ: ClassVar[Permission] = Permission.PATENT_READ
    READ_GUARDED: ClassVar[Permission] = Permission.PATENT_INSIDE

    id: str
    version: int = 1
    inventor_names: tuple[str, ...] = ()
    entered_by: str = ""
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
    owner: Owner = NOBODY
    inventor_ids: tuple[str, ...] = linked(default=())
    studio_ids: tuple[str, ...] = linked(default=())
    works: tuple[ProtectedWork, ...] = linked(default=())

    @property
    def number(self) -> str:
        return self.patent_number

    @property
    def makers(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(party for party in (self.owner.id, *self.inventor_ids, *self.studio_ids) if party))

    @property
    def is_in_force(self) -> bool:
        return self.legal_status in IN_FORCE

    @property
    def term_years(self) -> int:
        """Patent Law, article 42."""
        if self.type in (Type.INVENTION, Type.PCT_INVENTION):
            return 20
        return 15 if self.type is Type.DESIGN and self.filed_on and self.filed_on >= LONG_DESIGN_SINCE else 10

    @property
    def expires_on(self) -> date | None:
        """The day its term is over, counted from the day of filing."""
        return years_after(self.filed_on, self.term_years) if self.filed_on else None


P = Permission
_own = rules.is_maker | rules.is_officer_above
POLICY = rules.Policy({
    P.PATENT_READ: rules.anyone,
    P.PATENT_INSIDE: _own,
    P.PATENT_HISTORY: _own,
    P.PATENT_CREATE: _own,
    P.PATENT_EDIT: _own,
})  # fmt: skip


def missing_of(text: PatentText) -> tuple[str, ...]:
    wanted = ("patent_number", "ipc", "applicant", "inventors", "filed_on", "field")
    return tuple(name for name in wanted if not getattr(text, name) and not (name == "ipc" and text.type is Type.DESIGN))


def faults_of(text: PatentText, today: date) -> dict[str, Label]:
    """What cannot be true, at its field; what is missing is no fault here."""
    return _number_faults(text) | _class_faults(text) | _date_faults(text, today)


def _number_faults(text: PatentText) -> dict[str, Label]:
    if not text.patent_number:
        return {}
    try:
        number = parse_patent_number(text.patent_number)
    except NoPatentNumber as error:
        return {"patent_number": error.message}
    return {} if number.type == text.type else {"type": label("The number says another type: its type digit is different.")}


def _class_faults(text: PatentText) -> dict[str, Label]:
    """Designs are classified by the Locarno agreement, not by the IPC."""
    fits = class_symbol(text.ipc) is not None or (text.type is Type.DESIGN and is_locarno(text.ipc))
    return {} if fits or not text.ipc else {"ipc": label("An IPC symbol such as H02S 20/23.")}


def _date_faults(text: PatentText, today: date) -> dict[str, Label]:
    dated = [(name, day) for name in ("filed_on", "published_on", "granted_on") if (day := getattr(text, name))]
    faults = {name: label("This day lies in the future.") for name, day in dated if day > today}
    for (_, before), (name, after) in pairwise(dated):
        if after < before:
            faults[name] = label("Filed, published, granted: the days must follow in this order.")
    return faults


def in_form(text: PatentText) -> dict[str, str]:
    """Number and class as they are kept, of a text without faults."""
    number = parse_patent_number(text.patent_number).dotted if text.patent_number else ""
    return {"patent_number": number, "ipc": class_symbol(text.ipc) or text.ipc.strip()}
