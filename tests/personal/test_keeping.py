"""What the registry keeps for a time goes by itself; what a person withdraws is not done any more from the next request on."""

from datetime import date
from io import BytesIO

import pytest

from graph.person_keys import find_keys
from graph.records import value
from marketplace.domains.workers.repository import get_clear_worker, get_worker
from marketplace.kernel.consent import Use, list_agreeing, list_consents, parts_of
from marketplace.kernel.registry import days_after_leaving, days_after_recording, registry
from marketplace.processes.consent.service import agree
from marketplace.processes.looks.model import Purpose
from marketplace.processes.looks.repository import list_looks
from marketplace.processes.looks.service import show_personal
from tests.factories import Make
from tests.personal.scenes import IDENTITY, People, some_people
from tests.site import TestSite

LEAVE = "MATCH (:Worker {id: $id})-[m:EMPLOYED_BY]->(:Enterprise) SET m.until = $day RETURN m.until AS day"


@pytest.fixture
def people(site: TestSite, make: Make) -> People:
    return some_people(site, make)


def test_numbers_of_whoever_left_long_ago_go_and_the_card_stays(site: TestSite, people: People) -> None:
    other = people.another("韩雪梅", phone="13800002222")
    site.graph.write(lambda tx: tx.one(LEAVE, value("day"), id=people.zhou.id, day=date(2026, 11, 1)))
    site.site.relay.pass_day()
    assert site.system.read(get_clear_worker, people.zhou.id).id_number == IDENTITY
    site.clock.forward(days=days_after_leaving())
    site.site.relay.pass_day()
    kept = site.system.read(get_clear_worker, people.zhou.id)
    assert (kept.name, kept.id_number, kept.phone, kept.bank_account, kept.born_on, kept.birth_month) == ("周立成", "", "", "", None, None)
    assert [one.certificate for one in (*kept.skills, *kept.certificates)] == ["", ""]
    assert site.system.read(find_keys, [people.zhou.id]) == {}
    assert site.system.read(get_clear_worker, other.id).phone == "13800002222"


def test_looks_are_kept_for_their_time(site: TestSite, people: People) -> None:
    site.acting_as(people.officer).change(show_personal, people.zhou.id, Purpose.SUBSIDY, "核对发证日期")
    site.clock.forward(days=days_after_recording() - 1)
    site.site.relay.pass_day()
    assert len(site.system.read(list_looks, people.zhou.id)) == 1
    site.clock.forward(days=2)
    site.site.relay.pass_day()
    assert site.system.read(list_looks, people.zhou.id) == []


def test_each_use_is_agreed_to_and_withdrawn_by_itself(site: TestSite, people: People) -> None:
    person, id = people.make.person(people.zhou), people.zhou.id

    def choose(*uses: Use) -> None:
        now = site.acting_as(person).read(get_worker, id)
        site.acting_as(person).change(agree, id, now.version, True, parts_of(now.concealed), uses)

    def agreeing() -> set[Use]:
        return {use for use in Use if site.system.read(list_agreeing, use, [id])}

    assert agreeing() == {Use.MATCHING}
    choose(Use.MAIL, Use.SHARING)
    assert agreeing() == {Use.MAIL, Use.SHARING}
    choose()
    assert agreeing() == set()
    assert [one.uses for one in site.acting_as(person).read(list_consents, id)][:2] == [(), ("mail", "sharing")]


def test_the_privacy_page_names_every_value_of_the_registry(site: TestSite) -> None:
    page = site.client().get("/privacy?lang=zh").text
    assert all(one.value.zh in page or one.value.en in page for one in registry())
    assert len(registry()) > 15


def test_an_uploaded_register_lies_sealed_and_is_gone_after_its_time(site: TestSite, people: People) -> None:
    officer = site.client(people.officer)
    table = f"id,Name,Employer,Identity number\n1,工一,沃岭储能,{IDENTITY[:-1]}4\n"
    answer = officer.post("/imports", data={"kind": "worker", "file": (BytesIO(table.encode()), "工.csv"), "mode": "valid", "source": "register"})
    assert answer.status_code == 302, answer.text
    batch = answer.headers["Location"]
    files = [site.site.files.fetch(place) for place in site.site.files.list_places()]
    assert files
    assert not any(IDENTITY[:-1].encode() in one for one in files)
    assert officer.get(f"{batch}/faults.xlsx").status_code == 200
    site.clock.forward(days=31)
    site.site.relay.pass_day()
    assert site.client(people.officer).get(f"{batch}/faults.xlsx").status_code == 404
