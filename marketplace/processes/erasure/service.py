"""Asked, decided, carried out: nothing of the person is left but a number, dates, and a place among makers."""

import os
from collections.abc import Collection
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any

from graph.connection import Graph
from graph.outbox import Event
from graph.person_keys import destroy_keys
from marketplace.domains.roles.repository import list_held
from marketplace.domains.roles.service import end_roles
from marketplace.domains.workers.model import Status as WorkerStatus
from marketplace.domains.workers.model import Worker
from marketplace.domains.workers.repository import get_worker, get_workers, list_long_gone, save_worker
from marketplace.kernel.errors import Invalid, Refused
from marketplace.kernel.labels import label
from marketplace.kernel.permission import Permission
from marketplace.kernel.permissions import SYSTEM
from marketplace.kernel.registry import days_after_leaving
from marketplace.kernel.unit_of_work import UnitOfWork
from marketplace.kernel.workdays import local_day
from marketplace.kernel.workflow import Change, created, edited
from marketplace.processes.erasure.model import ERASED_NAME, ERASING, WORKFLOW, Erasure
from marketplace.processes.erasure.repository import (
    create_erasure_node,
    empty_person,
    find_led,
    find_open_erasure,
    forget_name,
    get_erasure,
    list_accounts,
    list_erased,
    list_touched,
    lock_whole,
    note_erased,
    save_erasure,
)

MOST_FORGOTTEN = 100
NUMBERLESS: dict[str, Any] = {"id_number": "", "phone": "", "bank_account": "", "born_on": "", "birth_month": None, "sex": ""}
REINDEX = "reindex"
"""The verb of an event that tells of no change: the document is to be written once more."""


def ask_erasure(uow: UnitOfWork, worker_id: str, reason: str, name: str) -> Erasure:
    """By the person, or by an officer to whom they said it. The name is typed: nobody is erased by a slip."""
    worker = get_worker(uow.tx, worker_id)
    uow.actor.require(Permission.ERASURE_ASK, worker)
    if name.strip() != worker.name:
        raise Invalid({"name": label("Write the name as it stands on the card.")})
    if find_open_erasure(uow.tx, worker_id):
        raise Refused(label("Erasure has been asked for already."))
    erasure = Erasure(
        id=uow.new_id(), number=uow.next_number("SC"), worker_id=worker_id, by=uow.actor.account_id, units=worker.units, reason=reason.strip(),
        created_at=uow.now, updated_at=uow.now,
    )  # fmt: skip
    create_erasure_node(uow.tx, erasure)
    uow.record(created(erasure, at=uow.now, verb="ask"))
    return erasure


def take_erasure_back(uow: UnitOfWork, id: str, version: int) -> Erasure:
    """As long as nothing was decided."""
    return _step(uow, "take_back", id, version)


def refuse_erasure(uow: UnitOfWork, id: str, version: int, reason: str) -> Erasure:
    """By an officer above, who says which law or which open case asks for the data."""
    return _step(uow, "refuse", id, version, reason=reason)


def _step(uow: UnitOfWork, verb: str, id: str, version: int, reason: str = "") -> Erasure:
    erasure = get_erasure(uow.tx, id)
    uow.actor.require(WORKFLOW.steps[verb].needs, erasure)
    change = WORKFLOW.step(verb, erasure, version, at=uow.now, reason=reason)
    save_erasure(uow.tx, change)
    uow.record(change)
    return change.after


def carry_out_erasure(uow: UnitOfWork, id: str, version: int) -> Erasure:
    """By an officer above. Raises Refused where the person still leads a studio or an association, or is an administrator."""
    erasure = get_erasure(uow.tx, id)
    uow.actor.require(Permission.ERASURE_DECIDE, erasure)
    change = WORKFLOW.step("erase", erasure, version, at=uow.now, done_at=uow.now)
    save_erasure(uow.tx, change)
    if led := find_led(uow.tx, erasure.worker_id):
        raise Refused(label("They lead %(name)s. Somebody has to take that over first."), name=led)
    everything = uow.seeing_all()
    accounts = list_accounts(everything.tx, erasure.worker_id)
    end_roles(everything, accounts, lambda: [one for account in accounts for one in list_held(everything.tx, account, uow.now)])
    erase_person(uow, erasure.worker_id)
    uow.record(change)
    return change.after


def erase_person(uow: UnitOfWork, worker_id: str) -> None:
    """The decision was made; also for a restored older state, in which they stand again."""
    system = uow.tx.seen_by((SYSTEM,))
    ids = lock_whole(system, worker_id)
    before, touched = get_worker(system, worker_id), list_touched(system, ids)
    destroy_keys(system, ids)
    forget_name(system, ids, [thing for kind, thing in touched if kind == "achievement"])
    empty_person(system, ids, uow.now)
    note_erased(system, ids, uow.now)
    uow.record(_gone(uow, before))
    uow.events += [Event(uow.new_id(), kind, thing, REINDEX, False, uow.now, "") for kind, thing in touched]


def erase_again(uow: UnitOfWork, listed: Collection[str]) -> list[str]:
    """After an older state was restored: whoever was erased since does not come back. Returns whom it took."""
    system, again = uow.tx.seen_by((SYSTEM,)), []
    for one in sorted(get_workers(system, list(listed)), key=lambda one: one.status is WorkerStatus.MERGED):
        if not is_emptied(get_worker(system, one.id)):
            erase_person(uow, one.id)
            again.append(one.id)
    return again


def is_emptied(worker: Worker) -> bool:
    """An entry that was merged stays a tombstone when its person is erased: it went with them, and tells by its name."""
    return worker.status is WorkerStatus.ERASED or (worker.status is WorkerStatus.MERGED and worker.name == ERASED_NAME)


def keep_list(graph: Graph, place: Path) -> None:
    """The list of erased people, outside the store and its backups. What it names already stays: the store may be an older one."""
    write_list(place, graph.read(list_erased, reader=(SYSTEM,), patience=15))


def write_list(place: Path, erased: Collection[str]) -> None:
    """In one step, and only where there is somebody new."""
    known = read_list(place)
    if set(erased) <= known and place.exists():
        return
    with NamedTemporaryFile("w", dir=place.parent, prefix=place.name, encoding="ascii", delete=False) as fresh:
        fresh.write("".join(f"{id}\n" for id in sorted(known | set(erased))))
        fresh.flush()
        os.fsync(fresh.fileno())
    Path(fresh.name).replace(place)


def read_list(place: Path) -> set[str]:
    """Empty where nobody was erased yet."""
    return set(place.read_text(encoding="ascii").split()) if place.exists() else set()


def forget_numbers(uow: UnitOfWork) -> int:
    """Of those who left longer ago than the registry keeps them: numbers and their key go, the card stays. Returns how many; a batch at a time."""
    today = local_day(uow.now)
    gone = get_workers(uow.tx, list_long_gone(uow.tx, today - timedelta(days=days_after_leaving()), today, MOST_FORGOTTEN))
    for worker in gone:
        change = edited(worker, worker.version, at=uow.now, verb="end-of-keeping", **NUMBERLESS, **_without_papers(worker))
        save_worker(uow.tx, change)
        uow.record(change)
    destroy_keys(uow.tx, [one.id for one in gone])
    return len(gone)


def _without_papers(worker: Worker) -> dict[str, Any]:
    """Levels and days stay, the numbers of the papers go."""
    return {name: tuple(replace(one, certificate="") for one in getattr(worker, name)) for name in ("skills", "certificates")}


def _gone(uow: UnitOfWork, before: Worker) -> Change[Worker]:
    """What the relay and the audit are told: ids and names of fields."""
    change = ERASING.step("erase", before, before.version, at=uow.now, **NUMBERLESS)
    return replace(change, after=replace(change.after, name=ERASED_NAME))
