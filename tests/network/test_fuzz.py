"""Whatever stands in an address of the explorer: never a 5xx, and an answer of bounded size."""

from collections.abc import Iterator
from urllib.parse import urlencode

import pytest
from flask.testing import FlaskClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from graph.connection import Graph
from graph.dialect import wipe
from marketplace.config import Settings
from marketplace.pages.network.model import KINDS, RELATIONS
from tests.conftest import Engine, turn
from tests.engines import empty_index
from tests.factories import Make
from tests.network.woven import Link, staff, weave
from tests.site import make_site

pytestmark = pytest.mark.xdist_group("network-fuzz")
LARGEST = 600_000
"""Bytes of an answer about the woven network, whatever was asked."""
KNOWN = ["worker:worker-0000", "enterprise:enterprise-1", "skill:skill-1"]
THINGS = st.sampled_from(KNOWN) | st.builds("{}:{}".format, st.sampled_from([*KINDS, "account", ""]), st.text(max_size=8))
BRANCHES = st.builds("{}:{}:{}".format, THINGS, st.sampled_from([*RELATIONS, "HOLDS"]), st.sampled_from(KINDS)) | st.builds(
    "enterprise:enterprise-1:EMPLOYED_BY:worker:{}".format, st.integers(-2, 200) | st.text(max_size=4)
)
DAYS = st.dates().map(str) | st.sampled_from(["2026-02-30", "0000-00-00", "9999-12-31", "0001-01-01", "１９９９-01-01"]) | st.text(max_size=12)
WORDS = st.text(max_size=300)
VALUES = {
    "lens": st.sampled_from(["people", "market"]) | WORDS, "relation": st.sampled_from([*RELATIONS, "all"]) | WORDS, "steps": st.integers().map(str),
    "open": BRANCHES | WORDS, "add": THINGS, "hide": THINGS, "way": st.builds("{}:{}".format, THINGS, THINGS) | WORDS, "day": DAYS, "versus": DAYS,
    "at": THINGS, "view": st.sampled_from(["picture", "table"]) | WORDS, "sort": st.sampled_from(["from", "since"]) | WORDS,
    "only": st.sampled_from(RELATIONS) | WORDS, "name": WORDS, "q": WORDS, "kind": st.sampled_from(KINDS) | WORDS,
    "from": THINGS | DAYS, "to": THINGS | DAYS,
    "skills": WORDS,
}  # fmt: skip
PAIRS = st.lists(st.sampled_from(sorted(VALUES)).flatmap(lambda name: st.tuples(st.just(name), VALUES[name])), max_size=6)
PLACES = [*(one.replace(":", "/") for one in KNOWN), "worker/nobody", "account/1", "skill/%00"]
WHERE = st.sampled_from(["", "/find.json", "/path", "/path.json"]) | st.builds(
    "/{}{}".format, st.sampled_from(PLACES), st.sampled_from(["", ".json", "/counts", "/changes"])
)


@pytest.fixture(scope="module")
def browser(engine: Engine, open_store: Graph, tmp_path_factory: pytest.TempPathFactory) -> Iterator[FlaskClient]:
    """An officer's, at a network with a hub."""
    folder = tmp_path_factory.mktemp("fuzz")
    unlimited = Settings(data_dir=folder / "data", guest_per_minute=0, user_per_minute=0, search_per_minute=0)
    with empty_index(folder / "index") as index, turn(engine):
        wipe(open_store)
        site = make_site(open_store, index, unlimited)
        ids, links = staff(200)
        skills: list[Link] = [(one, "HAS_SKILL", "skill-1") for one in ids[1:60]]
        weave(open_store, [*ids, "skill-1"], [*links, *skills])
        yield site.client(Make(site).officer())


def check(browser: FlaskClient, where: str, pairs: list[tuple[str, str]]) -> None:
    query = urlencode([(name, value.encode("utf-8", "surrogatepass")) for name, value in pairs])
    answer = browser.get(f"/network{where or '/'}?{query}")
    assert answer.status_code < 500, (where, pairs)
    assert len(answer.data) < LARGEST, (where, pairs)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(where=WHERE, pairs=PAIRS)
def test_no_address_breaks_it(browser: FlaskClient, where: str, pairs: list[tuple[str, str]]) -> None:
    check(browser, where, pairs)


@pytest.mark.fuzz
@settings(max_examples=5_000, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(where=WHERE, pairs=PAIRS)
def test_five_thousand_addresses_do_not_break_it(browser: FlaskClient, where: str, pairs: list[tuple[str, str]]) -> None:
    check(browser, where, pairs)
