"""Words that mean the same are found on either engine alike, and count for less than the word that was typed."""

import pytest

from search.parsing import understand
from search.synonyms import MOST_WAYS, NO_SYNONYMS, Group, synonyms_of
from tests.search.conftest import Find, Put, document, ids

ARM = ("机械臂", "机器人手臂", "robot arm")
TABLE = synonyms_of([
    Group(ARM, ARM), Group(("锂电池",), ("锂离子电池",)), Group(("热失控预警",)), Group(("agv", "无人搬运车"), ("agv", "无人搬运车")),
])  # fmt: skip


@pytest.fixture
def works(put: Put) -> None:
    put(
        document("arm", "机械臂夹具"), document("robot", "机器人手臂夹具"), document("english", "robot arm gripper"),
        document("hand", "机器人的手臂"),
        document("lithium", "锂电池叉车"), document("ion", "锂离子电池叉车"), document("cart", "无人搬运车调度"), document("warn", "热失控预警"),
        document("apart", "热失控后的预警"),
    )  # fmt: skip


@pytest.mark.usefixtures("works")
@pytest.mark.parametrize(
    ("text", "first", "found"),
    [
        ("机械臂", "arm", {"arm", "robot", "english"}),
        ("机器人手臂", "robot", {"arm", "robot", "english", "hand"}),
        ("Robot Arm", "english", {"arm", "robot", "english"}),
        ("机械臂夹具", "arm", {"arm", "robot"}),
        ("機械臂", "arm", {"arm", "robot", "english"}),
        ("锂电池", "lithium", {"lithium", "ion"}),
        ("锂离子电池", "ion", {"ion"}),
        ("AGV", "cart", {"cart"}),
        ('"机械臂"', "arm", {"arm"}),
        ("叉车 -锂电池", "ion", {"ion"}),
        ("热失控预警", "warn", {"warn"}),
    ],
)
def test_what_is_found_and_what_comes_first(find: Find, text: str, first: str, found: set[str]) -> None:
    results = find(text, synonyms=TABLE)
    assert (ids(results)[0], set(ids(results))) == (first, found)


@pytest.mark.usefixtures("works")
def test_without_the_table_words_are_what_they_are(find: Find) -> None:
    assert ids(find("机械臂")) == ["arm"]
    assert set(ids(find("热失控预警"))) == {"warn", "apart"}


@pytest.mark.usefixtures("works")
def test_the_word_found_is_marked(find: Find) -> None:
    hits = {hit.id: hit for hit in find("机械臂", synonyms=TABLE).hits}
    assert ("机器人手臂", True) in hits["robot"].title_marks


@pytest.mark.usefixtures("works")
def test_a_synonym_opens_no_other_audience(find: Find, put: Put) -> None:
    put(document("secret", "机器人手臂密件", audience=("officer:jiuxianqiao",)))
    assert "secret" not in ids(find("机械臂", synonyms=TABLE))


def test_a_word_takes_few_others_along() -> None:
    many = tuple(f"词语{number}" for number in range(40))
    asked = understand("词语0", synonyms_of([Group(many, many)]))
    assert len(asked.wanted[0].others) == MOST_WAYS


def test_an_empty_table_changes_nothing() -> None:
    for text in ("机器人手臂焊接", "robot arm", '"热失控" -软包 CG-2026-000123', "", "的"):
        assert understand(text, NO_SYNONYMS) == understand(text)


def test_chinese_written_apart_stays_apart() -> None:
    assert understand("热失控 预警", TABLE) == understand("热失控 预警")
