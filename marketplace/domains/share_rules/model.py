"""A unit's rule: what goes off first, and how the rest is shared. It holds from a day on until the next one, and is never edited."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import ClassVar

from marketplace.kernel import permissions as rules
from marketplace.kernel.entity import linked
from marketplace.kernel.income import WHOLE
from marketplace.kernel.labels import Label, label
from marketplace.kernel.permission import Permission
from marketplace.kernel.permissions import LEADS, MAKER
from marketplace.kernel.workflow import Step, Tells, Workflow


class Status(StrEnum):
    PROPOSED = "proposed"
    CONFIRMED = "confirmed"
    REFUSED = "refused"


STATUS_LABELS: dict[str, Label] = {
    Status.PROPOSED: label("Proposed, waits for the enterprise"), Status.CONFIRMED: label("Set by the enterprise"), Status.REFUSED: label("Refused"),
}  # fmt: skip
STATUS_TONES: dict[str, str] = {Status.PROPOSED: "due", Status.CONFIRMED: "ok", Status.REFUSED: "neutral"}


@dataclass(frozen=True, slots=True)
class Home:
    """The enterprise whose rules these are, with the studios it hosts: their leaders propose, their members read."""

    id: str
    name: str
    studios: tuple[str, ...] = ()

    @property
    def enterprise_id(self) -> str:
        return self.id


@dataclass(frozen=True, slots=True, kw_only=True)
class ShareRuleText:
    """Basis points: unit, studio and contributors are 100 % together; what goes off first stands beside it."""

    unit_bp: int
    studio_bp: int
    contributors_bp: int
    vat_bp: int = 0
    cost_bp: int = 0
    clause: str
    source: str = ""
    effective_from: date


@dataclass(frozen=True, slots=True, kw_only=True)
class ShareRule(ShareRuleText):
    """Half-open: [effective_from, effective_until)."""

    KIND: ClassVar[str] = "share-rule"
    READ: ClassVar[Permission] = Permission.SHARE_RULE_READ

    id: str
    version: int = 1
    status: Status = Status.PROPOSED
    reason: str = ""
    enterprise_id: str
    effective_until: date | None = None
    proposed_by: str = ""
    confirmed_by: str = ""
    confirmed_at: datetime | None = None
    created_at: datetime
    updated_at: datetime
    enterprise_name: str = linked(default="")
    studios: tuple[str, ...] = linked(default=())

    @property
    def title(self) -> str:
        """What notices call it."""
        return self.clause

    @property
    def makers(self) -> tuple[str, ...]:
        return (self.enterprise_id, *self.studios)


def faults_of(text: ShareRuleText) -> dict[str, Label]:
    """Field → what is wrong."""
    if text.unit_bp + text.studio_bp + text.contributors_bp != WHOLE:
        return {"contributors_bp": label("Unit, studio and contributors must be 100 % together.")}
    return {}


P = Permission
_PROPOSED = frozenset({Status.PROPOSED})
WORKFLOW = Workflow(
    Step("propose", frozenset(), Status.PROPOSED, P.SHARE_RULE_PROPOSE, label("Propose the rule"), label("A rule for sharing income is proposed"),
         tells=Tells.MAKERS),
    Step("confirm", _PROPOSED, Status.CONFIRMED, P.SHARE_RULE_CONFIRM, label("Set the rule"), label("A rule for sharing income is set"), main=True,
         tells=Tells.MAKERS),
    Step("refuse", _PROPOSED, Status.REFUSED, P.SHARE_RULE_CONFIRM, label("Refuse"), label("A rule for sharing income is refused"), reason=True,
         tells=Tells.MAKERS),
)  # fmt: skip
acts_for_it = rules.Holds(lambda rule: (MAKER + rule.enterprise_id,), kind=MAKER, words=label("Acts for the enterprise."))
leads_a_studio = rules.Holds(lambda rule: (LEADS + id for id in rule.studios), kind=LEADS, words=label("Leads a studio that it hosts."))
is_in_a_studio = rules.Holds(lambda rule: (MAKER + id for id in rule.studios), kind=MAKER, words=label("Belongs to a studio that it hosts."))
POLICY = rules.Policy({
    P.SHARE_RULE_READ: acts_for_it | is_in_a_studio,
    P.SHARE_RULE_PROPOSE: acts_for_it | leads_a_studio,
    P.SHARE_RULE_CONFIRM: acts_for_it,
})  # fmt: skip
