"""The rules of leading hold for any order of offers; the chain shows any change of the record."""

import random
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from marketplace.domains.bids.model import Bid, Way
from marketplace.domains.bids.scoring import FIRST, Lead, Offer, Raise, Rules, digest_of, end_after, first_fault, least_fen, settle
from marketplace.kernel.errors import Invalid

RULES = Rules(1_200, 50, timedelta(minutes=5), timedelta(minutes=5))
GRID = st.integers(0, 40).map(lambda steps: RULES.start_fen + steps * RULES.step_fen)
ANY = st.one_of(GRID, st.integers(-10_000, 10_000))
OFFERS = st.lists(st.tuples(st.integers(1, 4), ANY, st.none() | ANY), min_size=1, max_size=30)
PROXIES = st.lists(st.tuples(st.integers(1, 6), GRID), min_size=1, max_size=12, unique_by=lambda pair: pair[0])


def played(offers: list[tuple[int, int, int | None]]) -> tuple[Lead, list[Raise], dict[int, int]]:
    """The lead, every raise, and each one's highest limit among what was accepted."""
    lead, raises, limits = Lead(), list[Raise](), dict[int, int]()
    for ordinal, amount, maximum in offers:
        try:
            lead, more = settle(RULES, lead, Offer(ordinal, amount, maximum))
        except Invalid:
            continue
        limits[ordinal] = max(limits.get(ordinal, 0), amount if more else 0, maximum or 0)
        raises += more
    return lead, raises, limits


@settings(max_examples=400, deadline=None)
@given(OFFERS)
def test_whatever_is_offered_nobody_pays_above_their_limit_and_prices_stay_on_the_grid(offers: list[tuple[int, int, int | None]]) -> None:
    lead, raises, limits = played(offers)
    for one in raises:
        assert RULES.start_fen <= one.amount_fen <= limits[one.ordinal]
        assert (one.amount_fen - RULES.start_fen) % RULES.step_fen == 0
    assert [one.amount_fen for one in raises] == sorted(one.amount_fen for one in raises)
    if raises:
        assert (lead.ordinal, lead.amount_fen) == (raises[-1].ordinal, raises[-1].amount_fen)
        assert lead.amount_fen <= lead.maximum_fen


@settings(max_examples=400, deadline=None)
@given(PROXIES)
def test_of_secret_maxima_the_highest_leads_one_step_above_the_second_at_most(proxies: list[tuple[int, int]]) -> None:
    """Each begins with the least that is due, if their maximum reaches so far."""
    lead, asked = Lead(), list[tuple[int, int]]()
    for ordinal, maximum in proxies:
        least = least_fen(RULES, lead)
        if maximum >= least:
            lead, _ = settle(RULES, lead, Offer(ordinal, least, maximum))
        asked.append((ordinal, maximum))
    highest = max(maximum for _, maximum in asked)
    assert lead.ordinal == next(ordinal for ordinal, maximum in asked if maximum == highest)
    others = [maximum for ordinal, maximum in asked if ordinal != lead.ordinal]
    assert lead.amount_fen <= (max(others) + RULES.step_fen if others else RULES.start_fen)


@settings(max_examples=200, deadline=None)
@given(GRID, GRID)
def test_of_equal_maxima_the_earlier_leads(first: int, second: int) -> None:
    lead, _ = settle(RULES, Lead(), Offer(1, RULES.start_fen, first))
    if (least := least_fen(RULES, lead)) <= second:
        lead, _ = settle(RULES, lead, Offer(2, least, second))
        assert lead.ordinal == (2 if second > first else 1)


def test_a_leader_who_names_a_new_maximum_raises_nothing() -> None:
    lead, _ = settle(RULES, Lead(), Offer(1, 1_200))
    after, raises = settle(RULES, lead, Offer(1, 1_250, 1_500))
    assert (after, raises) == (Lead(1, 1_200, 1_500), ())


def test_a_maximum_below_the_bid_or_off_the_grid_is_refused_at_its_field() -> None:
    for maximum in (1_150, 1_225, -5):
        with pytest.raises(Invalid) as told:
            settle(RULES, Lead(), Offer(1, 1_200, maximum))
        assert list(told.value.fields) == ["maximum_fen"]


@pytest.mark.parametrize(("before", "moves"), [(301, False), (300, True), (1, True)])
def test_a_bid_moves_the_end_in_its_last_minutes_alone(before: int, moves: bool) -> None:
    end = datetime(2026, 11, 28, 7, tzinfo=UTC)
    assert end_after(RULES, end, end - timedelta(seconds=before)) == (end + timedelta(minutes=5) if moves else end)


def record(length: int) -> list[Bid]:
    bids, previous, at = list[Bid](), FIRST, datetime(2026, 11, 28, 6, tzinfo=UTC)
    for sequence in range(1, length + 1):
        bid = Bid(id=str(sequence), sequence=sequence, ordinal=1 + sequence % 7, amount_fen=1_200 + 50 * sequence, at=at, way=Way.MANUAL,
                  extends_to=at if sequence % 5 == 0 else None, previous=previous, digest="")  # fmt: skip
        bids.append(replace(bid, digest=digest_of(bid, "JP-2026-000009")))
        previous, at = bids[-1].digest, at + timedelta(milliseconds=937)
    return bids


def damaged(bids: list[Bid], chance: random.Random) -> list[Bid]:
    """One edit, deletion or exchange; every other edit reckons the line's own digest anew, as a forger would."""
    place, kind = chance.randrange(len(bids)), chance.choice(("edit", "forge", "delete", "exchange"))
    kept = list(bids)
    if kind == "delete":
        del kept[place]
        return kept
    if kind == "exchange":
        other = (place + 1 + chance.randrange(len(bids) - 1)) % len(bids)
        kept[place], kept[other] = kept[other], kept[place]
        return kept
    one = bids[place]
    news = chance.choice((
        {"amount_fen": one.amount_fen + 50}, {"ordinal": one.ordinal + 1}, {"at": one.at + timedelta(milliseconds=1)},
        {"way": Way.PROXY}, {"extends_to": one.at + timedelta(minutes=9)}, {"sequence": one.sequence + 1},
    ))  # fmt: skip
    edited = replace(one, **news)  # type: ignore[arg-type]
    kept[place] = replace(edited, digest=digest_of(edited, "JP-2026-000009")) if kind == "forge" else edited
    return kept


def test_a_hundred_of_a_hundred_changes_of_the_record_are_found() -> None:
    bids, chance = record(40), random.Random(7)
    assert first_fault(bids, "JP-2026-000009", 40, bids[-1].digest) is None
    found = [first_fault(damaged(bids, chance), "JP-2026-000009", 40, bids[-1].digest) for _ in range(100)]
    assert None not in found


def test_a_record_without_its_last_line_or_of_another_auction_is_found() -> None:
    bids = record(5)
    assert first_fault(bids[:-1], "JP-2026-000009", 5, bids[-1].digest) == 5
    assert first_fault(bids, "JP-2026-000010", 5, bids[-1].digest) == 1
    assert first_fault([], "JP-2026-000009", 0, "") is None
