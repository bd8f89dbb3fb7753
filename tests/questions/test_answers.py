"""Each question is answered with the right people and things, and says why."""

import pytest

from tests.factories import Make
from tests.questions.scenes import TURNING, Town, a_town
from tests.site import TestSite


@pytest.fixture
def town(site: TestSite, make: Make) -> Town:
    return a_town(site, make)


def test_who_has_worked_with_an_enterprise_is_found_by_job_work_and_studio(town: Town) -> None:
    page = town.answers(f"/network/questions/worked-with?enterprise={town.user.id}", town.officer)

    assert "陈卫东参与完成防爆锂离子电池组定向泄压装置；防爆锂离子电池组定向泄压装置应用于北京京朔物流装备有限公司" in page
    assert "冯晓任职于北京京朔物流装备有限公司" in page
    assert "韩雪梅" not in page
    assert f"/network/worker/{town.chen.id}" in page


def test_every_part_narrows_the_question(town: Town) -> None:
    page = town.answers(
        f"/network/questions/worked-with?level=senior-technician&skill={TURNING}&area=酒仙桥街道&enterprise={town.user.name}&page=1", town.officer
    )
    assert "冯晓" in page
    assert "周立成" not in page
    assert "冯晓掌握数控车削" in page
