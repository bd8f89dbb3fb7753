"""What may be done with workers. Each call is one transaction, retried as a whole."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import zip_longest
from typing import Any

from marketplace.domains.workers.model import (
    ALIVE,
    WORKFLOW,
    SkillHeld,
    Worker,
    WorkerDetails,
    WorkerEntry,
    WorkerText,
    faults_of,
    missing_of,
    with_details,
    with_text,
)
from marketplace.domains.workers.repository import create_worker_nodes, get_clear_worker, get_worker, ids_of_source, move_worker, save_worker
from marketplace.kernel.consent import NAME, Consent, Part, concealed_of, parts_of, write_consent
from marketplace.kernel.entity import node_properties
from marketplace.kernel.errors import Invalid, Refused
from marketplace.kernel.importing import Intake, Row, Taken, fresh, keys_of, take_turn
from marketplace.kernel.labels import Label, label
from marketplace.kernel.numbers import next_numbers
from marketplace.kernel.parties import Employer, find_employers
from marketplace.kernel.permission import Permission
from marketplace.kernel.revisions import content_of
from marketplace.kernel.taxonomy import find_occupations, find_skills
from marketplace.kernel.unit_of_work import UnitOfWork
from marketplace.kernel.workdays import local_day
from marketplace.kernel.workflow import created, edited

UNKNOWN_EMPLOYER = label("%(name)s is not in the register of enterprises; write its full name.")


@dataclass(frozen=True, slots=True)
class NewWorker:
    """What an officer enters. `employer` is the enterprise's id, credit code or full name."""

    text: WorkerText
    details: WorkerDetails
    employer: str
    joined_on: date | None = None


def create_worker(uow: UnitOfWork, text: WorkerText, details: WorkerDetails, employer: str, joined_on: date | None = None) -> Worker:
    """By an officer above the employer's union, or an administrator. The card stays hidden until the person agrees."""
    return create_workers(uow, [NewWorker(text, details, employer, joined_on)])[0]


def create_workers(uow: UnitOfWork, entries: Sequence[NewWorker]) -> list[Worker]:
    """At most 1,000 in one transaction, each by the same rules. Raises Invalid at the first that is faulty."""
    places = _employers(uow, [one.employer for one in entries])
    numbers = next_numbers(uow.tx, "ZG", uow.now, len(entries))
    made = [
        with_details(_new(uow, one.text, places[one.employer], number, one.joined_on), one.details)
        for one, number in zip(entries, numbers, strict=True)
    ]
    for worker in made:
        uow.actor.require(Permission.WORKER_CREATE, worker)
    made = _checked(uow, made)
    create_worker_nodes(uow.tx, made)
    uow.record(*(created(one, at=uow.now) for one in made))
    return made


def edit_worker(uow: UnitOfWork, id: str, version: int, text: WorkerText, details: WorkerDetails) -> Worker:
    """By the person or an officer above."""
    before = get_clear_worker(uow.tx, id)
    uow.actor.require(Permission.WORKER_EDIT, before)
    [after] = _checked(uow, [with_details(with_text(before, text), details)])
    change = replace(edited(before, version, at=uow.now), after=replace(after, updated_at=uow.now, version=version + 1))
    save_worker(uow.tx, change)
    uow.record(change)
    return change.after


def give_consent(uow: UnitOfWork, id: str, version: int, parts: Collection[Part] | None = None) -> Worker:
    """Nobody but the person: from now on the signed-in see the card, with these parts, or those that were chosen before."""
    chosen: dict[str, Any] = {} if parts is None else {"concealed": concealed_of(parts)}
    return _step(uow, id, version, "give_consent", published_at=uow.now, **chosen)


def withdraw_consent(uow: UnitOfWork, id: str, version: int) -> Worker:
    """Nobody but the person: the card is gone from every list, page, picture and count at once."""
    return _step(uow, id, version, "withdraw_consent")


def _step(uow: UnitOfWork, id: str, version: int, verb: str, **more: Any) -> Worker:
    worker = get_worker(uow.tx, id)
    uow.actor.require(WORKFLOW.steps[verb].needs, worker)
    change = WORKFLOW.step(verb, worker, version, at=uow.now, **more)
    save_worker(uow.tx, change)
    keep_consent(uow, change.after)
    uow.record(change)
    return change.after


def keep_consent(uow: UnitOfWork, worker: Worker) -> None:
    """What the person agreed to, when, and to which words; it is never changed afterwards."""
    parts = (NAME, *parts_of(worker.concealed)) if worker.has_consent else ()
    audience = tuple(node_properties(worker)["guarded_audience"])
    write_consent(uow.tx, Consent(uow.new_id(), worker.id, uow.now, uow.actor.account_id, parts, worker.agreed_uses, audience=audience))


def choose_parts(uow: UnitOfWork, id: str, version: int, parts: Collection[Part]) -> Worker:
    """Nobody but the person: what is kept back is gone from every page, list, picture and count at once."""
    worker = get_worker(uow.tx, id)
    uow.actor.require(Permission.WORKER_OWN, worker)
    change = edited(worker, version, at=uow.now, verb="choose-parts", concealed=concealed_of(parts))
    save_worker(uow.tx, change)
    keep_consent(uow, change.after)
    uow.record(change)
    return change.after


def transfer_worker(uow: UnitOfWork, id: str, version: int, employer: str, on: date, *, asked: bool = False) -> Worker:
    """The present job ends on that day and the new one begins. By an officer above both units, or above the new one where the old one has asked."""
    before, to = get_worker(uow.tx, id), _employers(uow, [employer])[employer]
    if not asked:
        uow.actor.require(Permission.WORKER_TRANSFER, before)
    if before.status not in ALIVE:
        raise Refused(label("The register has this person no longer."))
    uow.actor.require(Permission.WORKER_CREATE, to)
    if to.enterprise_id == before.enterprise_id:
        raise Invalid({"employer": label("They work there already.")})
    if on > local_day(uow.now) or any(job.since and on < job.since for job in before.jobs if job.until is None):
        raise Invalid({"on": label("The day lies after the present job began and not in the future.")})
    change = edited(before, version, at=uow.now, verb="transfer", **_place(to), joined_on=on)
    save_worker(uow.tx, change)
    move_worker(uow.tx, change.after, on)
    uow.record(change)
    return change.after


def import_workers(uow: UnitOfWork, rows: Sequence[Row[WorkerEntry]], intake: Intake) -> Taken:
    """At most 1,000 rows in one transaction; rows that are here already are left alone. Raises Invalid, naming the row.

    Nobody's card is shown by an import: only the person can agree to that."""
    take_turn(uow.tx, Worker.KIND)
    new = fresh(rows, ids_of_source(uow.tx, keys_of(rows)))
    made = _imported(uow, new, intake)
    for one in made:
        uow.actor.require(Permission.WORKER_CREATE, one)
    if made:
        create_worker_nodes(uow.tx, made)
        uow.record(*(created(one, at=uow.now, verb="import") for one in made))
    return Taken(tuple(one.id for one in made), len(rows) - len(made))


def _imported(uow: UnitOfWork, rows: list[Row[WorkerEntry]], intake: Intake) -> list[Worker]:
    employers = _employers(uow, [row.text.employer for row in rows], [row.source_key for row in rows])
    numbers = next_numbers(uow.tx, "ZG", uow.now, len(rows)) if rows else []
    return _checked(uow, [_of_entry(uow, row, employers[row.text.employer], number, intake) for row, number in zip(rows, numbers, strict=True)])


def _of_entry(uow: UnitOfWork, row: Row[WorkerEntry], at: Employer, number: str, intake: Intake) -> Worker:
    entry = row.text
    skills = tuple(SkillHeld(skill) for skill in dict.fromkeys(entry.skills))
    text = WorkerText(name=entry.name, headline=entry.headline, level=entry.level, occupation=entry.occupation, skills=skills)
    worker = with_details(_new(uow, text, at, number, entry.joined_on), WorkerDetails(id_number=entry.id_number, phone=entry.phone))
    return replace(worker, source=intake.source, source_key=row.source_key, batch_id=intake.batch_id)


def _new(uow: UnitOfWork, text: WorkerText, at: Employer, number: str, joined_on: date | None) -> Worker:
    return Worker(
        **content_of(text), **_place(at), id=uow.new_id(), number=number, joined_on=joined_on, entered_by=uow.actor.account_id,
        created_at=uow.now, updated_at=uow.now,
    )  # fmt: skip


def _place(at: Employer) -> dict[str, Any]:
    return {name: getattr(at, name) for name in ("enterprise_id", "enterprise_name", "organisation_id", "organisation_name", "units", "area")}


def _employers(uow: UnitOfWork, names: Sequence[str], keys: Sequence[str] = ()) -> dict[str, Employer]:
    """Raises Invalid for one that is not in the register; `keys` name the rows of an import."""
    found = find_employers(uow.tx, sorted({*names} - {""}))
    for name, key in zip_longest(names, keys, fillvalue=""):
        if name not in found:
            raise Invalid({"employer": UNKNOWN_EMPLOYER}, name=name, row=key)
    return found


def _checked(uow: UnitOfWork, workers: list[Worker]) -> list[Worker]:
    """Raises Invalid at the field: wrong forms, skills and occupations that no taxonomy knows."""
    fields, occupations = _taxonomies(uow, workers)
    for one in workers:
        _refuse(one, local_day(uow.now), fields, occupations)
    return [_complete(one, fields) for one in workers]


def _taxonomies(uow: UnitOfWork, workers: list[Worker]) -> tuple[dict[str, str], set[str]]:
    skills = {one.skill for worker in workers for one in worker.skills}
    codes = {code for worker in workers for code in (worker.occupation, *(one.occupation for one in worker.certificates)) if code}
    return find_skills(uow.tx, sorted(skills)), find_occupations(uow.tx, sorted(codes))


def _refuse(worker: Worker, today: date, fields: dict[str, str], occupations: set[str]) -> None:
    faults: dict[str, Label] = faults_of(worker, today)
    if any(one.skill not in fields for one in worker.skills):
        faults.setdefault("skills", label("%(names)s: the list of skills does not know this."))
    if worker.occupation and worker.occupation not in occupations:
        faults["occupation"] = label("The list of occupations does not know this code.")
    if any(one.occupation not in occupations for one in worker.certificates):
        faults.setdefault("certificates", label("The list of occupations does not know this code."))
    if faults:
        raise Invalid(faults, names="、".join(one.skill for one in worker.skills if one.skill not in fields), row=worker.source_key)


def _complete(worker: Worker, fields: dict[str, str]) -> Worker:
    """What follows from the rest: the fields of the skills, and what is still missing."""
    known = tuple(sorted({fields[one.skill] for one in worker.skills} - {""}))
    return replace(worker, fields=known, missing=missing_of(worker))
