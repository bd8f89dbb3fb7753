"""Every number of every sheet is what a plain recount of the raw records finds, over random small worlds."""

from datetime import date, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings

from graph.connection import Graph
from graph.dialect import wipe
from marketplace.processes.figures.model import ALL, BY, Row, Tables, cut_off
from marketplace.processes.figures.repository import find_sheet
from marketplace.processes.figures.service import count_figures
from tests.figures.worlds import NOW, STREETS, Thing, World, build, worlds
from tests.site import TestSite

MONTHS = 12
RIPE = date(2025, 11, 23)
BEIJING = ZoneInfo("Asia/Shanghai")
IN = ("in-force", "fulfilled")
NAMES = ("published", "mature", "converted", "enquired", "offered", "concluded", "fulfilled", "adopted", "needs", "answered", "solved",
         "introduced", "opened", "led")  # fmt: skip


def recount(world: World, unit: str, dimension: str, key: str) -> dict[str, object]:
    """Straight from what was written, thing by thing, by another way than the site's."""

    def meant(thing: Thing) -> bool:
        at, field, street, _status = thing
        cell = {"area": street, "field": field[:2], "year": str(at.astimezone(BEIJING).year), "": ""}[dimension]
        return (not unit or street == unit) and cell == key

    def own(work: int) -> list[tuple[str, int]]:
        return [("work", work), *(("listing", at) for at, offered in enumerate(world.listings) if offered == work)]

    def sold(work: int, *states: str) -> bool:
        return any(status in states and (kind, about) in own(work) for kind, about, status, _ in world.contracts)

    works = [at for at, one in enumerate(world.works) if one[3] == "published" and meant(one)]
    needs = [at for at, one in enumerate(world.needs) if one[3] != "draft" and meant(one)]
    ripe = [at for at in works if world.works[at][0].astimezone(BEIJING).date() <= RIPE]
    hours, days = spans_of(world, needs)
    asked = [work for work in works if any((kind, about) in own(work) for kind, about, _ in world.enquiries)]
    offered = [work for work in works if any(world.enquiries[at][:2] in own(work) for at in world.offers if at < len(world.enquiries))]
    done, used = [work for work in works if sold(work, "fulfilled")], [work for work in works if (work, True) in world.uses]
    counts = (len(works), len(ripe), sum(sold(work, *IN) for work in ripe), len(asked), len(offered), sum(sold(work, *IN) for work in works),
              len(done), len(used), len(needs), len(hours), len(days), *brought(world, needs))  # fmt: skip
    return dict(zip(NAMES, counts, strict=True)) | {"hours": median(hours), "days": median(days)}


def brought(world: World, needs: list[int]) -> tuple[int, int, int]:
    """Needs with an introduction; with one that became a conversation; with one of whose contracts at least one holds or held to the end."""
    made = [(need, statuses) for need, statuses in world.introductions if need in needs]
    opened = [(need, statuses) for need, statuses in made if statuses is not None]
    led = [need for need, statuses in opened if any(status in IN for status in statuses)]
    return len({need for need, _ in made}), len({need for need, _ in opened}), len(set(led))


def spans_of(world: World, needs: list[int]) -> tuple[list[float], list[float]]:
    hours, days = [], []
    for need in needs:
        since = world.needs[need][0]
        if asked := [at for kind, about, at in world.enquiries if (kind, about) == ("need", need)]:
            hours.append((min(asked) - since).total_seconds() / 3600)
        if signed := [ago for kind, about, status, ago in world.contracts if (kind, about) == ("need", need) and status in IN]:
            days.append(float((NOW.date() - timedelta(days=max(signed)) - since.astimezone(BEIJING).date()).days))
    return hours, days


def median(spans: list[float]) -> float | None:
    ordered, half = sorted(spans), len(spans) // 2
    if not spans:
        return None
    return ordered[half] if len(spans) % 2 else (ordered[half - 1] + ordered[half]) / 2


def same(row: Row, expected: dict[str, object]) -> bool:
    found = {name: getattr(row, name) for name in NAMES} | {"hours": row.answer_hours.middle, "days": row.contract_days.middle}
    return found == {**expected, "hours": pytest.approx(expected["hours"]), "days": pytest.approx(expected["days"])}


@pytest.mark.slow
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(world=worlds)
def test_every_number_equals_a_recount_from_the_raw_records(site: TestSite, graph: Graph, world: World) -> None:
    wipe(graph)
    site.clock.set(NOW)
    build(graph, world)

    site.system.change(count_figures, MONTHS, timedelta())

    for unit in ("", *STREETS):
        sheet = site.system.read(find_sheet, unit or ALL)
        assert sheet is not None
        assert same(sheet.tables.total, recount(world, unit, "", ""))
        check_cells(world, unit, sheet.tables)


def check_cells(world: World, unit: str, tables: Tables) -> None:
    for dimension in BY:
        rows = getattr(tables, dimension)
        for row in rows:
            assert same(row, recount(world, unit, dimension, row.key)), (dimension, row)
        for name in NAMES:
            assert sum(getattr(row, name) for row in rows) == getattr(tables.total, name)


def test_the_recount_finds_what_a_sheet_has_missed(site: TestSite, graph: Graph) -> None:
    """The control: a contract that comes after the counting is in the recount and not in the sheet."""
    before = World([(NOW - timedelta(days=500), "0101", STREETS[0], "published")], [], [], [], [], [], [])
    site.clock.set(NOW)
    build(graph, before)
    site.system.change(count_figures, MONTHS, timedelta())
    sheet = site.system.read(find_sheet, ALL)
    assert sheet is not None
    later = World(before.works, [], [], [("work", 0, "in-force", 1)], [], [], [])
    assert same(sheet.tables.total, recount(before, "", "", ""))
    assert not same(sheet.tables.total, recount(later, "", "", ""))


@pytest.mark.parametrize(("today", "months", "last"), [
    (date(2026, 11, 23), 12, date(2025, 11, 23)), (date(2026, 3, 31), 1, date(2026, 2, 28)), (date(2024, 2, 29), 12, date(2023, 2, 28)),
    (date(2026, 1, 15), 2, date(2025, 11, 15)), (date(2026, 1, 15), 0, date(2026, 1, 15)),
])  # fmt: skip
def test_the_cut_off_is_the_same_day_months_ago_or_the_last_of_that_month(today: date, months: int, last: date) -> None:
    assert cut_off(today, months) == last
