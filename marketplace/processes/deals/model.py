"""First refusal (Civil Code, article 847): before a work made in service is transferred, those who made it may take it on the same terms."""

from marketplace.kernel import permissions as rules
from marketplace.kernel.first_refusals import Answer
from marketplace.kernel.labels import Label, label
from marketplace.kernel.permission import Permission
from marketplace.kernel.permissions import MAKER
from marketplace.kernel.workflow import Step, Tells, Workflow

FIRST_REFUSAL = label("Taken up by a contributor (Civil Code, article 847)")
"""Why a contract that somebody takes up is not concluded."""


ANSWER_LABELS: dict[str, Label] = {
    Answer.ASKED: label("Not answered yet"), Answer.WAIVED: label("Waived"), Answer.TAKEN: label("Taken up"),
    Answer.SILENT: label("No answer in time, counts as waived"),
}  # fmt: skip


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
