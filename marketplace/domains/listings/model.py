"""A listing: an achievement or a service on offer, under which contract and at what price, and who may do what with it."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import ClassVar

from marketplace.kernel import permissions as rules
from marketplace.kernel.entity import linked
from marketplace.kernel.labels import Label, label
from marketplace.kernel.money import band_of
from marketplace.kernel.permission import Permission
from marketplace.kernel.publishing import Shelved
from marketplace.kernel.revisions import revision_workflow
from marketplace.kernel.technology_contracts import ContractKind, Course, PriceMode
from marketplace.kernel.workflow import Step, Tells, Workflow


class Status(StrEnum):
    DRAFT = "draft"
    SUBMITTED = "submitted"
    RETURNED = "returned"
    PUBLISHED = "published"
    EXPIRED = "expired"
    WITHDRAWN = "withdrawn"


STATUS_LABELS: dict[str, Label] = {
    Status.DRAFT: label("Draft"), Status.SUBMITTED: label("In review"), Status.RETURNED: label("Returned"), Status.PUBLISHED: label("On offer"),
    Status.EXPIRED: label("Expired"), Status.WITHDRAWN: label("Withdrawn"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Offerer:
    """A studio, an enterprise, an association or a worker."""

    kind: str = ""
    id: str = ""
    name: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ListingText:
    """What a form edits and a version keeps. Money is fen, the royalty basis points; with an entry fee, `price_fen` is that."""

    title: str
    benefit: str = ""
    summary: str = ""
    field: str = ""
    contract_kind: ContractKind = ContractKind.SERVICE
    sub_kind: str = ""
    price_mode: PriceMode = PriceMode.NEGOTIABLE
    price_fen: int | None = None
    royalty_bp: int | None = None
    royalty_course: Course = Course.LEVEL
    trial_days: int | None = None
    price_note: str = ""
    price_on_enquiry: bool = False
    region: str = ""
    exclusive: bool = False
    valid_from: date | None = None
    valid_until: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing(ListingText, Shelved):
    KIND: ClassVar[str] = "listing"
    READ: ClassVar[Permission] = Permission.LISTING_READ
    READ_GUARDED: ClassVar[Permission] = Permission.LISTING_PRICE
    EXPLAINED: ClassVar[frozenset[StrEnum]] = frozenset({Status.RETURNED, Status.WITHDRAWN})

    status: Status = Status.DRAFT
    reminded_for: date | None = None
    offerer: Offerer = Offerer()
    achievement_id: str = linked(default="")
    achievement_title: str = linked(default="")
    has_patent: bool = linked(default=False)
    used: int = linked(default=0)

    @property
    def makers(self) -> tuple[str, ...]:
        return (self.offerer.id,) if self.offerer.id else ()

    @property
    def is_public(self) -> bool:
        return self.status is Status.PUBLISHED

    @property
    def hidden(self) -> tuple[str, ...]:
        """What the public face leaves out; where more is hidden than before, the index must not be asked until it follows."""
        return ("price",) if self.price_on_enquiry else ()

    @property
    def band(self) -> str:
        """For the facet: a price on enquiry tells no band."""
        return band_of(None if self.price_on_enquiry else self.price_fen)


@dataclass(frozen=True, slots=True)
class PutUp:
    """An auction of this listing, as far as its page leads there."""

    id: str
    number: str
    announced_at: datetime | None = None
    closed_at: datetime | None = None

    @property
    def is_open(self) -> bool:
        return self.announced_at is not None and self.closed_at is None


P = Permission
_IN_REVIEW = {Status.SUBMITTED, Status.RETURNED, Status.PUBLISHED, Status.EXPIRED, Status.WITHDRAWN}
_own = rules.is_maker | rules.is_account
WORKFLOW = Workflow(
    Step("submit", frozenset({Status.DRAFT, Status.RETURNED}), Status.SUBMITTED, P.LISTING_EDIT, label("Submit for review"), label("Submitted"),
         main=True, tells=Tells.OFFICERS),
    Step("publish", frozenset({Status.SUBMITTED}), Status.PUBLISHED, P.LISTING_REVIEW, label("Approve and publish"), label("Published"),
         main=True, tells=Tells.MAKERS),
    Step("return", frozenset({Status.SUBMITTED}), Status.RETURNED, P.LISTING_REVIEW, label("Return with a reason"), label("Returned"),
         reason=True, tells=Tells.MAKERS),
    Step("renew", frozenset({Status.PUBLISHED, Status.EXPIRED}), Status.PUBLISHED, P.LISTING_EDIT, label("Renew"), label("Renewed")),
    Step("remind", frozenset({Status.PUBLISHED}), Status.PUBLISHED, P.LISTING_EXPIRE, label("Remind of its end"), label("Expires soon; renew it"),
         tells=Tells.MAKERS),
    Step("expire", frozenset({Status.PUBLISHED}), Status.EXPIRED, P.LISTING_EXPIRE, label("Let it expire"), label("Expired"), tells=Tells.MAKERS),
    Step("withdraw", frozenset({Status.PUBLISHED, Status.EXPIRED}), Status.WITHDRAWN, P.LISTING_EDIT, label("Withdraw"), label("Withdrawn")),
    Step("take_down", frozenset({Status.PUBLISHED}), Status.WITHDRAWN, P.LISTING_TAKE_DOWN, label("Take down with a reason"),
         label("Taken down"), reason=True, tells=Tells.MAKERS),
)  # fmt: skip
REVISION = revision_workflow(P.LISTING_EDIT, P.LISTING_REVIEW)
POLICY = rules.Policy({
    P.LISTING_READ: rules.while_in({Status.PUBLISHED}, rules.anyone) | _own | rules.while_in(_IN_REVIEW, rules.is_officer_above),
    P.LISTING_PRICE: _own | rules.while_in(_IN_REVIEW, rules.is_officer_above),
    P.LISTING_HISTORY: _own | rules.is_officer_above,
    P.LISTING_CREATE: rules.signed_in,
    P.LISTING_EDIT: _own,
    P.LISTING_REVIEW: rules.is_reviewer & ~_own,
    P.LISTING_TAKE_DOWN: rules.is_officer_above & ~_own,
    P.LISTING_EXPIRE: rules.nobody,
})  # fmt: skip
