"""An enquiry: one question to whoever stands behind a published thing, answered once, seen by both parties and nobody else."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import ClassVar

from marketplace.kernel import permissions as rules
from marketplace.kernel.entity import linked
from marketplace.kernel.labels import Label, label
from marketplace.kernel.permission import Permission
from marketplace.kernel.workflow import Step, Tells, Workflow

LONGEST = 2_000


class Status(StrEnum):
    ASKED = "asked"
    ANSWERED = "answered"


STATUS_LABELS: dict[str, Label] = {Status.ASKED: label("Waits for an answer"), Status.ANSWERED: label("Answered")}


@dataclass(frozen=True, slots=True)
class Asker:
    """As the other side sees them: by name and for whom they act, never with contacts."""

    name: str = ""
    party: str = ""


NOBODY = Asker()


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """What is asked about, and who stands behind it. Without makers it is whoever entered it who answers."""

    kind: str
    id: str
    title: str
    makers: tuple[str, ...] = ()
    entered_by: str = ""

    @property
    def accounts(self) -> tuple[str, ...]:
        return (self.entered_by,) if self.entered_by else ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Enquiry:
    KIND: ClassVar[str] = "enquiry"
    READ: ClassVar[Permission] = Permission.ENQUIRY_READ

    id: str
    version: int = 1
    number: str
    status: Status = Status.ASKED
    about_kind: str
    about_title: str
    text: str
    answer: str = ""
    created_at: datetime
    updated_at: datetime
    answered_at: datetime | None = None
    about_id: str = linked(default="")
    asker_id: str = linked(default="")
    asker: Asker = NOBODY
    makers: tuple[str, ...] = linked(default=())
    keeper_id: str = linked(default="")

    @property
    def title(self) -> str:
        """What notices call it."""
        return self.about_title

    @property
    def accounts(self) -> tuple[str, ...]:
        return tuple(account for account in (self.asker_id, self.keeper_id) if account)


P = Permission
is_asker = rules.Holds(lambda enquiry: (f"account:{enquiry.asker_id}",))
is_keeper = rules.Holds(lambda enquiry: (f"account:{enquiry.keeper_id}",) if enquiry.keeper_id else ())
WORKFLOW = Workflow(
    Step("ask", frozenset(), Status.ASKED, P.ENQUIRY_ASK, label("Ask the makers"), label("New question"), tells=Tells.MAKERS),
    Step("answer", frozenset({Status.ASKED}), Status.ANSWERED, P.ENQUIRY_ANSWER, label("Answer"), label("Your question is answered"),
         main=True, tells=Tells.MAKERS),
)  # fmt: skip
POLICY = rules.Policy({
    P.ENQUIRY_ASK: (rules.enterprise_user | rules.association_officer) & ~(rules.is_maker | rules.is_account),
    P.ENQUIRY_READ: rules.is_maker | rules.is_account,
    P.ENQUIRY_ANSWER: (rules.is_maker | is_keeper) & ~is_asker,
})  # fmt: skip
