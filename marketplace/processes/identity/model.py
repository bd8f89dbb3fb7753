"""What becomes of two people's relations when they are one, and what can be given back when they are not."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from marketplace.domains.workers.model import ALIVE, Status, Worker
from marketplace.kernel import permissions as rules
from marketplace.kernel.contributions import WHOLE, Answer
from marketplace.kernel.labels import Label, label
from marketplace.kernel.permission import Permission
from marketplace.kernel.skill_levels import rank_of
from marketplace.kernel.workflow import Step, Workflow

P = Permission
MERGING = Workflow(
    Step("merge", frozenset(ALIVE), Status.MERGED, P.WORKER_MERGE, label("Merge"), label("Merged")),
    Step("separate-hidden", frozenset({Status.MERGED}), Status.HIDDEN, P.WORKER_MERGE, label("Separate"), label("Separated")),
    Step("separate-shown", frozenset({Status.MERGED}), Status.SHOWN, P.WORKER_MERGE, label("Separate"), label("Separated")),
)  # fmt: skip
POLICY = rules.Policy({P.WORKER_MERGE: rules.is_officer_above & ~rules.is_maker})
LEADING = ("lead", "chair")
FILLED = ("headline", "level", "occupation", "id_number", "phone", "bank_account", "born_on", "birth_month", "sex")
"""What the one who stays takes over where it is blank."""
Said = Mapping[str, Any]
"""The properties of one relation, plain as in a copy: days and times as text."""
Sayings = tuple[dict[str, Any], ...]


class MergeStatus(StrEnum):
    DONE = "done"
    UNDONE = "undone"


KEEPING = Workflow(
    Step("separate", frozenset({MergeStatus.DONE}), MergeStatus.UNDONE, P.WORKER_MERGE, label("Separate again"), label("Separated")),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Place:
    """Where relations of one type between a person and one thing stand."""

    relation: str
    label: str
    other: str
    outgoing: bool


@dataclass(frozen=True, slots=True)
class Move:
    """`kept` and `gone`: what the two said at this place before, `after`: what the one who stays says since."""

    place: Place
    kept: Sayings
    gone: Sayings
    after: Sayings


@dataclass(frozen=True, slots=True)
class Record:
    """All that is needed to give everything back. `filled`: property → before and after, plain."""

    moves: tuple[Move, ...] = ()
    filled: dict[str, tuple[Any, Any]] = field(default_factory=dict)
    status: Status = Status.HIDDEN


@dataclass(frozen=True, slots=True, kw_only=True)
class Merge:
    id: str
    version: int = 1
    status: MergeStatus = MergeStatus.DONE
    kept_id: str
    gone_id: str
    by: str
    body: str
    created_at: datetime
    updated_at: datetime
    undone_by: str = ""
    undone_at: datetime | None = None
    audience: tuple[str, ...] = ()


def _one(kept: Sayings, gone: Sayings) -> Sayings:
    return (kept or gone)[:1]


def _earlier(*sayings: Said) -> dict[str, Any]:
    days = sorted(one["since"] for one in sayings if one.get("since"))
    return {"since": days[0]} if days else {}


def _dated(kept: Sayings, gone: Sayings) -> Sayings:
    """What has ended stays as it was; of what goes on one remains, since the earlier day, in the leading role if there is one."""
    both = (*kept, *gone)
    ended = tuple(one for at, one in enumerate(both) if one.get("until") and one not in both[:at])
    going = sorted((one for one in both if not one.get("until")), key=lambda one: one.get("role") not in LEADING)
    return (*ended, going[0] | _earlier(*going)) if going else ended


def _contribution(kept: Sayings, gone: Sayings) -> Sayings:
    """The shares of both are added; an answer counts only where both gave it."""
    if not kept or not gone:
        return kept or gone
    ours, theirs = kept[0], gone[0]
    answers = {ours.get("answer"), theirs.get("answer")}
    answer = answers.pop() if len(answers) == 1 else Answer.OBJECTED if Answer.OBJECTED in answers else Answer.ASKED
    return (ours | {"share": ours.get("share", 0) + theirs.get("share", 0), "role": ours.get("role") or theirs.get("role") or "",
                    "answer": str(answer)},)  # fmt: skip


def _skill(kept: Sayings, gone: Sayings) -> Sayings:
    """The higher level, held since the earlier day."""
    if not kept or not gone:
        return kept or gone
    ours, theirs = kept[0], gone[0]
    best = max((ours, theirs), key=lambda one: rank_of(one.get("level")))
    certificate = best.get("certificate") or ours.get("certificate") or theirs.get("certificate") or ""
    return (best | _earlier(ours, theirs) | {"certificate": certificate, "position": ours.get("position", 0)},)


def _papers(kept: Sayings, gone: Sayings) -> Sayings:
    known = {one.get("certificate") for one in kept}
    return (*kept, *(one for one in gone if one.get("certificate") not in known))


JOIN: Mapping[str, Callable[[Sayings, Sayings], Sayings]] = {
    "EMPLOYED_BY": _dated, "MEMBER_OF": _dated, "LEADS": _dated, "CONTRIBUTED_TO": _contribution, "HAS_SKILL": _skill, "CERTIFIED_IN": _papers,
}  # fmt: skip


def moves_of(kept: Mapping[Place, Sayings], gone: Mapping[Place, Sayings], today: date) -> tuple[Move, ...]:
    """At each place of the one who goes. Whoever stays keeps their present job: the other's present job ends today."""
    works = any(place.relation == "EMPLOYED_BY" and not one.get("until") for place, said in kept.items() for one in said)
    moves = [Move(place, kept.get(place, ()), said, JOIN.get(place.relation, _one)(kept.get(place, ()), said)) for place, said in gone.items()]
    return tuple(_ended(move, today) if works and move.place.relation == "EMPLOYED_BY" and not _goes_on(move.kept) else move for move in moves)


def _goes_on(sayings: Sayings) -> bool:
    return any(not one.get("until") for one in sayings)


def _ended(move: Move, today: date) -> Move:
    return replace(move, after=tuple(one if one.get("until") else one | {"until": today.isoformat()} for one in move.after))


def objections(kept: Worker, gone: Worker, moves: Sequence[Move], accounts: int, are_distinct: bool) -> list[Label]:
    """Why these two can't be merged; none where they can."""
    faults = []
    if kept.id == gone.id:
        faults.append(label("These are one entry already."))
    if accounts > 1:
        faults.append(label("Both have an account. An administrator has to close one of them first: nobody may lose a sign-in by a merge."))
    if are_distinct:
        faults.append(label("An officer has said that these are not the same person. Take that back first."))
    if any(one.get("share", 0) > WHOLE for move in moves for one in move.after):
        faults.append(label("Their shares in one achievement would be more than 100 % together. Correct the shares first."))
    return faults


def filled_of(kept: Worker, gone: Worker) -> dict[str, Any]:
    """What the one who stays takes over: blanks are filled, and where both cards are public, what either keeps back stays back."""
    news = {name: getattr(gone, name) for name in FILLED if not getattr(kept, name) and getattr(gone, name)}
    missing = tuple(name for name in kept.missing if name not in news and not (name == "skills" and gone.skills))
    if kept.has_consent and gone.has_consent:
        news["concealed"] = tuple(dict.fromkeys((*kept.concealed, *gone.concealed)))
    return {name: value for name, value in (news | {"missing": missing}).items() if value != getattr(kept, name)}
