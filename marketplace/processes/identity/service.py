"""Merge two entries of one person, and separate them again. Each is one transaction, in which every thing that it touches is renewed."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from graph.connection import Transaction
from graph.copying.rows import plain
from graph.records import stored
from marketplace.domains.achievements import repository as achievements
from marketplace.domains.associations import repository as associations
from marketplace.domains.enquiries import repository as enquiries
from marketplace.domains.listings import repository as listings
from marketplace.domains.patents import repository as patents
from marketplace.domains.studios import repository as studios
from marketplace.domains.workers.model import Level, Status, Worker
from marketplace.domains.workers.repository import get_clear_worker, save_worker
from marketplace.kernel.errors import Refused
from marketplace.kernel.labels import Label, label
from marketplace.kernel.permission import Permission
from marketplace.kernel.permissions import SYSTEM
from marketplace.kernel.unit_of_work import UnitOfWork
from marketplace.kernel.workdays import local_day
from marketplace.kernel.workflow import Change, edited
from marketplace.processes.identity.model import KEEPING, MERGING, Merge, Move, Place, Record, Sayings, filled_of, moves_of, objections
from marketplace.processes.identity.repository import (
    are_distinct,
    become,
    become_again,
    create_merge,
    end_merge,
    get_merge,
    has_open_copy,
    lock_both,
    ties_of,
    touch,
    write_ties,
)
from marketplace.processes.identity.scoring import locked_body, record_of

MOST_TIES = 1_000
"""More than any person has: what is read, written and kept in one transaction stays small."""
Room = tuple[Callable[[Transaction, list[str]], list[Any]], Callable[[Transaction, Any], None]]
TOUCHED: Mapping[str, Room] = {
    "Achievement": (achievements.get_achievements, achievements.renew_audience), "Patent": (patents.get_patents, patents.renew_audience),
    "Listing": (listings.get_listings, listings.renew_audience), "Studio": (studios.get_studios, studios.renew_audience),
    "Association": (associations.get_associations, associations.renew_audience),
    "Enquiry": (enquiries.get_enquiries, enquiries.renew_audience),
}  # fmt: skip
"""Things whose readers or people follow from who has made, leads or asks."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What a merge would do, and why it can't be done."""

    kept: Worker
    gone: Worker
    moves: tuple[Move, ...]
    objections: tuple[Label, ...]


@dataclass(frozen=True, slots=True)
class Return:
    """What a separation would give back. `lost` has changed since and stays with the one who was kept."""

    merge: Merge
    kept: Worker
    gone: Worker
    restored: tuple[Move, ...]
    lost: tuple[Place, ...]
    refilled: dict[str, Any]


def plan_merge(tx: Transaction, kept_id: str, gone_id: str, today: date) -> Plan:
    """Raises NotFound for somebody whom the reader may not see."""
    kept, gone = get_clear_worker(tx, kept_id), get_clear_worker(tx, gone_id)
    ours, theirs = ties_of(tx, kept_id), ties_of(tx, gone_id)
    moves = moves_of(ours, theirs, today)
    accounts = sum(place.relation == "IS_PERSON" for place in (*ours, *theirs))
    faults = objections(kept, gone, moves, accounts, are_distinct(tx, kept_id, gone_id))
    if has_open_copy(tx, [place.other for place in theirs if place.label == "Achievement"], gone_id):
        faults.append(label("A new version of an achievement names the entry that would go. Decide on that version first."))
    if sum(len(said) for said in (*ours.values(), *theirs.values())) > MOST_TIES:
        faults.append(label("Too much hangs on these two entries to merge them by hand."))
    return Plan(kept, gone, moves, tuple(faults))


def merge_workers(uow: UnitOfWork, kept_id: str, gone_id: str, seen: Mapping[str, int]) -> Merge:
    """By an officer above both, who saw these versions. Raises Stale where one has changed since, Refused with the reason."""
    plan = plan_merge(uow.tx, kept_id, gone_id, local_day(uow.now))
    for one in (plan.kept, plan.gone):
        uow.actor.require(Permission.WORKER_MERGE, one)
    if plan.objections:
        raise Refused(plan.objections[0])
    lock_both(uow.tx, {id: seen.get(id, 0) for id in (kept_id, gone_id)})
    plan = plan_merge(uow.tx, kept_id, gone_id, local_day(uow.now))
    ties: list[tuple[str, Place, Sayings]] = [(kept_id, move.place, move.after) for move in plan.moves]
    ties += [(gone_id, move.place, ()) for move in plan.moves]
    filled = filled_of(plan.kept, plan.gone)
    _rewrite(uow, "merge-people", [move.place for move in plan.moves], lambda: write_ties(uow.tx, ties))
    become(uow.tx, gone_id, kept_id, uow.now)
    _save(uow, edited(plan.kept, plan.kept.version, at=uow.now, verb="take-in", **filled))
    _save(uow, MERGING.step("merge", plan.gone, plan.gone.version, at=uow.now))
    return _keep_record(uow, plan, filled)


def _keep_record(uow: UnitOfWork, plan: Plan, filled: dict[str, Any]) -> Merge:
    """For the officers above both."""
    record = Record(plan.moves, {name: (_plain(getattr(plan.kept, name)), _plain(news)) for name, news in filled.items()}, plan.gone.status)
    body = locked_body(uow.tx, record, plan.kept.id, plan.gone.id)
    units = sorted({f"officer:{unit}" for unit in plan.kept.units} & {f"officer:{unit}" for unit in plan.gone.units})
    merge = Merge(
        id=uow.new_id(), kept_id=plan.kept.id, gone_id=plan.gone.id, by=uow.actor.account_id, body=body,
        created_at=uow.now, updated_at=uow.now, audience=(*units, SYSTEM),
    )  # fmt: skip
    create_merge(uow.tx, merge)
    return merge


def plan_return(tx: Transaction, merge_id: str) -> Return:
    """Raises NotFound for officers who are not above both."""
    merge = get_merge(tx, merge_id)
    system = tx.seen_by((SYSTEM,))
    kept, gone = get_clear_worker(system, merge.kept_id), get_clear_worker(system, merge.gone_id)
    record, now = record_of(tx, merge), ties_of(system, merge.kept_id)
    fits = {move.place: _same(now.get(move.place, ()), move.after) for move in record.moves}
    refilled = {name: before for name, (before, after) in record.filled.items() if _plain(getattr(kept, name)) == after}
    restored = tuple(move for move in record.moves if fits[move.place])
    return Return(merge, kept, gone, restored, tuple(place for place, good in fits.items() if not good), refilled)


def split_workers(uow: UnitOfWork, merge_id: str) -> Return:
    """By an officer above both. What has changed since the merge stays where it is. Raises Refused where they are two already."""
    plan = plan_return(uow.tx, merge_id)
    for one in (plan.kept, plan.gone):
        uow.actor.require(Permission.WORKER_MERGE, one)
    ended = KEEPING.step("separate", plan.merge, plan.merge.version, at=uow.now, undone_by=uow.actor.account_id, undone_at=uow.now)
    if plan.kept.status is Status.MERGED:
        raise Refused(label("The one who was kept has been merged into somebody else since. Separate these two first."))
    lock_both(uow.tx, {one.id: one.version for one in (plan.kept, plan.gone)})
    end_merge(uow.tx, replace(ended.after, version=plan.merge.version))
    plan = plan_return(uow.tx, merge_id)
    ties = [(id, move.place, said) for move in plan.restored for id, said in ((plan.kept.id, move.kept), (plan.gone.id, move.gone))]
    _rewrite(uow, "separate-people", [move.place for move in plan.restored], lambda: write_ties(uow.tx, ties))
    become_again(uow.tx, plan.gone.id, plan.kept.id)
    verb = f"separate-{record_of(uow.tx, plan.merge).status}"
    _save(uow, MERGING.step(verb, plan.gone, plan.gone.version, at=uow.now))
    _save(uow, edited(plan.kept, plan.kept.version, at=uow.now, verb="give-back", **_typed(plan.refilled)))
    return plan


CONVERT: Mapping[str, Callable[[Any], Any]] = {
    "level": lambda one: Level(one) if one else None, "born_on": lambda one: date.fromisoformat(one) if one else None, "concealed": tuple,
    "missing": tuple, "birth_month": lambda one: one,
}  # fmt: skip


def _typed(refilled: Mapping[str, Any]) -> dict[str, Any]:
    return {name: CONVERT.get(name, str)(one) for name, one in refilled.items()}


def _plain(said: Any) -> Any:
    return plain({"one": stored(said)}).get("one")


def _same(one: Sayings, other: Sayings) -> bool:
    return sorted(map(_line, one)) == sorted(map(_line, other))


def _line(said: Mapping[str, Any]) -> str:
    return str(sorted(said.items()))


def _save(uow: UnitOfWork, change: Change[Worker]) -> None:
    save_worker(uow.tx, change)
    uow.record(change)


def _rewrite(uow: UnitOfWork, verb: str, places: Iterable[Place], write: Callable[[], None]) -> None:
    """Whoever else is just editing one of the touched things gets a stale version; who may read it follows at once, its document soon."""
    by_label: dict[str, list[str]] = {}
    for place in sorted(set(places), key=lambda one: one.other):
        if place.label in TOUCHED and place.other not in by_label.setdefault(place.label, []):
            by_label[place.label].append(place.other)
    system = uow.tx.seen_by((SYSTEM,))
    before = {one.id: one for name, ids in sorted(by_label.items()) for one in _touched(system, name, ids)}
    write()
    for name, ids in sorted(by_label.items()):
        get, renew = TOUCHED[name]
        for after in get(system, ids):
            renew(system, after)
            uow.record(Change(verb, before[after.id], after, before[after.id].version, uow.now))


def _touched(tx: Transaction, name: str, ids: list[str]) -> list[Any]:
    touch(tx, name, ids)
    return TOUCHED[name][0](tx, ids)
