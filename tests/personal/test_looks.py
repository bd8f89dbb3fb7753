"""Numbers are shown in full to an officer above who says what for, and the person reads who did."""

import json
from io import BytesIO
from zipfile import ZipFile

import pytest

from graph.errors import NotFound
from marketplace.kernel.errors import Forbidden, Invalid
from marketplace.processes.looks.model import LookKind, Purpose
from marketplace.processes.looks.repository import list_looks
from marketplace.processes.looks.service import search_by_number, show_personal, take_copy
from tests.factories import Make
from tests.personal.scenes import IDENTITY, NUMBER, PHONE, SECRETS, People, dump, some_people
from tests.site import TestSite

SAID = {"purpose": "subsidy", "note": "核对发证日期"}


@pytest.fixture
def people(site: TestSite, make: Make) -> People:
    return some_people(site, make)


def test_a_look_is_recorded_with_purpose_and_the_person_sees_it(site: TestSite, people: People) -> None:
    worker = site.acting_as(people.officer).change(show_personal, people.zhou.id, Purpose.SUBSIDY, "核对发证日期")
    assert (worker.id_number, worker.phone) == (IDENTITY, PHONE)
    [look] = site.acting_as(people.make.person(people.zhou)).read(list_looks, people.zhou.id)
    assert (look.kind, look.by, look.purpose, look.note) == (LookKind.SHOWN, people.officer.account_id, Purpose.SUBSIDY, "核对发证日期")
    assert look.fields == ("id_number", "born_on", "phone", "bank_account", "certificates")
    assert look.unit_name == "酒仙桥街道"
    assert site.acting_as(people.stranger).read(list_looks, people.zhou.id) == []
    assert not any(one in dump(site) for one in SECRETS)


@pytest.mark.parametrize(("purpose", "note"), [("curiosity", "核对发证日期"), (Purpose.SUBSIDY, "x"), (Purpose.SUBSIDY, "   ")])
def test_without_a_purpose_nothing_is_shown(site: TestSite, people: People, purpose: str, note: str) -> None:
    with pytest.raises(Invalid):
        site.acting_as(people.officer).change(show_personal, people.zhou.id, purpose, note)
    assert site.system.read(list_looks, people.zhou.id) == []


def test_nobody_else_is_shown_anything(site: TestSite, people: People) -> None:
    with pytest.raises(Forbidden):
        site.acting_as(people.stranger).change(show_personal, people.zhou.id, Purpose.SUBSIDY, "核对发证日期")
    hidden = people.make.worker("郑工", at=people.firm, shown=False)
    with pytest.raises(NotFound):
        site.acting_as(people.stranger).change(show_personal, hidden.id, Purpose.SUBSIDY, "核对发证日期")


@pytest.mark.parametrize("number", [IDENTITY, f" {IDENTITY[:6]} {IDENTITY[6:]}", PHONE, NUMBER])
def test_a_person_is_found_by_a_whole_number_of_theirs(site: TestSite, people: People, number: str) -> None:
    found = site.acting_as(people.officer).change(search_by_number, number, Purpose.IDENTITY, "窗口核对本人")
    assert [one.id for one in found] == [people.zhou.id]
    assert found[0].id_number == "110105********9613"
    assert [one.kind for one in site.system.read(list_looks, people.zhou.id)] == [LookKind.FOUND]


def test_a_search_in_vain_is_kept_too_and_others_find_nobody(site: TestSite, people: People) -> None:
    for actor, number in ((people.officer, IDENTITY[:17] + "4"), (people.stranger, IDENTITY), (people.officer, IDENTITY[:10])):
        assert site.acting_as(actor).change(search_by_number, number, Purpose.IDENTITY, "窗口核对本人") == []
    assert [one.kind for one in site.system.read(list_looks, "")] == [LookKind.NOT_FOUND] * 3
    assert site.system.read(list_looks, people.zhou.id) == []
    with pytest.raises(Forbidden):
        site.acting_as(people.make.account()).change(search_by_number, IDENTITY, Purpose.IDENTITY, "窗口核对本人")


def test_pages_ask_first_show_once_and_are_not_kept(site: TestSite, people: People) -> None:
    officer, page = site.client(people.officer), f"/workers/{people.zhou.id}/shown"
    assert IDENTITY not in officer.get(f"/workers/{people.zhou.id}").text
    assert IDENTITY not in officer.get(page).text
    wrong = officer.post(page, data={"key": "a", "purpose": "subsidy", "note": ""})
    assert wrong.status_code == 422
    assert 'id="note-error"' in wrong.text
    shown = officer.post(page, data=SAID | {"key": "b"})
    assert (shown.status_code, shown.headers["Cache-Control"]) == (200, "no-store")
    assert IDENTITY in shown.text
    assert NUMBER in shown.text
    assert officer.post(page, data=SAID | {"key": "b"}).headers["Location"] == page
    assert site.client(people.stranger).get(page).status_code == 403
    assert site.client(people.make.account()).get(page).status_code == 403
    mine = site.client(people.make.person(people.zhou)).get("/my/looks", follow_redirects=True)
    assert "核对发证日期" in mine.text
    assert site.client(people.make.account()).get("/my/looks").status_code == 200
    assert site.client(people.stranger).get(f"/workers/{people.zhou.id}/looks").status_code == 403
    found = officer.post("/people/by-number", data=SAID | {"key": "c", "number": PHONE})
    assert f"/workers/{people.zhou.id}" in found.text
    assert PHONE not in found.text
    assert officer.post("/people/by-number", data=SAID | {"key": "d", "number": "136"}).status_code == 422


def test_the_person_takes_a_copy_of_everything(site: TestSite, people: People) -> None:
    person = people.make.person(people.zhou)
    site.acting_as(people.officer).change(show_personal, people.zhou.id, Purpose.SUBSIDY, "核对发证日期")
    answer = site.client(person).post(f"/workers/{people.zhou.id}/copy", data={"key": "a", "note": "自己留存"})
    with ZipFile(BytesIO(answer.data)) as packed:
        said = json.loads(packed.read("data.json"))
    assert said["person"]["id_number"] == IDENTITY
    assert said["person"]["certificates"][0]["certificate"] == NUMBER
    assert [one["kind"] for one in said["looks"]] == ["taken", "shown"]
    assert said["account"][0]["name"] == "周立成"
    assert said["consents"]
    with pytest.raises(Forbidden):
        site.acting_as(people.stranger).change(take_copy, people.zhou.id, Purpose.REQUEST, "自己留存")
