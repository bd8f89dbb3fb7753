"""An officer above both says that two entries are two people, or takes that back."""

from marketplace.domains.workers.repository import get_worker
from marketplace.kernel.errors import Invalid
from marketplace.kernel.labels import label
from marketplace.kernel.permission import Permission
from marketplace.kernel.unit_of_work import UnitOfWork
from marketplace.kernel.workflow import edited
from marketplace.processes.duplicates.model import Pair
from marketplace.processes.duplicates.repository import take_back, tell_apart


def keep_apart(uow: UnitOfWork, one: str, other: str) -> Pair:
    """They are not the same: the pair does not come back, until this is taken back. Doing it twice changes nothing more."""
    pair = _decided(uow, one, other, "tell-apart")
    tell_apart(uow.tx, pair, uow.actor.account_id, uow.now)
    return pair


def doubt_again(uow: UnitOfWork, one: str, other: str) -> Pair:
    """Perhaps they are the same after all. Raises NotFound where nobody told them apart."""
    pair = _decided(uow, one, other, "doubt-again")
    take_back(uow.tx, pair)
    return pair


def _decided(uow: UnitOfWork, one: str, other: str, verb: str) -> Pair:
    """Raises NotFound and Forbidden. The entries themselves do not change: only the audit says that it was done."""
    if one == other:
        raise Invalid({"other": label("These are one entry already.")})
    for id in (one, other):
        worker = get_worker(uow.tx, id)
        uow.actor.require(Permission.WORKER_MERGE, worker)
        uow.record(edited(worker, worker.version, at=uow.now, verb=verb))
    return (one, other) if one < other else (other, one)
