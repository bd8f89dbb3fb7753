"""Likely duplicates: what speaks for them, for whom, and decisions that stay."""

from dataclasses import replace

import pytest

from graph.errors import NotFound
from marketplace.domains.workers.model import WorkerDetails
from marketplace.kernel.errors import Forbidden, Invalid
from marketplace.processes.duplicates.model import Evidence, Found, ranked, sound_alike
from marketplace.processes.duplicates.repository import list_pairs
from marketplace.processes.duplicates.service import doubt_again, keep_apart
from tests.factories import Make
from tests.people.scenes import IDENTITY, NUMBER, PHONE, TURNER, District, a_district, a_studio, a_work, twice
from tests.site import TestSite


@pytest.fixture
def district(site: TestSite, make: Make) -> District:
    return a_district(site, make)


def evidence(district: District, *workers: object) -> dict[frozenset[str], set[Evidence]]:
    pairs = district.site.acting_as(district.officer).read(list_pairs)
    return {frozenset(pair): set(said) for pair, said in pairs}


def test_numbers_and_names_speak_for_a_pair(district: District) -> None:
    one, other = twice(district)
    assert evidence(district) == {frozenset((one.id, other.id)): {Evidence.IDENTITY, Evidence.CERTIFICATE, Evidence.BIRTH, Evidence.OCCUPATION}}


def test_a_name_alone_says_nothing(district: District) -> None:
    district.make.worker("王伟", at=district.firm)
    district.make.worker("王伟", at=district.other_firm)
    assert evidence(district) == {}
    third = district.make.worker("王伟", at=district.firm)
    [(pair, said)] = evidence(district).items()
    assert third.id in pair
    assert said == {Evidence.EMPLOYER}


def test_the_same_phone_and_names_that_sound_alike(district: District) -> None:
    make = district.make
    one, other = (
        make.worker(name, at=firm, details=WorkerDetails(phone=PHONE)) for name, firm in (("刘洋", district.firm), ("刘扬", district.other_firm))
    )
    assert evidence(district) == {frozenset((one.id, other.id)): {Evidence.PHONE}}
    a_work(district, a_studio(district, (one, "lead"), (other, "member")), "测温贴片", (one, 5000), (other, 5000))
    assert evidence(district) == {frozenset((one.id, other.id)): {Evidence.PHONE, Evidence.SOUND_AND_WORKS}}


@pytest.mark.parametrize(
    ("one", "other", "alike"), [("刘洋", "刘扬", True), ("刘洋", "刘洋", False), ("周立成", "周立城", True), ("周立成", "周成立", False)]
)
def test_sound(one: str, other: str, alike: bool) -> None:
    assert sound_alike(one, other) is alike


def test_officers_elsewhere_and_hints_know_nothing(district: District) -> None:
    """A person outside the officer's subtree changes nothing there, whatever they share."""
    one, _other = twice(district)
    before = evidence(district)
    away = district.make.enterprise("京朔物流", under=district.make.organisation("京朔工会", under=district.make.unit("望京街道")))
    district.make.worker("周立成", at=away, occupation=TURNER, details=WorkerDetails(id_number=IDENTITY, phone=PHONE))
    assert evidence(district) == before
    assert district.site.acting_as(district.stranger).read(list_pairs) == []
    for reader in (district.make.account(), district.make.person(one)):
        assert district.site.acting_as(reader).read(list_pairs) == []


def test_no_page_says_a_number(district: District) -> None:
    one, other = twice(district)
    browser = district.site.client(district.officer)
    for path in ("/people/duplicates", f"/people/merge/{one.id}/{other.id}"):
        answer = browser.get(path)
        assert answer.status_code == 200
        assert not any(value in answer.text for value in (IDENTITY, PHONE, NUMBER))
    assert "身份证号相同" in browser.get("/people/duplicates").text


def test_who_may_open_the_page(district: District) -> None:
    one, other = twice(district)
    assert district.site.client().get("/people/duplicates").status_code == 302
    assert district.site.client(district.make.account()).get("/people/duplicates").status_code == 403
    assert district.site.client(district.make.enterprise_user()).get(f"/people/merge/{one.id}/{other.id}").status_code == 403
    assert "没有疑似重复人员" in district.site.client(district.stranger).get("/people/duplicates").text
    assert district.site.client(district.stranger).get(f"/people/merge/{one.id}/{other.id}").status_code == 403
    for page in ("x", "0", "501"):
        assert district.site.client(district.officer).get(f"/people/duplicates?page={page}").status_code == 400


def test_told_apart_stays_apart_until_taken_back(district: District) -> None:
    site, (one, other) = district.site, twice(district)
    officer = site.acting_as(district.officer)
    officer.change(keep_apart, other.id, one.id)
    officer.change(keep_apart, one.id, other.id)
    assert evidence(district) == {}
    officer.change(doubt_again, one.id, other.id)
    assert len(evidence(district)) == 1
    with pytest.raises(NotFound):
        officer.change(doubt_again, one.id, other.id)
    with pytest.raises(Invalid):
        officer.change(keep_apart, one.id, one.id)
    own = replace(district.officer, worker_id=one.id, tokens=district.officer.tokens | {f"maker:{one.id}"})
    with pytest.raises(Forbidden):
        site.acting_as(own).change(keep_apart, one.id, other.id)


def test_buttons_and_undo_go_the_same_way(district: District) -> None:
    one, other = twice(district)
    browser = district.site.client(district.officer)
    browser.post(f"/people/duplicates/{one.id}/{other.id}/apart")
    text = browser.get("/people/duplicates").text
    low, high = sorted((one.id, other.id))
    assert f"/people/duplicates/{low}/{high}/doubt" in text
    assert one.number in browser.get("/people/duplicates?apart=1").text
    browser.post(f"/people/duplicates/{low}/{high}/doubt")
    assert one.number in browser.get("/people/duplicates").text


def test_merging_by_the_page_and_undo_by_its_toast(district: District) -> None:
    site, (one, other) = district.site, twice(district)
    browser = site.client(district.officer)
    address = f"/people/merge/{one.id}/{other.id}"
    versions = {"one_version": site.find("worker", one.id).version, "other_version": site.find("worker", other.id).version, "key": "m"}
    assert "将转移" in browser.post(address, data=versions | {"keep": other.id, "look": "1"}).text
    assert browser.post(address, data=versions | {"keep": "somebody"}).status_code == 422
    assert browser.post(address, data=versions | {"key": "n", "keep": one.id, "one_version": "0"}).status_code == 409
    done = browser.post(address, data=versions | {"key": "o", "keep": one.id})
    assert done.headers["Location"] == f"/workers/{one.id}"
    page = browser.get(done.headers["Location"]).text
    undo = page.split('action="/people/merges/')[1].split('"')[0]
    assert f"/people/merges?into={one.id}" in page
    assert browser.get(f"/people/merges?into={one.id}").status_code == 200
    assert browser.get(f"/people/merges/{undo.removesuffix('/split')}").status_code == 200
    assert site.client(district.stranger).post(f"/people/merges/{undo}").status_code == 404
    assert browser.post(f"/people/merges/{undo}").headers["Location"] == address
    assert site.client(district.officer).get(f"/workers/{other.id}").status_code == 200
    assert browser.post(f"/people/merges/{undo}").status_code == 409


def test_the_strongest_stands_first() -> None:
    found = [
        Found("a", "b", Evidence.OCCUPATION),
        Found("d", "c", Evidence.IDENTITY),
        Found("c", "d", Evidence.PHONE),
        Found("e", "f", Evidence.PHONE),
    ]
    assert [pair for pair, _ in ranked(found, [("e", "f")])] == [("c", "d"), ("a", "b")]
