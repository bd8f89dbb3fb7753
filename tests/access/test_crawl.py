"""Every way of the site, for every reader, on what is theirs, another's or not there: as the table says, and no way without a line."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from flask import Flask

from graph.connection import Graph
from graph.dialect import wipe
from marketplace.config import Settings
from tests.access.crawl import Crawler
from tests.access.crawl_table import OUTCOMES, READERS, Cell, Row, rows_of
from tests.conftest import Engine, turn
from tests.engines import empty_index
from tests.site import make_site

pytestmark = pytest.mark.xdist_group("crawl")
ROWS = rows_of()
SAFE = {"HEAD", "OPTIONS"}
ALIKE = set(">x*")
BY_MACHINE = {"/notices/unsubscribe/none"}
"""A mail program sends it in one click (RFC 8058): the signed link itself is the proof."""


@pytest.fixture(scope="module")
def crawler(engine: Engine, open_store: Graph, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Crawler]:
    """Built once: whatever the crawl does is taken back."""
    folder = tmp_path_factory.mktemp("crawl")
    settings = Settings(data_dir=folder / "data", guest_per_minute=0, user_per_minute=0, search_per_minute=0)
    with empty_index(folder / "index") as index, turn(engine):
        wipe(open_store)
        yield Crawler(make_site(open_store, index, settings))


def faults_of(crawler: Crawler, cells: list[Cell]) -> list[str]:
    """Every cell in which the site does anything else than the table says."""
    answers = [(cell, crawler.ask(cell)) for cell in cells]
    return [f"{cell}: {cell.outcome} was promised, got {got.status}" for cell, got in answers if got.word != cell.outcome]


def everyday(row: Row) -> list[Cell]:
    """Of every reader what exists, of one what does not; and where a reader is received in one way, whatever is asked for, that once."""
    known, alike = READERS[ROWS.index(row) % len(READERS)], {reader for reader, mark in zip(READERS, row.marks, strict=True) if mark in ALIKE}
    asked = [cell for cell in row.cells() if cell.place != "missing" or cell.reader == known or not row.shown + row.hidden]
    firsts = {cell.reader: cell for cell in reversed(asked)}
    return [cell for cell in asked if cell.reader not in alike or cell is firsts[cell.reader]]


@pytest.mark.parametrize("row", ROWS, ids=str)
def test_every_reader_is_received_as_the_table_says(crawler: Crawler, row: Row) -> None:
    assert faults_of(crawler, everyday(row)) == []


@pytest.mark.slow
@pytest.mark.parametrize("row", [row for row in ROWS if "{}" in row.address], ids=str)
def test_nor_is_anybody_received_otherwise_where_little_else_could_be(crawler: Crawler, row: Row) -> None:
    """The rest of the table."""
    asked = everyday(row)
    assert faults_of(crawler, [cell for cell in row.cells() if cell not in asked]) == []


def test_everyday_every_reader_goes_every_way() -> None:
    for row in ROWS:
        asked = everyday(row)
        assert {cell.reader for cell in asked} == set(READERS)
        exist = [cell for cell in row.cells() if cell.place in ("shown", "hidden") and row.marks[READERS.index(cell.reader)] not in ALIKE]
        assert set(exist) <= set(asked)


def ways_of(app: Flask) -> set[tuple[str, str]]:
    """(method, rule) of everything that the site answers."""
    return {(method, str(rule)) for rule in app.url_map.iter_rules() for method in (rule.methods or set()) - SAFE}


def covered(app: Flask, rows: list[Row]) -> set[tuple[str, str]]:
    adapter = app.url_map.bind("localhost")
    found = set()
    for row in rows:
        path = row.address.partition("?")[0].replace("{", "x").replace("}", "x")
        rule, _args = adapter.match(path, method=row.method, return_rule=True)
        found.add((row.method, str(rule)))
    return found


def test_every_way_has_a_line(crawler: Crawler) -> None:
    missing = ways_of(crawler.app) - covered(crawler.app, ROWS)
    assert not missing, "add a line to tests/access/crawl_table.py, which says how"


def test_no_line_stands_twice() -> None:
    assert len({(row.method, row.address) for row in ROWS}) == len(ROWS)


def test_every_reader_meets_every_kind_of_answer_somewhere() -> None:
    """A table in which somebody is let in everywhere, or nowhere, would prove nothing about them."""
    met = {(cell.reader, cell.outcome) for row in ROWS for cell in row.cells()}
    assert {(reader, word) for reader in READERS if reader != "guest" for word in ("in", "forbidden", "absent")} <= met
    assert {("guest", "in"), ("guest", "absent"), ("guest", "sign in")} <= met


@pytest.mark.parametrize("row", [row for row in ROWS if row.method != "GET" and row.address not in BY_MACHINE], ids=str)
def test_nothing_unsafe_is_done_without_the_form_s_token(crawler: Crawler, row: Row) -> None:
    cell = row.cells()[0]
    cookie, _token = crawler.browser("administrator")
    client = crawler.app.test_client()
    client.set_cookie("session", cookie)
    assert client.open(crawler.address(cell).partition("?")[0], method=row.method).status_code == 400


def test_control_a_way_without_a_line_is_seen(crawler: Crawler) -> None:
    app = Flask("sample", static_folder=None)
    app.add_url_rule("/", "home", lambda: "")
    app.add_url_rule("/forgotten/<id>", "forgotten", lambda id: id, methods=["GET", "POST"])
    rows = [row for row in ROWS if row.address == "/"]
    assert ways_of(app) - covered(app, rows) == {("GET", "/forgotten/<id>"), ("POST", "/forgotten/<id>")}


@pytest.mark.parametrize("row", ROWS[:: len(ROWS) // 12], ids=str)
def test_control_a_table_with_one_other_cell_fails(crawler: Crawler, row: Row) -> None:
    """Whatever else a cell promised, the site would not keep it."""
    cell = row.cells()[-1]
    for other in {word for words in OUTCOMES.values() for word in words} - {cell.outcome}:
        assert faults_of(crawler, [replace(cell, outcome=other)])


def test_control_a_line_with_a_mark_too_few_or_unknown_is_refused() -> None:
    for marks in ("+ " * (len(READERS) - 1), "+ " * (len(READERS) - 1) + "?"):
        with pytest.raises(ValueError, match="/sample"):
            rows_of(f"GET /sample | | {marks}")


def test_what_the_crawl_does_is_taken_back(crawler: Crawler) -> None:
    """Else a cell would depend on the ones before it."""
    before = crawler.site.find("need", crawler.ids["open need"])
    owners = next(cell for row in ROWS if row.address.endswith("/needs/{}/steps/withdraw") for cell in row.cells() if cell.reader == "owner")
    sent = replace(owners, address=f"{owners.address}?version={before.version}")
    assert crawler.ask(sent).status == 302
    assert crawler.site.find("need", before.id) == before
