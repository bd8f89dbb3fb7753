"""Personal values are shown, searched for and taken away by this door alone: the record stands in the transaction that reads them."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import timedelta
from typing import Any

from pydantic_core import to_jsonable_python

from marketplace.domains.workers.model import Worker
from marketplace.domains.workers.repository import get_clear_worker, get_workers
from marketplace.kernel.audit import LOOK, record_act, record_look
from marketplace.kernel.consent import list_consents
from marketplace.kernel.errors import Invalid
from marketplace.kernel.labels import label
from marketplace.kernel.permission import Permission
from marketplace.kernel.person_links import list_links
from marketplace.kernel.personal_numbers import tidy_identity
from marketplace.kernel.registry import days_after_recording
from marketplace.kernel.unit_of_work import UnitOfWork
from marketplace.processes.looks.model import FIELDS, LEAST_WORDS, Copy, Look, LookKind, Purpose
from marketplace.processes.looks.repository import create_looks, find_by_number, forget_looks, list_looks, list_own_files, read_parts

MOST_FORGOTTEN = 1_000
SHORTEST = 6
"""Characters of a number: with fewer one would be guessing."""


def show_personal(uow: UnitOfWork, worker_id: str, purpose: Purpose, note: str) -> Worker:
    """In full, to an officer above who says what for. Raises Invalid without words."""
    worker = get_clear_worker(uow.tx, worker_id)
    uow.actor.require(Permission.PERSONAL_SHOW, worker)
    record_looks(uow, [look_at(uow, worker, LookKind.SHOWN, purpose, note, _filled(worker))])
    return worker


def search_by_number(uow: UnitOfWork, number: str, purpose: Purpose, note: str) -> list[Worker]:
    """Whose identity number, phone or certificate this is, among those under the officer; masked. Also a search in vain is kept."""
    uow.actor.require(Permission.PERSONAL_FIND, None)
    tidy = tidy_identity("".join(number.split()))
    if len(tidy) < SHORTEST:
        raise Invalid({"number": label("Write the whole number.")})
    found = find_by_number(uow.tx, tidy)
    workers = get_workers(uow.tx, list(found))
    looks = [look_at(uow, one, LookKind.FOUND, purpose, note, found[one.id]) for one in workers]
    record_looks(uow, looks or [look_at(uow, None, LookKind.NOT_FOUND, purpose, note, ())])
    return workers


def take_copy(uow: UnitOfWork, worker_id: str, purpose: Purpose, note: str) -> Copy:
    """All about one person: for themselves, or by an officer to whom they said that they want it."""
    worker = get_clear_worker(uow.tx, worker_id)
    uow.actor.require(Permission.PERSONAL_COPY, worker)
    record_looks(uow, [look_at(uow, worker, LookKind.TAKEN, purpose, note, _filled(worker))])
    said = {
        "person": _plain(worker), "works": [_plain(one) for one in list_links(uow.tx, worker_id)],
        "consents": [_plain(one) for one in list_consents(uow.tx, worker_id)], "looks": [_plain(one) for one in list_looks(uow.tx, worker_id)],
    }  # fmt: skip
    return Copy(worker.number, said | read_parts(uow.tx, worker_id), list_own_files(uow.tx, worker_id))


def _plain(said: object) -> Any:
    return to_jsonable_python(asdict(said))  # type: ignore[call-overload]


def look_at(uow: UnitOfWork, worker: Worker | None, kind: LookKind, purpose: Purpose, note: str, fields: Sequence[str]) -> Look:
    """Raises Invalid for a purpose that is none of ours, or without words."""
    if purpose not in list(Purpose):
        raise Invalid({"purpose": label("Choose one of the purposes.")})
    if len(note.strip()) < LEAST_WORDS:
        raise Invalid({"note": label("Say in a few words what for: the person reads it.")})
    return Look(
        id=uow.new_id(), at=uow.now, kind=kind, of=worker.id if worker else "", by=uow.actor.account_id, by_name=uow.actor.name,
        unit_name=uow.actor.unit_name, fields=tuple(fields), purpose=Purpose(purpose), note=note.strip(),
        units=worker.units if worker else tuple(party.id for party in uow.actor.parties_of("organisation")),
    )  # fmt: skip


def record_looks(uow: UnitOfWork, looks: list[Look]) -> None:
    """In the transaction that reads what is shown, so that nothing is shown without it."""
    create_looks(uow.tx, looks)
    for one in looks:
        if one.of:
            record_look(uow, "worker", one.of, one.fields, one.purpose)
        else:
            record_act(uow, LOOK, purpose=one.purpose)


def forget_old_looks(uow: UnitOfWork) -> int:
    """What the registry keeps no longer; a batch at a time."""
    return forget_looks(uow.tx, uow.now - timedelta(days=days_after_recording()), MOST_FORGOTTEN)


def _filled(worker: Worker) -> tuple[str, ...]:
    return tuple(name for name in FIELDS if getattr(worker, name))
