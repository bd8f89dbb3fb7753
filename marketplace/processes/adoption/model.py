"""What an adopter says of a use: the facts, and one of four words. Only what the adopter has confirmed counts in any sum."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from marketplace.kernel import permissions as rules
from marketplace.kernel.labels import label
from marketplace.kernel.permission import Permission
from marketplace.kernel.workflow import Step, Tells, Workflow


class Said(StrEnum):
    CONFIRMED = "confirmed"
    CORRECTED = "corrected"
    DENIED = "denied"
    REPORTED = "reported"


@dataclass(frozen=True, slots=True, kw_only=True)
class UseText:
    """What both sides can say of a use; the saving is fen a year."""

    place: str = ""
    since: date | None = None
    quantity: float | None = None
    unit: str = ""
    saving_fen: int | None = None
    method: str = ""
    evidence: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SeenUse(UseText):
    """As it stands in a version of the achievement."""

    version: int


P = Permission
_ANY: frozenset[StrEnum] = frozenset()
WORKFLOW = Workflow(
    Step("confirm-use", _ANY, Said.CONFIRMED, P.ADOPTION_ANSWER, label("Confirm"), label("Use confirmed by the adopter"), tells=Tells.MAKERS),
    Step("correct-use", _ANY, Said.CORRECTED, P.ADOPTION_ANSWER, label("Correct"), label("Use corrected by the adopter"), tells=Tells.MAKERS),
    Step("deny-use", _ANY, Said.DENIED, P.ADOPTION_ANSWER, label("We do not use it"), label("Use denied by the adopter"), tells=Tells.MAKERS),
    Step("report-use", _ANY, Said.REPORTED, P.ADOPTION_REPORT, label("Report the use"), label("An adopter reports that it uses it"),
         tells=Tells.MAKERS),
)  # fmt: skip
"""An answer may be given anew at any time and the last word counts, so these steps begin nowhere in particular."""
POLICY = rules.Policy({
    P.ADOPTION_ANSWER: rules.is_maker,
    P.ADOPTION_REPORT: rules.enterprise_user,
})  # fmt: skip
