"""A search that waits finds what the engine would find: on either engine, word for word."""

import random
from collections.abc import Mapping

import pytest

from search.document import Document
from search.index import Index
from search.query import SearchQuery
from search.standing import ALWAYS, Book, lay_open, waiting, words_held, written
from search.synonyms import NO_SYNONYMS, Group, Synonyms, synonyms_of
from tests.search.conftest import PUBLIC, Put, document

TABLE = synonyms_of([Group(("机械臂", "机器人手臂", "robot arm"), ("机械臂", "机器人手臂", "robot arm")), Group(("锂电池",), ("锂离子电池",))])
PARTS = (
    "机械臂", "机器人手臂", "锂电池", "锂离子电池", "防爆", "泄压装置", "热失控预警", "叉车", "AGV 调度", "robot arm", "行业协会", "夹具",
    "一种", "的", "CG-2026-000123", "阀门", "焊接", "机器视觉", "dianchi", "铣床 X62W",
)  # fmt: skip
AREAS, FIELDS = ("酒仙桥街道", "望京街道"), ("06", "0601", "01")


def made_up(count: int, seed: int = 7) -> list[Document]:
    chance = random.Random(seed)

    def said(most: int) -> str:
        return "".join(chance.choice(PARTS) for _ in range(chance.randint(1, most)))

    return [
        document(
            f"d{n}", said(3), summary=said(3), body=said(6), number=f"CG-2026-{n:06d}", kind=chance.choice(("achievement", "need")),
            facets={"kind": (), "area": (chance.choice(AREAS),), "field": (chance.choice(FIELDS),)},
        )
        for n in range(count)
    ]  # fmt: skip


TEXTS = (
    "机械臂", "robot arm", "锂电池 叉车", '"泄压装置"', "防爆 -叉车", "电池", "阀", "CG-2026-000123", "cg2026000004", "x62w", "机器视觉 焊接 夹具",
    "的", "行业 协会", "dianchi", "夹具 -\"机械臂\"", "热失控预警", "一种防爆锂电池泄压装置的焊接方法", "", "agv",
)  # fmt: skip
FILTERS: tuple[Mapping[str, tuple[str, ...]], ...] = (
    {}, {"kind": ("need",)}, {"area": ("望京街道",), "field": ("06", "01")},
)  # fmt: skip


@pytest.mark.parametrize("synonyms", [NO_SYNONYMS, TABLE], ids=["plain", "synonyms"])
def test_it_finds_what_the_engine_finds(index: Index, put: Put, synonyms: Synonyms) -> None:
    documents = made_up(150)
    put(*documents)
    book, asked = Book(), [(text, filters) for text in TEXTS for filters in FILTERS]
    for number, (text, filters) in enumerate(asked):
        book.put(str(number), waiting(text, filters, synonyms))
    found = {one.id: book.found_by(lay_open(one)) for one in documents}
    for number, (text, filters) in enumerate(asked):
        hits = index.search(SearchQuery(text=text, reader=PUBLIC, filters=filters, synonyms=synonyms, size=500)).hits
        assert {hit.id for hit in hits} == {id for id, searches in found.items() if str(number) in searches}, (text, filters)


def test_the_index_over_searches_leaves_none_out_and_spares_most() -> None:
    documents, book = [lay_open(one) for one in made_up(60, seed=3)], Book()
    for number, text in enumerate(TEXTS * 3):
        book.put(str(number), waiting(text, FILTERS[number % 3], TABLE))
    for laid in documents:
        assert set(book.found_by(laid)) == {id for id, one in book.searches.items() if one.finds(laid)}
    tried = sum(len(book.candidates(laid)) for laid in documents)
    assert tried < 0.5 * len(documents) * len(book.searches)


def test_what_is_dropped_or_changed_is_no_longer_found() -> None:
    book, laid = Book(), lay_open(document("a", "锂电池泄压装置"))
    book.put("one", waiting("锂电池", {}))
    book.put("one", waiting("焊接", {}))
    assert book.found_by(laid) == {}
    book.put("one", waiting("泄压", {}))
    assert set(book.found_by(laid)) == {"one"}
    book.drop("one")
    assert (book.candidates(laid), book.searches) == (set(), {})


def test_the_words_that_hit_are_named() -> None:
    search = waiting("机械臂 焊接 叉车", {}, TABLE)
    assert words_held(search, written(document("a", "机器人手臂", body="焊接工位"))) == ("机器人手臂", "焊接")


def test_a_search_for_anything_lies_where_every_document_looks() -> None:
    assert ALWAYS in set(lay_open(document("a")).announce())
    assert waiting("", {}).finds(lay_open(document("a")))
