"""Relations that a decision must know of: found with their way and dates, only as far as the officer's own eyes go."""

from datetime import date

import pytest

from marketplace.domains.accounts.repository import actor_of_account
from marketplace.domains.achievements.service import submit_achievement
from marketplace.domains.roles.service import grant_role
from marketplace.domains.studios.model import StudioText
from marketplace.domains.studios.service import create_studio
from marketplace.kernel.conflicts import judged, years_before
from marketplace.kernel.errors import Invalid, NotFound, Refused
from marketplace.kernel.kinship import Kin
from marketplace.kernel.memberships import LEAD, MEMBER, Membership
from marketplace.kernel.roles import Role
from marketplace.kernel.ways import Link, Node, Way
from marketplace.processes.conflicts.model import Findings
from marketplace.processes.conflicts.repository import list_kin
from marketplace.processes.conflicts.service import conflicts_between, declare_kin, end_declaration, set_rule
from marketplace.web.ways import sentence_of
from tests.factories import Make
from tests.questions.scenes import Town, a_town, a_work, declared
from tests.site import TestSite
from tests.worlds import remembered

TODAY = date(2026, 11, 23)


@pytest.fixture
@remembered
def town(site: TestSite, make: Make) -> Town:
    return a_town(site, make)


def check(town: Town, a: object, b: object, day: date = TODAY, actor: object = None) -> Findings:
    eyes = actor or town.officer
    return town.site.acting_as(eyes).read(conflicts_between, (a.KIND, a.id), (b.KIND, b.id), day)  # type: ignore[arg-type, attr-defined]


def said(town: Town, found: Findings) -> list[str]:
    with town.site.app.test_request_context(headers={"Accept-Language": "zh-CN"}):
        return [sentence_of(one.way) for one in found.found]


def test_one_employer_and_one_studio_link_two(town: Town) -> None:
    words = said(town, check(town, town.zhou, town.han))
    assert any(f"周立成任职于{town.maker.name}" in one and f"韩雪梅任职于{town.maker.name}" in one for one in words)
    assert any("周立成是周立成职工创新工作室成员" in one for one in words)


def test_joint_work_links_two_and_is_past_after_the_years_of_the_rule(town: Town) -> None:
    now = check(town, town.zhou, town.chen)
    assert [one.way.steps for one in now.counting] == [2]
    later = check(town, town.zhou, town.chen, date(2027, 7, 1))
    assert (len(later.counting), len(later.past)) == (0, 1)
    town.site.acting_as(town.make.administrator()).change(set_rule, 0, 10)
    assert len(check(town, town.zhou, town.chen, date(2027, 7, 1)).counting) == 1


def test_declared_kinship_links_two_and_a_colleague(town: Town) -> None:
    declared(town, town.feng, town.chen, Kin.SIBLING)
    direct = check(town, town.chen, town.feng)
    assert "冯晓申报陈卫东为亲属（兄弟姐妹，2026-11-23 起）" in said(town, direct)
    colleague = town.make.worker("同事", at=town.user)
    over = said(town, check(town, colleague, town.chen))
    assert any("冯晓申报陈卫东为亲属" in one and "同事任职于" in one for one in over)


def test_kinship_is_known_to_the_officers_above_who_declared_it_only(town: Town) -> None:
    declared(town, town.feng, town.chen)
    assert len(check(town, town.feng, town.chen).found) == 1
    assert check(town, town.feng, town.chen, actor=town.stranger).found == ()
    assert check(town, town.feng, town.chen, actor=town.make.person(town.chen)).found == ()


def test_a_reviewer_is_checked_against_those_behind_an_application(town: Town) -> None:
    own = check(town, town.zhou, town.work)
    assert own.counting[0].way.steps == 1
    linked = said(town, check(town, town.han, town.work))
    assert any("韩雪梅是周立成职工创新工作室成员" in one and f"{town.work.title}由周立成职工创新工作室产出" in one for one in linked)
    assert check(town, town.make.worker("外人"), town.work).found == ()


def test_every_kind_of_application_can_be_checked(town: Town) -> None:
    need = town.make.need(town.user)
    assert "难题" in said(town, check(town, town.feng, need))[0]
    assert check(town, town.feng, need).counting[0].way.steps == 2


def test_a_hidden_thing_is_on_no_way(town: Town) -> None:
    before = check(town, town.zhou, town.feng, actor=town.stranger)
    a_work(town, "未公开的合作", town.zhou, town.feng, published=False)
    assert check(town, town.zhou, town.feng, actor=town.stranger) == before
    with pytest.raises(NotFound):
        check(town, town.hidden, town.zhou, actor=town.stranger)


def test_two_who_were_never_there_together_are_marked(town: Town) -> None:
    members = (Membership(town.feng.id, LEAD, date(2020, 1, 1), date(2021, 1, 1)), Membership(town.chen.id, MEMBER, date(2022, 1, 1)))
    town.site.system.change(create_studio, StudioText(name="接力工作室"), town.make.enterprise().id, members)
    [found] = check(town, town.feng, town.chen).found
    assert found.is_apart
    assert found.is_past


@pytest.mark.parametrize(
    ("until", "years", "is_past"),
    [(None, 3, False), (date(2023, 11, 23), 3, False), (date(2023, 11, 22), 3, True), (date(2026, 11, 22), 0, True), (date(1996, 1, 1), 30, True)],
)
def test_what_ended_before_the_years_of_the_rule_is_past(until: date | None, years: int, is_past: bool) -> None:
    way = Way((Node("worker", "a"), Node("enterprise", "e")), (Link("a", "e", "EMPLOYED_BY", since=date(1990, 1, 1), until=until),))
    found = judged(way, TODAY, years)
    assert found is not None
    assert found.is_past is is_past


def test_what_begins_later_is_no_finding_and_a_leap_day_is_no_trap() -> None:
    way = Way((Node("worker", "a"), Node("enterprise", "e")), (Link("a", "e", "EMPLOYED_BY", since=date(2027, 1, 1)),))
    assert judged(way, TODAY, 3) is None
    assert years_before(date(2024, 2, 29), 1) == date(2023, 2, 28)
    assert years_before(date(3, 1, 1), 30) == date(1, 1, 1)


def test_one_declares_for_oneself_once_and_takes_it_back(town: Town) -> None:
    actor = declared(town, town.feng, town.han)
    mine = town.site.acting_as(actor)
    for who, fault in ((town.han.number, Invalid), (town.feng.number, Invalid), ("没有这个人", Invalid)):
        with pytest.raises(fault):
            mine.change(declare_kin, who, Kin.OTHER)
    with pytest.raises(Refused):
        town.site.acting_as(town.make.account()).change(declare_kin, town.han.number, Kin.OTHER)
    [one] = mine.read(list_kin, town.feng.id)
    with pytest.raises(NotFound):
        town.site.acting_as(town.make.person(town.han)).change(end_declaration, one.id)
    mine.change(end_declaration, one.id)
    assert mine.read(list_kin, town.feng.id) == []


def test_what_stood_longer_keeps_its_dates(town: Town) -> None:
    mine = town.site.acting_as(declared(town, town.feng, town.han))
    town.site.clock.forward(days=40)
    mine.change(end_declaration, mine.read(list_kin, town.feng.id)[0].id)
    [ended] = mine.read(list_kin, town.feng.id)
    assert (ended.since, ended.until) == (date(2026, 11, 23), date(2027, 1, 2))
    with pytest.raises(NotFound):
        mine.change(end_declaration, ended.id)


def test_the_page_is_for_officers_and_says_what_was_looked_through(town: Town) -> None:
    address = f"/conflicts?a={town.zhou.id}&b={town.work.number}"
    assert town.get(address).status_code == 302
    assert town.get(address, town.make.person(town.chen)).status_code == 403
    page = town.get(address, town.officer)
    assert page.status_code == 200
    assert "条须声明的关系" in page.text
    assert "只核查了您本人有权查看的内容" in page.text


@pytest.mark.parametrize(
    "query", ["a=nobody&b=nobody", "a=&b=x", "a=x", "day=tomorrow&a=x&b=y", "day=2999-01-01&a=x&b=y", "a=%F0%9F%98%80&b=%27%22", "a=" + "x" * 3_000]
)
@pytest.mark.slow
def test_bad_input_is_said_at_its_field(town: Town, query: str) -> None:
    answer = town.get(f"/conflicts?{query}", town.officer)
    assert answer.status_code == 422
    assert "part-" in answer.text


def test_a_link_with_one_end_waits_for_the_other(town: Town) -> None:
    page = town.get(f"/conflicts?a={town.zhou.id}", town.officer)
    assert page.status_code == 200
    assert 'value="周立成"' in page.text


def test_only_an_administrator_sets_the_rule(town: Town) -> None:
    assert town.get("/conflicts/rule", town.officer).status_code == 403
    client = town.site.client(town.make.administrator())
    assert client.post("/conflicts/rule", data={"years": "99", "version": "0"}).status_code == 422
    assert client.post("/conflicts/rule", data={"years": "x", "version": "0"}).status_code == 422
    assert client.post("/conflicts/rule", data={"years": "5", "version": "0", "key": "a"}).status_code == 302
    assert client.post("/conflicts/rule", data={"years": "6", "version": "0", "key": "b"}).status_code == 409
    assert 'value="5"' in client.get("/conflicts/rule").text


def test_kin_is_declared_on_a_page_of_ones_own(town: Town) -> None:
    client = town.site.client(town.make.person(town.feng))
    assert client.post("/conflicts/kin", data={"who": "无此人", "kin": "spouse"}).status_code == 422
    assert client.post("/conflicts/kin", data={"who": "韩雪梅", "kin": "cousin"}).status_code == 422
    assert client.post("/conflicts/kin", data={"who": "韩雪梅", "kin": "spouse", "key": "a"}).status_code == 302
    assert "韩雪梅, 配偶" in client.get("/conflicts/kin").text


def test_the_desk_tells_an_officer_how_they_are_linked_with_a_case(town: Town) -> None:
    lead = town.site.system.read(actor_of_account, town.make.person(town.zhou).account_id, town.site.clock.now())
    sent = a_work(town, "夹具快换", town.zhou, published=False)
    town.site.acting_as(lead).change(submit_achievement, sent.id, sent.version)
    reviewer = town.make.person(town.han)
    town.site.system.change(grant_role, reviewer.account_id, 1, Role.UNION_OFFICER, "organisation", town.street.id)
    officer = town.site.system.read(actor_of_account, reviewer.account_id, town.site.clock.now())
    page = town.get("/reviews", officer).text
    assert "韩雪梅是周立成职工创新工作室成员" in page
    assert f"/conflicts?a={town.han.id}&amp;b={sent.id}" in page
