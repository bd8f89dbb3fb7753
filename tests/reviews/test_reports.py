"""Readers report; officers above take down or say why not."""

import pytest

from marketplace.domains.achievements.model import Status
from marketplace.domains.achievements.service import take_down_achievement
from marketplace.domains.reviews.model import Report
from marketplace.domains.reviews.repository import list_report_ids
from marketplace.kernel.notices import list_notices
from tests.factories import Make
from tests.reviews.scenes import Street, make_street
from tests.site import TestSite


@pytest.fixture
def street(site: TestSite, make: Make) -> Street:
    return make_street(site, make)


def reports(site: TestSite) -> list[Report]:
    return [site.find("report", id) for id in site.system.read(list_report_ids, "", 10)]


def test_a_reader_reports_and_an_officer_above_reads_it(site: TestSite, make: Make, street: Street) -> None:
    shown, reader = street.published(), make.account()
    answer = site.client(reader).post(f"/reviews/report?kind=achievement&id={shown.id}", data={"text": "图纸是客户的"})
    assert answer.status_code == 302

    assert "图纸是客户的" in site.client(make.officer(street.unit)).get("/reviews?tab=reports").text
    assert "图纸是客户的" not in site.client(make.officer("望京街道")).get("/reviews?tab=reports").text


def test_an_empty_report_comes_back_with_its_fault(site: TestSite, make: Make, street: Street) -> None:
    shown = street.published()

    assert site.client(make.account()).post(f"/reviews/report?kind=achievement&id={shown.id}", data={"text": " "}).status_code == 422
    assert reports(site) == []


def test_what_one_may_not_read_cannot_be_reported(site: TestSite, make: Make, street: Street) -> None:
    hidden = street.submitted()

    assert site.client(make.account()).get(f"/reviews/report?kind=achievement&id={hidden.id}").status_code == 404
    assert site.client(make.account()).get("/reviews/report?kind=nothing&id=1").status_code == 404


def test_the_same_reader_reports_once(site: TestSite, make: Make, street: Street) -> None:
    shown, reader = street.published(), make.account()
    address = f"/reviews/report?kind=achievement&id={shown.id}"
    site.client(reader).post(address, data={"text": "一"})

    assert site.client(reader).post(address, data={"text": "二"}).status_code == 409


def test_a_dismissed_report_tells_its_reader_why(site: TestSite, make: Make, street: Street) -> None:
    shown, reader = street.published(), make.account()
    site.client(reader).post(f"/reviews/report?kind=achievement&id={shown.id}", data={"text": "不实"})
    officer = make.officer(street.unit)

    answer = site.client(officer).post(f"/reviews/reports/{reports(site)[0].id}/dismiss", data={"version": 1, "reason": "有检测报告"})
    site.drain()

    assert answer.status_code == 302
    assert reports(site)[0].reason == "有检测报告"
    assert [notice.verb for notice in site.system.read(list_notices, reader.account_id)] == ["dismiss"]


def test_taking_down_answers_the_report(site: TestSite, make: Make, street: Street) -> None:
    shown, reader = street.published(), make.account()
    site.client(reader).post(f"/reviews/report?kind=achievement&id={shown.id}", data={"text": "侵权"})
    officer = make.officer(street.unit)

    site.acting_as(officer).change(take_down_achievement, shown.id, shown.version, "权属有争议")
    site.drain()

    assert site.find("achievement", shown.id).status is Status.WITHDRAWN
    assert "侵权" not in site.client(officer).get("/reviews?tab=reports").text
    assert "answer" in [notice.verb for notice in site.system.read(list_notices, reader.account_id)]
