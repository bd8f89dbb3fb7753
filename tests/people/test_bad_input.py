"""Whatever a stranger writes into the addresses and forms of people: a page or a plain 4xx, never a fault."""

from typing import Any

import pytest
from flask.testing import FlaskClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from marketplace.domains.workers.model import Worker
from tests.conftest import Engine
from tests.factories import Make
from tests.people.scenes import District, a_district, twice
from tests.site import TestSite

WORDS = st.text(max_size=40) | st.sampled_from(["", "0", "-1", "焊接", "senior", "highest_rank", "' OR 1=1", "\x00", "%", "../..", "<b>"])
NAMES = st.sampled_from(["q", "skill", "at_least", "level", "occupation", "area", "field", "availability", "sort", "page", "kind", "odd"])
QUERIES = st.lists(st.tuples(NAMES, WORDS), max_size=8)
FORMS = st.dictionaries(
    st.sampled_from(["version", "shown", "parts", "key", "keep", "one_version", "other_version", "look", "odd"]), WORDS, max_size=6
)
FEW, MANY = 50, 5_000


@pytest.fixture
def scene(site: TestSite, make: Make, engine: Engine) -> tuple[District, Worker, Worker]:
    district = a_district(site, make)
    one, other = twice(district)
    site.drain()
    return district, one, other


def holds(answer: Any) -> None:
    assert answer.status_code < 500, answer.request.url
    assert "Traceback" not in answer.text
    assert len(answer.data) < 300_000


def ask(browser: FlaskClient, query: list[tuple[str, str]]) -> None:
    holds(browser.get("/people", query_string=[(name, value.encode("utf-8", "surrogatepass").decode("utf-8", "replace")) for name, value in query]))


def send(browser: FlaskClient, path: str, form: dict[str, str]) -> None:
    holds(browser.post(path, data={name: value.encode("utf-8", "surrogatepass") for name, value in form.items()}))


def fuzz(scene: tuple[District, Worker, Worker], cases: int) -> None:
    district, one, other = scene
    reader, person, officer = (district.site.client(actor) for actor in (district.make.account(), district.make.person(one), district.officer))
    bounded = settings(max_examples=cases, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))

    @bounded
    @given(QUERIES)
    def finder(query: list[tuple[str, str]]) -> None:
        ask(reader, query)

    @bounded
    @given(FORMS)
    def forms(form: dict[str, str]) -> None:
        send(person, f"/workers/{one.id}/consent", form | {"look": "1"})
        send(
            officer,
            f"/people/merge/{one.id}/{other.id}",
            {name: value for name, value in form.items() if value not in (one.id, other.id)} | {"keep": "x"},
        )

    @bounded
    @given(WORDS, WORDS)
    def addresses(first: str, second: str) -> None:
        for path in ("/people/duplicates/{}/{}/apart", "/people/merge/{}/{}", "/people/merges/{}/{}", "/workers/{}{}/consent"):
            holds(officer.post(path.format(*(word.encode("utf-8", "replace").decode() for word in (first, second)))))

    for part in (finder, forms, addresses):
        part()
    assert district.site.find("worker", other.id).version == other.version


@pytest.mark.slow
def test_no_input_brings_the_pages_of_people_down(scene: tuple[District, Worker, Worker]) -> None:
    fuzz(scene, FEW)


@pytest.mark.fuzz
def test_nor_do_five_thousand_of_each(scene: tuple[District, Worker, Worker]) -> None:
    fuzz(scene, MANY)
