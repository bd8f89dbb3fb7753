"""What is done in the room, through its pages: apply, be admitted, bid, be told what is wrong where it is wrong, and find it after the end."""

import csv
import hashlib
import re
from datetime import timedelta
from io import StringIO

import pytest
from flask.testing import FlaskClient

from marketplace.domains.auctions.model import Outcome, Status
from marketplace.domains.auctions.service import submit_auction
from marketplace.domains.bids.model import BidderStatus
from marketplace.domains.bids.repository import list_bidders
from marketplace.domains.bids.service import admit_bidder, give_back_deposit
from marketplace.kernel.actor import GUEST, Actor
from marketplace.kernel.errors import Invalid, Refused
from marketplace.kernel.notices import list_notices
from marketplace.processes.awarding.service import conclude_auction, pass_on_auction
from tests.auctions.scenes import BEGINS, ENDS, WAN, Sale, on_offer, put_up
from tests.factories import Make
from tests.site import TestSite

FORM = {
    "start_fen": "120,000", "step_fen": "5000", "reserve_fen": "150000", "deposit_fen": "20000", "deposit_until": "2026-11-24T12:00",
    "begins_at": "2026-11-24T14:00", "ends_at": "2026-11-24T15:00", "late_minutes": "5", "extend_minutes": "5", "sign_workdays": "10",
    "return_workdays": "5", "terms": "华北独家许可 3 年",
}  # fmt: skip


@pytest.fixture
def sale(site: TestSite, make: Make) -> Sale:
    return put_up(site, make)


def bid(client: FlaskClient, sale: Sale, amount: str, **more: str) -> tuple[int, str]:
    answer = client.post(f"/auctions/{sale.auction.id}/bid", data={"way": "once", "amount_fen": amount, "knows": "y"} | more)
    return answer.status_code, answer.text


def test_a_seller_puts_up_their_listing_and_the_officer_announces_it(site: TestSite, make: Make) -> None:
    officer, seller, _member, _host, _host_id, listing = on_offer(site, make)
    client = site.client(seller)
    address = f"/auctions/new/{listing.id}"
    assert address in client.get(f"/listings/{listing.id}").text
    assert 'value="10"' in client.get(address).text
    made = client.post(address, data=FORM)
    place = made.headers["Location"]
    auction = site.find("auction", place.rsplit("/", 1)[1])
    assert (auction.start_fen, auction.reserve_fen, auction.begins_at, auction.exclusive) == (12 * WAN, 15 * WAN, BEGINS + timedelta(days=1), True)
    assert client.post(f"{place}/steps/submit", data={"version": auction.version}).status_code == 302
    sent = site.find("auction", auction.id)
    assert site.client(officer).post(f"{place}/steps/approve", data={"version": sent.version}).status_code == 302
    page = site.client(GUEST).get(place).text
    assert listing.title in page
    assert "150,000" not in page
    assert "150,000" in client.get(place).text
    assert place in site.client(GUEST).get(f"/listings/{listing.id}").text


@pytest.mark.parametrize(
    ("field", "typed"),
    [("start_fen", "-5"), ("start_fen", "9" * 30), ("step_fen", "abc"), ("reserve_fen", "100000"), ("begins_at", "morgen"),
     ("ends_at", "0001-01-01T00:00"), ("late_minutes", "0"), ("extend_minutes", "99999"), ("deposit_until", "2026-11-25T14:00")],
)  # fmt: skip
def test_what_is_wrong_is_said_at_its_field_and_nothing_typed_is_lost(site: TestSite, make: Make, field: str, typed: str) -> None:
    _officer, seller, _member, _host, _host_id, listing = on_offer(site, make)
    answer = site.client(seller).post(f"/auctions/new/{listing.id}", data=FORM | {field: typed})
    assert answer.status_code == 422
    assert f'id="{field}-error"' in answer.text
    assert "华北独家许可 3 年" in answer.text


def test_a_draft_is_edited_and_a_stale_one_shows_both_texts(site: TestSite, make: Make) -> None:
    sale = put_up(site, make, announced=False)
    address, client = f"/auctions/{sale.auction.id}/edit", site.client(sale.seller)
    assert "120,000" in client.get(address).text
    assert client.post(address, data=FORM | {"version": sale.auction.version, "start_fen": "130000"}).status_code == 302
    assert site.find("auction", sale.auction.id).start_fen == 13 * WAN
    late = client.post(address, data=FORM | {"version": sale.auction.version, "start_fen": "140000"})
    assert late.status_code == 409
    assert "130,000" in late.text or "13000000" in late.text


def test_a_bidder_applies_is_admitted_and_bids(site: TestSite, make: Make, sale: Sale) -> None:
    firm = make.enterprise("甲方企业")
    user = make.enterprise_user(firm)
    client, place = site.client(user), f"/auctions/{sale.auction.id}"
    assert f"{place}/apply" in client.get(place).text
    assert client.post(f"{place}/apply", data={"party": f"enterprise:{firm.id}"}).status_code == 422
    assert client.post(f"{place}/apply", data={"party": f"enterprise:{firm.id}", "knows": "y"}).status_code == 302
    bidder = sale.bidder_of(user)
    site.drain()
    for who, told in ((sale.seller, ["apply"]), (user, [])):
        assert [one.verb for one in site.system.read(list_notices, who.account_id) if one.kind == "bidder"] == told
    assert "甲方企业" in site.client(sale.seller).get(place).text
    assert site.client(sale.seller).post(f"/bidders/{bidder.id}/steps/admit", data={"version": bidder.version}).status_code == 302
    sale.begin()
    assert "bid-panel" in client.get(place).text
    assert bid(client, sale, "120,000")[0] == 302
    assert sale.now.highest_fen == 12 * WAN
    assert "甲方企业" not in site.client(GUEST).get(place).text


def test_before_the_end_the_seller_does_not_read_under_which_number_somebody_bids(site: TestSite, make: Make, sale: Sale) -> None:
    user = sale.firm("甲方企业")
    bidder, seller = sale.bidder_of(user), site.client(sale.seller)
    told = f"{bidder.ordinal:02d}"
    row = re.compile(rf"甲方企业.*?data-label=\"[^\"]+\">{told}</td>", re.DOTALL)
    assert not row.search(seller.get(f"/auctions/{sale.auction.id}").text)
    assert f" {told}</span>" not in seller.get(f"/bidders/{bidder.id}").text
    sale.begin()
    sale.bid(user, 12)
    sale.close()
    assert row.search(seller.get(f"/auctions/{sale.auction.id}").text)


def test_the_page_of_a_bidder_is_theirs_and_the_sellers(site: TestSite, make: Make, sale: Sale) -> None:
    user = sale.firm()
    address = f"/bidders/{sale.bidder_of(user).id}"
    for reader, status in ((user, 200), (sale.seller, 200), (sale.officer, 404), (make.enterprise_user(), 404)):
        assert site.client(reader).get(address).status_code == status
    assert site.client(user).post(f"{address}/steps/admit", data={"version": 2}).status_code == 403


@pytest.mark.parametrize(
    ("typed", "field"),
    [("119999", "amount_fen"), ("122,500.5", "amount_fen"), ("-120000", "amount_fen"), ("9" * 40, "amount_fen"), ("", "amount_fen"),
     ("NaN", "amount_fen"), ("1e30", "amount_fen")],
)  # fmt: skip
def test_a_bid_that_is_not_accepted_is_told_at_its_field_with_what_was_typed(site: TestSite, sale: Sale, typed: str, field: str) -> None:
    user = sale.firm()
    sale.begin()
    status, text = bid(site.client(user), sale, typed)
    assert status == 422
    assert f'id="{field}-error"' in text
    assert f'value="{typed}"' in text
    assert sale.now.bids == 0


def test_a_maximum_counts_only_where_it_was_chosen(site: TestSite, sale: Sale) -> None:
    one, other = sale.firm(), sale.firm()
    sale.begin()
    assert bid(site.client(one), sale, "120000", maximum_fen="200000")[0] == 302
    assert bid(site.client(other), sale, "125000")[0] == 302
    assert sale.now.leader == sale.number_of(other)
    status, text = bid(site.client(one), sale, "130000", way="proxy")
    assert (status, 'id="maximum_fen-error"' in text) == (422, True)
    assert bid(site.client(one), sale, "130000", way="proxy", maximum_fen="150000")[0] == 302
    assert "maximum_fen" not in site.client(GUEST).get(f"/auctions/{sale.auction.id}").text


def test_who_may_not_bid_is_turned_away(site: TestSite, make: Make, sale: Sale) -> None:
    waiting = sale.firm(admitted=False)
    sale.begin()
    assert bid(site.client(waiting), sale, "120000")[0] == 409
    assert bid(site.client(make.enterprise_user()), sale, "120000")[0] == 409
    assert bid(site.client(sale.seller), sale, "120000")[0] == 403
    assert bid(site.client(sale.officer), sale, "120000")[0] == 403
    assert bid(site.client(GUEST), sale, "120000")[0] == 302
    assert sale.now.bids == 0


def test_an_offerer_does_not_apply_for_their_own(site: TestSite, sale: Sale) -> None:
    """The studio is part of the host: one legal person."""
    answer = site.client(sale.host).post(f"/auctions/{sale.auction.id}/apply", data={"party": f"enterprise:{sale.host_id}", "knows": "y"})
    assert answer.status_code == 409


def test_a_second_user_of_one_enterprise_bids_under_its_number(site: TestSite, make: Make, sale: Sale) -> None:
    firm = make.enterprise()
    first, second = make.enterprise_user(firm), make.enterprise_user(firm)
    place = f"/auctions/{sale.auction.id}"
    assert site.client(first).post(f"{place}/apply", data={"party": f"enterprise:{firm.id}", "knows": "y"}).status_code == 302
    assert site.client(second).post(f"{place}/apply", data={"party": f"enterprise:{firm.id}", "knows": "y"}).status_code == 409
    bidder = sale.bidder_of(second)
    site.acting_as(sale.seller).change(admit_bidder, bidder.id, bidder.version)
    sale.begin()
    assert bid(site.client(first), sale, "120000")[0] == 302
    assert bid(site.client(second), sale, "125000")[0] == 302
    assert sale.now.leader == bidder.ordinal


def test_after_the_end_nothing_counts(site: TestSite, sale: Sale) -> None:
    one, other = sale.firm(), sale.firm()
    sale.begin()
    bid(site.client(one), sale, "120000")
    site.clock.set(ENDS)
    assert bid(site.client(other), sale, "125000")[0] == 302
    assert (sale.now.status, sale.now.bids, sale.now.winner) == (Status.ENDED, 1, sale.number_of(one))
    assert bid(site.client(other), sale, "130000")[0] == 409
    assert "bid-panel" not in site.client(other).get(f"/auctions/{sale.auction.id}").text


def test_fifty_duplicates_of_a_press_are_one_bid(site: TestSite, sale: Sale) -> None:
    user = sale.firm()
    sale.begin()
    client = site.client(user)
    answers = [bid(client, sale, "120000", way="proxy", maximum_fen="200000", key="wq-one-press")[0] for _ in range(50)]
    assert set(answers) == {302}
    assert (sale.now.bids, sale.now.highest_fen) == (1, 12 * WAN)


def test_what_moves_comes_alone_and_stops_when_nothing_moves(site: TestSite, sale: Sale) -> None:
    """So that a look at the server never touches the form."""
    user = sale.firm()
    place = f"/auctions/{sale.auction.id}/live"
    sale.begin()
    client = site.client(user)
    first = client.get(place).text
    assert "<form" not in first
    assert "every 5s" in first
    assert 'hx-swap-oob="innerHTML"' in first
    site.clock.set(ENDS - timedelta(minutes=4))
    assert "every 2s" in client.get(place).text
    sale.bid(user, 12)
    sale.close()
    assert "hx-get" not in client.get(place).text


def test_the_table_is_reckoned_as_the_page_describes_it(site: TestSite, sale: Sale) -> None:
    one, other = sale.firm(), sale.firm()
    site.clock.set(ENDS - timedelta(minutes=3))
    sale.bid(one, 12, most=14)
    sale.bid(other, 13)
    rows = list(csv.DictReader(StringIO(site.client(GUEST).get(f"/auctions/{sale.auction.id}/record.csv").text.removeprefix("\ufeff"))))
    previous = "0" * 64
    for row in rows:
        parts = (sale.auction.number, row["sequence"], row["bidder"], row["amount_fen"], row["at"], row["way"], row["extends_to"] or "-", previous)
        assert hashlib.sha256("|".join(parts).encode()).hexdigest() == row["digest"]
        previous = row["digest"]
    assert previous == sale.now.head
    assert len(rows) == 3


def test_the_seller_confirms_and_the_losers_deposits_are_owed(site: TestSite, sale: Sale) -> None:
    one, other = sale.firm("先出企业"), sale.firm("后出企业")
    sale.begin()
    sale.bid(one, 12)
    sale.bid(other, 13)
    sale.close()
    place, client = f"/auctions/{sale.auction.id}", site.client(sale.seller)
    assert client.post(f"{place}/steps/conclude", data={"version": sale.now.version}).status_code == 302
    contract = sale.now.contract_id
    assert contract in client.get(place).text
    assert contract in site.client(other).get(place).text
    assert contract not in site.client(one).get(place).text
    loser, winner = sale.bidder_of(one), sale.bidder_of(other)
    assert client.post(f"/bidders/{winner.id}/steps/give_back", data={"version": winner.version}).status_code == 409
    assert client.post(f"/bidders/{loser.id}/steps/give_back", data={"version": loser.version}).status_code == 302
    assert sale.bidder_of(one).status is BidderStatus.RETURNED


def test_a_reason_is_asked_for_before_it_is_passed_on_or_fails(site: TestSite, sale: Sale) -> None:
    one, other = sale.firm(), sale.firm()
    sale.begin()
    sale.bid(one, 12)
    sale.bid(other, 13)
    sale.close()
    place, client = f"/auctions/{sale.auction.id}", site.client(sale.seller)
    assert client.post(f"{place}/steps/pass_on", data={"version": sale.now.version}).status_code == 422
    assert client.post(f"{place}/steps/pass_on", data={"version": sale.now.version, "reason": "竞得人放弃"}).status_code == 302
    assert sale.now.winner == sale.number_of(one)
    assert client.post(f"{place}/steps/fail", data={"version": sale.now.version, "reason": "都不签"}).status_code == 302
    assert (sale.now.status, sale.now.outcome) == (Status.FAILED, Outcome.DECLARED)
    assert "都不签" in site.client(GUEST).get(place).text


def test_whose_deposit_has_gone_back_is_still_told_that_it_is_their_turn(site: TestSite, sale: Sale) -> None:
    one, other = sale.firm(), sale.firm()
    sale.begin()
    sale.bid(one, 12)
    sale.bid(other, 13)
    sale.close()
    loser = sale.bidder_of(one)
    site.acting_as(sale.seller).change(give_back_deposit, loser.id, loser.version)
    done = site.acting_as(sale.seller).change(conclude_auction, sale.auction.id, sale.now.version)
    passed = site.acting_as(sale.seller).change(pass_on_auction, done.id, done.version, "竞得人未签约")
    assert passed.winner == loser.ordinal
    site.drain()
    told = site.system.read(lambda tx: tx.all(TOLD, lambda row: str(row["verb"]), account=one.account_id))
    assert "win_late" in told


TOLD = "MATCH (n:Notice {account_id: $account}) RETURN n.verb AS verb"


def test_deposits_that_nobody_could_pay_in_time_are_not_announced(site: TestSite, make: Make) -> None:
    sale = put_up(site, make, announced=False)
    site.clock.set(BEGINS + timedelta(minutes=1))
    with pytest.raises(Invalid) as told:
        site.acting_as(sale.seller).change(submit_auction, sale.auction.id, sale.auction.version)
    assert list(told.value.fields) == ["deposit_until"]


def test_without_a_deposit_none_goes_back(site: TestSite, make: Make) -> None:
    sale = put_up(site, make, deposit_fen=0, deposit_until=None)
    user = sale.firm(admitted=False)
    sale.begin()
    sale.bid(user, 12)
    sale.close()
    bidder = sale.bidder_of(user)
    with pytest.raises(Refused):
        site.acting_as(sale.seller).change(give_back_deposit, bidder.id, bidder.version)


def test_the_reason_of_a_review_is_not_shown_to_everybody(site: TestSite, make: Make) -> None:
    sale = put_up(site, make, announced=False)
    sent = site.acting_as(sale.seller).change(submit_auction, sale.auction.id, sale.auction.version)
    place = f"/auctions/{sale.auction.id}"
    site.client(sale.officer).post(f"{place}/steps/return", data={"version": sent.version, "reason": "wqreason"})
    again = site.acting_as(sale.seller).change(submit_auction, sale.auction.id, site.find("auction", sent.id).version)
    site.client(sale.officer).post(f"{place}/steps/approve", data={"version": again.version})
    assert sale.close().outcome is Outcome.NO_BID
    assert "wqreason" not in site.client(GUEST).get(place).text


def test_what_waits_stands_under_my_work(site: TestSite, sale: Sale) -> None:
    asking, one, other = sale.firm("等候企业", admitted=False), sale.firm(), sale.firm()
    place = f"/auctions/{sale.auction.id}"

    def lines(actor: Actor) -> str:
        return site.client(actor).get("/my").text

    assert f"/bidders/{sale.bidder_of(asking).id}" in lines(sale.seller)
    sale.begin()
    sale.bid(one, 12)
    sale.bid(other, 13)
    assert place in lines(one)
    sale.close()
    assert place in lines(sale.seller)
    assert place not in re.sub(r"(?s)class=\"list news\".*", "", lines(sale.member))
    site.acting_as(sale.seller).change(conclude_auction, sale.auction.id, sale.now.version)
    loser = next(one for one in site.system.read(list_bidders, sale.auction.id) if one.owes_deposit)
    assert f"/bidders/{loser.id}" in lines(sale.seller)
