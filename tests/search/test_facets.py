"""Narrowing, sorting and paging."""

from datetime import UTC, datetime
from types import MappingProxyType

import pytest

from search.query import SearchQuery, Sort
from tests.search.conftest import PUBLIC, Find, Put, document, ids


@pytest.fixture(autouse=True)
def shelf(put: Put) -> None:
    put(
        document("a", facets={"area": ("酒仙桥",), "maturity": ("9",), "field": ("01", "01.02")}),
        document("b", facets={"area": ("望京",), "maturity": ("9",), "field": ("01", "01.03")}),
        document("c", facets={"area": ("望京",), "maturity": ("5",), "field": ("02",)}),
        document("d", kind="listing", facets=MappingProxyType({})),
    )


def test_values_of_one_facet_widen_and_facets_narrow_each_other(find: Find) -> None:
    assert find(filters={"area": ("酒仙桥", "望京")}).total == 3
    assert find(filters={"area": ("酒仙桥", "望京"), "maturity": ("9",)}).total == 2
    assert find(filters={"area": ()}).total == 4
    assert ids(find(filters={"field": ("01",), "area": ("望京",)})) == ["b"]


def test_a_facet_is_counted_without_its_own_filter(find: Find) -> None:
    area, maturity, kind = find(filters={"area": ("望京",)}, facets=("area", "maturity", "kind")).facets

    assert dict(area.values) == {"望京": 2, "酒仙桥": 1}
    assert dict(maturity.values) == {"9": 1, "5": 1}
    assert dict(kind.values) == {"achievement": 2}


def test_every_ancestor_of_a_field_is_counted(find: Find) -> None:
    assert dict(find(facets=("field",)).facets[0].values) == {"01": 2, "01.02": 1, "01.03": 1, "02": 1}


def test_kinds_narrow_hits_and_counts(find: Find) -> None:
    results = find(kinds=("listing",), facets=("kind",))

    assert ids(results) == ["d"]
    assert results.facets[0].values == (("listing", 1),)


def test_counts_are_exact_for_many_values(put: Put, find: Find) -> None:
    put(*(document(f"p{i}", facets={"provider": (f"厂{i % 150}",)}) for i in range(450)))

    values = find(facets=("provider",)).facets[0].values

    assert len(values) == 150
    assert {count for _, count in values} == {3}


def test_sorting(put: Put, find: Find) -> None:
    put(
        document("x", "排序", used=5, published_at=datetime(2026, 1, 1, tzinfo=UTC), ending_at=datetime(2026, 12, 1, tzinfo=UTC)),
        document("y", "排序", used=9, published_at=datetime(2024, 1, 1, tzinfo=UTC)),
        document("z", "排序", used=1, published_at=datetime(2025, 1, 1, tzinfo=UTC), ending_at=datetime(2026, 11, 1, tzinfo=UTC)),
    )

    assert ids(find("排序", sort=Sort.NEWEST)) == ["x", "z", "y"]
    assert ids(find("排序", sort=Sort.MOST_USED)) == ["y", "x", "z"]
    assert ids(find("排序", sort=Sort.ENDING_SOON)) == ["z", "x", "y"]
    assert ids(find())[:3] == ["x", "z", "y"]


def test_what_has_ended_or_never_ends_is_left_out_of_hits_and_counts(put: Put, find: Find) -> None:
    now = datetime(2026, 11, 15, tzinfo=UTC)
    put(
        document("x", "期限", ending_at=datetime(2026, 12, 1, tzinfo=UTC), facets={"area": ("望京",)}),
        document("y", "期限", facets={"area": ("望京",)}),
        document("z", "期限", ending_at=datetime(2026, 11, 1, tzinfo=UTC), facets={"area": ("望京",)}),
    )

    results = find("期限", ending_from=int(now.timestamp()), sort=Sort.ENDING_SOON, facets=("area",))

    assert ids(results) == ["x"]
    assert results.facets[0].values == (("望京", 1),)


@pytest.mark.parametrize("sort", list(Sort))
def test_pages_hold_each_hit_once(put: Put, find: Find, sort: Sort) -> None:
    put(*(document(f"n{i:02}", "同名", used=i % 3) for i in range(25)))

    pages = [find("同名", page=page, size=10, sort=sort) for page in (1, 2, 3, 4)]

    assert [len(page.hits) for page in pages] == [10, 10, 5, 0]
    assert {page.total for page in pages} == {25}
    assert len({id for page in pages for id in ids(page)}) == 25


def test_equal_hits_stand_in_the_order_of_their_ids_across_pages_too(put: Put, find: Find) -> None:
    put(*(document(f"n{i:02}", "同名") for i in (7, 3, 11, 0, 9, 4, 8, 1, 10, 2, 6, 5)))

    pages = [ids(find("同名", page=page, size=5)) for page in (1, 2, 3)]

    assert [id for page in pages for id in page] == [f"n{i:02}" for i in range(12)]


@pytest.mark.parametrize(
    "wrong", [{"page": 0}, {"page": -1}, {"size": 0}, {"page": 10**9}, {"facets": ("audience",)}, {"filters": {"shadow": ("x",)}}]
)
def test_what_nobody_may_ask_is_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=r"page and size|no such facet"):
        SearchQuery(reader=PUBLIC, **wrong)  # type: ignore[arg-type]
