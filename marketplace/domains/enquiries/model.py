"""An enquiry: a question to whoever stands behind a published thing. With its answer a conversation begins, between the two parties alone."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from typing import ClassVar

from marketplace.kernel import permissions as rules
from marketplace.kernel.entity import linked
from marketplace.kernel.labels import Label, label
from marketplace.kernel.permission import Permission
from marketplace.kernel.permissions import MAKER
from marketplace.kernel.trading import NO_PARTY, Party
from marketplace.kernel.workdays import local_day, workdays_after
from marketplace.kernel.workflow import Step, Tells, Workflow

LONGEST = 2_000


class Status(StrEnum):
    ASKED = "asked"
    ANSWERED = "answered"
    CLOSED = "closed"


STATUS_LABELS: dict[str, Label] = {
    Status.ASKED: label("Waits for an answer"), Status.ANSWERED: label("Answered"), Status.CLOSED: label("Conversation closed"),
}  # fmt: skip


class Side(StrEnum):
    """Of a conversation. Who sells follows from what it is about: about a need it is whoever asked."""

    ASKER = "asker"
    MAKERS = "makers"


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


NEED = "need"


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
    reason: str = ""
    spoke: Side = Side.ASKER
    spoke_at: datetime | None = None
    reminded_at: datetime | None = None
    closed_at: datetime | None = None
    about_id: str = linked(default="")
    asker_id: str = linked(default="")
    asker: Asker = NOBODY
    party: Party = NO_PARTY
    providers: tuple[str, ...] = linked(default=())
    keeper_id: str = linked(default="")

    @property
    def title(self) -> str:
        """What notices call it."""
        return self.about_title

    @property
    def makers(self) -> tuple[str, ...]:
        """Both parties: they read it, nobody else does."""
        return (*self.providers, *((self.party.id,) if self.party.id else ()))

    @property
    def accounts(self) -> tuple[str, ...]:
        return tuple(account for account in (self.asker_id, self.keeper_id) if account)

    def due_on(self, workdays: int) -> date:
        """The last day for an answer."""
        return workdays_after(local_day(self.created_at), workdays)

    def side_of(self, tokens: Collection[str]) -> Side:
        """On which side a reader stands; whoever belongs to both stands where they asked."""
        return Side.ASKER if is_asker.allows(tokens, self) else Side.MAKERS


def spoken(enquiry: Enquiry, side: Side, at: datetime) -> Enquiry:
    return replace(enquiry, spoke=side, spoke_at=at)


P = Permission
is_asker = rules.Holds(
    lambda enquiry: (f"account:{enquiry.asker_id}", *((MAKER + enquiry.party.id,) if enquiry.party.id else ())), words=label("Their side has asked.")
)
is_provider = rules.Holds(
    lambda enquiry: (MAKER + party for party in enquiry.providers), kind=MAKER, words=label("Stands behind what is asked about.")
)
answers_needs = rules.Holds(
    lambda subject: (rules.SIGNED_IN,) if NEED in (getattr(subject, "kind", ""), getattr(subject, "KIND", "")) else (), kind=rules.SIGNED_IN,
    words=label("May come with an answer to a need."),
)  # fmt: skip
"""Whoever acts for a studio, an enterprise, an association or themselves; the service asks for whom."""
is_keeper = rules.Holds(lambda enquiry: (f"account:{enquiry.keeper_id}",) if enquiry.keeper_id else ())
_OPEN = frozenset({Status.ASKED, Status.ANSWERED})
WORKFLOW = Workflow(
    Step("ask", frozenset(), Status.ASKED, P.ENQUIRY_ASK, label("Ask the makers"), label("New question"), tells=Tells.MAKERS),
    Step("answer", frozenset({Status.ASKED}), Status.ANSWERED, P.ENQUIRY_ANSWER, label("Answer"), label("Your question is answered"),
         main=True, tells=Tells.MAKERS),
    Step("add", frozenset({Status.ASKED}), Status.ASKED, P.ENQUIRY_WRITE, label("Add to the question"), label("Something was added to a question"),
         tells=Tells.MAKERS),
    Step("write", frozenset({Status.ANSWERED}), Status.ANSWERED, P.ENQUIRY_WRITE, label("Write"), label("New message"), tells=Tells.MAKERS),
    Step("remind", frozenset({Status.ASKED}), Status.ASKED, P.ENQUIRY_REMIND, label("Remind"), label("An answer is due"), tells=Tells.MAKERS),
    Step("close", _OPEN, Status.CLOSED, P.ENQUIRY_CLOSE, label("Close the conversation"), label("Conversation closed"), reason=True,
         tells=Tells.MAKERS),
)  # fmt: skip
POLICY = rules.Policy({
    P.ENQUIRY_ASK: (rules.enterprise_user | rules.association_officer | answers_needs) & ~(rules.is_maker | rules.is_account),
    P.ENQUIRY_READ: rules.is_maker | rules.is_account,
    P.ENQUIRY_ANSWER: (is_provider | is_keeper) & ~is_asker,
    P.ENQUIRY_WRITE: rules.while_in(_OPEN, rules.is_maker | rules.is_account),
    P.ENQUIRY_CLOSE: rules.while_in(_OPEN, rules.is_maker | rules.is_account),
    P.ENQUIRY_REMIND: rules.nobody,
})  # fmt: skip
