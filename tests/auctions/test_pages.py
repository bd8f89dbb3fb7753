"""Everybody sees what is announced, with numbers in place of names, and can check the record."""

import hashlib

from marketplace.kernel.actor import GUEST
from tests.auctions.scenes import put_up
from tests.factories import Make
from tests.site import TestSite


def test_a_guest_sees_the_list_the_auction_and_its_record_without_a_name(site: TestSite, make: Make) -> None:
    sale = put_up(site, make)
    one, other = sale.firm("甲方企业"), sale.firm("乙方企业")
    sale.begin()
    sale.bid(one, 12)
    sale.bid(other, 13)
    client = site.client(GUEST)
    assert sale.auction.title in client.get("/auctions").text
    page = client.get(f"/auctions/{sale.auction.id}")
    assert page.status_code == 200
    assert "130,000" in page.text
    assert "甲方企业" not in page.text
    told = client.get(f"/auctions/{sale.auction.id}/record.json").json
    assert told is not None
    assert [hashlib.sha256(one["line"].encode()).hexdigest() for one in told["lines"]] == [one["digest"] for one in told["lines"]]
    assert told["head"] == told["lines"][-1]["digest"]


def test_what_is_not_announced_is_missing(site: TestSite, make: Make) -> None:
    sale = put_up(site, make, announced=False)
    for address in (f"/auctions/{sale.auction.id}", f"/auctions/{sale.auction.id}/record.json", "/auctions/none"):
        assert site.client(GUEST).get(address).status_code == 404
    assert sale.auction.title not in site.client(GUEST).get("/auctions").text
    assert site.client(sale.seller).get(f"/auctions/{sale.auction.id}").status_code == 200


def test_the_list_is_told_apart_by_what_the_clock_says(site: TestSite, make: Make) -> None:
    sale = put_up(site, make)
    client = site.client(GUEST)

    def listed(phase: str) -> bool:
        return f"/auctions/{sale.auction.id}" in client.get(f"/auctions?phase={phase}").text

    assert [listed(one) for one in ("", "ahead", "running", "over", "nonsense")] == [True, True, False, False, True]
    sale.begin()
    assert [listed(one) for one in ("ahead", "running", "over")] == [False, True, False]
    sale.close()
    assert [listed(one) for one in ("ahead", "running", "over")] == [False, False, True]
