"""What a reader may not read leaks nowhere: not into hits, counts, facets, suggestions or near titles."""

import pytest

from search.index import Index
from search.matching import terms_of_need
from tests.search.conftest import OFFICER, PUBLIC, Find, Put, document, ids

SECRET = document("secret", "机密石墨烯涂层", audience=("officer:jiuxianqiao",), facets={"area": ("酒仙桥",)}, number="CG-2026-000007")


def test_a_hidden_document_is_nowhere(index: Index, put: Put, find: Find) -> None:
    put(SECRET, document("open", "公开涂层", facets={"area": ("望京",)}))

    for text in ("", "石墨烯", "shimoxi", "jmsmx", "CG-2026-000007", "涂层"):
        results = find(text, facets=("area", "kind"))
        assert "secret" not in ids(results)
        assert results.total == len(results.hits)
        assert all(value != "酒仙桥" for facet in results.facets for value, _ in facet.values)
        assert sum(count for _, count in results.facets[1].values) == results.total
    assert index.suggest("机密", PUBLIC) == []
    assert index.near_titles(SECRET.title, PUBLIC, ()) == []
    assert [hit.id for hit in index.rank(terms_of_need(SECRET.title, "", index.asked_in), PUBLIC, (), 10)] == ["open"]
    assert index.suggest("机密", OFFICER)[0].id == "secret"
    assert ids(find("石墨烯", reader=OFFICER)) == ["secret"]


def test_who_says_no_tokens_sees_nothing(put: Put, find: Find) -> None:
    put(document("open"))

    assert find("", reader=()).total == 0


def test_what_is_being_taken_away_is_left_out_everywhere(index: Index, put: Put, find: Find) -> None:
    put(document("gone", "石墨烯涂层"), document("gone", "石墨烯涂层", guarded=True, audience=("officer:jiuxianqiao",)))
    gone = frozenset({"gone"})

    assert find("石墨烯", reader=OFFICER, without=gone, facets=("kind",)).facets[0].values == ()
    assert index.suggest("石墨", OFFICER, without=gone) == []
    assert index.near_titles("石墨烯涂层", OFFICER, (), without=gone) == []
    assert index.rank(terms_of_need("石墨烯", "", index.asked_in), OFFICER, (), 10, gone) == []


PUBLIC_FACE = document("need", "高温密封材料", kind="need", facets={"area": ("望京",)})
GUARDED_FACE = document("need", "高温密封材料", kind="need", guarded=True, audience=OFFICER[2:], body="工况四百度", facets={"area": ("望京",)})


@pytest.mark.parametrize("order", [(PUBLIC_FACE, GUARDED_FACE), (GUARDED_FACE, PUBLIC_FACE)])
@pytest.mark.parametrize("together", [True, False])
def test_an_entity_with_two_faces_is_found_and_counted_once(put: Put, find: Find, order: tuple[object, ...], together: bool) -> None:
    if together:
        put(*order)
    else:
        for face in order:
            put(face)

    officers = find("密封", reader=OFFICER, facets=("area",))
    everybodys = find("密封", facets=("area",))

    assert [hit.key for hit in officers.hits] == ["need#guarded"]
    assert [hit.key for hit in everybodys.hits] == ["need"]
    assert officers.total == everybodys.total == 1
    assert officers.facets[0].values == everybodys.facets[0].values == (("望京", 1),)
    assert find("四百度").total == 0
    assert find("四百度", reader=OFFICER).total == 1


def test_without_its_guarded_face_the_public_one_is_shown_again(index: Index, put: Put, find: Find) -> None:
    put(PUBLIC_FACE, GUARDED_FACE)

    index.delete(["need#guarded"], version=2)
    index.commit()

    assert [hit.key for hit in find("密封", reader=OFFICER).hits] == ["need"]


def test_a_changed_audience_of_the_guarded_face_changes_who_sees_which(put: Put, find: Find) -> None:
    put(PUBLIC_FACE, GUARDED_FACE)

    put(document("need", "高温密封材料", kind="need", guarded=True, version=2, audience=("maker:1",)))

    assert [hit.key for hit in find("密封", reader=OFFICER).hits] == ["need"]
    assert [hit.key for hit in find("密封", reader=("public", "maker:1")).hits] == ["need#guarded"]


def test_counts_are_never_remembered_for_another_reader_or_past_a_commit(index: Index, put: Put, find: Find) -> None:
    put(SECRET, document("open", "公开涂层", facets={"area": ("望京",)}))
    asked = {"facets": ("area",)}

    assert len(find("涂层", reader=OFFICER, **asked).facets[0].values) == 2
    assert find("涂层", **asked).facets[0].values == (("望京", 1),)
    assert find("涂层", without=frozenset({"open"}), **asked).facets[0].values == ()
    index.delete(["open"], version=2)
    index.commit()
    assert find("涂层", **asked).facets[0].values == ()
    assert find("涂层", reader=OFFICER, **asked).facets[0].values == (("酒仙桥", 1),)
