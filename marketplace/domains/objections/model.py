"""An objection to a line of the ledger: the line is held back until the unit has answered to the contributor's content, or the union decides."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import ClassVar

from marketplace.kernel import permissions as rules
from marketplace.kernel.entity import linked
from marketplace.kernel.labels import Label, label
from marketplace.kernel.permission import Permission
from marketplace.kernel.permissions import LEADS, MAKER
from marketplace.kernel.workflow import Step, Tells, Workflow

LONGEST = 2_000


class Status(StrEnum):
    OPEN = "open"
    TO_COSIGN = "to-cosign"
    KEPT = "kept"
    CORRECTED = "corrected"
    REFERRED = "referred"
    UPHELD = "upheld"
    SETTLED = "settled"


STATUS_LABELS: dict[str, Label] = {
    Status.OPEN: label("Waits for the unit's answer"), Status.TO_COSIGN: label("The answer waits for a second signature"),
    Status.KEPT: label("The unit keeps its reckoning"), Status.CORRECTED: label("Corrected"), Status.REFERRED: label("Passed on to the union"),
    Status.UPHELD: label("The union says: to be corrected"), Status.SETTLED: label("Closed"),
}  # fmt: skip
STATUS_TONES: dict[str, str] = {
    Status.OPEN: "due", Status.TO_COSIGN: "due", Status.KEPT: "info", Status.CORRECTED: "ok", Status.REFERRED: "due", Status.UPHELD: "due",
    Status.SETTLED: "ok",
}  # fmt: skip
STANDING = frozenset({Status.OPEN, Status.TO_COSIGN, Status.KEPT, Status.REFERRED, Status.UPHELD})
"""So long the line is not paid out."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What the unit says: it keeps its reckoning, or posts anew by these shares."""

    words: str
    people: tuple[tuple[str, int], ...] = ()

    @property
    def corrects(self) -> bool:
        return bool(self.people)


@dataclass(frozen=True, slots=True, kw_only=True)
class Objection:
    """`keepers` are the tokens of those who answer, as they were when it was made. `units`, the officers who may read it, are named only once it
    was passed on: a recorded complaint."""

    KIND: ClassVar[str] = "ledger-objection"
    READ: ClassVar[Permission] = Permission.LEDGER_OBJECTION_READ

    id: str
    version: int = 1
    number: str
    status: Status = Status.OPEN
    reason: str = ""
    entry_id: str
    posting_id: str
    contract_id: str
    worker_id: str
    words: str
    amount_fen: int = 0
    due_on: date
    answer: str = ""
    corrects: bool = False
    answered_by: str = ""
    cosigned_by: str = ""
    worker_ids: tuple[str, ...] = ()
    shares: tuple[int, ...] = ()
    keepers: tuple[str, ...] = ()
    units: tuple[str, ...] = ()
    created_at: datetime
    updated_at: datetime
    title: str = linked(default="")
    contract_number: str = linked(default="")
    worker_name: str = linked(default="")
    payees: tuple[str, ...] = linked(default=())

    @property
    def makers(self) -> tuple[str, ...]:
        """Told of each step: the contributor, and the parties whose tokens keep the books."""
        return (self.worker_id, *(token.partition(":")[2] for token in self.keepers))

    @property
    def review_units(self) -> tuple[str, ...]:
        return self.units

    @property
    def people(self) -> tuple[tuple[str, int], ...]:
        """The shares that a correction proposes."""
        return tuple(zip(self.worker_ids, self.shares, strict=True))


P = Permission
_UNANSWERED = frozenset({Status.OPEN, Status.UPHELD})
WORKFLOW = Workflow(
    Step("object", frozenset(), Status.OPEN, P.LEDGER_OBJECTION_MAKE, label("Object"), label("Objection to a ledger line"), tells=Tells.MAKERS),
    Step("keep", _UNANSWERED | {Status.TO_COSIGN}, Status.KEPT, P.LEDGER_OBJECTION_ANSWER, label("Keep the reckoning"),
         label("The unit has answered an objection"),
         tells=Tells.MAKERS),
    Step("correct", _UNANSWERED | {Status.TO_COSIGN}, Status.CORRECTED, P.LEDGER_OBJECTION_ANSWER, label("Correct it"),
         label("The unit has corrected a posting"), tells=Tells.MAKERS),
    Step("ask_cosign", _UNANSWERED, Status.TO_COSIGN, P.LEDGER_OBJECTION_ANSWER, label("Ask for the second signature"),
         label("An answer waits for a second signature"), tells=Tells.MAKERS),
    Step("send_back", frozenset({Status.TO_COSIGN}), Status.OPEN, P.LEDGER_OBJECTION_ANSWER, label("Do not sign"),
         label("An answer was not countersigned"),
         reason=True, tells=Tells.MAKERS),
    Step("refer", frozenset({Status.KEPT, Status.OPEN, Status.TO_COSIGN}), Status.REFERRED, P.LEDGER_OBJECTION_MAKE, label("Pass it on to the union"),
         label("An objection to a ledger line is passed on"), reason=True, tells=Tells.OFFICERS),
    Step("accept", frozenset({Status.KEPT}), Status.SETTLED, P.LEDGER_OBJECTION_MAKE, label("I am content"), label("An objection is closed"),
         tells=Tells.MAKERS),
    Step("uphold", frozenset({Status.REFERRED}), Status.UPHELD, P.LEDGER_OBJECTION_DECIDE, label("To be corrected"),
         label("The union says: correct it"), reason=True, tells=Tells.MAKERS),
    Step("dismiss", frozenset({Status.REFERRED}), Status.SETTLED, P.LEDGER_OBJECTION_DECIDE, label("The reckoning stands"),
         label("The union says: the reckoning stands"), reason=True, tells=Tells.MAKERS),
    Step("settle", frozenset({Status.KEPT}), Status.SETTLED, P.LEDGER_OBJECTION_SETTLE, label("Close"), label("An objection is closed"),
         tells=Tells.MAKERS),
)  # fmt: skip
is_own = rules.Holds(lambda one: (MAKER + one.worker_id,), kind=MAKER, words=label("It is their own line."))
keeps_it = rules.holds_any(lambda one: one.keepers, label("Keeps the seller's books."), LEADS, MAKER)
POLICY = rules.Policy({
    P.LEDGER_OBJECTION_READ: is_own | keeps_it | rules.is_officer_above,
    P.LEDGER_OBJECTION_MAKE: is_own,
    P.LEDGER_OBJECTION_ANSWER: keeps_it & ~is_own,
    P.LEDGER_OBJECTION_DECIDE: rules.is_officer_above & ~(is_own | keeps_it),
    P.LEDGER_OBJECTION_SETTLE: rules.nobody,
})  # fmt: skip
