"""What comes of an auction: reviewed before it is announced, a contract with the winner, or the next one, or nothing, with its reason."""

from datetime import timedelta

import pytest

from marketplace.domains.auctions.model import AuctionText, Outcome, Status
from marketplace.domains.auctions.repository import get_auction, list_auctions
from marketplace.domains.auctions.service import approve_auction, return_auction, revise_auction, submit_auction, withdraw_auction
from marketplace.domains.bids.model import BidderStatus
from marketplace.domains.bids.repository import list_bidders
from marketplace.domains.bids.service import decline_bidder, give_back_deposit
from marketplace.domains.contracts.model import Status as ContractStatus
from marketplace.domains.contracts.service import confirm_contract
from marketplace.kernel.actor import GUEST
from marketplace.kernel.errors import Forbidden, Invalid, NotFound, Refused
from marketplace.kernel.first_refusals import id_of
from marketplace.kernel.technology_contracts import ContractKind
from marketplace.kernel.workdays import local_day
from marketplace.processes.auctions.service import draft_auction
from marketplace.processes.awarding.service import conclude_auction, fail_auction, pass_on_auction
from marketplace.processes.bidding.service import call_off_auction
from marketplace.processes.contract_papers.repository import list_open_offers
from marketplace.processes.deals.service import waive_first_refusal
from tests.auctions.scenes import BEGINS, ENDS, TEXT, WAN, Sale, announce, put_up
from tests.deals.scenes import open_market
from tests.factories import Make
from tests.site import TestSite


@pytest.fixture
def sale(site: TestSite, make: Make) -> Sale:
    return put_up(site, make)


@pytest.fixture
def won(sale: Sale) -> Sale:
    """Two have bid, the end is written down."""
    one, other = sale.firm("先出企业"), sale.firm("后出企业")
    sale.begin()
    sale.bid(one, 12)
    sale.bid(other, 14)
    sale.close()
    return sale


def test_nobody_sees_it_before_an_officer_has_approved_it(site: TestSite, make: Make) -> None:
    sale = put_up(site, make, announced=False)
    for reader in (GUEST, make.enterprise_user(), sale.officer):
        with pytest.raises(NotFound):
            site.acting_as(reader).read(get_auction, sale.auction.id)
    sent = site.acting_as(sale.seller).change(submit_auction, sale.auction.id, sale.auction.version)
    with pytest.raises(NotFound):
        site.acting_as(make.officer()).change(approve_auction, sent.id, sent.version)
    with pytest.raises(Forbidden):
        site.acting_as(sale.seller).change(approve_auction, sent.id, sent.version)
    back = site.acting_as(sale.officer).change(return_auction, sent.id, sent.version, "写明付款期限")
    assert (back.status, back.reason) == (Status.RETURNED, "写明付款期限")
    again = site.acting_as(sale.seller).change(submit_auction, back.id, back.version)
    assert site.acting_as(sale.officer).change(approve_auction, again.id, again.version).status is Status.ANNOUNCED
    assert [one.id for one in site.acting_as(GUEST).read(list_auctions, 1, site.clock.now()).items] == [again.id]


def test_the_reserve_is_read_by_the_sellers_side_alone_and_survives_every_step(site: TestSite, make: Make) -> None:
    sale = put_up(site, make, reserve_fen=15 * WAN)
    for reader, seen in ((sale.seller, 15 * WAN), (sale.member, 15 * WAN), (sale.officer, None), (sale.host, None), (GUEST, None)):
        found = site.acting_as(reader).read(get_auction, sale.auction.id)
        assert (found.reserve_fen, found.has_reserve, found.is_reserve_reached) == (seen, True, False)


def test_a_member_writes_it_and_the_leader_binds(site: TestSite, make: Make) -> None:
    sale = put_up(site, make, announced=False)
    revised = site.acting_as(sale.member).change(
        revise_auction, sale.auction.id, sale.auction.version, AuctionText(**(TEXT | {"start_fen": 13 * WAN}))
    )
    assert revised.start_fen == 13 * WAN
    with pytest.raises(Forbidden):
        site.acting_as(sale.member).change(submit_auction, revised.id, revised.version)


def test_what_is_announced_is_not_rewritten(site: TestSite, sale: Sale) -> None:
    with pytest.raises(Forbidden):
        site.acting_as(sale.seller).change(revise_auction, sale.auction.id, sale.auction.version, AuctionText(**TEXT))


@pytest.mark.parametrize(
    ("otherwise", "field"),
    [({"reserve_fen": 11 * WAN}, "reserve_fen"), ({"ends_at": BEGINS}, "ends_at"), ({"deposit_until": None}, "deposit_until"),
     ({"deposit_until": ENDS + timedelta(hours=1)}, "deposit_until")],
)  # fmt: skip
def test_contradictions_are_told_at_their_field(site: TestSite, make: Make, otherwise: dict[str, object], field: str) -> None:
    with pytest.raises(Invalid) as told:
        put_up(site, make, **otherwise)
    assert list(told.value.fields) == [field]


def test_a_listing_has_one_open_auction(site: TestSite, sale: Sale) -> None:
    with pytest.raises(Refused):
        site.acting_as(sale.seller).change(draft_auction, sale.listing.id, AuctionText(**TEXT))


def test_of_somebody_elses_listing_nobody_makes_one(site: TestSite, make: Make) -> None:
    sale = put_up(site, make, announced=False)
    site.acting_as(sale.seller).change(withdraw_auction, sale.auction.id, sale.auction.version)
    with pytest.raises(Forbidden):
        site.acting_as(make.enterprise_user()).change(draft_auction, sale.listing.id, AuctionText(**TEXT))


def test_the_seller_learns_who_pays_and_only_after_the_end_under_which_number(site: TestSite, won: Sale) -> None:
    seen = site.acting_as(won.seller).read(list_bidders, won.auction.id)
    assert {one.party_name for one in seen} == {"先出企业", "后出企业"}
    assert all(one.is_over for one in seen)
    assert site.acting_as(GUEST).read(list_bidders, won.auction.id) == []


def test_the_winner_and_the_seller_sign(site: TestSite, won: Sale) -> None:
    done = site.acting_as(won.seller).change(conclude_auction, won.auction.id, won.now.version)
    contract = site.find("contract", done.contract_id)
    assert (contract.total_fen, contract.exclusive, contract.region, contract.other) == (14 * WAN, True, "华北", TEXT["terms"])
    assert (contract.buyer.name, contract.seller.name, contract.origin_kind, contract.listing_id) == (
        "后出企业", "何建国幕墙工作室", "auction", won.listing.id,
    )  # fmt: skip


def test_what_is_transferred_to_the_winner_is_offered_to_its_makers_first(site: TestSite, make: Make) -> None:
    """Civil Code, article 847: the auction is no way round it."""
    market = open_market(site, make)
    listing = market.listing(contract_kind=ContractKind.TRANSFER, sub_kind="know_how")
    auction = site.acting_as(market.seller).change(draft_auction, listing.id, AuctionText(**TEXT))
    auction = announce(site, auction, market.seller, market.officer)
    sale = Sale(site, make, market.officer, market.seller, market.colleague, market.seller, "", listing, auction)
    winner = sale.firm("后出企业")
    sale.begin()
    sale.bid(winner, 12)
    done = site.acting_as(sale.seller).change(conclude_auction, auction.id, sale.close().version)
    today = local_day(site.clock.now())
    assert site.system.read(list_open_offers, done.contract_id, today) == ["周立成", "韩雪梅"]
    site.acting_as(market.colleague).change(waive_first_refusal, id_of(done.contract_id, market.colleague.worker_id), 1)
    assert site.system.read(list_open_offers, done.contract_id, today) == ["周立成"]


def test_only_the_leader_confirms(site: TestSite, won: Sale) -> None:
    for other in (won.member, won.officer):
        with pytest.raises(Forbidden):
            site.acting_as(other).change(conclude_auction, won.auction.id, won.now.version)


def test_a_winner_who_does_not_sign_makes_room_for_the_next(site: TestSite, won: Sale) -> None:
    done = site.acting_as(won.seller).change(conclude_auction, won.auction.id, won.now.version)
    passed = site.acting_as(won.seller).change(pass_on_auction, done.id, done.version, "竞得人未按期签约")
    assert site.find("contract", done.contract_id).status is ContractStatus.CANCELLED
    assert (passed.status, passed.winner_fen, passed.reason) == (Status.ENDED, 12 * WAN, "竞得人未按期签约")
    again = site.acting_as(won.seller).change(conclude_auction, passed.id, passed.version)
    assert site.find("contract", again.contract_id).buyer.name == "先出企业"
    with pytest.raises(Refused):
        site.acting_as(won.seller).change(pass_on_auction, again.id, again.version, "也不签")
    failed = site.acting_as(won.seller).change(fail_auction, again.id, again.version, "两家都未签约")
    assert (failed.status, failed.outcome) == (Status.FAILED, Outcome.DECLARED)


def test_a_contract_in_force_is_not_passed_on(site: TestSite, won: Sale) -> None:
    done = site.acting_as(won.seller).change(conclude_auction, won.auction.id, won.now.version)
    contract = site.find("contract", done.contract_id)
    buyer = next(one for one in site.system.read(list_bidders, won.auction.id) if one.ordinal == done.winner)
    user = won.make.enterprise_user(site.find("enterprise", buyer.party_id))
    sold = site.acting_as(won.seller).change(confirm_contract, contract.id, contract.version)
    site.acting_as(user).change(confirm_contract, sold.id, sold.version)
    for verb in (pass_on_auction, fail_auction):
        with pytest.raises(Refused):
            site.acting_as(won.seller).change(verb, done.id, done.version, "反悔")


def test_deposits_go_back_after_the_end_and_the_winners_after_signing(site: TestSite, won: Sale) -> None:
    winner, loser = sorted(site.system.read(list_bidders, won.auction.id), key=lambda one: one.ordinal != won.now.winner)
    back = site.acting_as(won.seller).change(give_back_deposit, loser.id, loser.version)
    assert (back.status, back.returned_on) == (BidderStatus.RETURNED, site.clock.now().date())
    with pytest.raises(Refused):
        site.acting_as(won.seller).change(give_back_deposit, winner.id, winner.version)


def test_before_the_end_no_deposit_goes_back(site: TestSite, sale: Sale) -> None:
    one = sale.bidder_of(sale.firm())
    with pytest.raises(Refused):
        site.acting_as(sale.seller).change(give_back_deposit, one.id, one.version)


def test_who_is_not_admitted_reads_why(site: TestSite, sale: Sale) -> None:
    user = sale.firm(admitted=False)
    asked = sale.bidder_of(user)
    site.acting_as(sale.seller).change(decline_bidder, asked.id, asked.version, "保证金未到账")
    assert sale.bidder_of(user).reason == "保证金未到账"
    with pytest.raises(Forbidden):
        site.acting_as(user).change(decline_bidder, asked.id, asked.version, "不许")


def test_it_is_called_off_until_somebody_has_bid(site: TestSite, make: Make, sale: Sale) -> None:
    one = sale.firm()
    sale.begin()
    sale.bid(one, 12)
    with pytest.raises(Refused):
        site.acting_as(sale.seller).change(call_off_auction, sale.auction.id, sale.now.version, "不卖了")
    site.clock.set(BEGINS - timedelta(hours=4))
    other = put_up(site, make)
    other.firm()
    done = site.acting_as(other.seller).change(call_off_auction, other.auction.id, other.now.version, "另有安排")
    assert (done.status, done.outcome, done.is_over) == (Status.FAILED, Outcome.CALLED_OFF, True)


def test_those_concerned_are_told(site: TestSite, sale: Sale) -> None:
    one, other = sale.firm(), sale.firm()
    sale.begin()
    sale.bid(one, 12)
    sale.bid(other, 13)
    sale.close()
    site.drain()
    told = site.system.read(lambda tx: tx.all(NOTICES, lambda row: (str(row["account"]), str(row["verb"]))))
    assert {(one.account_id, "outbid"), (one.account_id, "lose"), (other.account_id, "win"), (sale.seller.account_id, "end")} <= set(told)


NOTICES = "MATCH (n:Notice) RETURN n.account_id AS account, n.verb AS verb"


def test_of_equal_maxima_the_earlier_leader_comes_before_whoever_had_bid_first_of_all(site: TestSite, sale: Sale) -> None:
    """A bids, B leads with a maximum, A offers the same maximum: B wins; if B does not sign, A is next."""
    a, b, third = sale.firm("甲企业"), sale.firm("乙企业"), sale.firm("丙企业")
    sale.begin()
    sale.bid(third, 12)
    sale.bid(a, 12.5)
    sale.bid(b, 13, 20)
    sale.bid(a, 14, 20)
    won = sale.close()
    assert (won.winner, won.winner_fen) == (sale.number_of(b), 20 * WAN)
    passed = site.acting_as(sale.seller).change(pass_on_auction, won.id, won.version, "放弃")
    assert (passed.winner, passed.winner_fen) == (sale.number_of(a), 20 * WAN)
