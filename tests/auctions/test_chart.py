"""The drawing of the price stays inside its frame and never falls, whatever was bid when."""

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from marketplace.domains.auctions.model import Auction
from marketplace.domains.bids.model import Bid, Way
from marketplace.pages.auctions.chart import HIGH, LEFT, MOST_LINES, WIDE, chart_of

BEGINS = datetime(2026, 11, 23, 6, tzinfo=UTC)
ENDS = BEGINS + timedelta(hours=1)
AUCTION = Auction(
    id="a", number="JP-2026-000001", title="幕墙查漏", created_at=BEGINS, updated_at=BEGINS, start_fen=1_200, step_fen=50, begins_at=BEGINS,
    ends_at=ENDS, closes_at=ENDS,
)  # fmt: skip


def bids_of(raises: list[tuple[int, int]]) -> list[Bid]:
    """Seconds and steps since the one before."""
    bids, at, fen = list[Bid](), BEGINS, AUCTION.start_fen
    for seconds, steps in raises:
        at, fen = min(at + timedelta(seconds=seconds), ENDS), fen + steps * AUCTION.step_fen
        bids.append(Bid(id=str(len(bids)), sequence=len(bids) + 1, ordinal=1, amount_fen=fen, at=at, way=Way.MANUAL, previous="", digest=""))
    return bids


@settings(max_examples=200, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 900), st.integers(0, 400)), min_size=1, max_size=40), st.integers(0, 5_000))
def test_it_stays_in_its_frame_and_never_falls(raises: list[tuple[int, int]], seconds: int) -> None:
    chart = chart_of(AUCTION, bids_of(raises), BEGINS + timedelta(seconds=seconds))
    assert chart is not None
    across = [float(one) for one in re.findall(r"[MH](-?[\d.]+)", chart.path)]
    up = [float(one) for one in re.findall(r"(?:V|M[\d.]+ )(-?[\d.]+)", chart.path)]
    assert across == sorted(across)
    assert up == sorted(up, reverse=True)
    assert across[0] >= LEFT
    assert across[-1] <= WIDE
    assert 0 <= up[-1] <= up[0] <= HIGH
    assert len(chart.prices) <= MOST_LINES + 1
    assert all(0 <= one.at <= HIGH for one in chart.prices)


def test_before_the_first_bid_there_is_nothing_to_draw() -> None:
    assert chart_of(AUCTION, [], BEGINS) is None


def test_what_late_bids_added_is_shaded() -> None:
    later = ENDS + timedelta(minutes=5)
    moved = [replace(one, extends_to=later) for one in bids_of([(3_500, 1)])]
    chart = chart_of(replace(AUCTION, closes_at=later), moved, ENDS)
    assert chart is not None
    assert [zone.width > 0 for zone in chart.zones] == [True]
    assert chart.zones[0].x + chart.zones[0].width <= WIDE
