"""Whatever a stranger writes into the address or the form: a page or a plain no, never a fault of ours, and nothing without end."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

import pytest
from flask.testing import FlaskClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from marketplace.pages.compare.state import COMPARABLE
from marketplace.pages.search.state import SHOWN
from search.query import Sort
from tests.access.people import gather
from tests.access.things import make_things
from tests.factories import Make
from tests.site import TestSite

EVERYDAY, THOROUGH = 40, 5_000
LARGEST = 1_000_000
WORDS = st.one_of(
    st.text(max_size=40), st.sampled_from(["电池", '"泄压"', "-电池", '"', "'; DROP", "\x00", "𠮷", "ldz", "a" * 5_000, "wqpublic", "%ED%A0%80"])
)
VALUES = st.one_of(WORDS, st.sampled_from(["06", "0601", "yes", "no", "TRL9", "TRL", "2026", "-1", "open", "MRLx", "achievement", "worker", "²"]))
SORTS = st.one_of(st.sampled_from([*Sort, ""]), WORDS)
PAGES = st.one_of(st.integers(-5, 10**12).map(str), WORDS)
FILTERS = st.lists(st.tuples(st.sampled_from(SHOWN), VALUES), max_size=8)


def flat(parts: tuple[list[tuple[str, str]], ...]) -> list[tuple[str, str]]:
    return [pair for part in parts for pair in part]


def some(name: str, values: st.SearchStrategy[str], most: int = 1) -> st.SearchStrategy[list[tuple[str, str]]]:
    return st.lists(st.tuples(st.just(name), values), max_size=most)


SEARCHES = st.tuples(FILTERS, some("q", WORDS, 2), some("sort", SORTS), some("page", PAGES)).map(flat)
REFS = st.one_of(WORDS, st.tuples(st.sampled_from([*COMPARABLE, "worker", ""]), WORDS).map(":".join))
COMPARED = st.tuples(some("ids", REFS, 6), some("rows", VALUES)).map(flat)
FORMS = st.tuples(SEARCHES, some("format", st.one_of(st.sampled_from(["csv", "xlsx"]), WORDS), 2)).map(flat)
Ask = Callable[[FlaskClient, list[tuple[str, str]]], Any]


def body(pairs: list[tuple[str, str]]) -> str:
    return urlencode(pairs, errors="surrogatepass")


def search(client: FlaskClient, pairs: list[tuple[str, str]]) -> Any:
    return client.get(f"/search?{body(pairs)}")


def compare(client: FlaskClient, pairs: list[tuple[str, str]]) -> Any:
    return client.get(f"/compare?{body(pairs)}")


def export(client: FlaskClient, pairs: list[tuple[str, str]]) -> Any:
    return client.post("/search/export", data=body(pairs), content_type="application/x-www-form-urlencoded")


DOORS = [pytest.param(search, SEARCHES, id="search"), pytest.param(compare, COMPARED, id="compare"), pytest.param(export, FORMS, id="export")]


@pytest.fixture
def client(site: TestSite, make: Make) -> FlaskClient:
    people = gather(site, make)
    make_things(site, people)
    site.drain()
    return site.client(people.readers["firm"])


def knock(client: FlaskClient, ask: Ask, sent: st.SearchStrategy[list[tuple[str, str]]], examples: int) -> None:
    @settings(max_examples=examples, deadline=None, database=None, suppress_health_check=list(HealthCheck))
    @given(sent)
    def answered(pairs: list[tuple[str, str]]) -> None:
        answer = ask(client, pairs)
        assert answer.status_code in (200, 302, 400, 403, 404, 413, 414), (answer.status_code, pairs)
        assert len(answer.data) < LARGEST
        assert b"Traceback" not in answer.data

    answered()


@pytest.mark.parametrize(("ask", "sent"), DOORS)
@pytest.mark.slow
def test_no_input_is_a_fault(client: FlaskClient, ask: Ask, sent: st.SearchStrategy[Any]) -> None:
    knock(client, ask, sent, EVERYDAY)


@pytest.mark.fuzz
@pytest.mark.parametrize(("ask", "sent"), DOORS)
def test_no_input_among_thousands_is_a_fault(client: FlaskClient, ask: Ask, sent: st.SearchStrategy[Any]) -> None:
    knock(client, ask, sent, THOROUGH)
