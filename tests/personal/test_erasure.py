"""Whoever asks to be erased is erased: in the graph, in the index, in kept versions, and by their key in every copy."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from graph.dialect import wipe
from graph.errors import GraphError, NotFound, Stale
from graph.person_keys import find_keys
from graph.records import value
from marketplace.cli.backup import make_backup
from marketplace.cli.restore import fill, looked_at
from marketplace.domains.accounts.service import admit_person
from marketplace.domains.achievements.model import AchievementText
from marketplace.domains.achievements.repository import get_achievement
from marketplace.domains.achievements.service import create_achievement, publish_achievement, submit_achievement
from marketplace.domains.enquiries.service import save_for_later
from marketplace.domains.roles.repository import list_held, list_holders
from marketplace.domains.roles.service import end_role, grant_role
from marketplace.domains.saved_searches.model import SavedSearchText
from marketplace.domains.saved_searches.model import Status as SearchStatus
from marketplace.domains.saved_searches.repository import get_search
from marketplace.domains.saved_searches.service import save_new_search
from marketplace.domains.watches.repository import list_saved_things
from marketplace.domains.workers.model import Status as WorkerStatus
from marketplace.domains.workers.model import Worker, WorkerDetails
from marketplace.domains.workers.repository import get_clear_worker, get_worker
from marketplace.domains.workers.service import edit_worker
from marketplace.kernel.contributions import Contribution
from marketplace.kernel.errors import Forbidden, Invalid, Refused
from marketplace.kernel.revisions import text_of
from marketplace.kernel.roles import Role
from marketplace.processes.erasure.model import ERASED_NAME, Erasure, Status
from marketplace.processes.erasure.repository import get_erasure, list_erased
from marketplace.processes.erasure.service import ask_erasure, carry_out_erasure, erase_again, read_list, refuse_erasure, write_list
from marketplace.processes.identity.service import merge_workers
from marketplace.processes.looks.model import Purpose
from marketplace.processes.looks.service import show_personal
from tests.factories import Make
from tests.personal.scenes import IDENTITY, SECRETS, People, dump, indexed, some_people
from tests.site import TestSite

SEALED = "MATCH (w:Worker {id: $id}) RETURN w.id_number AS sealed"


@pytest.fixture
def people(site: TestSite, make: Make) -> People:
    return some_people(site, make)


def a_work(people: People) -> str:
    site = people.site
    text = AchievementText(title="泄压装置", field="0601", benefit="省一半工时", summary="写清了做法。",
                           contributions=(Contribution(people.zhou.id, 10_000),))  # fmt: skip
    draft = site.acting_as(people.make.person(people.zhou)).change(create_achievement, text)
    sent = site.system.change(submit_achievement, draft.id, draft.version)
    return str(site.system.change(publish_achievement, sent.id, sent.version).id)


def asked(people: People, by: Any = None) -> Erasure:
    return people.site.acting_as(by or people.officer).change(ask_erasure, people.zhou.id, "本人申请", "周立成")


def erase(people: People) -> Erasure:
    one = asked(people)
    return people.site.acting_as(people.officer).change(carry_out_erasure, one.id, one.version)


def test_after_erasure_nothing_of_the_person_is_left(site: TestSite, people: People) -> None:
    person = people.make.person(people.zhou)
    browser = site.client(person)
    site.acting_as(people.officer).change(show_personal, people.zhou.id, Purpose.SUBSIDY, "周立成的补贴")
    site.drain()
    assert "周立成" in indexed(site)
    done = erase(people)
    site.drain()

    assert done.status is Status.DONE
    stored, index = dump(site), indexed(site)
    assert [one for one in ("周立成", *SECRETS[:4]) if one in stored or one in index] == []
    left = site.system.read(get_worker, people.zhou.id)
    assert (left.status, left.name, left.number, left.skills, left.phone) == (WorkerStatus.ERASED, ERASED_NAME, people.zhou.number, (), "")
    assert site.system.read(find_keys, [people.zhou.id]) == {}
    assert browser.get("/my/looks").status_code == 302
    for reader in (people.officer, people.stranger):
        assert site.client(reader).get(f"/workers/{people.zhou.id}").status_code == 404


def test_the_roles_of_the_erased_end_and_no_administrator_is_erased(site: TestSite, people: People) -> None:
    account = people.make.person(people.zhou)
    unit = people.officer.parties[0].id
    site.system.change(grant_role, account.account_id, 1, Role.FINANCE_OFFICER, "organisation", unit)
    site.system.change(grant_role, account.account_id, 2, Role.ADMINISTRATOR, "organisation", unit)
    one = asked(people)
    with pytest.raises(Refused):
        people.site.acting_as(people.officer).change(carry_out_erasure, one.id, one.version)
    people.make.administrator()
    held = site.system.read(list_held, account.account_id, site.clock.now())
    [office] = [holding.id for holding in held if holding.role == Role.ADMINISTRATOR]
    site.system.change(end_role, account.account_id, 3, office)
    people.site.acting_as(people.officer).change(carry_out_erasure, one.id, one.version)
    assert all(holding.until for holding in site.system.read(list_held, account.account_id, site.clock.now(), past=True))
    assert [holding.role for holding in site.system.read(list_holders, "organisation", unit, site.clock.now())] == [Role.UNION_OFFICER]


def test_what_the_erased_looked_for_is_forgotten(site: TestSite, people: People) -> None:
    person = people.make.person(people.zhou)
    kept = site.acting_as(person).change(save_new_search, SavedSearchText(title="泄压阀门", words="泄压阀门"), 100)
    thing = people.make.enterprise("沃岭储能二厂").id
    site.acting_as(person).change(save_for_later, "enterprise", thing)
    assert site.system.read(list_saved_things, person.account_id)
    erase(people)
    assert not site.system.read(list_saved_things, person.account_id)
    left = site.system.read(get_search, kept.id)
    assert (left.status, left.title, left.words) == (SearchStatus.DELETED, "", "")
    assert "泄压阀门" not in dump(site)


def test_nobody_becomes_a_person_who_was_erased(site: TestSite, people: People) -> None:
    """By a code that was given out before."""
    erase(people)
    with pytest.raises(NotFound):
        site.system.change(admit_person, people.make.account().account_id, people.zhou.id)


def test_works_keep_the_place_of_their_maker_under_a_name_that_says_nothing(site: TestSite, people: People) -> None:
    work = a_work(people)
    site.drain()
    assert "周立成" in dump(site)
    erase(people)
    site.drain()
    [made] = site.system.read(get_achievement, work).contributions
    assert (made.name, made.share) == (ERASED_NAME, 10_000)
    assert "周立成" not in dump(site)
    assert "周立成" not in indexed(site)


def test_an_entry_that_was_merged_goes_once_with_its_person(site: TestSite, people: People) -> None:
    """What is left of it is a tombstone, which stays one: it is not taken again each time."""
    twin = people.make.worker("周立城", at=people.make.enterprise())
    versions = {one.id: one.version for one in (people.zhou, twin)}
    site.system.change(merge_workers, people.zhou.id, twin.id, versions)
    listed = {people.zhou.id, twin.id}
    assert site.system.change(erase_again, listed) == [people.zhou.id]
    assert [site.system.read(get_worker, one).name for one in listed] == [ERASED_NAME, ERASED_NAME]
    assert site.system.change(erase_again, listed) == []


def test_a_sealed_value_from_before_stays_sealed(site: TestSite, people: People) -> None:
    """As it lies in a backup, in a kept version or in the record of a merge."""
    before = site.system.read(find_keys, [people.zhou.id])[people.zhou.id]
    sealed = site.system.read(lambda tx: tx.one(SEALED, value("sealed"), id=people.zhou.id))
    assert before.open("id_number", sealed) == IDENTITY
    erase(people)
    assert site.system.read(find_keys, [people.zhou.id]) == {}


def test_who_may_ask_and_decide(site: TestSite, people: People) -> None:
    person = people.make.person(people.zhou)
    with pytest.raises(Invalid):
        site.acting_as(person).change(ask_erasure, people.zhou.id, "", "周立")
    with pytest.raises(Forbidden):
        asked(people, people.stranger)
    one = asked(people, person)
    with pytest.raises(Refused):
        asked(people, person)
    with pytest.raises(Forbidden):
        site.acting_as(person).change(carry_out_erasure, one.id, one.version)
    with pytest.raises(NotFound):
        site.acting_as(people.stranger).change(carry_out_erasure, one.id, one.version)
    refused = site.acting_as(people.officer).change(refuse_erasure, one.id, one.version, "补贴尚未发放")
    assert refused.status is Status.REFUSED
    assert site.system.read(get_clear_worker, people.zhou.id).id_number == IDENTITY
    assert site.acting_as(person).read(get_erasure, one.id).reason == "补贴尚未发放"


def test_pages_lead_from_asking_to_the_end(site: TestSite, people: People) -> None:
    mine, officer = site.client(people.make.person(people.zhou)), site.client(people.officer)
    page = f"/workers/{people.zhou.id}/erase"
    assert mine.post(page, data={"key": "a", "name": "别人"}).status_code == 422
    place = mine.post(page, data={"key": "b", "name": "周立成"}).headers["Location"]
    assert mine.get(place).status_code == 200
    assert "SC-" in officer.get("/erasures").text
    assert site.client(people.stranger).get(place).status_code == 404
    assert officer.post(f"{place}/steps/erase", data={"key": "c", "version": "1"}).status_code == 302
    assert site.system.read(list_erased) == [people.zhou.id]
    assert read_list(site.site.settings.erased_list) == {people.zhou.id}
    assert officer.get(place).status_code == 200


@pytest.mark.race
def test_whoever_edits_meanwhile_brings_nothing_back(site: TestSite, people: People) -> None:
    """Twelve editors against one erasure, again and again: nobody's number is there afterwards."""
    for n in range(5):
        worker = people.another(f"工{n}", phone=f"1390000{n:04d}")
        one = site.acting_as(people.officer).change(ask_erasure, worker.id, "", worker.name)

        def edit(m: int, worker: Worker = worker) -> None:
            try:
                now = site.system.read(get_worker, worker.id)
                text = text_of(now, type(now).__mro__[1])
                site.system.change(edit_worker, worker.id, now.version, text, WorkerDetails(phone=f"1380000{m:04d}"))
            except (GraphError, Invalid, Refused):
                return

        with ThreadPoolExecutor(6) as pool:
            edits = [pool.submit(edit, m) for m in range(12)]
            pool.submit(site.acting_as(people.officer).change, carry_out_erasure, one.id, one.version).result()
            for each in edits:
                each.result()
        left = site.system.read(get_clear_worker, worker.id)
        assert (left.status, left.phone) == (WorkerStatus.ERASED, "")
        assert site.system.read(find_keys, [worker.id]) == {}


UNGUARDED = """
MATCH (w:Worker {id: $id}) SET w.phone = $phone
"""


def test_control_an_editor_who_compares_no_version_would_bring_a_number_back(site: TestSite, people: People) -> None:
    erase(people)
    site.graph.write(lambda tx: tx.run(UNGUARDED, id=people.zhou.id, phone="13600004075"))
    assert "13600004075" in dump(site)


def test_the_next_request_obeys(site: TestSite, people: People) -> None:
    reader = site.client(people.make.account())
    assert reader.get(f"/workers/{people.zhou.id}").status_code == 200
    erase(people)
    assert reader.get(f"/workers/{people.zhou.id}").status_code == 404
    assert site.search("周立成", people.officer).total == 0
    with pytest.raises((NotFound, Stale)):
        site.acting_as(people.officer).change(show_personal, people.zhou.id, Purpose.SUBSIDY, "核对发证日期")


def test_a_backup_from_before_is_restored_without_the_erased(site: TestSite, people: People, tmp_path: Path) -> None:
    make_backup(site.site, tmp_path / "copy", lambda _count: None)
    erase(people)
    place = site.site.settings.erased_list
    write_list(place, site.system.read(list_erased))

    wipe(site.graph)
    fill(site.graph, looked_at(tmp_path / "copy"), site.site.files, lambda _words, _total: lambda _count: None)
    assert site.system.read(get_clear_worker, people.zhou.id).id_number == IDENTITY
    assert site.system.change(erase_again, read_list(place)) == [people.zhou.id]
    assert site.system.read(get_clear_worker, people.zhou.id).id_number == ""
    assert not any(one in dump(site) for one in ("周立成", *SECRETS[:4]))
    assert site.system.change(erase_again, read_list(place)) == []
