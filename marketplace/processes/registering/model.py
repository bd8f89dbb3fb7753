"""The sheet of a contract for the register of technology contracts: what it asks for beyond the text, and the number that it gives."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any, ClassVar

from marketplace.domains.contracts.model import Contract
from marketplace.kernel import permissions as rules
from marketplace.kernel.entity import linked
from marketplace.kernel.labels import label
from marketplace.kernel.permission import Permission
from marketplace.kernel.permissions import MAKER
from marketplace.kernel.workflow import Step, Workflow


class Status(StrEnum):
    WRITTEN = "written"
    REGISTERED = "registered"


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetText:
    """Codes of the register's lists; a region is six digits of GB/T 2260."""

    ip_kind: str = ""
    tech_field: str = ""
    goal: str = ""
    seller_kind: str = ""
    seller_region: str = ""
    buyer_kind: str = ""
    buyer_region: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Registration(SheetText):
    KIND: ClassVar[str] = "contract-registration"
    READ: ClassVar[Permission] = Permission.REGISTRATION_SHEET_READ

    id: str
    version: int = 1
    status: Status = Status.WRITTEN
    contract_id: str
    registration_number: str = ""
    registered_on: date | None = None
    created_at: datetime
    updated_at: datetime
    seller_id: str = linked(default="")

    @property
    def makers(self) -> tuple[str, ...]:
        """It is the seller who registers."""
        return (self.seller_id,) if self.seller_id else ()

    @property
    def is_registered(self) -> bool:
        return self.status is Status.REGISTERED


def _seller(one: Any) -> tuple[str, ...]:
    """Of a contract, or of its sheet."""
    return (MAKER + one.seller.id,) if isinstance(one, Contract) else tuple(MAKER + id for id in one.makers)


def _buyer(one: Any) -> tuple[str, ...]:
    return (MAKER + one.buyer.id,) if isinstance(one, Contract) else ()


P = Permission
WORKFLOW = Workflow(
    Step("register", frozenset({Status.WRITTEN}), Status.REGISTERED, P.REGISTRATION_SHEET_EDIT, label("Enter the number"), label("Registered"))
)
is_the_seller = rules.Holds(_seller, kind=MAKER, words=label("Acts for the seller."))
POLICY = rules.Policy({
    P.REGISTRATION_SHEET_READ: is_the_seller,
    P.REGISTRATION_SHEET_EDIT: is_the_seller & ~rules.Holds(_buyer, kind=MAKER, words=label("Acts for the buyer.")),
})  # fmt: skip
