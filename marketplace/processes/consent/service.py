"""The person says what is shown; the calendar ends what was offered until a day."""

from collections.abc import Collection

from marketplace.domains.workers.model import Worker
from marketplace.domains.workers.repository import get_worker, get_workers, save_worker
from marketplace.domains.workers.service import choose_parts, give_consent, keep_consent, withdraw_consent
from marketplace.kernel.availability import list_expired
from marketplace.kernel.consent import Part, Use, parts_of
from marketplace.kernel.permission import Permission
from marketplace.kernel.unit_of_work import UnitOfWork
from marketplace.kernel.workdays import local_day
from marketplace.kernel.workflow import edited


def agree(uow: UnitOfWork, id: str, version: int, shown: bool, parts: Collection[Part], uses: Collection[Use] | None = None) -> Worker:
    """Nobody but the person. Each thing that differs is a change and a record of its own; what stays as it was is neither."""
    worker = get_worker(uow.tx, id)
    uow.actor.require(Permission.WORKER_OWN, worker)
    if uses is not None and set(uses) != set(worker.agreed_uses):
        worker = choose_uses(uow, id, version, uses)
        version = worker.version
    if shown and not worker.has_consent:
        return give_consent(uow, id, version, parts)
    if set(parts) != set(parts_of(worker.concealed)):
        worker = choose_parts(uow, id, version, parts)
        version = worker.version
    return worker if shown == worker.has_consent else withdraw_consent(uow, id, version)


def choose_uses(uow: UnitOfWork, id: str, version: int, uses: Collection[Use]) -> Worker:
    """Nobody but the person: what they withdraw is not done any more from the next request on."""
    worker = get_worker(uow.tx, id)
    uow.actor.require(Permission.WORKER_OWN, worker)
    change = edited(worker, version, at=uow.now, verb="choose-uses", agreed_uses=tuple(use for use in Use if use in uses))
    save_worker(uow.tx, change)
    keep_consent(uow, change.after)
    uow.record(change)
    return change.after


def expire_offers(uow: UnitOfWork) -> int:
    """What somebody offered until a day that has passed is offered no more. Returns how many; a batch at a time."""
    due = get_workers(uow.tx, list_expired(uow.tx, local_day(uow.now)))
    for worker in due:
        change = edited(worker, worker.version, at=uow.now, verb="offers-end", offers=(), offers_until=None)
        save_worker(uow.tx, change)
        uow.record(change)
    return len(due)
