"""Appoint an expert, declare, stand back, judge once. Each call is one transaction, retried as a whole."""

from collections.abc import Sequence
from dataclasses import dataclass

from marketplace.domains.judgements.model import WORKFLOW, Judgement, Plan
from marketplace.domains.judgements.repository import create_judgement_node, get_judgement, get_plan, hold_judgement, hold_judging, save_judgement
from marketplace.kernel.criteria import BEST
from marketplace.kernel.errors import Forbidden, Invalid, Refused
from marketplace.kernel.labels import label
from marketplace.kernel.permission import Permission
from marketplace.kernel.unit_of_work import UnitOfWork
from marketplace.kernel.workdays import local_day
from marketplace.kernel.workflow import Change, created


@dataclass(frozen=True, slots=True)
class Seat:
    """Which team is to be judged, under which number, for which units."""

    challenge_id: str
    title: str
    proposal_id: str
    ordinal: int
    units: tuple[str, ...]


def appoint_judge(uow: UnitOfWork, seat: Seat, account_id: str, account_name: str) -> Judgement:
    """Once for each expert and team; who stood back stays out. The process has looked for conflicts. Raises Refused."""
    key = f"{account_id}:{seat.proposal_id}"
    before = hold_judgement(uow.seeing_all().tx, key)
    if before is not None:
        raise Refused(label("This expert has been appointed for this team before."))
    judgement = Judgement(
        id=uow.new_id(), key=key, title=seat.title, challenge_id=seat.challenge_id, proposal_id=seat.proposal_id, account_id=account_id,
        account_name=account_name, ordinal=seat.ordinal, units=seat.units, created_at=uow.now, updated_at=uow.now,
    )  # fmt: skip
    uow.actor.require(Permission.JUDGEMENT_APPOINT, judgement)
    create_judgement_node(uow.tx, judgement)
    uow.record(created(judgement, at=uow.now, verb="appoint"))
    return judgement


def declare_free(uow: UnitOfWork, id: str, version: int) -> Judgement:
    """No relation to whoever may stand behind the plan. Raises Forbidden for a team of one's own."""
    judgement, _plan = _mine(uow, id)
    return _keep(uow, WORKFLOW.step("declare", judgement, version, at=uow.now))


def stand_back(uow: UnitOfWork, id: str, version: int, reason: str) -> Judgement:
    """With the reason, which only the expert reads again; the officers are told that another one is needed."""
    judgement = get_judgement(uow.tx, id)
    uow.actor.require(Permission.JUDGEMENT_CAST, judgement)
    return _keep(uow, WORKFLOW.step("stand_back", judgement, version, at=uow.now, reason=reason))


def cast_judgement(uow: UnitOfWork, id: str, version: int, scores: Sequence[int], remarks: Sequence[str]) -> Judgement:
    """Once and for good, while it is judged. Raises Invalid for a score outside 0 to 100 or without words, Refused when it is late."""
    hold_judging(uow.tx, get_judgement(uow.tx, id).challenge_id)
    judgement, plan = _mine(uow, id)
    if not plan.is_judged_now or plan.judge_until is None or local_day(uow.now) > plan.judge_until:
        raise Refused(label("Judging is over."))
    _require_whole(plan, scores, remarks)
    said = tuple(one.strip() for one in remarks)
    return _keep(uow, WORKFLOW.step("cast", judgement, version, at=uow.now, scores=tuple(scores), remarks=said, cast_at=uow.now))


def _mine(uow: UnitOfWork, id: str) -> tuple[Judgement, Plan]:
    judgement, plan = get_judgement(uow.tx, id), get_plan(uow.tx, id)
    uow.actor.require(Permission.JUDGEMENT_CAST, judgement)
    if plan.is_own:
        raise Forbidden(label("Nobody judges their own."))
    return judgement, plan


def _require_whole(plan: Plan, scores: Sequence[int], remarks: Sequence[str]) -> None:
    if len(scores) != len(plan.criteria) or len(remarks) != len(plan.criteria):
        raise Invalid({"marks": label("Each criterion needs a score and a word.")})
    if any(not 0 <= one <= BEST for one in scores):
        raise Invalid({"marks": label("Each score lies between 0 and 100.")})
    if any(not one.strip() for one in remarks):
        raise Invalid({"marks": label("Each criterion needs a score and a word.")})


def _keep(uow: UnitOfWork, change: Change[Judgement]) -> Judgement:
    save_judgement(uow.tx, change)
    uow.record(change)
    return change.after
