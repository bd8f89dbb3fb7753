"""Suggestions, numbers and other spellings, the same over each engine; never anything from what the reader may not see."""

import pytest

from search.index import Index
from search.query import SearchQuery
from tests.search.conftest import OFFICER, PUBLIC, Find, Put, document, ids

BATTERY = document("battery", "防爆锂离子电池组定向泄压装置", number="CG-2026-000123", body="Directional pressure relief for lithium packs")
STUDIO = document("studio", "周立成职工创新工作室", number="CG-2026-000124")
PATENT = document("patent", "一种偏心自锁式屋面夹具", number="202210497117.X", kind="patent")
HIDDEN = document("hidden", "石墨烯涂层", number="CG-2026-000999", audience=("officer:jiuxianqiao",))
MENTIONS = document("mentions", "另一项", body="与 CG-2026-000123 配套")


@pytest.fixture(autouse=True)
def shelf(put: Put) -> None:
    put(BATTERY, STUDIO, PATENT, HIDDEN, MENTIONS)


@pytest.mark.parametrize("typed", ["锂l", "锂lz", "fb锂", "防bao", "lizidianc", "电池 泄压", "泄压 防爆", "lithi", "鋰離", "ｌｉｚｉ"])
def test_the_battery_is_suggested_for(index: Index, typed: str) -> None:
    assert [one.id for one in index.suggest(typed, PUBLIC)] == ["battery"]


@pytest.mark.parametrize("typed", ["周lc", "zhou立成", "zlczg", "周立chen", "zhoulicheng"])
def test_a_person_s_studio_is_suggested_for(index: Index, typed: str) -> None:
    assert [one.id for one in index.suggest(typed, PUBLIC)] == ["studio"]


def test_a_title_that_begins_so_comes_before_one_that_only_holds_it(index: Index, put: Put) -> None:
    put(document("begins", "锂离子储能柜消防喷口朝向校核模板与核对流程"))

    assert [one.id for one in index.suggest("锂离", PUBLIC)] == ["begins", "battery"]


@pytest.mark.parametrize("typed", ["石墨", "shimo", "smx", "石mo"])
def test_what_is_hidden_is_suggested_to_whom_it_is_not_hidden_from(index: Index, typed: str) -> None:
    assert index.suggest(typed, PUBLIC) == []
    assert index.suggest(typed, OFFICER, without=frozenset({"hidden"})) == []
    assert [one.id for one in index.suggest(typed, OFFICER)] == ["hidden"]


@pytest.mark.parametrize("typed", ["CG-2026-000123", "cg2026000123", "CG 2026 000123", "ＣＧ－２０２６－０００１２３"])
def test_a_number_leads_to_the_thing_whose_number_it_is(index: Index, find: Find, typed: str) -> None:
    assert [hit.id for hit in index.numbered(typed, PUBLIC)] == ["battery"]
    assert set(ids(find("CG-2026-000123"))) == {"battery", "mentions"}


@pytest.mark.parametrize("typed", ["202210497117.X", "202210497117x", "202210497117", "ZL202210497117.X", "ZL 2022 1 0497117.X", "CN202210497117.X"])
def test_a_patent_s_number_is_written_in_many_ways(index: Index, typed: str) -> None:
    assert [hit.id for hit in index.numbered(typed, PUBLIC)] == ["patent"]


@pytest.mark.parametrize("typed", ["202210497117.5", "CG-2026-000999", "CG-2026", "2026", "电池 CG-2026-000123", "", "-" * 300])
def test_what_is_no_number_of_a_visible_thing_leads_nowhere(index: Index, typed: str) -> None:
    assert index.numbered(typed, PUBLIC) == []


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("电磁", "电池"), ("池电", "电池"), ("dianci", "电池"), ("dainchi", "电池"), ("锂离于电池组 泄压", "锂离子电池组 泄压"), ("防报", "防爆"),
        ("lithum", "lithium"), ("relife", "relief"), ("周力成", "周立成"),
    ],
)  # fmt: skip
def test_another_spelling_is_offered(index: Index, typed: str, meant: str) -> None:
    offered = index.meant(SearchQuery(typed, reader=PUBLIC), 0)

    assert offered is not None
    assert (offered.text, offered.total) == (meant, 1)


@pytest.mark.parametrize("typed", ["电池", "完全没有的东西", "", '"', "a" * 300, "锂" * 300, "电池 -电池"])
def test_none_is_offered_where_none_finds_more(index: Index, typed: str) -> None:
    assert index.meant(SearchQuery(typed, reader=PUBLIC), 0) is None


def test_no_spelling_is_offered_that_only_hidden_things_hold(index: Index) -> None:
    assert index.meant(SearchQuery("石磨烯", reader=PUBLIC), 0) is None
    assert index.meant(SearchQuery("石磨烯", reader=OFFICER, without=frozenset({"hidden"})), 0) is None
    offered = index.meant(SearchQuery("石磨烯", reader=OFFICER), 0)
    assert offered is not None
    assert offered.text == "石墨烯"


def test_a_spelling_must_find_much_more_than_what_was_typed(index: Index) -> None:
    assert index.meant(SearchQuery("电磁", reader=PUBLIC), 1) is None


def test_what_jieba_takes_for_one_word_may_stand_apart(put: Put, find: Find) -> None:
    put(document("association", "朝阳区建设行业职工技术协会"))

    assert ids(find("建设行业协会")) == ["association"]


def test_how_people_ask_is_not_looked_for(find: Find) -> None:
    assert ids(find("电池怎么泄压")) == ["battery"]
