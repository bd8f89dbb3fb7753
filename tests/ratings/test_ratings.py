"""Each side of a fulfilled contract rates the other once; neither reads the other's word before its own is given; then everybody does."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest

from marketplace.domains.contracts.model import Contract
from marketplace.domains.ratings.model import Rating, RatingText
from marketplace.domains.ratings.repository import get_rating, list_of_contract, standing_of
from marketplace.domains.ratings.service import answer_rating, show_due, take_down_rating
from marketplace.kernel.actor import GUEST, Actor
from marketplace.kernel.errors import Forbidden, Invalid, NotFound, Refused
from marketplace.kernel.notices import list_notices
from marketplace.processes.rating.service import rate_contract
from tests.contracts.scenes import Deal, agree
from tests.factories import Make
from tests.ratings.scenes import DAYS, GOOD, fulfilled, rates
from tests.site import TestSite

POOR = RatingText(quality=2, time=1, communication=3, words="晚了两周")


@pytest.fixture
def deal(site: TestSite, make: Make) -> Deal:
    return agree(site, make)


@pytest.fixture
def contract(deal: Deal) -> Contract:
    return fulfilled(deal)


def seen_by(deal: Deal, who: Actor, contract: Contract) -> dict[str, Rating]:
    return {one.side: one for one in deal.site.acting_as(who).read(list_of_contract, contract.id)}


def test_the_first_word_is_hidden_until_the_second(deal: Deal, contract: Contract) -> None:
    rates(deal, deal.buyer, contract)
    mine, theirs = seen_by(deal, deal.buyer, contract), seen_by(deal, deal.seller, contract)
    assert (mine["buyer"].quality, mine["buyer"].words) == (5, GOOD.words)
    assert (theirs["buyer"].quality, theirs["buyer"].words) == (0, "")
    assert seen_by(deal, GUEST, contract) == seen_by(deal, deal.officer, contract) == {}

    rates(deal, deal.seller, contract, POOR)
    for reader in (deal.seller, deal.buyer, GUEST):
        both = seen_by(deal, reader, contract)
        assert (both["buyer"].quality, both["seller"].words) == (5, POOR.words)


def test_one_sided_words_are_shown_when_the_time_is_over(deal: Deal, contract: Contract) -> None:
    given = rates(deal, deal.buyer, contract)
    assert deal.site.system.change(show_due) == 0
    deal.site.clock.forward(days=DAYS)

    assert deal.site.system.change(show_due) == 1
    assert deal.site.system.change(show_due) == 0
    assert deal.site.acting_as(GUEST).read(get_rating, given.id).quality == 5
    with pytest.raises(Refused):
        rates(deal, deal.seller, contract)
    with pytest.raises(Refused, match="is to be read already"):
        deal.site.acting_as(deal.seller).change(rate_contract, contract.id, POOR, 9 * DAYS)


def test_nobody_rates_before_acceptance(deal: Deal) -> None:
    running = deal.in_force()
    with pytest.raises(Refused):
        rates(deal, deal.buyer, running)


def test_only_who_speaks_for_a_party_rates_and_once(deal: Deal, contract: Contract, make: Make) -> None:
    with pytest.raises(Forbidden):
        rates(deal, deal.colleague, contract)
    for outsider in (make.account(), deal.officer):
        with pytest.raises(NotFound):
            rates(deal, outsider, contract)
    rates(deal, deal.buyer, contract)
    with pytest.raises(Refused):
        rates(deal, deal.buyer, contract)


@pytest.mark.parametrize("mark", [0, 6, -1, 10**9])
def test_a_mark_is_one_to_five(deal: Deal, contract: Contract, mark: int) -> None:
    with pytest.raises(Invalid) as refused:
        rates(deal, deal.buyer, contract, replace(GOOD, time=mark))
    assert list(refused.value.fields) == ["time"]


def test_who_was_rated_answers_once(deal: Deal, contract: Contract) -> None:
    rating = rates(deal, deal.buyer, contract, POOR)
    with pytest.raises(Forbidden):
        deal.site.acting_as(deal.seller).change(answer_rating, rating.id, rating.version, "电池迟到")
    rates(deal, deal.seller, contract)
    shown = deal.site.find("rating", rating.id)
    with pytest.raises(Forbidden):
        deal.site.acting_as(deal.buyer).change(answer_rating, rating.id, shown.version, "自答")

    answered = deal.site.acting_as(deal.seller).change(answer_rating, rating.id, shown.version, "电池迟到")
    assert deal.site.acting_as(GUEST).read(get_rating, rating.id).answer == "电池迟到"
    with pytest.raises(Refused):
        deal.site.acting_as(deal.seller).change(answer_rating, rating.id, answered.version, "又一次")


def test_means_begin_with_the_setting(deal: Deal, contract: Contract) -> None:
    rates(deal, deal.buyer, contract, POOR)
    rates(deal, deal.seller, contract)
    guest = deal.site.acting_as(GUEST)

    assert guest.read(standing_of, deal.studio.id, 3).means == ()
    told = guest.read(standing_of, deal.studio.id, 1)
    assert (told.number, told.means, told.latest[0].words) == (1, (20, 10, 30), POOR.words)


def test_an_officer_above_takes_down_and_both_read_why(deal: Deal, contract: Contract, make: Make) -> None:
    rating = rates(deal, deal.buyer, contract, replace(POOR, words="骗子"))
    rates(deal, deal.seller, contract)
    shown = deal.site.find("rating", rating.id)
    with pytest.raises(Forbidden):
        deal.site.acting_as(deal.seller).change(take_down_rating, rating.id, shown.version, "不喜欢")
    with pytest.raises(Forbidden):
        deal.site.acting_as(make.officer()).change(take_down_rating, rating.id, shown.version, "别的街道")

    deal.site.acting_as(deal.officer).change(take_down_rating, rating.id, shown.version, "侮辱性用语")
    with pytest.raises(NotFound):
        deal.site.acting_as(GUEST).read(get_rating, rating.id)
    assert deal.site.acting_as(GUEST).read(standing_of, deal.studio.id, 1).number == 0
    deal.site.drain()
    told = [one.verb for one in deal.site.system.read(list_notices, deal.buyer.account_id) if one.kind == "rating"]
    assert "take_down" in told
    assert seen_by(deal, deal.seller, contract)["buyer"].reason == "侮辱性用语"


@pytest.mark.slow
def test_by_form_and_on_every_page_that_tells_of_it(deal: Deal, contract: Contract) -> None:
    deal.site.drain()
    buyer, seller, guest = deal.site.client(deal.buyer), deal.site.client(deal.seller), deal.site.client()
    place = f"/contracts/{contract.id}/rating"
    assert place in buyer.get(f"/contracts/{contract.id}").text
    assert place in buyer.get("/my").text
    assert buyer.post(place, data={"quality": "5", "time": "9", "communication": ""}).status_code == 422
    sent = {"quality": "5", "time": "4", "communication": "3", "words": "很好", "key": "one"}
    assert buyer.post(place, data=sent).location == place
    assert buyer.post(place, data=sent).status_code == 302
    assert place not in buyer.get("/my").text
    assert "很好" not in seller.get(place).text
    assert guest.get(place).status_code == 302

    assert seller.post(place, data=sent | {"words": "按期付款", "key": "two"}).location == place
    assert "很好" in seller.get(place).text
    standing = f"/ratings/of/studio/{deal.studio.id}"
    assert standing in guest.get(f"/studios/{deal.studio.id}").text
    page = guest.get(standing)
    assert "很好" in page.text
    assert deal.firm.name not in page.text.split("<main")[1]
    rating = seen_by(deal, GUEST, contract)["buyer"]
    assert "很好" in guest.get(f"/ratings/{rating.id}").text
    assert seller.get(f"/ratings/{rating.id}").location == place
    assert seller.post(f"/ratings/{rating.id}/answer", data={"answer": ""}).status_code == 422
    assert seller.post(f"/ratings/{rating.id}/answer", data={"answer": "谢谢"}).location == place
    assert "谢谢" in guest.get(standing).text


def test_a_rating_that_is_shown_can_be_reported(deal: Deal, contract: Contract, make: Make) -> None:
    rates(deal, deal.buyer, contract)
    rates(deal, deal.seller, contract)
    rating = seen_by(deal, GUEST, contract)["buyer"]
    reader = deal.site.client(make.account())

    assert reader.get(f"/reviews/report?kind=rating&id={rating.id}").status_code == 200
    assert reader.post("/reviews/report", data={"kind": "rating", "id": rating.id, "text": "泄露了价格"}).status_code == 302
    desk = deal.site.client(deal.officer).get("/reviews?tab=reports").text
    assert "泄露了价格" in desk
    for page in (desk, reader.get(f"/reviews/report?kind=rating&id={rating.id}").text):
        assert contract.number not in page, "outside of the contract its number is nobody's to know"


@pytest.mark.race
def test_fifty_sends_are_one_rating_and_two_sides_at_once_are_both_shown(deal: Deal, contract: Contract) -> None:
    browsers = [deal.site.client(who) for who in (deal.buyer, deal.seller)]
    sent = {"quality": "5", "time": "4", "communication": "3"}

    def send(number: int) -> int:
        return browsers[number % 2].post(f"/contracts/{contract.id}/rating", data=sent | {"key": f"key-{number % 2}"}).status_code

    with ThreadPoolExecutor(8) as pool:
        assert set(pool.map(send, range(50))) <= {302, 409}
    both = seen_by(deal, GUEST, contract)
    assert set(both) == {"buyer", "seller"}
