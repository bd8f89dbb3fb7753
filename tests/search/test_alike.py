"""Both engines find the same and score it alike, whatever is asked: a reader must not notice which one answers."""

import random
from collections.abc import Iterator

import pytest

from search.document import Document
from search.index import Index, open_index
from search.matching import terms_of_need
from search.query import SearchQuery, Sort
from search.results import Hit, Results
from tests.engines import ACCESS, ELASTICSEARCH, remove_indices
from tests.search.conftest import NO_SERVER, OFFICER, PUBLIC, document

pytestmark = NO_SERVER
WORDS = [
    "防爆", "锂离子", "电池", "石墨烯", "涂层", "阀门", "节能", "装置", "焊接", "工艺", "地铁", "盾构",
    "检测", "传感器", "数据", "平台", "LED", "3D", "打印", "机器人", "供热", "管网", "泵",
]  # fmt: skip
QUERIES = [
    "", "电池", "电", "石墨烯涂层", "阀门 节能", "盾构 检测 传感器 数据", '"数据平台"', "电池 -阀门", "LED", "led 装置", "dianchi", "dc", "shimoxi",
    "CG-2026-000012", "一种用于地铁盾构焊接的工艺及装置", "的",
]  # fmt: skip
Both = tuple[Index, Index]


def shelf(count: int = 400) -> list[Document]:
    """The same in every run; some say nothing but their title, some have a number, some are not for everybody."""
    dice = random.Random(7)
    return [
        document(
            f"d{n:03}", "".join(dice.choices(WORDS, k=dice.randint(1, 5))), body="，".join(dice.choices(WORDS, k=dice.randint(0, 40))),
            number=f"CG-2026-{n:06}" if n % 3 == 0 else "", audience=OFFICER[2:] if n % 7 == 0 else PUBLIC,
            facets={"area": (dice.choice(("望京", "酒仙桥")),)}, used=n % 5,
        )
        for n in range(count)
    ]  # fmt: skip


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Both]:
    """The embedded engine and Elasticsearch over the same documents."""
    opened = open_index(str(tmp_path_factory.mktemp("alike"))), open_index(ELASTICSEARCH, ACCESS)
    for index in opened:
        index.put(shelf())
        index.commit()
    yield opened
    for index in opened:
        index.close()
    remove_indices()


def seen(hits: tuple[Hit, ...] | list[Hit]) -> list[tuple[str, str, object, object, object]]:
    return [(hit.id, hit.key, hit.title_marks, hit.snippet, hit.words) for hit in hits]


@pytest.mark.parametrize("reader", [PUBLIC, OFFICER])
@pytest.mark.parametrize("text", QUERIES)
def test_a_search_is_answered_alike(both: Both, text: str, reader: tuple[str, ...]) -> None:
    asked = SearchQuery(text, reader=reader, facets=("area", "kind"), filters={"area": ("望京",)}, sort=Sort.RELEVANCE if text else Sort.MOST_USED)
    ours, theirs = (index.search(asked) for index in both)

    assert seen(ours.hits) == seen(theirs.hits) or not text
    assert [hit.score for hit in ours.hits] == pytest.approx([hit.score for hit in theirs.hits], rel=0.01)
    assert (ours.total, ours.words, counts(ours)) == (theirs.total, theirs.words, counts(theirs))


def counts(results: Results) -> list[tuple[str, dict[str, int]]]:
    return [(facet.name, dict(facet.values)) for facet in results.facets]


@pytest.mark.parametrize("title", ["防爆锂离子电池的研发", "地铁盾构焊接工艺", "供热管网的泵与阀门节能", "LED"])
def test_a_need_is_matched_alike(both: Both, title: str) -> None:
    ours, theirs = (index.rank(terms_of_need(title, "安全隐患，检测数据", index.asked_in), PUBLIC, ("achievement",), 20) for index in both)

    assert seen(ours) == seen(theirs)
    assert [hit.score for hit in ours] == pytest.approx([hit.score for hit in theirs], rel=0.01)


@pytest.mark.parametrize("typed", ["防爆", "石", "dianc", "fb", "LE"])
def test_a_title_is_suggested_alike(both: Both, typed: str) -> None:
    ours, theirs = ({one.id for one in index.suggest(typed, PUBLIC, size=400)} for index in both)

    assert ours == theirs
    assert ours


def test_near_titles_are_noticed_alike(both: Both) -> None:
    title = shelf()[1].title
    ours, theirs = (index.near_titles(title, PUBLIC, (), size=20) for index in both)

    assert {hit.id: hit.score for hit in ours} == {hit.id: hit.score for hit in theirs}
    assert "d001" in {hit.id for hit in ours}
