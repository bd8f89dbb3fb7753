"""An enterprise looks for a solution, finds who made it, asks them, and posts what it could not find."""

import pytest

from tests.journeys.cast import Cast, a_district
from tests.journeys.conftest import Visit
from tests.journeys.live import Live
from tests.journeys.visitor import Visitor
from tests.journeys.words import zh

pytestmark = [pytest.mark.journey, pytest.mark.xdist_group("journeys")]
WORDS = "防爆锂离子电池"
NEED = "防爆区电动叉车锂离子电池频繁过温报警，要求不动火改造"


@pytest.mark.slow
def test_enterprise_user_finds_a_solution_asks_its_makers_and_posts_a_need(live: Live, visit: Visit) -> None:
    cast = a_district(live)
    user = visit("the enterprise user", cast.user)

    searches_and_narrows(user, cast)
    sees_who_made_it_and_where_it_is_used(user, cast)
    explores_its_network(user, cast)
    asks_its_makers(user, cast)
    the_makers_answer(visit("the studio lead", cast.lead), cast)
    reads_the_answer(user, cast)
    posts_a_need(user)
    the_officer_opens_it(visit("the officer", cast.stranger))
    sees_the_first_matches(user, cast)


def searches_and_narrows(user: Visitor, cast: Cast) -> None:
    user.go("/")
    user.page.fill("#home-q", WORDS)
    user.press(user.main("form.search-box button[type=submit]"))
    before = results(user)
    assert cast.battery.title in titles(user)

    for facet, value in (("kind", "achievement"), ("in_use", "yes")):
        user.press(user.main(f"#facets input[name={facet}][value='{value}']"))
    assert 1 <= results(user) < before
    assert "kind=achievement" in user.page.url
    assert "in_use=yes" in user.page.url
    assert user.main(".chips .chip").count() == 2
    assert user.main(".result mark").count() > 0


def results(user: Visitor) -> int:
    return user.main(".list .result").count()


def titles(user: Visitor) -> list[str]:
    return [one.strip() for one in user.main(".result .row-title a").all_inner_texts()]


def sees_who_made_it_and_where_it_is_used(user: Visitor, cast: Cast) -> None:
    user.press(user.link(cast.battery.title))
    assert user.main("h1").inner_text() == cast.battery.title
    assert user.sees(cast.studio.name)
    assert user.main(".people a").all_inner_texts() == ["周立成", "韩雪梅"]
    used = user.main("table", has_text=cast.adopter.name)
    assert "44.64" in used.inner_text()
    assert user.main("[data-network][data-ready]").get_attribute("data-ready") != "failed"


def explores_its_network(user: Visitor, cast: Cast) -> None:
    user.press(user.link(zh("Explore the network")))
    drawn = user.main("[data-network][data-ready]")
    assert int(drawn.get_attribute("data-ready") or 0) >= 5
    user.press(user.link(zh("Table")))
    around = user.main("[data-edges]").inner_text()
    for name in (cast.studio.name, "周立成", cast.adopter.name):
        assert name in around


def asks_its_makers(user: Visitor, cast: Cast) -> None:
    user.go(f"/achievements/{cast.battery.id}")
    user.press(user.link(zh("Ask the makers")))
    user.page.fill("main textarea", "我们有 38 台叉车在防爆 2 区作业，改造能否在夜班 6 小时内完成？")
    user.press(user.main("form button[type=submit].btn-brand"))
    assert user.sees("38 台叉车")


def the_makers_answer(lead: Visitor, cast: Cast) -> None:
    lead.is_told(cast.battery.title, zh("New question"))
    assert lead.sees("38 台叉车")
    lead.page.fill("main textarea", "可以，单台约 35 分钟，夜班 22 点后到场。")
    lead.press(lead.main("form button[type=submit].btn-brand"))
    assert lead.sees("单台约 35 分钟")


def reads_the_answer(user: Visitor, cast: Cast) -> None:
    user.is_told(cast.battery.title, zh("Your question is answered"))
    assert user.sees("单台约 35 分钟")


def posts_a_need(user: Visitor) -> None:
    user.go("/needs/new")
    for name, text in {"title": NEED, "abstract": "38 台叉车，夏季每周误停 11 次，要求夜班完成改造。"}.items():
        user.page.fill(f"main [name={name}]", text)
    user.opens(zh("The problem"))
    user.page.fill("main [name=problem]", "模组中部比两端高 7 到 9 ℃，保护板只取一个测点。库区严禁动火，希望提供定向泄压和导热的成套做法。")
    user.opens(zh("Check and save"))
    assert user.sees(NEED), "all answers on one page"
    user.press(user.main("form[method=post] button[data-save]"))
    user.press(user.button(zh("Submit for review")))
    assert user.sees(zh("In review"))


def the_officer_opens_it(officer: Visitor) -> None:
    officer.go("/reviews?kind=need")
    assert officer.sees(NEED)
    officer.press(officer.main(".case-bar [data-key=a]"))


def sees_the_first_matches(user: Visitor, cast: Cast) -> None:
    user.is_told(NEED)
    user.main("#matches").get_by_role("link", name=cast.battery.title).wait_for()
    user.press(user.main("#matches").get_by_role("link", name=zh("All matches")))
    assert cast.battery.title in user.main("h3 a").first.inner_text()
