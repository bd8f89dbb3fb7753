"""Bids count in the order in which they take the guard, by the site's own time, and never after the end."""

from dataclasses import replace
from datetime import timedelta

import pytest

from marketplace.domains.auctions.model import Outcome, Phase, Status
from marketplace.domains.bids.model import Bidder, BidderStatus, own_of
from marketplace.domains.bids.repository import list_bids
from marketplace.domains.bids.scoring import first_fault
from marketplace.kernel.errors import Forbidden, Invalid, NotFound, Refused
from marketplace.processes.auctions.service import apply_to_bid
from marketplace.processes.bidding.service import close_auction, close_due
from tests.auctions.scenes import BEGINS, ENDS, WAN, Sale, put_up
from tests.factories import Make
from tests.site import TestSite


@pytest.fixture
def sale(site: TestSite, make: Make) -> Sale:
    return put_up(site, make)


def test_the_higher_bid_leads_and_the_end_is_written_down(sale: Sale) -> None:
    one, other = sale.firm(), sale.firm()
    sale.begin()
    assert sale.bid(one, 12).leads
    assert sale.bid(other, 12.5).leads

    ended = sale.close()

    assert (ended.status, ended.winner, ended.winner_fen) == (Status.ENDED, sale.number_of(other), 12_500_000)
    assert ended.return_by is not None
    assert ended.closed_at == ENDS


@pytest.mark.parametrize(
    ("wan", "field"), [(11.5, "amount_fen"), (0, "amount_fen"), (-12, "amount_fen"), (12.3, "amount_fen"), (10**10, "amount_fen")]
)
def test_what_is_below_off_the_grid_or_beyond_all_price_is_told_at_its_field(sale: Sale, wan: float, field: str) -> None:
    one = sale.firm()
    sale.begin()
    with pytest.raises(Invalid) as told:
        sale.bid(one, wan)
    assert list(told.value.fields) == [field]
    assert sale.now.bids == 0


def test_below_the_step_is_refused_with_what_would_do(sale: Sale) -> None:
    one, other = sale.firm(), sale.firm()
    sale.begin()
    sale.bid(one, 12)
    with pytest.raises(Invalid) as told:
        sale.bid(other, 12)
    assert told.value.values == {"least": "¥125,000"}


def test_only_who_is_admitted_bids(site: TestSite, make: Make, sale: Sale) -> None:
    waiting, stranger = sale.firm(admitted=False), make.enterprise_user()
    sale.begin()
    for nobody_yet in (waiting, stranger):
        with pytest.raises(Refused):
            sale.bid(nobody_yet, 12)
    for never in (sale.seller, sale.member, sale.officer, make.account()):
        with pytest.raises(Forbidden):
            sale.bid(never, 12)


def test_nobody_gets_a_number_for_their_own_listing(site: TestSite, sale: Sale) -> None:
    """The studio is part of its enterprise: the contract would be between one legal person and itself."""
    with pytest.raises(Refused):
        site.acting_as(sale.host).change(apply_to_bid, sale.auction.id, "enterprise", sale.host_id)


def test_two_users_of_one_enterprise_are_one_bidder(site: TestSite, make: Make, sale: Sale) -> None:
    firm = make.enterprise()
    first, second = make.enterprise_user(firm), make.enterprise_user(firm)
    site.acting_as(first).change(apply_to_bid, sale.auction.id, "enterprise", firm.id)
    with pytest.raises(Refused):
        site.acting_as(second).change(apply_to_bid, sale.auction.id, "enterprise", firm.id)
    assert sale.number_of(first) == sale.number_of(second)


def test_nobody_applies_for_whom_they_do_not_act(site: TestSite, make: Make, sale: Sale) -> None:
    other = make.enterprise()
    with pytest.raises(NotFound):
        site.acting_as(make.enterprise_user()).change(apply_to_bid, sale.auction.id, "enterprise", other.id)


def test_before_the_beginning_and_after_the_deposits_moment_nothing_is_taken(site: TestSite, make: Make, sale: Sale) -> None:
    one = sale.firm()
    with pytest.raises(Refused):
        sale.bid(one, 12)
    sale.begin()
    site.clock.forward(seconds=1)
    with pytest.raises(Refused):
        sale.firm()


def test_a_late_bid_moves_the_end_again_and_again(site: TestSite, sale: Sale) -> None:
    one, other = sale.firm(), sale.firm()
    for times in range(1, 5):
        site.clock.set((sale.now.closes_at or ENDS) - timedelta(minutes=2))
        assert sale.bid((one, other)[times % 2], 12 + times).bids[-1].extends_to == ENDS + timedelta(minutes=5 * times)
    assert (sale.now.closes_at, sale.now.extensions) == (ENDS + timedelta(minutes=20), 4)


def test_a_bid_at_the_very_end_does_not_count_and_writes_the_end_down(site: TestSite, sale: Sale) -> None:
    one, other = sale.firm(), sale.firm()
    sale.begin()
    sale.bid(one, 12)
    site.clock.set(ENDS)

    answer = sale.bid(other, 13)

    assert (answer.is_late, answer.leads) == (True, False)
    assert (sale.now.status, sale.now.bids, sale.now.winner) == (Status.ENDED, 1, sale.number_of(one))


@pytest.mark.parametrize("hours", [-24, 24])
def test_no_clock_reopens_what_has_ended(site: TestSite, sale: Sale, hours: int) -> None:
    one, other = sale.firm(), sale.firm()
    sale.begin()
    sale.bid(one, 12)
    ended = sale.close()

    site.clock.forward(hours=hours)

    with pytest.raises(Refused):
        sale.bid(other, 13)
    assert site.system.change(close_auction, sale.auction.id, site.clock) == ended
    assert sale.now.phase(site.clock.now()) is Phase.OVER


def test_a_clock_that_falls_behind_dates_no_bid_before_the_one_before_it(site: TestSite, sale: Sale) -> None:
    one, other = sale.firm(), sale.firm()
    site.clock.set(ENDS - timedelta(minutes=20))
    first = sale.bid(one, 12).bids[0]
    site.clock.set(BEGINS - timedelta(days=1))
    assert sale.bid(other, 13).bids[0].at == first.at


def test_without_a_bid_or_below_the_reserve_it_fails_and_says_why(site: TestSite, make: Make) -> None:
    silent = put_up(site, make)
    assert (silent.close().status, silent.now.outcome) == (Status.FAILED, Outcome.NO_BID)
    site.clock.set(BEGINS - timedelta(hours=4))
    high = put_up(site, make, reserve_fen=20 * WAN)
    one = high.firm()
    high.begin()
    high.bid(one, 12)
    assert not high.now.is_reserve_reached
    assert (high.close().status, high.now.outcome, high.now.winner) == (Status.FAILED, Outcome.BELOW_RESERVE, 0)


def test_the_site_writes_down_what_nobody_looks_at(site: TestSite, sale: Sale) -> None:
    one = sale.firm()
    sale.begin()
    sale.bid(one, 12)
    assert site.system.change(close_due, site.clock) == 0
    site.clock.set(ENDS)
    assert site.system.change(close_due, site.clock) == 1
    assert site.system.change(close_due, site.clock) == 0
    assert sale.now.status is Status.ENDED


def test_a_secret_maximum_bids_just_enough_and_nobody_reads_it(site: TestSite, sale: Sale) -> None:
    patient, keen = sale.firm(), sale.firm()
    sale.begin()
    sale.bid(patient, 12, most=15)
    answer = sale.bid(keen, 13)
    assert (answer.leads, answer.auction.highest_fen, answer.auction.leader) == (False, 13_500_000, sale.number_of(patient))
    assert [bid.amount_fen for bid in answer.bids] == [13_000_000, 13_500_000]
    for reader in (sale.seller, keen, sale.officer):
        assert "15000000" not in repr(site.acting_as(reader).read(site.site.rooms["auction"].get, sale.auction.id))


def test_the_record_verifies_from_first_to_last(sale: Sale) -> None:
    one, other = sale.firm(), sale.firm()
    sale.begin()
    for times in range(10):
        sale.bid((one, other)[times % 2], 12 + 3 * times, most=13 + 3 * times)
    bids, now = sale.site.system.read(list_bids, sale.auction.id, sale.now.bids), sale.now
    assert len(bids) >= 10
    assert first_fault(bids, now.number, now.bids, now.head) is None


def test_of_several_that_one_acts_for_the_admitted_one_bids() -> None:
    """Though the other one applied first."""
    waiting = Bidder(id="1", ordinal=1, legal_id="x", party_id="one", created_at=BEGINS, updated_at=BEGINS)
    admitted = replace(waiting, id="2", ordinal=2, party_id="two", status=BidderStatus.ADMITTED)
    assert own_of([waiting, admitted], {"one", "two"}) == admitted
    assert own_of([waiting, admitted], {"one"}) == waiting
    assert own_of([waiting, admitted], {"three"}) is None
