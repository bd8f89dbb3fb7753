"""The pages and their data: the full explorer is the officers', a smaller one everybody's; bad dates are said at their field."""

from datetime import date
from typing import Any

import pytest

from marketplace.kernel.actor import GUEST
from tests.factories import Make
from tests.network.woven import Link, staff, weave
from tests.site import TestSite

LINKS: list[Link] = [
    ("worker-1", "MEMBER_OF", "studio-1", date(2020, 1, 1), date(2023, 1, 1)), ("worker-2", "MEMBER_OF", "studio-1", date(2022, 6, 1), None),
    ("worker-2", "EMPLOYED_BY", "enterprise-1"), ("studio-1", "HOSTED_BY", "enterprise-1"),
]  # fmt: skip
THINGS = ["worker-1", "worker-2", "studio-1", "enterprise-1"]
HERE = "/network/studio/studio-1"


def table(site: TestSite, make: Make, query: str) -> str:
    page: str = site.client(make.officer()).get(f"{HERE}?view=table&{query}").text
    return page[page.index("data-edges") : page.index("</table>", page.index("data-edges"))]


def test_the_table_says_the_same_as_the_picture_and_sorts_and_filters(site: TestSite, make: Make) -> None:
    weave(site.graph, THINGS, LINKS)
    data: dict[str, Any] = site.client(make.officer()).get(f"{HERE}.json").get_json()
    whole = table(site, make, "")
    assert whole.count("<tr>") - 1 == len(data["edges"]) == 4
    assert table(site, make, "only=MEMBER_OF").count("<tr>") - 1 == 2
    assert table(site, make, "name=worker-1").count("<tr>") - 1 == 1
    by_day = table(site, make, "sort=since&only=MEMBER_OF")
    assert by_day.index("2020-01-01") < by_day.index("2022-06-01")


@pytest.mark.parametrize(("day", "members"), [("2019-12-31", 0), ("2020-01-01", 1), ("2022-06-01", 2), ("2022-12-31", 2), ("2023-01-01", 1)])
def test_the_table_of_a_day(site: TestSite, make: Make, day: str, members: int) -> None:
    weave(site.graph, THINGS, LINKS)
    assert table(site, make, f"day={day}&only=MEMBER_OF").count("<tr>") - 1 == members


def test_what_came_and_went_stands_in_a_table(site: TestSite, make: Make) -> None:
    weave(site.graph, THINGS, LINKS)
    browser = site.client(make.officer())
    page = browser.get(f"{HERE}/changes?from=2022-01-01&to=2023-01-01").text
    assert page.count('data-happened="came"') == page.count('data-happened="went"') == 1
    assert 'data-happened="came"' not in browser.get(f"{HERE}/changes?from=2022-06-01&to=2022-12-31").text
    assert browser.get(f"{HERE}/changes").status_code == 200


@pytest.mark.parametrize(
    ("query", "field"),
    [("from=yesterday&to=2023-01-01", "from"), ("from=2023-01-01&to=2023-02-30", "to"), ("from=2023-01-02&to=2023-01-01", "to"),
     ("from=2023-01-01&to=2023-01-01", "to")],
)  # fmt: skip
def test_a_bad_day_is_said_at_its_field(site: TestSite, make: Make, query: str, field: str) -> None:
    weave(site.graph, THINGS, LINKS)
    answer = site.client(make.officer()).get(f"{HERE}/changes?{query}")
    assert answer.status_code == 422
    assert f'id="{field}-error"' in answer.text


def test_a_way_is_told_step_by_step_with_its_dates(site: TestSite, make: Make) -> None:
    weave(site.graph, THINGS, LINKS)
    browser = site.client(make.officer())
    ends = "from=worker:worker-1&to=enterprise:enterprise-1"
    page = browser.get(f"/network/path?{ends}").text
    assert page.count("<li>", page.index("data-way"), page.index("</ol>", page.index("data-way"))) == 2
    assert "2020-01-01" in page
    data = browser.get(f"/network/path.json?{ends}").get_json()
    assert data["way"]["nodes"] == ["worker-1", "studio-1", "enterprise-1"]
    assert [edge["relation"] for edge in data["way"]["edges"]] == ["MEMBER_OF", "HOSTED_BY"]
    assert all(edge["sentence"] for edge in data["way"]["edges"])
    assert browser.get(f"/network/path.json?{ends}&day=2023-01-01").get_json()["way"] is None
    drawn = browser.get("/network/worker/worker-1.json?way=worker:worker-1:enterprise:enterprise-1").get_json()
    assert drawn["way"]["nodes"] == data["way"]["nodes"]


@pytest.mark.parametrize(
    ("query", "status"),
    [("", 422), ("from=worker:worker-1", 422), ("from=worker&to=worker:worker-1", 422), ("from=worker:worker-1&to=worker:nobody", 404),
     ("from=worker:worker-1&to=worker:worker-2&day=soon", 422), ("from=worker:worker-1&to=worker:worker-1", 200)],
)  # fmt: skip
def test_bad_ends_are_refused(site: TestSite, make: Make, query: str, status: int) -> None:
    weave(site.graph, THINGS, LINKS)
    assert site.client(make.officer()).get(f"/network/path.json?{query}").status_code == status


def test_counts_come_before_anything_is_opened(site: TestSite) -> None:
    weave(site.graph, *staff(30))
    data = site.client().get("/network/enterprise/enterprise-1/counts").get_json()
    assert [(one["branch"], one["total"]) for one in data["counts"]] == [("enterprise:enterprise-1:EMPLOYED_BY:worker", 30)]
    assert site.client().get("/network/enterprise/enterprise-2/counts").status_code == 404
    assert site.client().get("/network/account/enterprise-1/counts").status_code == 404


def test_everybody_has_the_smaller_explorer(site: TestSite, make: Make) -> None:
    weave(site.graph, THINGS, LINKS)
    rest = "add=worker:worker-1&way=worker:worker-1:worker:worker-2&open=studio:studio-1:MEMBER_OF:worker&day=2019-01-01"
    for reader in (GUEST, make.account()):
        browser = site.client(reader)
        page = browser.get("/network/enterprise/enterprise-1", query_string=rest)
        assert page.status_code == 200
        assert "data-time" not in page.text
        assert "data-panel-way" not in page.text
        data = browser.get("/network/enterprise/enterprise-1.json", query_string=rest).get_json()
        assert "worker-1" not in {node["id"] for node in data["nodes"]}
        assert data["way"] is None
        for path in (f"{HERE}/changes", "/network/path", "/network/path.json"):
            assert browser.get(path).status_code == (302 if reader.is_guest else 403)
    assert "data-time" in site.client(make.officer()).get(HERE).text


def test_without_script_a_link_opens_more(site: TestSite, make: Make) -> None:
    weave(site.graph, *staff(30))
    browser = site.client(make.officer())
    page = browser.get("/network/enterprise/enterprise-1?view=table").text
    link = next(part.partition('"')[0] for part in page.split('href="') if "open=" in part.partition('"')[0]).replace("&amp;", "&")
    assert browser.get(link).text.count("data-label") > page.count("data-label")


def test_a_card_of_another_thing_stands_at_the_side(site: TestSite, make: Make) -> None:
    weave(site.graph, THINGS, LINKS, hidden=["worker-1"])
    browser = site.client(make.officer())
    assert ">WORKER-2</h2>" in browser.get(f"{HERE}?at=worker:worker-2").text
    assert ">STUDIO-1</h2>" in browser.get(f"{HERE}?at=worker:worker-1").text


def test_what_is_looked_for_is_found_by_words(site: TestSite, make: Make) -> None:
    firm = make.enterprise("沃岭储能")
    site.drain()
    found = site.client().get("/network/find.json?q=沃岭").get_json()["nodes"]
    assert firm.id in {node["id"] for node in found}
    assert site.client().get("/network/find.json?q=沃岭&kind=studio").get_json()["nodes"] == []
    assert site.client().get("/network/find.json?kind=account").status_code == 422
    assert site.client().get("/network/find.json").get_json() == {"nodes": []}
