"""How the price went, as points of a drawing; its twin for whoever does not see it is the record of bids below."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise

from marketplace.domains.auctions.model import Auction
from marketplace.domains.bids.model import Bid
from marketplace.kernel.workdays import SHANGHAI

WIDE, HIGH = 640, 180
LEFT, RIGHT, TOP, BOTTOM = 64, 8, 12, 28
MOST_LINES = 5
DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Tick:
    at: float
    fen: int = 0
    words: str = ""


@dataclass(frozen=True, slots=True)
class Zone:
    """Time that late bids have added."""

    x: float
    width: float


@dataclass(frozen=True, slots=True)
class Chart:
    """`path` is an SVG path of steps; `now` stands where the clock does, or at the end."""

    path: str
    prices: tuple[Tick, ...]
    times: tuple[Tick, ...]
    zones: tuple[Zone, ...]
    now: float
    last: tuple[float, float]
    wide: int = WIDE
    high: int = HIGH
    left: int = LEFT
    right: int = WIDE - RIGHT
    floor: int = HIGH - BOTTOM
    top: int = TOP


def chart_of(auction: Auction, bids: Sequence[Bid], now: datetime) -> Chart | None:
    """`bids` as they were made. None before the first one: there is nothing to draw."""
    begins, ends = auction.begins_at, auction.closed_at or auction.closes_at
    if not bids or begins is None or ends is None or ends <= begins:
        return None
    begins = min(begins, bids[0].at)
    most = bids[-1].amount_fen
    seen = min(max(now, bids[-1].at), ends)

    def across(moment: datetime) -> float:
        return round(LEFT + (WIDE - LEFT - RIGHT) * ((moment - begins) / (ends - begins)), 1)

    def up(fen: int) -> float:
        reach = max(most - auction.start_fen, auction.step_fen, 1)
        return round(HIGH - BOTTOM - (HIGH - TOP - BOTTOM) * (fen - auction.start_fen) / reach, 1)

    steps = "".join(f" H{across(bid.at)} V{up(bid.amount_fen)}" for bid in bids[1:])
    path = f"M{across(bids[0].at)} {up(bids[0].amount_fen)}{steps} H{across(seen)}"
    zones = tuple(Zone(across(one), round(across(other) - across(one), 1)) for one, other in _moved(auction, bids))
    prices = tuple(Tick(up(fen), fen) for fen in _prices(auction.start_fen, most, auction.step_fen))
    return Chart(path, prices, _times(begins, ends, across), zones, across(seen), (across(seen), up(most)))


def _moved(auction: Auction, bids: Sequence[Bid]) -> list[tuple[datetime, datetime]]:
    moments = [auction.ends_at, *(bid.extends_to for bid in bids)]
    known = [one for one in moments if one is not None]
    return list(pairwise(known))


def _prices(start: int, most: int, step: int) -> list[int]:
    """At most five, in whole steps of the auction."""
    count = (most - start) // max(step, 1)
    every = max(1, -(-count // (MOST_LINES - 1)))
    return [start + place * step for place in range(0, count + 1, every)] or [start]


def _times(begins: datetime, ends: datetime, across: Callable[[datetime], float]) -> tuple[Tick, ...]:
    long = ends - begins > DAY
    moments = [begins + (ends - begins) * part / 4 for part in range(5)]
    return tuple(Tick(across(one), words=one.astimezone(SHANGHAI).strftime("%m-%d" if long else "%H:%M")) for one in moments)
