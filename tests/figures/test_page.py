"""Who reads which figures, what opens behind them, and what is taken out of them."""

from datetime import datetime, timedelta

import pytest

from marketplace.kernel.actor import Actor
from marketplace.pages.figures.repository import list_behind
from marketplace.pages.figures.show import BROUGHT
from marketplace.pages.figures.state import Cell
from marketplace.processes.figures.model import ALL, EVERYBODY
from marketplace.processes.figures.repository import find_sheet
from marketplace.processes.figures.service import count_figures
from tests.contracts.scenes import Deal, agree
from tests.factories import Make
from tests.introductions.scenes import a_bridge
from tests.introductions.test_introductions import sign
from tests.site import TestSite

EN = {"Accept-Language": "en"}


@pytest.fixture
def deal(site: TestSite, make: Make) -> Deal:
    found = agree(site, make)
    found.in_force()
    site.system.change(count_figures, 0, timedelta())
    return found


def page(site: TestSite, actor: Actor | None, address: str = "/figures") -> str:
    """What follows the answer is done when it is closed."""
    with site.client(actor).get(address, headers=EN) as answer:
        return answer.text


def counted(site: TestSite) -> datetime:
    sheet = site.system.read(find_sheet, ALL)
    assert sheet is not None
    return sheet.counted_at


def test_an_officer_reads_their_subtree_and_opens_the_list_behind_a_number(site: TestSite, deal: Deal) -> None:
    assert "100.0%" in page(site, deal.officer)
    assert deal.work.title in page(site, deal.officer, f"/figures/list?scope={deal.street.id}&what=published&area=酒仙桥街道&field=06&year=2026")
    for elsewhere in ("area=望京街道", "field=01", "year=2025", "area=-"):
        assert deal.work.title not in page(site, deal.officer, f"/figures/list?scope={deal.street.id}&what=published&{elsewhere}")


def test_of_contracts_an_officer_is_told_how_many_and_nothing_else(site: TestSite, deal: Deal) -> None:
    for what in ("enquired", "offered", "concluded", "converted", "fulfilled", "answered", "solved"):
        behind = page(site, deal.officer, f"/figures/list?scope={deal.street.id}&what={what}")
        assert "read by their parties alone" in behind
        assert deal.work.title not in behind
        assert deal.contract.number not in behind


def test_nobody_reads_the_sheet_of_a_unit_that_is_not_theirs(site: TestSite, make: Make, deal: Deal) -> None:
    other = make.officer(of="别的街道")
    assert site.acting_as(other).read(find_sheet, deal.street.id) is None
    assert site.acting_as(other).read(find_sheet, ALL) is None
    assert site.acting_as(other).read(find_sheet, EVERYBODY) is not None
    for actor in (None, other, deal.seller, deal.buyer):
        for scope in (deal.street.id, ALL):
            assert site.client(actor).get(f"/figures?scope={scope}").status_code == 404
            assert site.client(actor).get(f"/figures/list?scope={scope}&what=published").status_code == 404
    assert site.client(make.administrator()).get(f"/figures?scope={ALL}").status_code == 200


def test_everybody_reads_the_district_without_small_cells(site: TestSite, deal: Deal) -> None:
    text = page(site, None)
    assert "withheld" in text
    assert "1 more, without a number that may be told" in text
    assert 'data-label="Sub-district"' not in text, "a row in which nothing can be told is no row"
    assert "100.0%" not in text
    sheet = site.acting_as(deal.buyer).read(find_sheet, EVERYBODY)
    assert sheet is not None
    assert (sheet.tables.total.published, sheet.tables.total.concluded, sheet.tables.total.answer_hours.middle) == (None, None, None)


def test_what_can_be_told_stands_in_a_row(site: TestSite, deal: Deal) -> None:
    text = page(site, deal.officer)
    assert "酒仙桥街道" in text.split("<tbody>")[3]
    assert "a number that may be told" not in text


def test_introductions_are_counted_where_the_need_is_and_read_by_nobody_else(site: TestSite, make: Make) -> None:
    bridge = a_bridge(site, make)
    one = bridge.opened()
    sign(bridge, bridge.agreed(one))
    bridge.introduced(by=bridge.market.officer)
    site.system.change(count_figures, 0, timedelta())
    whole = site.system.read(find_sheet, ALL)
    assert whole is not None
    assert (whole.tables.total.introduced, whole.tables.total.opened, whole.tables.total.led) == (1, 1, 1)
    assert [(row.key, row.introduced) for row in whole.tables.year] == [("2026", 1)]

    admin = make.administrator()
    assert "Introductions by Sub-district" in page(site, admin, f"/figures?scope={ALL}")
    assert "Introductions by Sub-district" not in page(site, None), "too few to be told"
    for what in BROUGHT:
        assert f"what={what}" in page(site, admin, f"/figures?scope={ALL}")
        behind = page(site, admin, f"/figures/list?scope={ALL}&what={what}&year=2026")
        assert "read by both sides and whoever made them" in behind
        assert f"/figures/list?scope={ALL}&amp;year=2026&amp;what=needs" in behind
        for secret in (one.number, one.need_title, bridge.market.work.title):
            assert secret not in behind
    assert one.need_title in page(site, admin, f"/figures/list?scope={ALL}&what=needs&year=2026")


@pytest.mark.parametrize("technology", ["", "06"])
def test_a_page_that_is_not_full_and_one_behind_the_last_tell_the_same_total(site: TestSite, deal: Deal, technology: str) -> None:
    pages = [site.system.read(list_behind, Cell("published", technology=technology), number) for number in (1, 2)]
    assert [([card.title for card in one.items], one.total) for one in pages] == [([deal.work.title], 1), ([], 1)]


def test_before_the_first_counting_the_page_says_so_and_asks_for_one(site: TestSite, make: Make) -> None:
    admin = make.administrator()
    assert "being counted for the first time" in page(site, admin)
    assert "Conversion rate" in page(site, admin)


def test_what_is_old_is_counted_anew_after_the_answer_and_what_is_fresh_is_not(site: TestSite, make: Make, deal: Deal) -> None:
    admin, first = make.administrator(), site.clock.now()
    site.clock.forward(minutes=5)
    page(site, admin)
    assert counted(site) == first
    site.clock.forward(minutes=6)
    page(site, admin)
    assert counted(site) == site.clock.now()


def test_a_new_day_counts(site: TestSite, deal: Deal) -> None:
    site.clock.forward(days=1)
    site.site.relay.pass_day()
    assert counted(site) == site.clock.now()


def test_an_export_is_recorded_and_says_what_the_page_says(site: TestSite, deal: Deal) -> None:
    client = site.client(deal.officer)
    taken = {format: client.post("/figures/export", data={"scope": deal.street.id, "format": format}, headers=EN) for format in ("csv", "xlsx")}
    assert {answer.status_code for answer in taken.values()} == {200}
    assert taken["csv"].data.decode("utf-8-sig").splitlines()[1].startswith("Total,,1,1,1,1,0,1,0,0,0,0,0")
    verbs = site.graph.read(lambda tx: tx.all("MATCH (e:AuditEntry {kind: 'figures-export'}) RETURN e.verb AS verb", lambda row: str(row["verb"])))
    assert sorted(verbs) == ["export-csv", "export-xlsx"]
    assert site.client(deal.buyer).post("/figures/export", data={"format": "csv"}).status_code == 403
    assert client.post("/figures/export", data={"scope": deal.street.id, "format": "pdf"}).status_code == 400


@pytest.mark.parametrize("query", ["what=all", "what=", "what=published&year=99999", "what=published&year=²", "what=published&year=-1"])
def test_what_no_page_asks_is_missing(site: TestSite, deal: Deal, query: str) -> None:
    assert site.client(deal.officer).get(f"/figures/list?scope={deal.street.id}&{query}").status_code == 404
