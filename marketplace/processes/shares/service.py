"""A contributor answers for themselves, and for nobody else."""

from dataclasses import replace

from marketplace.domains.achievements.model import Achievement
from marketplace.domains.achievements.repository import get_achievement
from marketplace.kernel.contributions import Answer
from marketplace.kernel.errors import Forbidden
from marketplace.kernel.unit_of_work import UnitOfWork
from marketplace.kernel.workflow import edited
from marketplace.processes.shares.repository import save_answer


def answer_share(uow: UnitOfWork, id: str, answer: Answer) -> Achievement:
    """A contributor confirms their share or objects to it, for themselves only. One whom the reader may not see has no id here."""
    achievement = get_achievement(uow.tx, id)
    mine = next((one for one in achievement.contributions if one.worker_id and one.worker_id == uow.actor.worker_id), None)
    if mine is None:
        raise Forbidden
    save_answer(uow.tx, id, mine.worker_id, answer, uow.now)
    said = tuple(replace(one, answer=answer, answered_at=uow.now) if one is mine else one for one in achievement.contributions)
    change = edited(achievement, achievement.version, at=uow.now, verb=f"share-{answer}", contributions=said)
    uow.record(change)
    return change.after
