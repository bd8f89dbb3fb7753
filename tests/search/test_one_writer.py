"""The embedded index has one pen: whoever holds it writes, all others read."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from search.index import Index, ReadOnlyIndex, SearchUnavailable, open_index
from search.query import SearchQuery
from tests.search.conftest import PUBLIC, document


@pytest.fixture
def folder(tmp_path: Path) -> str:
    return str(tmp_path / "pen")


@pytest.fixture
def first(folder: str) -> Iterator[Index]:
    opened = open_index(folder)
    yield opened
    opened.close()


def test_a_second_writer_is_refused_but_may_read(first: Index, folder: str) -> None:
    second = open_index(folder)
    first.put([document("a", "阀门")])
    first.commit()

    with pytest.raises(ReadOnlyIndex):
        second.put([document("b")])
    assert not second.is_writable
    assert second.search(SearchQuery("阀门", reader=PUBLIC)).total == 1

    first.close()
    assert second.put([document("b")]) == 1
    second.close()


WRITER = """
import sys
from search.document import Document
from search.index import open_index
index = open_index(sys.argv[1])
index.put([Document(key="a", id="a", kind="k", version=1, audience=("public",), title="阀门")])
index.commit()
index.put([Document(key="b", id="b", kind="k", version=1, audience=("public",), title="阀门")])
print("ready", flush=True)
sys.stdin.read()
"""


def test_a_killed_writer_leaves_its_commits_and_no_lock(folder: str) -> None:
    command = [sys.executable, "-c", WRITER, folder]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=Path(__file__).parents[2], text=True) as writer:
        assert writer.stdout is not None
        assert writer.stdout.readline() == "ready\n"
        reader = open_index(folder)
        assert not reader.is_writable
        assert reader.count() == 1
        writer.kill()
    assert reader.put([document("c")]) == 1
    reader.commit()
    assert reader.count() == 2
    reader.close()


def test_a_folder_that_went_away_under_the_pen_is_said_so_and_written_again_on_its_return(first: Index, folder: str) -> None:
    first.put([document("a", "阀门")])
    first.commit()
    place = Path(folder) / "1"
    place.rename(away := Path(folder) / "away")
    first.put([document("b", "阀门")])
    with pytest.raises(SearchUnavailable):
        first.commit()

    away.rename(place)
    first.put([document("b", "阀门"), document("c", "阀门")])
    first.commit()

    assert first.search(SearchQuery("阀门", reader=PUBLIC)).total == 3
