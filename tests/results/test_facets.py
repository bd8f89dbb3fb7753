"""Facets: counted under the reader's own eyes, a tree as a tree, and no hidden provider or price behind a number."""

import re
from datetime import timedelta
from typing import Any

import pytest
from flask.testing import FlaskClient

from marketplace.domains.listings.service import publish_listing
from marketplace.kernel.actor import Actor
from marketplace.pages.search.facets import FacetRow, spelled, tree_of
from marketplace.pages.search.state import SHOWN
from search.results import Results
from tests.access.people import People, gather
from tests.access.things import Workshop, make_things
from tests.factories import Make
from tests.site import TestSite

FACET = re.compile(r'name="(\w+)" value="([^"]*)"(?: checked)?>.*?<span class="facet-count">(\d+)</span>', re.DOTALL)
OFFERED_AND_USED = """
MATCH (l:Listing {id: $l}) MATCH (a:Achievement {id: $a}) MATCH (e:Enterprise {id: $e}) CREATE (l)-[:OFFERS]->(a) CREATE (a)-[:ADOPTED_BY]->(e)
"""
DELETE = "MATCH (n {id: $id}) DETACH DELETE n"


@pytest.fixture
def people(site: TestSite, make: Make) -> People:
    return gather(site, make)


def facets(client: FlaskClient, query: str = "") -> dict[tuple[str, str], int]:
    page = client.get(f"/search?lang=en{query}").text
    return {(name, value): int(count) for name, value, count in FACET.findall(page)}


def counted(site: TestSite, actor: Actor, **filters: Any) -> dict[str, dict[str, int]]:
    results: Results = site.search("", actor, facets=SHOWN, filters=filters)
    return {facet.name: dict(facet.values) for facet in results.facets}


def test_every_facet_is_counted_and_the_provider_is_one(site: TestSite, people: People) -> None:
    make_things(site, people)
    site.drain()

    found = facets(site.client(people.readers["firm"]))

    assert {"kind", "field", "contract_kind", "price_band", "area", "provider", "has_patent", "in_use", "year"} <= {name for name, _ in found}
    assert found["provider", people.studio.name] == 2
    assert found["kind", "listing"] == found["contract_kind", "service"] == 2


def test_a_price_on_enquiry_counts_in_no_band(site: TestSite, people: People) -> None:
    make_things(site, people)
    site.drain()
    for actor in people.readers.values():
        assert counted(site, actor, kind=("listing",))["price_band"].keys() <= {"open", "20"}


def test_an_anonymous_need_counts_for_no_provider(site: TestSite, people: People) -> None:
    make_things(site, people)
    site.drain()
    for name, actor in people.readers.items():
        assert people.silent.name not in counted(site, actor, kind=("need",))["provider"], name


def test_what_is_hidden_changes_no_count_and_no_row(site: TestSite, people: People) -> None:
    """The same world without the hidden things gives every outsider the same counts and hits."""
    things, _ = make_things(site, people)
    site.drain()
    outsiders = {name: actor for name, actor in people.readers.items() if name not in ("owner", "officer", "administrator")}
    before = {name: (counted(site, actor), ids(site, actor)) for name, actor in outsiders.items()}
    for name in ("draft work", "submitted work", "returned work", "withdrawn work", "draft listing", "submitted listing", "draft need"):
        id = things[name].id
        site.graph.write(lambda tx, id=id: tx.run(DELETE, id=id))
        site.index.delete([id], 2**62)
    site.index.commit()

    assert {name: (counted(site, actor), ids(site, actor)) for name, actor in outsiders.items()} == before
    assert ids(site, people.readers["owner"]).isdisjoint({things["draft work"].id})


def ids(site: TestSite, actor: Actor) -> set[str]:
    return {hit.id for hit in site.search("", actor, size=200).hits}


def test_a_field_below_narrows_and_the_one_above_gives_way(site: TestSite, people: People) -> None:
    shop = Workshop(site, people)
    shop.work("wqone", "submit", "publish")
    site.drain()
    page = site.client().get("/search?field=06&field=0601").text

    assert 'value="0601" checked' in page
    assert 'value="06" checked' not in page


def test_fields_stand_below_those_above_them_and_open_where_one_is_chosen() -> None:
    rows = [FacetRow(code, code, 1, code == "0603", "") for code in ("0603", "06", "0301", "0601")]

    first, second = tree_of(rows)

    assert [first.row.value, [one.row.value for one in first.below], first.open] == ["06", ["0603", "0601"], True]
    assert (second.row.value, second.below, second.open) == ("0301", (), False)


def test_values_are_found_by_sound_and_by_first_letters() -> None:
    assert spelled("酒仙桥街道") == "jiuxianqiaojiedao jxqjd"


def test_most_used_puts_an_offer_where_its_work_is_used(site: TestSite, people: People) -> None:
    """An offer carries how often its work is used, and follows when that changes."""
    shop = Workshop(site, people)
    used, idle = (shop.offer(word, "submit", price_fen=100) for word in ("wqsort used", "wqsort idle"))
    work = shop.work("wqwork", "submit", "publish")
    for offer in (used, idle):
        shop.officer.change(publish_listing, offer.id, offer.version)
    site.graph.write(lambda tx: tx.run(OFFERED_AND_USED, l=used.id, a=work.id, e=people.silent.id))
    site.drain()

    page = site.client().get("/search?q=wqsort&sort=most_used").text

    assert page.index(used.title.split()[-1]) < page.index(idle.title.split()[-1])


def test_ending_soon_shows_only_what_ends_from_now_on(site: TestSite, people: People) -> None:
    shop, today = Workshop(site, people), site.clock.now().date()
    for word, days in (("wqpast", 1), ("wqfar", 90), ("wqnear", 9)):
        shop.need(f"wqend {word}", "submit", "publish", deadline=today + timedelta(days=days))
    shop.need("wqend wqnever", "submit", "publish")
    site.drain()
    site.clock.forward(days=4)

    page = site.client().get("/search?q=wqend&sort=ending_soon").text

    assert page.index("wqnear") < page.index("wqfar")
    assert "wqpast" not in page
    assert "wqnever" not in page
