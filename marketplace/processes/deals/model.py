"""First refusal (Civil Code, article 847): before a work made in service is transferred, those who made it may take it on the same terms."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import ClassVar

from marketplace.kernel import permissions as rules
from marketplace.kernel.guards import UNANSWERED
from marketplace.kernel.labels import Label, label
from marketplace.kernel.permission import Permission
from marketplace.kernel.permissions import MAKER
from marketplace.kernel.technology_contracts import Terms
from marketplace.kernel.workflow import Step, Tells, Workflow

FIRST_REFUSAL = label("Taken up by a contributor (Civil Code, article 847)")
"""Why a contract that somebody takes up is not concluded."""


class Answer(StrEnum):
    ASKED = UNANSWERED
    WAIVED = "waived"
    TAKEN = "taken"
    SILENT = "silent"


ANSWER_LABELS: dict[str, Label] = {
    Answer.ASKED: label("Not answered yet"), Answer.WAIVED: label("Waived"), Answer.TAKEN: label("Taken up"),
    Answer.SILENT: label("No answer in time, counts as waived"),
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class FirstRefusal(Terms):
    """What one contributor is asked, with the terms as the parties agreed them; the other side's name is not among them.

    `is_pending`: the contract is still being written."""

    KIND: ClassVar[str] = "first-refusal"
    READ: ClassVar[Permission] = Permission.FIRST_REFUSAL_READ

    id: str
    version: int = 1
    contract_id: str
    number: str
    title: str
    worker_id: str
    name: str = ""
    asked_at: datetime
    due_on: date
    answer: Answer = Answer.ASKED
    answered_at: datetime | None = None
    is_pending: bool = True
    enquiry_id: str = ""
    achievement_id: str = ""
    parties: tuple[str, ...] = ()
    updated_at: datetime | None = None

    @property
    def makers(self) -> tuple[str, ...]:
        return (self.worker_id, *self.parties)


def id_of(contract_id: str, worker_id: str) -> str:
    """A question is one person's about one contract."""
    return f"{contract_id}.{worker_id}"


P = Permission
is_person = rules.Holds(lambda asked: (MAKER + asked.worker_id,), kind=MAKER, words=label("Is the one who is asked."))
_ASKED = frozenset({Answer.ASKED})
WORKFLOW = Workflow(
    Step("ask", frozenset(), Answer.ASKED, P.OFFER_ANSWER, label("Ask those who made it"), label("First refusal asked"), tells=Tells.MAKERS),
    Step("waive", _ASKED, Answer.WAIVED, P.FIRST_REFUSAL_ANSWER, label("Waive"), label("First refusal waived"), tells=Tells.MAKERS),
    Step("take_up", _ASKED, Answer.TAKEN, P.FIRST_REFUSAL_ANSWER, label("Take it up"), label("First refusal taken up"), tells=Tells.MAKERS),
    Step("fall_silent", _ASKED, Answer.SILENT, P.FIRST_REFUSAL_END, label("Let it count as waived"), label("First refusal waived by silence"),
         tells=Tells.MAKERS),
    field="answer",
)  # fmt: skip
POLICY = rules.Policy({
    P.FIRST_REFUSAL_READ: rules.is_maker,
    P.FIRST_REFUSAL_ANSWER: is_person,
    P.FIRST_REFUSAL_END: rules.nobody,
})  # fmt: skip
