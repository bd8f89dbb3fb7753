"""What is filtered, as a file: the page's filters, the reader's eyes, a record."""

import csv
import io
from typing import Any

import pytest
import python_calamine
from werkzeug.test import TestResponse

from marketplace.kernel.actor import GUEST, Actor
from marketplace.pages.downloads import rows as export_rows
from marketplace.processes.downloads.repository import list_downloads
from tests.access.people import People, gather
from tests.access.things import Workshop, make_things
from tests.factories import Make
from tests.site import TestSite

COUNT = "MATCH (n) WHERE NOT n:Session RETURN count(n) AS nodes"
AUDITED = "MATCH (e:AuditEntry {kind: 'download'}) RETURN e {.*} AS entry"


@pytest.fixture
def people(site: TestSite, make: Make) -> People:
    return gather(site, make)


def take(site: TestSite, actor: Actor, form: str = "csv", **asked: Any) -> TestResponse:
    return site.client(actor).post("/search/export?lang=en", data={"format": form} | asked)


def lines(answer: TestResponse) -> list[dict[str, str]]:
    assert answer.status_code == 200, answer.text[:200]
    return list(csv.DictReader(io.StringIO(answer.data.decode("utf-8-sig"))))


def titles(site: TestSite, actor: Actor, **asked: Any) -> set[str]:
    return {line["Title"] for line in lines(take(site, actor, **asked))}


@pytest.mark.slow
def test_the_file_holds_what_the_page_shows_under_the_same_filters(site: TestSite, people: People) -> None:
    make_things(site, people)
    site.drain()
    firm = people.readers["firm"]

    taken = lines(take(site, firm, kind="listing", sort="newest"))

    assert [line["What"] for line in taken] == ["Listing", "Listing"]
    shown = site.client(firm).get("/search?kind=listing&sort=newest").text
    assert all(line["Title"] in shown for line in taken)
    assert {line["Price, yuan"] for line in taken} == {"135790.0", ""}


def test_each_reader_takes_out_only_what_they_may_see(site: TestSite, people: People) -> None:
    things, _ = make_things(site, people)
    site.drain()
    for name in ("firm", "worker", "stranger", "administrator"):
        text = take(site, people.readers[name]).data.decode("utf-8-sig")
        for hidden in ("draft work", "submitted work", "withdrawn work", "draft need", "submitted listing"):
            assert things[hidden].title not in text, (name, hidden)
        assert "987654" not in text, name
        assert not any(line["Provider"] == people.silent.name for line in lines(take(site, people.readers[name], kind="need"))), name
        assert all(line["Budget from, yuan"] == "" for line in lines(take(site, people.readers[name], q="wqsecret"))), name


def test_what_is_withheld_leaves_the_file_before_the_index_follows(site: TestSite, people: People) -> None:
    shop = Workshop(site, people)
    work = shop.work("wqgone", "submit", "publish")
    site.drain()
    assert titles(site, people.readers["firm"], q="wqgone") == {work.title}

    shop._taken(__import__("marketplace.domains.achievements.service", fromlist=["x"]), "achievement", work, ("withdraw",))

    assert titles(site, people.readers["firm"], q="wqgone") == set()


def test_cards_of_people_leave_through_officers_alone(site: TestSite, people: People) -> None:
    site.drain()

    assert people.lead.name in titles(site, people.readers["stranger"])
    assert people.lead.name not in titles(site, people.readers["firm"])
    assert take(site, people.readers["firm"], kind="worker").status_code == 403


def test_an_export_is_recorded_without_its_words(site: TestSite, people: People) -> None:
    Workshop(site, people).work("wqaudit", "submit", "publish")
    site.drain()
    firm = people.readers["firm"]

    take(site, firm, "xlsx", q="wqaudit", kind="achievement")

    (download,) = site.acting_as(firm).read(list_downloads, firm.account_id)
    assert (download.format, download.filters, download.rows, download.by) == ("xlsx", ("kind",), 1, firm.account_id)
    assert download.created_at == site.clock.now()
    assert download.words
    assert "wqaudit" not in repr(download)
    (entry,) = site.graph.read(lambda tx: tx.all(AUDITED, lambda row: dict(row["entry"])), reader=("system",))
    assert (entry["verb"], entry["account_id"], entry["entity_id"]) == ("export-xlsx", firm.account_id, download.id)
    assert site.acting_as(people.readers["worker"]).read(list_downloads, firm.account_id) == []
    assert site.acting_as(people.readers["administrator"]).read(list_downloads, firm.account_id) == [download]


def test_no_cell_begins_a_formula_and_numbers_of_things_are_text(site: TestSite, people: People) -> None:
    Workshop(site, people).patent()
    shop = Workshop(site, people)
    shop.work('=HYPERLINK("http://x","wqformula")', "submit", "publish")
    site.drain()

    book = python_calamine.load_workbook(io.BytesIO(take(site, people.readers["firm"], "xlsx").data))
    rows = book.get_sheet_by_index(0).to_python()

    assert len({len(row) for row in rows}) == 1
    assert not any(str(cell).startswith(("=", "+", "@")) for row in rows for cell in row)
    number = rows[0].index("Number")
    assert "201710601862.3" in [row[number] for row in rows]


def test_a_long_list_is_read_in_pages_up_to_the_bound(site: TestSite, people: People, monkeypatch: pytest.MonkeyPatch) -> None:
    shop = Workshop(site, people)
    for n in range(5):
        shop.work(f"wqmany {n}", "submit", "publish")
    site.drain()
    monkeypatch.setattr(export_rows, "CHUNK", 2)
    assert len(lines(take(site, people.readers["firm"], q="wqmany"))) == 5

    monkeypatch.setattr(export_rows, "MOST_ROWS", 4)
    assert len(lines(take(site, people.readers["firm"], q="wqmany"))) == 4


def test_a_guest_signs_in_first_and_nothing_is_taken_by_a_link(site: TestSite, people: People) -> None:
    assert take(site, GUEST).status_code == 302
    assert site.client(people.readers["firm"]).get("/search/export?format=csv").status_code == 405
    assert 'action="/search/export"' not in site.client().get("/search").text


@pytest.mark.parametrize(
    "wrong", [{"format": "pdf"}, {"format": ""}, {"sort": "odd"}, {"page": "x"}, {"area": ["a"] * 60 and [f"a{n}" for n in range(60)]}]
)
def test_bad_input_is_refused_and_leaves_no_record(site: TestSite, people: People, wrong: dict[str, Any]) -> None:
    before = site.graph.read(lambda tx: tx.one(COUNT, lambda row: row["nodes"]), reader=("system",))

    assert take(site, people.readers["firm"], **({"form": wrong.pop("format")} if "format" in wrong else {}), **wrong).status_code == 400

    assert site.graph.read(lambda tx: tx.one(COUNT, lambda row: row["nodes"]), reader=("system",)) == before
