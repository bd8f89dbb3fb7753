"""What somebody sees who comes into the room of an auction: one read for all of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from graph.connection import Transaction
from graph.records import reader
from marketplace.domains.auctions.model import Auction, Phase
from marketplace.domains.auctions.repository import get_auction
from marketplace.domains.bids.model import Bid, Bidder, own_of
from marketplace.domains.bids.repository import count_bidders, list_bidders, list_bids
from marketplace.domains.bids.scoring import Lead, first_fault, least_fen
from marketplace.domains.contracts.model import Status as ContractStatus
from marketplace.kernel.actor import Actor, Party
from marketplace.kernel.permission import Permission
from marketplace.kernel.workdays import SHANGHAI
from marketplace.pages.auctions.chart import Chart, chart_of
from marketplace.processes.bidding.service import rules_of

SHOWN = 20
"""Lines of the record before somebody asks for all."""
PACE, LATE_PACE = 5, 2
"""Seconds between two looks of a bidder's page; towards the end more often."""
ONLOOKERS_PACE = 15


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the record as this reader sees it. `moved_from`: the end before, where this bid moved it for the `times`th time."""

    bid: Bid
    clock: str
    is_own: bool = False
    leads: bool = False
    moved_from: datetime | None = None
    times: int = 0


@dataclass(frozen=True, slots=True)
class Outcome:
    """The contract that came of it, for its two parties."""

    id: str
    number: str
    status: str

    @property
    def is_binding(self) -> bool:
        return self.status in (ContractStatus.IN_FORCE, ContractStatus.FULFILLED)


@dataclass(frozen=True, slots=True)
class Room:
    """`own` is the reader's number, `applicants` are for the seller alone, `parties` those for whom the reader may still apply."""

    auction: Auction
    now: datetime
    phase: Phase
    lines: tuple[Line, ...]
    count: int
    fault: int | None
    bidders: int
    chart: Chart | None
    least_fen: int
    own: Bidder | None
    has_bid: bool
    applicants: tuple[Bidder, ...]
    parties: tuple[Party, ...]
    contract: Outcome | None

    @property
    def leads(self) -> bool:
        return self.own is not None and self.own.ordinal == self.auction.leader

    @property
    def may_bid(self) -> bool:
        return self.own is not None and self.own.is_admitted and self.phase is Phase.RUNNING

    @property
    def seconds_left(self) -> int:
        """To the end, or to the beginning of what has not begun."""
        until = self.auction.begins_at if self.phase is Phase.AHEAD else self.auction.closes_at
        return max(0, int((until - self.now).total_seconds())) if until and not self.auction.is_over else 0

    @property
    def pace(self) -> int:
        """Seconds until the page looks again; none when nothing moves any more."""
        if self.phase not in (Phase.AHEAD, Phase.RUNNING, Phase.CLOSING):
            return 0
        if self.own is None and not self.applicants:
            return ONLOOKERS_PACE
        return LATE_PACE if self.auction.is_late(self.now) else PACE


CONTRACT = """
MATCH (a:Auction {id: $id})<-[:CAME_FROM]-(c:Contract) WHERE c.id = a.contract_id AND any(token IN c.audience WHERE token IN $reader)
RETURN c.id AS id, c.number AS number, c.status AS status
"""


def find_contract(tx: Transaction, id: str) -> Outcome | None:
    """Only its parties find it."""
    return tx.find(CONTRACT, reader(Outcome), id=id)


def look_in(tx: Transaction, id: str, actor: Actor, now: datetime, *, whole: bool = False) -> Room:
    """Raises NotFound. `whole`: every line of the record."""
    auction, bidders = get_auction(tx, id), list_bidders(tx, id)
    bids = list_bids(tx, id, auction.bids)
    parties = actor.parties_of("enterprise", "association")
    mine = {party.id for party in parties}
    own = own_of(bidders, mine)
    phase = auction.phase(now)
    lines = lines_of(auction, bids, own.ordinal if own else 0)
    return Room(
        auction=auction, now=now, phase=phase, lines=lines if whole else lines[:SHOWN], count=len(bids),
        fault=first_fault(bids, auction.number, auction.bids, auction.head), bidders=count_bidders(tx, id), chart=chart_of(auction, bids, now),
        least_fen=least_fen(rules_of(auction), Lead(auction.leader, auction.highest_fen or 0)), own=own,
        has_bid=any(line.is_own for line in lines),
        applicants=tuple(bidders) if actor.can(Permission.AUCTION_RESERVE, auction) else (),
        parties=parties if own is None and takes_applications(auction, phase, now) and actor.can(Permission.AUCTION_BID, auction) else (),
        contract=find_contract(tx, id) if auction.contract_id else None,
    )  # fmt: skip


def takes_applications(auction: Auction, phase: Phase, now: datetime) -> bool:
    """As the service asks."""
    in_time = not (auction.deposit_fen and auction.deposit_until and now > auction.deposit_until)
    return phase in (Phase.AHEAD, Phase.RUNNING) and in_time


def lines_of(auction: Auction, bids: Sequence[Bid], own: int) -> tuple[Line, ...]:
    """The last one first."""
    ends, times, lines = auction.ends_at, 0, list[Line]()
    for bid in bids:
        moved = bid.extends_to is not None
        times += moved
        lines.append(Line(bid, clock_of(bid.at), bid.ordinal == own, bid is bids[-1], ends if moved else None, times))
        ends = bid.extends_to or ends
    return tuple(reversed(lines))


def clock_of(at: datetime) -> str:
    """To the millisecond, as the record keeps it, by the clock in Beijing."""
    return at.astimezone(SHANGHAI).strftime("%m-%d %H:%M:%S.") + f"{at.microsecond // 1000:03d}"
