"""A need finds what may solve it, and says by which words."""

from collections.abc import Collection, Mapping

import pytest

from benchmarks.relevance_score import Scores, interval, mean, ndcg, score_need
from search.document import TITLE, TITLE_CHARS, TITLE_PAIRS
from search.index import Index
from search.matching import telling, terms_of_need
from tests.search.conftest import PUBLIC, Put, document


def never_asked(tokens: Collection[str]) -> Mapping[str, int]:
    return {}


def test_the_title_of_a_need_weighs_four_times_and_repetition_little() -> None:
    words = terms_of_need("电池", "电池电池安全", never_asked)[TITLE]

    assert words["电池"] == pytest.approx(4 + 1 + 0.693, abs=0.001)
    assert words["安全"] == 1


def test_words_pairs_and_characters_are_asked_for() -> None:
    terms = terms_of_need("锂离子", "", never_asked)

    assert "锂离" in terms[TITLE_PAIRS]
    assert "锂" in terms[TITLE_CHARS]


def test_what_every_need_says_tells_nothing_of_one(index: Index, put: Put) -> None:
    put(*(document(f"need-{number}", f"本公司要求{word}", kind="need", asks=True) for number, word in enumerate(("焊接", "喷涂", "检测", "回收"))))
    put(document("offer", "公司要求", asks=False))

    terms = terms_of_need("公司要求焊接", "", index.asked_in)

    assert terms[TITLE]["焊接"] > 2 * terms[TITLE]["公司"] > 0
    assert index.asked_in({"公司", "焊接", "没人问过"}) | {"没人问过": 0} == {"公司": 4, "焊接": 1, "没人问过": 0}


@pytest.mark.parametrize(("count", "every", "share"), [(0, 0, 1), (0, 258, 1), (258, 258, 0.017), (9, 4, 0.214)])
def test_how_much_a_word_tells_is_bounded(count: int, every: int, share: float) -> None:
    assert telling(count, every) == pytest.approx(share, abs=0.001)


def test_a_single_character_is_no_word_to_show(index: Index, put: Put) -> None:
    put(document("pool", "水池清淤"))

    assert [hit.words for hit in index.rank(terms_of_need("电池", "", index.asked_in), PUBLIC, (), 10)] == [()]


def test_the_better_match_stands_first_with_the_words_that_matched(index: Index, put: Put) -> None:
    put(
        document("far", "园林喷灌设备"),
        document("near", "防爆锂离子电池组"),
        document("half", "铅酸电池回收"),
        document("need", "防爆锂离子电池", kind="need"),
    )

    hits = index.rank(terms_of_need("防爆锂离子电池的研发", "安全隐患", index.asked_in), PUBLIC, ("achievement",), 10)

    assert [hit.id for hit in hits] == ["near", "half"]
    assert {"防爆", "锂离子", "电池"} <= set(hits[0].words)
    assert ("电池", True) in hits[1].title_marks
    assert hits[0].score > hits[1].score > 0


def test_an_empty_need_matches_nothing(index: Index, put: Put) -> None:
    put(document("a"))

    assert index.rank(terms_of_need("", " \x00", index.asked_in), PUBLIC, (), 10) == []


def test_the_figures_are_what_they_are_called() -> None:
    assert ndcg([3, 2, 0], [2, 3]) == 1
    assert ndcg([0, 3], [3]) == pytest.approx(0.6309, abs=0.0001)
    assert ndcg([0], [0]) == 0

    scores = score_need(["x", "a", "b"], {"a": 4, "b": 4, "c": 2}, {"x": "X", "a": "A", "b": "A", "c": "C"})
    assert scores.judged_ndcg == pytest.approx((3 + 3 / 1.585) / (3 + 3 / 1.585 + 0.5), abs=0.001)
    assert scores.dedup_ndcg == pytest.approx((3 / 1.585) / (3 + 1 / 1.585), abs=0.001)
    assert scores.recall == 1


def test_a_need_without_a_good_match_says_nothing_of_recall() -> None:
    known, empty = score_need(["a"], {"a": 4, "b": 3}, {"a": "A", "b": "B"}), score_need(["a"], {"a": 2}, {"a": "A"})

    assert known.recall == 0.5
    assert mean([known, empty]).recall == 0.5


def test_the_interval_holds_the_mean_and_narrows_with_more_needs() -> None:
    few = [Scores(value, value, value, value) for value in (0.1, 0.9, 0.4, 0.6)]
    (low, high), (lower, higher) = interval(few * 25), interval(few)

    assert lower.ndcg < low.ndcg < 0.5 < high.ndcg < higher.ndcg
