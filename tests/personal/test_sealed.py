"""Who steals the store or the index has no number of anybody."""

import json
import re
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from graph.person_keys import INDEX, find_keys
from marketplace.cli.demo import load
from marketplace.cli.init import found
from marketplace.demo.stage import rows_of
from marketplace.domains.enterprises.repository import get_enterprise
from marketplace.domains.enterprises.service import edit_enterprise
from marketplace.domains.workers.model import Worker, WorkerDetails, WorkerText
from marketplace.domains.workers.repository import get_clear_worker, get_worker
from marketplace.domains.workers.service import NewWorker, create_workers, edit_worker
from marketplace.kernel.actor import GUEST
from marketplace.kernel.revisions import text_of
from marketplace.kernel.unit_of_work import UnitOfWork
from marketplace.kernel.workflow import Change, edited
from marketplace.processes.identity.service import merge_workers
from tests.factories import Make
from tests.personal.scenes import BANK, CONTACT, IDENTITY, NUMBER, PHONE, SECRETS, dump, indexed, some_people
from tests.site import TestSite

PLANT = "MATCH (w:Worker {id: $id}) SET w.headline = $text"


def test_no_number_lies_in_store_or_index_in_clear(site: TestSite, make: Make) -> None:
    people = some_people(site, make)
    twin = people.another("周立成", id_number=IDENTITY, phone=PHONE)
    seen = {one.id: site.system.read(get_worker, one.id).version for one in (people.zhou, twin)}
    site.acting_as(people.officer).change(merge_workers, people.zhou.id, twin.id, seen)
    firm = site.system.read(get_enterprise, people.firm.id)
    text = text_of(firm, type(firm).__mro__[1])
    site.acting_as(people.officer).change(edit_enterprise, firm.id, firm.version, text)
    site.drain()

    stored, index = dump(site), indexed(site)
    assert [one for one in SECRETS if one in stored or one in index] == []
    kept = site.system.read(get_clear_worker, people.zhou.id)
    assert (kept.id_number, kept.phone, kept.bank_account, kept.skills[0].certificate) == (IDENTITY, PHONE, BANK, NUMBER)
    assert site.system.read(get_enterprise, firm.id).contact_phone == CONTACT


def test_control_a_number_in_clear_would_be_found(site: TestSite, make: Make) -> None:
    people = some_people(site, make)
    site.graph.write(lambda tx: tx.run(PLANT, id=people.zhou.id, text=f"电话{PHONE}"))
    site.system.change(lambda uow: uow.record(_touched(uow, people.zhou.id)))
    site.drain()
    assert PHONE in dump(site)
    assert PHONE in indexed(site)


def _touched(uow: UnitOfWork, id: str) -> Change[Worker]:
    worker = get_worker(uow.tx, id)
    return edited(worker, worker.version, at=uow.now)


@pytest.mark.slow
def test_no_number_of_its_people_lies_in_clear(site: TestSite, make: Make) -> None:
    """All four hundred of the demonstration's register, entered by the batch verb."""
    firm = make.enterprise("沃岭储能")
    rows = [row for row in rows_of("workers") if row.get("id_number")]
    entries = [NewWorker(WorkerText(name=row["name"]), WorkerDetails(id_number=row["id_number"], phone=row["phone"]), firm.id) for row in rows]
    made = site.system.change(create_workers, entries)
    site.drain()
    stored, index = dump(site), indexed(site)
    assert [one for row in rows for one in (row["id_number"], row["phone"]) if one in stored or one in index] == []
    assert len(rows) > 300
    assert site.system.read(get_clear_worker, made[-1].id).id_number == rows[-1]["id_number"]


@pytest.mark.slow
def test_no_number_of_the_demonstration_lies_in_clear(site: TestSite) -> None:
    site.clock.set(datetime(2027, 3, 15, 2, 0, tzinfo=UTC))
    found(site.site)
    load(site.site)
    site.drain()
    numbers = {row[name] for row in rows_of("workers") for name in ("id_number", "phone") if row.get(name)}
    numbers |= {row["contact_phone"] for row in rows_of("enterprises") if row.get("contact_phone")}
    numbers |= {one for row in rows_of("workers") for one in re.findall(r'"([YS]?\d{16,21})"', json.dumps(row))}
    assert len(numbers) > 800
    stored, index = dump(site), indexed(site)
    assert [one for one in numbers if one in stored] == []
    assert [one for one in numbers if one in index] == []
    assert len(site.system.read(lambda tx: find_keys(tx, [INDEX]))) == 1


def test_masked_by_default_and_empty_outside(site: TestSite, make: Make) -> None:
    people = some_people(site, make)
    shown = site.acting_as(people.officer).read(get_worker, people.zhou.id)
    assert (shown.id_number, shown.phone, shown.born_on, shown.born) == ("110105********9613", "136****4075", None, "1976-**-**")
    outside = site.acting_as(people.stranger).read(get_clear_worker, people.zhou.id)
    assert (outside.id_number, outside.phone, outside.birth_month, outside.sex, outside.certificates) == ("", "", None, "", ())
    assert site.acting_as(GUEST).read(get_enterprise, people.firm.id).contact_phone == ""


def test_a_masked_copy_that_is_saved_leaves_the_stored_numbers(site: TestSite, make: Make) -> None:
    people = some_people(site, make)
    worker = site.system.read(get_worker, people.zhou.id)
    text = replace(text_of(worker, type(worker).__mro__[1]), skills=())
    details = WorkerDetails(id_number=worker.id_number, phone="13700001111", bank_account=worker.bank_account)
    site.acting_as(people.officer).change(edit_worker, worker.id, worker.version, text, details)
    kept = site.system.read(get_clear_worker, worker.id)
    assert (kept.id_number, kept.phone, kept.bank_account) == (IDENTITY, "13700001111", BANK)
