"""Documents come late, twice, in the wrong order and broken; the index stays right."""

import random
from collections.abc import Callable
from pathlib import Path

import pytest

from search.document import GUARDED, Document
from search.index import Index, SearchUnavailable, open_index
from search.query import DEEPEST, SearchQuery
from tests.search.conftest import PUBLIC, Find, Put, document, ids

Open = Callable[[], Index]


def test_an_older_version_never_replaces_a_newer_one(index: Index, put: Put, find: Find) -> None:
    put(document("a", "新名", version=2**62))

    assert index.put([document("a", "旧名", version=2**62 - 1)]) == 0
    index.commit()

    assert find("新名").total == 1
    assert find("旧名").total == 0
    assert list(index.versions()) == [("a", 2**62)]


@pytest.mark.parametrize("versions", [(1, 2), (2, 1), (1, 2, 1, 2, 1)])
def test_the_newest_wins_before_any_commit_too(index: Index, find: Find, versions: tuple[int, ...]) -> None:
    for version in versions:
        index.put([document("a", f"第{version}版", version=version)])
    index.put([document("b", f"第{version}版", version=version) for version in versions])
    index.commit()

    assert index.count() == 2
    assert find("第2版").total == 2


def test_whatever_was_written_and_forgotten_in_any_order_each_face_is_there_once(index: Index) -> None:
    chance, standing = random.Random(20261129), dict[str, int]()
    for version in range(1, 401):
        id, guarded = f"thing {chance.randrange(6)}", chance.random() < 0.5
        key = id + GUARDED if guarded else id
        match chance.choice(("put", "put", "delete", "delete", "commit")):
            case "put":
                index.put([document(id, guarded=guarded, version=version)])
                standing[key] = version
            case "delete":
                index.delete([key], version)
                standing.pop(key, None)
            case _:
                index.commit()
                assert sorted(index.versions()) == sorted(standing.items())
    index.commit()

    assert sorted(index.versions()) == sorted(standing.items())
    assert index.count() == len(standing)


def test_a_replaced_document_is_there_once(index: Index, put: Put, find: Find) -> None:
    for version in (1, 2, 3):
        put(document("a", "阀门", version=version))

    assert index.count() == find("阀门").total == 1


def test_what_is_deleted_is_gone_and_may_come_back(index: Index, put: Put, find: Find) -> None:
    put(document("a", "阀门", version=5), document("b", "阀门"))

    index.delete(["a", "never-there"], version=6)
    index.commit()
    assert ids(find("阀门")) == ["b"]
    assert dict(index.versions()) == {"b": 1}
    assert index.count() == len(list(index.documents())) == 1

    put(document("a", "阀门", version=7))
    assert find("阀门").total == 2


@pytest.mark.parametrize("key", ["a", "never-there"])
def test_a_late_older_write_does_not_undo_a_deletion(index: Index, put: Put, find: Find, key: str) -> None:
    put(document("a", "阀门", version=5))

    index.delete([key], version=7)
    index.commit()
    assert index.put([document(key, "阀门", version=6)]) == 0
    index.commit()
    assert key not in ids(find("阀门"))
    assert key not in dict(index.versions())

    put(document(key, "阀门", version=7))
    assert key in ids(find("阀门"))


def test_a_late_deletion_takes_nothing_newer_away(index: Index, put: Put, find: Find) -> None:
    put(document("a", "阀门", version=5))

    index.delete(["a"], version=4)
    index.commit()

    assert find("阀门").total == 1


def test_nothing_is_seen_before_the_commit(index: Index, find: Find) -> None:
    index.put([document("a", "阀门")])
    assert find("阀门").total == 0
    index.commit()
    assert find("阀门").total == 1


def test_what_was_committed_is_there_after_reopening(index: Index, open_again: Open) -> None:
    index.put([document("a", "阀门")])
    index.commit()
    index.put([document("b", "阀门")])
    index.close()

    again = open_again()
    assert again.search(SearchQuery("阀门", reader=PUBLIC)).total == 1
    assert again.put([document("b", "阀门")]) == 1
    again.close()


HOSTILE = [
    "", " ", '"', '""', "“”", "-", "--", '-"', "\x00\x07", "\ud800", "a\udfffb", "电" * 10_000, "ab " * 10_000,
    "a" * 10_000, '"' * 999,
    "+-&|!(){}[]^~*?:\\/", "title:阀门 OR *:*", "<script>", "𠮷😀", "\u202e阀", "zh" * 30,
    "ang" * 200, "的", "-的 -了", "1" * 400, "ﷺ" * 500,
]  # fmt: skip


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_nothing_that_is_typed_or_stored_breaks_it(index: Index, put: Put, find: Find, text: str) -> None:
    put(document("good", "阀门"), document("odd", text, summary=text, body=text, number=text, facets={"area": (text,)}))

    results = find(text, facets=("area",), filters={"skill": ()})

    assert results.total == len(results.hits) <= 2
    assert index.suggest(text, PUBLIC) is not None
    assert index.near_titles(text, PUBLIC, ()) is not None
    assert find("", filters={"area": (text,)}).total <= 2
    assert "good" in ids(find("阀门"))
    assert find("阀门", reader=(text,)).total == 0


def test_a_poison_document_takes_nothing_away(index: Index, put: Put, find: Find) -> None:
    put(document("a", "阀门"))

    with pytest.raises((UnicodeEncodeError, ValueError, OverflowError)):
        index.put([document("a", "新阀", version=2**70)])
    index.put([document("b", "阀门")])
    index.commit()

    assert sorted(ids(find("阀门"))) == ["a", "b"]


def test_a_document_with_an_unknown_facet_or_face_is_refused() -> None:
    with pytest.raises(ValueError, match="colour"):
        document("a", facets={"colour": ("red",)})
    with pytest.raises(ValueError, match="b"):
        Document(key="b", id="a", kind="k", version=1, audience=(), title="")


def test_only_known_urls_open(tmp_path: Path) -> None:
    with pytest.raises(SearchUnavailable, match="ftp"):
        open_index("ftp://x/y")
    (tmp_path / "taken").write_text("a file")
    with pytest.raises(SearchUnavailable):
        open_index(str(tmp_path / "taken"))


def test_a_long_shelf_is_walked_to_its_end(index: Index, put: Put) -> None:
    """More than one page of a walk, and more than may be counted off from the beginning."""
    put(*(document(f"n{n:04}", "同名", version=n) for n in range(2_100)))
    index.delete(["n0007"], version=8)
    index.commit()

    assert sorted(face.id for face in index.documents()) == [f"n{n:04}" for n in range(2_100) if n != 7]
    assert dict(index.versions())["n2000"] == 2_000
    assert index.count() == len(list(index.versions())) == 2_099
    ranked = [index.rank({"title": {"同名": 1.0}}, PUBLIC, (), size) for size in (2_100, DEEPEST + 1)]
    assert [len(hits) for hits in ranked] == [2_099, 2_099]
    assert ranked[0] == ranked[1]
