"""A need finds what may solve it, and says by which words."""

import pytest

from benchmarks.relevance_score import ndcg, score_need
from search.document import TITLE, TITLE_PAIRS
from search.index import Index
from search.matching import terms_of_need
from tests.search.conftest import PUBLIC, Put, document


def test_the_title_of_a_need_weighs_three_times_and_repetition_little() -> None:
    words = terms_of_need("电池", "电池电池安全")[TITLE]

    assert words["电池"] == pytest.approx(3 + 1 + 0.693, abs=0.001)
    assert words["安全"] == 1


def test_words_and_pairs_are_both_asked_for() -> None:
    assert "锂离" in terms_of_need("锂离子", "")[TITLE_PAIRS]


def test_the_better_match_stands_first_with_the_words_that_matched(index: Index, put: Put) -> None:
    put(
        document("far", "园林喷灌设备"),
        document("near", "防爆锂离子电池组"),
        document("half", "铅酸电池回收"),
        document("need", "防爆锂离子电池", kind="need"),
    )

    hits = index.rank(terms_of_need("防爆锂离子电池的研发", "安全隐患"), PUBLIC, ("achievement",), 10)

    assert [hit.id for hit in hits] == ["near", "half"]
    assert {"防爆", "锂离子", "电池"} <= set(hits[0].words)
    assert ("电池", True) in hits[1].title_marks
    assert hits[0].score > hits[1].score > 0


def test_an_empty_need_matches_nothing(index: Index, put: Put) -> None:
    put(document("a"))

    assert index.rank(terms_of_need("", " \x00"), PUBLIC, (), 10) == []


def test_the_figures_are_what_they_are_called() -> None:
    assert ndcg([3, 2, 0], [2, 3]) == 1
    assert ndcg([0, 3], [3]) == pytest.approx(0.6309, abs=0.0001)
    assert ndcg([0], [0]) == 0

    scores = score_need(["x", "a", "b"], {"a": 4, "b": 4, "c": 2}, {"x": "X", "a": "A", "b": "A", "c": "C"})
    assert scores.judged_ndcg == pytest.approx((3 + 3 / 1.585) / (3 + 3 / 1.585 + 0.5), abs=0.001)
    assert scores.dedup_ndcg == pytest.approx((3 / 1.585) / (3 + 1 / 1.585), abs=0.001)
    assert scores.recall == pytest.approx(2 / 3)
