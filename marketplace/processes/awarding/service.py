"""The seller confirms the result, passes on to the next bidder, or declares that it failed. Each call is one transaction, under the guard."""

from marketplace.domains.auctions.model import Auction, Outcome
from marketplace.domains.auctions.repository import get_auction, take_turn
from marketplace.domains.auctions.service import keep, step
from marketplace.domains.bids.repository import list_best, list_bidders
from marketplace.domains.bids.service import tell_bidder
from marketplace.domains.contracts.model import Contract, ContractText, Origin
from marketplace.domains.contracts.model import Status as ContractStatus
from marketplace.domains.contracts.repository import find_live_contract, get_contract, get_side
from marketplace.domains.contracts.service import cancel_contract, draft_contract
from marketplace.domains.listings.repository import get_listing
from marketplace.kernel.errors import Refused
from marketplace.kernel.first_refusals import WORKDAYS as FIRST_REFUSAL_WORKDAYS
from marketplace.kernel.guards import hold, listing_guard
from marketplace.kernel.labels import label
from marketplace.kernel.technology_contracts import PriceMode
from marketplace.kernel.unit_of_work import UnitOfWork
from marketplace.kernel.workdays import local_day, workdays_after


def conclude_auction(uow: UnitOfWork, id: str, version: int, refusal_workdays: int = FIRST_REFUSAL_WORKDAYS) -> Auction:
    """The contract with the winner is drafted, at the winning price and on the terms that were announced; both then confirm it.

    Raises Refused where an exclusive listing has a live contract."""
    take_turn(uow.tx, id)
    change = step(uow, id, version, "conclude")
    auction = change.after
    hold(uow.tx, listing_guard(auction.listing_id))
    number = find_live_contract(uow.tx, auction.listing_id)
    if number and auction.exclusive:
        raise Refused(label("The listing is exclusive, and %(number)s is live."), number=number)
    contract = _drafted(uow.seeing_all(), auction, refusal_workdays)
    change = step(uow, id, version, "conclude", contract_id=contract.id)
    return keep(uow, change)


def _drafted(uow: UnitOfWork, auction: Auction, refusal_workdays: int) -> Contract:
    winner = next(one for one in list_bidders(uow.tx, auction.id) if one.ordinal == auction.winner)
    listing = get_listing(uow.tx, auction.listing_id)
    text = ContractText(
        title=auction.title, contract_kind=auction.contract_kind, sub_kind=auction.sub_kind, price_mode=PriceMode.FIXED,
        total_fen=auction.winner_fen, technology_fen=auction.winner_fen, region=auction.region, exclusive=auction.exclusive,
        scope=listing.summary or listing.benefit, other=auction.terms,
    )  # fmt: skip
    seller = get_side(uow.tx, auction.seller.kind, auction.seller.id)
    buyer = get_side(uow.tx, winner.party_kind, winner.party_id)
    about = Origin(kind="auction", id=auction.id, listing_id=listing.id, achievement_id=listing.achievement_id)
    return draft_contract(uow, text, seller, buyer, about, refusal_workdays)


def pass_on_auction(uow: UnitOfWork, id: str, version: int, reason: str) -> Auction:
    """The winner does not sign: whoever bid most after them is next, at their own highest bid. Raises Refused where nobody is left, or where
    the contract is in force."""
    take_turn(uow.tx, id)
    before = get_auction(uow.tx, id)
    best = list_best(uow.tx, id)
    place = [ordinal for ordinal, _fen in best].index(before.winner) if before.winner else len(best)
    change = step(uow, id, version, "pass_on", reason)
    if place + 1 >= len(best):
        raise Refused(label("Nobody else has bid. Declare it failed."))
    _drop_contract(uow, before, reason)
    ordinal, fen = best[place + 1]
    _require_reserve(before, fen)
    days = workdays_after(local_day(uow.now), before.sign_workdays)
    change = step(uow, id, version, "pass_on", reason, winner=ordinal, winner_fen=fen, sign_by=days, contract_id="")
    keep(uow, change)
    _tell_next(uow.seeing_all(), id, ordinal)
    return change.after


def _require_reserve(auction: Auction, fen: int) -> None:
    if auction.reserve_fen is not None and fen < auction.reserve_fen:
        raise Refused(label("The next bid lies below your reserve. Declare it failed."))


def _drop_contract(uow: UnitOfWork, auction: Auction, reason: str) -> None:
    """What the winner has not signed. Raises Refused for a contract that both have confirmed."""
    if not auction.contract_id:
        return
    contract = get_contract(uow.tx, auction.contract_id)
    if contract.status is ContractStatus.CANCELLED:
        return
    if contract.status is not ContractStatus.DRAFTED:
        raise Refused(label("The contract is in force; it ends by its own rules."))
    cancel_contract(uow, contract.id, contract.version, reason)


def _tell_next(uow: UnitOfWork, id: str, ordinal: int) -> None:
    """Their deposit may have gone back by then."""
    for bidder in list_bidders(uow.tx, id):
        if bidder.ordinal == ordinal:
            tell_bidder(uow, bidder, "win" if bidder.is_admitted else "win_late")


def fail_auction(uow: UnitOfWork, id: str, version: int, reason: str) -> Auction:
    """Nobody signs; the listing is free again."""
    take_turn(uow.tx, id)
    change = step(uow, id, version, "fail", reason, outcome=Outcome.DECLARED)
    _drop_contract(uow, change.after, reason)
    return keep(uow, change)
