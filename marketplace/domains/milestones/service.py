"""Report a milestone, accept it, send it back; the calendar reminds. Each call is one transaction, retried as a whole."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from marketplace.domains.milestones.model import WORKFLOW, Milestone, Status
from marketplace.domains.milestones.repository import (
    add_proof,
    create_milestone_nodes,
    drop_milestone,
    get_milestone,
    get_milestones,
    list_due,
    save_milestone,
)
from marketplace.kernel.errors import Invalid
from marketplace.kernel.files import Checked
from marketplace.kernel.labels import label
from marketplace.kernel.stored_file import Access, stored_file
from marketplace.kernel.technology_contracts import Stage
from marketplace.kernel.unit_of_work import UnitOfWork
from marketplace.kernel.workdays import local_day, workdays_after
from marketplace.kernel.workflow import Change, created, removed


@dataclass(frozen=True, slots=True)
class Frame:
    """Of which contract, between whom, and from which number on."""

    contract_id: str
    number: str
    seller_id: str
    buyer_id: str
    first: int = 1


def create_milestones(uow: UnitOfWork, frame: Frame, stages: Sequence[tuple[Stage, date]]) -> list[Milestone]:
    """Of a contract that has just come into force, or was changed; whoever calls has asked whether it may. Each stage with its day."""
    made = [
        Milestone(
            id=uow.new_id(), number=f"{frame.number}-{ordinal}", name=stage.name, ordinal=ordinal, proof=stage.proof, due_on=due, share=stage.share,
            amount_fen=stage.amount_fen, created_at=uow.now, updated_at=uow.now, contract_id=frame.contract_id, seller_id=frame.seller_id,
            buyer_id=frame.buyer_id, running=True,
        )
        for ordinal, (stage, due) in enumerate(stages, frame.first)
    ]  # fmt: skip
    create_milestone_nodes(uow.tx, frame.contract_id, made)
    uow.record(*(created(one, at=uow.now) for one in made))
    return made


def drop_milestones(uow: UnitOfWork, milestones: Sequence[Milestone]) -> None:
    """Of a text that both have replaced; accepted ones stay."""
    for one in milestones:
        drop_milestone(uow.tx, one.id)
    uow.record(*(removed(one, at=uow.now) for one in milestones))


def report_milestone(uow: UnitOfWork, id: str, version: int, words: str, file: Checked | None = None, place: str = "") -> Milestone:
    """By the provider, with words and a proof; the bytes lie in the file store already."""
    milestone = get_milestone(uow.tx, id)
    uow.actor.require(WORKFLOW.steps["report"].needs, milestone)
    if not words.strip():
        raise Invalid({"words": label("Fill this in.")})
    change = WORKFLOW.step("report", milestone, version, at=uow.now, words=words.strip(), reported_at=uow.now, reported_by=uow.actor.account_id)
    if file is not None:
        add_proof(uow.tx, id, stored_file(uow.new_id(), file, place, Access.MAKERS, uow.now))
    return _save(uow, change)


def accept_milestone(uow: UnitOfWork, id: str, version: int) -> Milestone:
    """The other side takes it as done."""
    milestone = get_milestone(uow.tx, id)
    uow.actor.require(WORKFLOW.steps["accept"].needs, milestone)
    return _save(uow, WORKFLOW.step("accept", milestone, version, at=uow.now, accepted_at=uow.now, accepted_by=uow.actor.account_id))


def send_milestone_back(uow: UnitOfWork, id: str, version: int, reason: str) -> Milestone:
    """The other side says what is missing; the provider reports again."""
    milestone = get_milestone(uow.tx, id)
    uow.actor.require(WORKFLOW.steps["send_back"].needs, milestone)
    return _save(uow, WORKFLOW.step("send_back", milestone, version, at=uow.now, reason=reason))


def remind_of_milestones(uow: UnitOfWork, workdays: int) -> int:
    """Both sides are told some workdays before the day, and once more when it has passed. Returns how many; a batch at a time."""
    today = local_day(uow.now)
    due = get_milestones(uow.tx, list_due(uow.tx, Status.OPEN, today, workdays_after(today, workdays)))
    for one in due:
        _save(uow, WORKFLOW.step("remind", one, one.version, at=uow.now, reminded_on=today))
    return len(due)


def _save(uow: UnitOfWork, change: Change[Milestone]) -> Milestone:
    save_milestone(uow.tx, change)
    uow.record(change)
    return change.after
