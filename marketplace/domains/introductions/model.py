"""An introduction: a scout says to whoever posted a need and whoever made a thing why they should talk. Each side answers for itself."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import ClassVar

from marketplace.kernel import permissions as rules
from marketplace.kernel.entity import linked
from marketplace.kernel.labels import Label, label
from marketplace.kernel.permission import Permission
from marketplace.kernel.permissions import MAKER
from marketplace.kernel.workflow import Step, Tells, Workflow

THINGS = ("achievement", "listing")
"""What can be introduced to a need."""


class Status(StrEnum):
    PROPOSED = "proposed"
    OPENED = "opened"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"


STATUS_LABELS: dict[str, Label] = {
    Status.PROPOSED: label("Waits for both sides"), Status.OPENED: label("In conversation"), Status.DECLINED: label("Introduction declined"),
    Status.WITHDRAWN: label("Introduction withdrawn"),
}  # fmt: skip


class Side(StrEnum):
    NEEDING = "needing"
    PROVIDING = "providing"


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """Two that a scout would bring together, and all who stand behind either."""

    need_id: str
    need_title: str
    thing_kind: str
    thing_id: str
    thing_title: str
    needing: tuple[str, ...]
    providing: tuple[str, ...]

    @property
    def makers(self) -> tuple[str, ...]:
        return (*self.needing, *self.providing)


@dataclass(frozen=True, slots=True, kw_only=True)
class Introduction:
    """`opening` are the needing side's first words, which nobody else reads before the conversation has begun; `asker_id` wrote them.
    `reason` is why a side declined (`declined_by`), or why the scout took it back.

    The titles are those that everybody could read on the day of the introduction."""

    KIND: ClassVar[str] = "introduction"
    READ: ClassVar[Permission] = Permission.INTRODUCTION_READ
    READ_GUARDED: ClassVar[Permission] = Permission.INTRODUCTION_INSIDE

    id: str
    version: int = 1
    number: str
    key: str
    status: Status = Status.PROPOSED
    need_title: str
    thing_kind: str
    thing_title: str
    why: str
    opening: str = ""
    asker_id: str = ""
    reason: str = ""
    declined_by: str = ""
    needing_at: datetime | None = None
    providing_at: datetime | None = None
    created_at: datetime
    updated_at: datetime
    need_id: str = linked(default="")
    thing_id: str = linked(default="")
    scout_id: str = linked(default="")
    scout_name: str = linked(default="")
    needing: tuple[str, ...] = linked(default=())
    providing: tuple[str, ...] = linked(default=())

    @property
    def title(self) -> str:
        """What notices call it."""
        return self.need_title

    @property
    def makers(self) -> tuple[str, ...]:
        return (*self.needing, *self.providing)

    @property
    def accounts(self) -> tuple[str, ...]:
        return (self.scout_id,) if self.scout_id else ()

    @property
    def is_open(self) -> bool:
        return self.status is Status.PROPOSED

    @property
    def is_opened(self) -> bool:
        return self.status is Status.OPENED

    @property
    def is_withdrawn(self) -> bool:
        return self.status is Status.WITHDRAWN

    @property
    def needing_declined(self) -> bool:
        return self.declined_by == Side.NEEDING

    def accepted_at(self, side: Side) -> datetime | None:
        return self.needing_at if side is Side.NEEDING else self.providing_at

    def sides_of(self, tokens: Collection[str]) -> tuple[Side, ...]:
        """For which sides a reader may speak: none for the scout, both for whoever belongs to both."""
        return tuple(side for side, rule in ((Side.NEEDING, is_needing), (Side.PROVIDING, is_providing)) if rule.allows(tokens, self))


def key_of(scout_id: str, pair: Pair) -> str:
    """A scout introduces two things to each other once, also where nothing came of it."""
    return f"{scout_id}:{pair.need_id}:{pair.thing_id}"


P = Permission
is_needing = rules.Holds(lambda one: (MAKER + party for party in one.needing), kind=MAKER, words=label("Acts for whoever posted the need."))
is_providing = rules.Holds(lambda one: (MAKER + party for party in one.providing), kind=MAKER, words=label("Stands behind what is introduced."))
_OPEN = frozenset({Status.PROPOSED})
WORKFLOW = Workflow(
    Step("introduce", frozenset(), Status.PROPOSED, P.INTRODUCTION_MAKE, label("Introduce"), label("Somebody introduces you"), tells=Tells.MAKERS),
    Step("accept", _OPEN, Status.PROPOSED, P.INTRODUCTION_ANSWER, label("Accept the introduction"), label("One side accepts an introduction"),
         main=True, tells=Tells.MAKERS),
    Step("open", _OPEN, Status.OPENED, P.INTRODUCTION_ANSWER, label("Begin the conversation"), label("Both sides accept an introduction"),
         tells=Tells.MAKERS),
    Step("decline", _OPEN, Status.DECLINED, P.INTRODUCTION_ANSWER, label("Decline the introduction"), label("An introduction is declined"),
         reason=True, tells=Tells.MAKERS),
    Step("withdraw", _OPEN, Status.WITHDRAWN, P.INTRODUCTION_WITHDRAW, label("Withdraw the introduction"), label("An introduction is withdrawn"),
         reason=True, tells=Tells.MAKERS),
)  # fmt: skip
POLICY = rules.Policy({
    P.INTRODUCTION_MAKE: rules.signed_in & ~rules.is_maker,
    P.INTRODUCTION_READ: rules.is_maker | rules.is_account,
    P.INTRODUCTION_INSIDE: is_needing,
    P.INTRODUCTION_ANSWER: rules.while_in(_OPEN, rules.is_maker & ~rules.is_account),
    P.INTRODUCTION_WITHDRAW: rules.while_in(_OPEN, rules.is_account),
})  # fmt: skip
