"""An index is filled beside the one that is read and shown in one step; what is killed or dropped on the way changes nothing."""

from collections.abc import Callable
from pathlib import Path

import pytest
import tantivy

from search.index import Index, ReadOnlyIndex, open_index
from search.query import SearchQuery
from tests.search.conftest import OFFICER, PUBLIC, Find, Put, document, ids

Open = Callable[[], Index]


def titles(index: Index) -> list[str]:
    return [hit.id for hit in index.search(SearchQuery("阀门", reader=PUBLIC)).hits]


def test_the_next_is_seen_when_it_is_shown_and_not_before(index: Index, put: Put, find: Find) -> None:
    put(document("a", "阀门", version=9), document("c", "阀门", version=9))
    following = index.begin_next()
    following.put([document("b", "阀门"), document("a", "阀门", version=1)])

    assert sorted(ids(find("阀门"))) == ["a", "c"]
    following.show()

    assert sorted(ids(find("阀门"))) == ["a", "b"]
    assert dict(index.versions()) == {"a": 1, "b": 1}
    put(document("d", "阀门"))
    assert sorted(ids(find("阀门"))) == ["a", "b", "d"]


def test_whoever_reads_elsewhere_goes_over_too(index: Index, put: Put, open_again: Open) -> None:
    put(document("a", "阀门"))
    elsewhere = open_again()
    assert titles(elsewhere) == ["a"]
    following = index.begin_next()
    following.put([document("b", "阀门")])
    following.show()

    assert titles(elsewhere) == ["b"]
    assert elsewhere.count() == 1
    elsewhere.close()


def test_one_that_is_dropped_changes_nothing(index: Index, put: Put, find: Find) -> None:
    put(document("a", "阀门"))
    following = index.begin_next()
    following.put([document("b", "阀门")])
    following.drop()

    put(document("c", "阀门"))
    assert sorted(ids(find("阀门"))) == ["a", "c"]
    assert not index.is_filled


def test_what_a_killed_attempt_left_is_no_part_of_the_next_one(index: Index, open_again: Open, find: Find) -> None:
    index.begin_next().put([document("left", "阀门")])
    index.close()

    again = open_again()
    following = again.begin_next()
    following.put([document("b", "阀门")])
    assert dict(following.versions()) == {"b": 1}
    following.show()
    assert titles(again) == ["b"]
    again.close()


def test_an_index_says_whether_it_was_ever_filled(index: Index, open_again: Open) -> None:
    assert not index.is_filled
    index.begin_next().show()
    assert index.is_filled
    again = open_again()
    assert again.is_filled
    again.close()


def test_an_empty_site_needs_no_filling(index: Index, open_again: Open) -> None:
    index.note_filled()
    again = open_again()
    assert again.is_filled
    again.close()


def test_what_was_deleted_does_not_rise_in_the_next(index: Index, put: Put, engine_name: str) -> None:
    """The embedded index has one pen, so nobody is late there."""
    put(document("a", "阀门", version=3))
    index.delete(["a"], version=7)
    index.commit()
    index.begin_next().show()

    taken = index.put([document("a", "阀门", version=5)])
    index.commit()

    assert (taken, index.count()) == ((0, 0) if engine_name == "elasticsearch" else (1, 1))


def test_faces_give_way_in_the_next_as_they_do_everywhere(index: Index, find: Find) -> None:
    following = index.begin_next()
    following.put([document("a", "阀门", audience=OFFICER), document("a", "密阀", guarded=True, audience=OFFICER[2:])])
    following.delete(["a#guarded"], version=2)
    following.show()

    assert ids(find("阀门", reader=OFFICER)) == ["a"]
    assert find("密阀", reader=OFFICER).total == 0


def test_an_embedded_index_of_another_layout_is_made_anew(tmp_path: Path) -> None:
    folder = tmp_path / "index"
    first = open_index(str(folder))
    first.put([document("a", "阀门")])
    first.commit()
    first.note_filled()
    first.close()
    for file in (folder / "1").glob("[!f]*"):
        file.unlink()
    schema = tantivy.SchemaBuilder()
    schema.add_text_field("another")
    tantivy.Index(schema.build(), path=str(folder / "1"))

    again = open_index(str(folder))

    assert (again.count(), again.is_filled) == (0, False)
    assert again.put([document("b", "阀门")]) == 1
    again.close()


def test_only_who_holds_the_pen_begins_a_next_one(tmp_path: Path) -> None:
    first, second = (open_index(str(tmp_path / "index")) for _ in range(2))
    first.put([document("a", "阀门")])
    with pytest.raises(ReadOnlyIndex):
        second.begin_next()
    first.close()
    second.begin_next().drop()
    second.close()
