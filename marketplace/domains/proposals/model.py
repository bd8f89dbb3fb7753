"""A team's application: its plan in parts, its people, and when it stops being a secret of the team."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import ClassVar

from marketplace.kernel import permissions as rules
from marketplace.kernel.labels import Label, label
from marketplace.kernel.permission import Permission
from marketplace.kernel.ways import Node
from marketplace.kernel.workflow import Step, Tells, Workflow


class Status(StrEnum):
    DRAFT = "draft"
    SUBMITTED = "submitted"
    WITHDRAWN = "withdrawn"
    CHOSEN = "chosen"
    PASSED_OVER = "passed-over"
    RELEASED = "released"


STATUS_LABELS: dict[str, Label] = {
    Status.DRAFT: label("Draft"), Status.SUBMITTED: label("Submitted"), Status.WITHDRAWN: label("Withdrawn"), Status.CHOSEN: label("Chosen"),
    Status.PASSED_OVER: label("Not chosen"), Status.RELEASED: label("The challenge was withdrawn"),
}  # fmt: skip


class Answer(StrEnum):
    ASKED = "asked"
    YES = "yes"
    NO = "no"


ANSWER_LABELS: dict[str, Label] = {Answer.ASKED: label("Has not answered"), Answer.YES: label("Belongs to the team"), Answer.NO: label("Declined")}
PARTS = ("approach", "schedule", "experience", "costs")
BOUND_BY_LEADER = ("studio", "association")
"""Their leader alone signs for them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposalText:
    """Read by the experts without names, so no names belong in it. Money is fen."""

    approach: str = ""
    schedule: str = ""
    experience: str = ""
    costs: str = ""
    cost_fen: int | None = None


@dataclass(frozen=True, slots=True)
class Call:
    """The challenge, as far as a team must know it; `need_not`: the legal person that announced it."""

    id: str
    title: str
    number: str
    status: str
    apply_until: date
    open_to: tuple[str, ...]
    enterprise_id: str
    is_open: bool = False
    closed_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Member:
    worker_id: str
    name: str
    answer: Answer

    @property
    def is_in(self) -> bool:
        return self.answer is Answer.YES


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal(ProposalText):
    """It hangs on no party by a relation, so that no walk through the graph can meet it. `ordinal` is its number for the experts;
    `clients` are tokens of those who read it after the choice; scores are those of all its experts together."""

    KIND: ClassVar[str] = "proposal"
    READ: ClassVar[Permission] = Permission.PROPOSAL_READ

    id: str
    version: int = 1
    number: str
    key: str
    title: str
    status: Status = Status.DRAFT
    challenge_id: str
    party_kind: str
    party_id: str
    party_name: str
    member_ids: tuple[str, ...] = ()
    member_names: tuple[str, ...] = ()
    member_answers: tuple[Answer, ...] = ()
    invited: tuple[str, ...] = ()
    ordinal: int = 0
    reason: str = ""
    clients: tuple[str, ...] = ()
    mean: int | None = None
    spread: int | None = None
    means: tuple[int, ...] = ()
    remarks: tuple[str, ...] = ()
    created_at: datetime
    updated_at: datetime
    submitted_at: datetime | None = None

    @property
    def members(self) -> tuple[Member, ...]:
        return tuple(Member(*one) for one in zip(self.member_ids, self.member_names, self.member_answers, strict=True))

    @property
    def is_sent(self) -> bool:
        return self.status is Status.SUBMITTED

    @property
    def is_chosen(self) -> bool:
        return self.status is Status.CHOSEN

    @property
    def makers(self) -> tuple[str, ...]:
        """The team, and whoever it asked: one says yes to what one has read."""
        return (self.party_id, *(one.worker_id for one in self.members if one.answer is not Answer.NO))


@dataclass(frozen=True, slots=True)
class Team:
    """An application as the officers know it before the choice: a number. `nodes` are whoever stands behind it, for the check of conflicts alone."""

    proposal_id: str
    ordinal: int
    nodes: tuple[Node, ...] = ()

    @property
    def parties(self) -> frozenset[str]:
        return frozenset(node.id for node in self.nodes)


IN_THE_RUNNING = frozenset({Status.SUBMITTED, Status.CHOSEN, Status.PASSED_OVER})
"""What counts as a team of its challenge."""


def _binding(proposal: Proposal) -> tuple[str, ...]:
    return ((rules.LEADS if proposal.party_kind in BOUND_BY_LEADER else rules.MAKER) + proposal.party_id,)


def _asked(proposal: Proposal) -> tuple[str, ...]:
    return tuple(rules.MAKER + one.worker_id for one in proposal.members if one.answer is not Answer.NO)


is_team = rules.Holds(lambda proposal: (rules.MAKER + proposal.party_id,), kind=rules.MAKER, words=label("Acts for the team."))
binds_team = rules.holds_any(_binding, label("Signs for the team."), rules.LEADS, rules.MAKER)
is_member = rules.Holds(_asked, kind=rules.MAKER, words=label("Was asked to belong to the team."))
is_client = rules.holds_any(lambda proposal: proposal.clients, label("Announced or decided the challenge."), rules.MAKER, rules.OFFICER_OF)
P = Permission
_DRAFT, _SUBMITTED = frozenset({Status.DRAFT}), frozenset({Status.SUBMITTED})
WORKFLOW = Workflow(
    Step("submit", _DRAFT, Status.SUBMITTED, P.PROPOSAL_BIND, label("Submit the application"), label("Submitted"), main=True, tells=Tells.MAKERS),
    Step("take_back", _SUBMITTED, Status.DRAFT, P.PROPOSAL_BIND, label("Take it back to change it"), label("Taken back"), tells=Tells.MAKERS),
    Step("withdraw", _DRAFT | _SUBMITTED, Status.WITHDRAWN, P.PROPOSAL_BIND, label("Withdraw for good"), label("Withdrawn"), tells=Tells.MAKERS),
    Step("ask", _DRAFT, Status.DRAFT, P.PROPOSAL_EDIT, label("Ask somebody into the team"), label("You are asked into a team"), tells=Tells.INVITED),
    Step("agree", _DRAFT, Status.DRAFT, P.PROPOSAL_ANSWER, label("Yes, I belong to this team"), label("A member said yes"), tells=Tells.MAKERS),
    Step("decline", _DRAFT, Status.DRAFT, P.PROPOSAL_ANSWER, label("No, not me"), label("A member said no"), tells=Tells.MAKERS),
    Step("number", _SUBMITTED, Status.SUBMITTED, P.PROPOSAL_DECIDE, label("Give it a number"), label("Judging has begun"), tells=Tells.MAKERS),
    Step("choose", _SUBMITTED, Status.CHOSEN, P.PROPOSAL_DECIDE, label("Choose"), label("Your team was chosen"), True, tells=Tells.MAKERS),
    Step("pass_over", _SUBMITTED, Status.PASSED_OVER, P.PROPOSAL_DECIDE, label("Pass over"), label("Another team was chosen"), True,
         tells=Tells.MAKERS),
    Step("judge_again", frozenset({Status.CHOSEN, Status.PASSED_OVER}), Status.SUBMITTED, P.PROPOSAL_DECIDE, label("Judge again"),
         label("The choice is made again"), tells=Tells.MAKERS),
    Step("release", _DRAFT | _SUBMITTED, Status.RELEASED, P.PROPOSAL_DECIDE, label("Release"), label("The challenge was withdrawn"),
         True, tells=Tells.MAKERS),
)  # fmt: skip
POLICY = rules.Policy({
    P.PROPOSAL_READ: rules.is_maker | is_client,
    P.PROPOSAL_CREATE: rules.signed_in,
    P.PROPOSAL_EDIT: rules.while_in(_DRAFT, is_team),
    P.PROPOSAL_BIND: binds_team,
    P.PROPOSAL_ANSWER: rules.while_in(_DRAFT, is_member & ~is_team),
    P.PROPOSAL_DECIDE: rules.nobody,
})  # fmt: skip

ENDINGS = re.compile(r"(股份有限公司|有限责任公司|有限公司|集团|公司|职工创新工作室|创新工作室|工作室|职工技术协会|技术协会|协会)+$")
BEGINNINGS = re.compile(r"^(北京市|北京)")
SHORTEST = 2


def names_in(texts: Iterable[str], names: Iterable[str]) -> tuple[str, ...]:
    """Which of these names, whole or as people shorten them, stand in the texts: what an expert must not read."""
    said = re.sub(r"\s+", "", "\n".join(texts)).casefold()
    return tuple(dict.fromkeys(name for name in names if any(form in said for form in _forms(name))))


def _forms(name: str) -> set[str]:
    whole = re.sub(r"\s+", "", name).casefold()
    short = BEGINNINGS.sub("", ENDINGS.sub("", whole))
    return {form for form in (whole, short) if len(form) >= SHORTEST}
