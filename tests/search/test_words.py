"""What people type finds what they mean."""

import pytest

from search.index import Index
from tests.search.conftest import PUBLIC, Find, Put, document, ids

BATTERY = document("battery", "防爆锂离子电池的研发", summary="用于矿井的安全电源", number="CG-2026-000123")
VALVE = document("valve", "一种LED节能阀门控制装置", body="专利号 ZL201710601862.3 采用3D打印, 重量2kg")


@pytest.fixture(autouse=True)
def shelf(put: Put) -> None:
    put(BATTERY, VALVE)


@pytest.mark.parametrize(
    "text",
    [
        "电", "池", "爆", "电池", "离子", "子电", "锂离子电池", "防爆锂离子电池的研发", "矿井 电池",
        "鋰離子電池", "礦井", "dianchi", "lilizi", "fbllz", "fangbao dianchi",
        "CG-2026-000123", "cg2026000123", "ＣＧ－２０２６－０００１２３",
        '"离子电池"', "“锂离子 电池”", "电池 -阀门",
    ],
)  # fmt: skip
def test_the_battery_and_nothing_else_is_found_by(find: Find, text: str) -> None:
    assert ids(find(text)) == ["battery"]


@pytest.mark.parametrize(
    "text", ["led", "LED", "ＬＥＤ", "阀", "famen", "201710601862.3", "201710601862", "ZL2017106018623", "2017106018623", "3D打印", "2㎏"]
)
def test_the_valve_and_nothing_else_is_found_by(find: Find, text: str) -> None:
    assert ids(find(text)) == ["valve"]


@pytest.mark.parametrize("text", ["池电", "锂电池", '"电池离子"', "电池 -研发", "-电池", "电池 -CG-2026-000123", "201710601863.3", "xyzzy"])
def test_the_battery_is_not_found_by(find: Find, text: str) -> None:
    assert "battery" not in ids(find(text))


def test_the_title_counts_more_than_the_body(put: Put, find: Find) -> None:
    put(document("b", "安全电源", body="电池" * 3 + "说明"), document("a", "电池外壳"))

    assert ids(find("电池"))[0] == "a"


def test_words_that_stand_together_come_first(put: Put, find: Find) -> None:
    put(document("apart", "烯烃与石墨"), document("together", "一种大面积的石墨烯涂层及其制备方法"))

    assert ids(find("石墨烯")) == ["together", "apart"]


def test_a_short_word_in_latin_letters_means_the_word_before_its_sound(put: Put, find: Find) -> None:
    put(document("dc", "DC电源"), document("sound", "电池"))

    assert ids(find("dc")) == ["dc"]


@pytest.mark.parametrize("typed", ["防爆锂", "防", "锂离", "dianc", "dianchi", "fangb", "fb", "防爆鋰"])
def test_a_title_is_suggested_as_one_types(index: Index, typed: str) -> None:
    assert [suggestion.id for suggestion in index.suggest(typed, PUBLIC)] == ["battery"]


def test_nearly_the_same_title_is_noticed(index: Index) -> None:
    near = index.near_titles("防爆锂离子电池研发", PUBLIC, ("achievement",))

    assert [hit.id for hit in near] == ["battery"]
    assert 0.7 < near[0].score < 1
    assert index.near_titles("园林绿化养护", PUBLIC, ("achievement",)) == []
    assert index.near_titles("防爆锂离子电池研发", PUBLIC, ("need",)) == []


def test_words_are_marked_in_the_form_in_which_they_were_written(put: Put, find: Find) -> None:
    put(document("old", "新型電容<b>器", summary="重２㎏的電容"))

    hit = find("电容 2kg").hits[0]

    assert hit.title_marks == (("新型", False), ("電容", True), ("<b>器", False))
    assert ("電容", True) in hit.snippet
    assert "".join(text for text, _ in hit.snippet) == "重２㎏的電容"
    assert "电容" in hit.words


def test_the_snippet_shows_where_a_word_of_the_body_stands(put: Put, find: Find) -> None:
    put(document("long", "装置", body="说明" * 300 + "关键在于石墨烯涂层" + "其他" * 300))

    snippet = find("石墨烯").hits[0].snippet

    assert ("石墨烯", True) in snippet
    assert sum(len(text) for text, _ in snippet) < 130
