"""Needs on the screen: posted, read, reviewed, revised."""

import pytest

from marketplace.domains.enterprises.model import Enterprise
from marketplace.kernel.actor import Actor
from tests.factories import Make
from tests.site import TestSite

FORM = {
    "key": "a", "version": "0", "title": "防爆库叉车电池过温报警", "abstract": "38 台叉车每周误停 11 次", "visibility": "open",
    "problem": "库区严禁动火", "field": "", "skills": "电池热管理、防爆电气", "budget_low_fen": "200000", "budget_high_fen": "300,000",
    "deadline": "2027-03-31", "figures-0-name": "误停", "figures-0-now": "11", "figures-0-target": "1", "figures-0-unit": "次/周",
}  # fmt: skip


@pytest.fixture
def firm(make: Make) -> Enterprise:
    return make.enterprise("北京顺垚仓储有限公司", under=make.organisation("黑庄户地区"))


def page(site: TestSite, path: str, actor: Actor | None = None, status: int = 200) -> str:
    answer = site.client(actor).get(path)
    assert answer.status_code == status, (path, answer.status_code, answer.text[:2000])
    return answer.text


def test_the_list_of_needs_is_the_search(site: TestSite) -> None:
    assert site.client().get("/needs").headers["Location"] == "/search?kind=need"


def test_enterprise_user_posts_a_need_and_an_officer_publishes_it(site: TestSite, make: Make, firm: Enterprise) -> None:
    owner, officer = make.enterprise_user(firm), make.officer(of="黑庄户地区")
    assert 'value="防爆库"' in page(site, "/needs/new?q=防爆库", owner)
    browser = site.client(owner)
    path = browser.post("/needs/new", data=FORM | {"enterprise_id": firm.id}).headers["Location"]
    shown = page(site, path, owner)
    assert all(word in shown for word in ("¥200,000", "¥300,000", "误停", "次/周", "电池热管理", "顺垚仓储"))
    assert browser.post(f"{path}/steps/submit", data={"key": "b", "version": "1"}).status_code == 302
    assert site.client(officer).post(f"{path}/steps/publish", data={"key": "c", "version": "2"}).status_code == 302
    assert "误停" in page(site, path)
