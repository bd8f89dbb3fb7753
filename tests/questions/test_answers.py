"""Each question is answered with the right people and things, and says why."""

import re

import pytest

from marketplace.domains.needs.model import Visibility
from tests.questions.scenes import TURNING, Town

pytestmark = pytest.mark.xdist_group("questions")
ROWS = re.compile(r'<th scope="row">.*?<a href="[^"]*">([^<]*)</a>', re.DOTALL)
WHY = re.compile(r'class="why">(.*?)</td>', re.DOTALL)


def names(page: str) -> list[str]:
    return ROWS.findall(page)


def why(page: str, name: str) -> str:
    return re.sub("<[^>]*>", "", dict(zip(names(page), WHY.findall(page), strict=True))[name])


def test_who_has_worked_with_an_enterprise_is_found_by_job_work_and_studio(town: Town) -> None:
    page = town.answers(f"/network/questions/worked-with?enterprise={town.user.id}", town.officer)
    assert names(page) == ["冯晓", "周立成", "陈卫东"]
    assert why(page, "冯晓") == f"冯晓任职于{town.user.name}"
    assert why(page, "陈卫东") == f"陈卫东参与完成{town.work.title}（2024-06-30 完成）；{town.work.title}应用于{town.user.name}（2025-03-01 起）"
    assert f"/network/worker/{town.chen.id}" in page

    hosts = town.answers(f"/network/questions/worked-with?enterprise={town.maker.id}", town.officer)
    assert "韩雪梅是周立成职工创新工作室成员" in why(hosts, "韩雪梅")
    assert "慕容晚晴" in names(hosts), "an officer above sees who agreed to nothing"


def test_every_part_narrows_the_question(town: Town) -> None:
    asked = f"/network/questions/worked-with?level=senior-technician&skill={TURNING}&area=酒仙桥街道&enterprise={town.user.name}"
    page = town.answers(asked, town.officer)
    assert names(page) == ["冯晓"]
    assert "冯晓掌握数控车削" in why(page, "冯晓")
    assert names(town.answers(asked.replace("senior-technician", "technician"), town.officer)) == []


@pytest.mark.parametrize(
    ("parts", "found"),
    [
        ("skill=turning", ["冯晓", "慕容晚晴", "陈卫东", "韩雪梅"]), ("level=technician", ["韩雪梅"]),
        ("area=酒仙桥街道", ["冯晓", "周立成", "慕容晚晴", "韩雪梅"]), ("skill=turning&level=senior-technician", ["冯晓", "慕容晚晴", "陈卫东"]),
    ],
)  # fmt: skip
def test_any_part_can_be_left_open(town: Town, parts: str, found: list[str]) -> None:
    assert sorted(names(town.answers(f"/network/questions/worked-with?{parts}", town.officer))) == sorted(found)


def test_who_knows_a_skill_but_is_in_no_studio(town: Town) -> None:
    page = town.answers(f"/network/questions/no-studio?skill={TURNING}", town.officer)
    assert "韩雪梅" not in names(page)
    assert "冯晓" in names(page)


def test_studios_by_field_and_by_what_a_member_knows_or_a_work_uses(town: Town) -> None:
    by_skill = town.answers(f"/network/questions/studios?skill={TURNING}&field=06")
    assert names(by_skill) == [], "a guest does not see whose skill it is"
    by_skill = town.answers(f"/network/questions/studios?skill={TURNING}&field=06", town.officer)
    assert "韩雪梅掌握数控车削" in why(by_skill, town.studio.name)
    assert f"{town.work.title}用到锂电池热管理" in why(town.answers("/network/questions/studios?skill=heat"), town.studio.name)
    assert names(town.answers("/network/questions/studios?field=0601")) == [town.studio.name]


def test_who_solved_needs_like_this_from_words_and_from_a_need(town: Town) -> None:
    by_words = town.answers("/network/questions/solved?about=防爆锂电池泄压", town.officer)
    assert {"周立成", "陈卫东", town.studio.name} <= set(names(by_words))
    assert f"陈卫东参与完成{town.work.title}" in why(by_words, "陈卫东")
    need = town.make.need(town.user, title="锂离子电池组怎样定向泄压", abstract="防爆区", visibility=Visibility.ANONYMOUS)
    by_need = town.answers(f"/network/questions/solved?about={need.number}", town.officer)
    assert names(by_need) == names(by_words)
    assert f"about={need.id}" in by_need
    guest = town.answers(f"/network/questions/solved?about={need.id}")
    assert names(guest) == [town.maker.name, town.studio.name]
    assert town.user.name not in guest


def test_who_connects_two(town: Town) -> None:
    page = town.answers(f"/network/questions/connects?a={town.studio.number}&b={town.chen.id}", town.officer)
    assert names(page)[0] == "周立成"
    assert "周立成是周立成职工创新工作室成员（2021-06-18 起）；周立成参与完成" in why(page, "周立成")


def test_the_shortest_way_names_each_relation(town: Town) -> None:
    page = town.answers(f"/network/questions/path?a={town.han.id}&b={town.chen.id}", town.officer)
    assert "3 步" in page
    assert page.count('<ol class="chain">') >= 1
    assert "陈卫东参与完成" in page
    skilled = town.answers(f"/network/questions/path?a={town.han.id}&b={town.chen.id}&skills=1", town.officer)
    assert "2 步" in skilled
    assert "陈卫东掌握数控车削" in skilled


def test_nothing_links_them_is_said_with_a_next_step(town: Town) -> None:
    alone = town.make.enterprise("北京孤岛科技有限公司")
    page = town.answers(f"/network/questions/path?a={alone.id}&b={town.studio.id}")
    assert "没有您能看到的符合结果" in page
    assert "减少条件再问" in page


def test_a_name_becomes_an_id_in_the_address(town: Town) -> None:
    answer = town.get(f"/network/questions/worked-with?enterprise={town.user.name}&level=", town.officer)
    assert answer.status_code == 302
    assert answer.headers["Location"] == f"/network/questions/worked-with?enterprise={town.user.id}"


def test_of_namesakes_the_reader_chooses(town: Town) -> None:
    twins = [town.make.worker("王伟"), town.make.worker("王伟")]
    town.site.drain()
    page = town.get(f"/network/questions/path?a=王伟&b={town.studio.id}", town.officer)
    assert page.status_code == 200
    assert all(f"王伟 {one.number}" in page.text and f"a={one.id}" in page.text for one in twins)
    chosen = town.get(f"/network/questions/path?a=王伟 {twins[0].number}&b={town.studio.id}", town.officer)
    assert f"a={twins[0].id}" in chosen.headers["Location"]


def test_a_field_offers_what_there_is(town: Town) -> None:
    offered = town.get("/network/questions/things?kinds=worker,skill&text=陈卫", town.officer).get_json()
    assert [one["called"] for one in offered] == ["陈卫东"]
    assert town.get("/network/questions/things?kinds=worker&text=陈卫").get_json() == []


def test_answers_come_in_pages(town: Town) -> None:
    firm = town.make.enterprise("北京多人企业有限公司")
    for number in range(22):
        town.make.worker(f"第{number:02}人", at=firm)
    asked = f"/network/questions/worked-with?enterprise={firm.id}"
    first, second = (town.answers(f"{asked}&page={number}", town.officer) for number in (1, 2))
    assert (len(names(first)), names(second)) == (20, ["第20人", "第21人"])
    assert "22 个结果" in first
