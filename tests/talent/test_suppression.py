"""What is told of small cells: nothing, and nothing else from which they follow."""

from hypothesis import given
from hypothesis import strategies as st

from marketplace.kernel.suppression import LEAST, kept_back, told, told_part, told_total

CELLS = st.dictionaries(st.text("abcdefghij", min_size=1, max_size=3), st.integers(0, 40), max_size=20)


def test_one_small_cell_takes_the_next_with_it() -> None:
    assert told({"a": 3, "b": 7, "c": 9}) == {"a": None, "b": None, "c": 9}


def test_small_cells_that_together_are_few_take_another_with_them() -> None:
    assert told({"a": 1, "b": 2, "c": 6, "d": 8}) == {"a": None, "b": None, "c": None, "d": 8}


def test_nobody_anywhere_else_may_be_known() -> None:
    assert told({"a": 0, "b": 0, "c": 6}) == {"a": None, "b": None, "c": 6}


def test_cells_without_a_small_one_are_all_told() -> None:
    assert kept_back({"a": 5, "b": 6}) == frozenset()


@given(CELLS)
def test_what_is_withheld_never_follows_from_the_total(cells: dict[str, int]) -> None:
    withheld = kept_back(cells)
    together = sum(cells[key] for key in withheld)
    assert all(cells[key] >= LEAST for key in cells.keys() - withheld)
    if withheld and withheld != cells.keys():
        assert len(withheld) >= 2
        assert together == 0 or together >= LEAST


@given(CELLS, st.data())
def test_what_another_rule_withholds_is_protected_too(cells: dict[str, int], data: st.DataObject) -> None:
    also = data.draw(st.sets(st.sampled_from(sorted(cells)))) if cells else set()
    withheld = kept_back(cells, also)
    assert also <= withheld
    assert not withheld or len(withheld) >= 2 or withheld == cells.keys()


@given(st.integers(0, 60), st.integers(0, 60))
def test_part_of_a_whole_tells_nothing_of_a_small_rest(part: int, rest: int) -> None:
    said = told_part(part, part + rest)
    assert said is None or said == part
    if said is not None:
        assert part == 0 or part >= LEAST
        assert rest == 0 or rest >= LEAST


def test_total_of_few_is_not_told() -> None:
    assert [told_total(count) for count in (0, 1, 4, 5)] == [0, None, None, 5]
