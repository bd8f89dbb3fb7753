"""What is open in the demonstration is as old as it should be on any day on which it is loaded."""

from datetime import date, timedelta

import pytest

from marketplace.demo.present import AGES, RECENT, WRITTEN, as_of, waiting_since
from marketplace.kernel.reviewing import FIRST_REVIEW_WORKDAYS
from marketplace.kernel.workdays import workdays_after, workdays_between

MONDAY = date(2027, 3, 15)
SUNDAY = date(2027, 3, 14)


def test_history_stays_and_the_present_moves_along() -> None:
    later = WRITTEN + timedelta(days=100)
    assert as_of(later, date(2023, 5, 1)) == date(2023, 5, 1)
    assert as_of(later, WRITTEN - timedelta(days=3)) == later - timedelta(days=3)
    assert as_of(later, date(2027, 7, 1)) == date(2027, 7, 1) + timedelta(days=100)


def test_order_is_kept_at_the_edge_of_the_recent_past() -> None:
    edge = WRITTEN - RECENT
    days = [edge + timedelta(days=n) for n in range(-2, 3)]
    assert sorted(moved := [as_of(date(2028, 1, 1), day) for day in days]) == moved


def test_a_clock_that_goes_back_moves_nothing() -> None:
    assert as_of(date(2025, 1, 1), WRITTEN) == WRITTEN


@pytest.mark.parametrize("today", [MONDAY, SUNDAY])
def test_a_case_has_waited_so_many_workdays(today: date) -> None:
    for turn, age in enumerate(AGES):
        assert workdays_between(waiting_since(today, turn), today) == age


def test_most_cases_are_within_their_deadline_and_few_are_late() -> None:
    late = [turn for turn in range(len(AGES)) if workdays_after(waiting_since(MONDAY, turn), FIRST_REVIEW_WORKDAYS) < MONDAY]
    assert len(late) == 1
