"""What concerns an administrator's rights: one proposes, another confirms, and never the one concerned."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import ClassVar

from marketplace.domains.roles.model import accounts_in, is_receiver
from marketplace.kernel import permissions as rules
from marketplace.kernel.entity import linked
from marketplace.kernel.labels import Label, label
from marketplace.kernel.permission import Permission
from marketplace.kernel.roles import Role
from marketplace.kernel.workflow import Step, Tells, Workflow


class RequestStatus(StrEnum):
    PROPOSED = "proposed"
    CONFIRMED = "confirmed"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"


STATUS_LABELS: dict[RequestStatus, Label] = {
    RequestStatus.PROPOSED: label("Waits for a second administrator"), RequestStatus.CONFIRMED: label("Confirmed"),
    RequestStatus.REFUSED: label("Refused"), RequestStatus.WITHDRAWN: label("Withdrawn"), RequestStatus.EXPIRED: label("Expired"),
}  # fmt: skip


class Act(StrEnum):
    GIVE = "give"
    END = "end"


@dataclass(frozen=True, slots=True, kw_only=True)
class RoleRequest:
    """Whatever makes, unmakes or changes an administrator: one proposes, another confirms, and never the one concerned."""

    KIND: ClassVar[str] = "role-request"
    READ: ClassVar[Permission] = Permission.ROLE_REQUEST_READ

    id: str
    version: int = 1
    status: RequestStatus = RequestStatus.PROPOSED
    act: Act
    account_id: str
    role: Role
    place_kind: str
    place_id: str
    holding_id: str = ""
    since_at: datetime | None = None
    until_at: datetime | None = None
    proposed_by: str
    decided_by: str = ""
    invited: tuple[str, ...] = ()
    """The administrators who could confirm it when it was proposed: they are told."""
    reason: str = ""
    expires_at: datetime
    created_at: datetime
    updated_at: datetime
    name: str = linked(default="")
    login: str = linked(default="")
    place_name: str = linked(default="")
    proposer: str = linked(default="")
    decider: str = linked(default="")

    @property
    def is_open(self) -> bool:
        return self.status is RequestStatus.PROPOSED

    @property
    def makers(self) -> tuple[str, ...]:
        return ()

    @property
    def accounts(self) -> tuple[str, ...]:
        """Whoever proposed it hears what became of it."""
        return (self.proposed_by,)

    @property
    def title(self) -> str:
        """What a notice calls it: no person's name stays in one."""
        return self.place_name


P = Permission
_OPEN = frozenset({RequestStatus.PROPOSED})
WORKFLOW = Workflow(
    Step("propose", frozenset(), RequestStatus.PROPOSED, P.ROLE_PROPOSE, label("Propose it"),
         label("An administrator's rights wait for a second one"), tells=Tells.INVITED),
    Step("confirm", _OPEN, RequestStatus.CONFIRMED, P.ROLE_CONFIRM, label("Confirm"), label("Confirmed"), main=True,
         tells=Tells.MAKERS),
    Step("refuse", _OPEN, RequestStatus.REFUSED, P.ROLE_CONFIRM, label("Refuse"), label("Refused"), reason=True, tells=Tells.MAKERS),
    Step("withdraw", _OPEN, RequestStatus.WITHDRAWN, P.ROLE_WITHDRAW, label("Withdraw"), label("Withdrawn")),
    Step("expire", _OPEN, RequestStatus.EXPIRED, P.ROLE_EXPIRE, label("Expire"), label("Expired"), tells=Tells.MAKERS),
)  # fmt: skip


is_proposer = rules.Holds(accounts_in("proposed_by"), words=label("Proposed it."))
POLICY = rules.Policy({
    P.ROLE_REQUEST_READ: rules.administrator,
    P.ROLE_PROPOSE: rules.administrator & ~is_receiver,
    P.ROLE_CONFIRM: rules.administrator & ~(is_proposer | is_receiver),
    P.ROLE_WITHDRAW: is_proposer,
    P.ROLE_EXPIRE: rules.nobody,
})  # fmt: skip
