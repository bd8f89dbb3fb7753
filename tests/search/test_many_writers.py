"""Elasticsearch takes writes from every process; versions decide, whoever comes last."""

import threading
from collections.abc import Callable, Iterator

import pytest

from search.document import Document
from search.elastic_document import Line
from search.elastic_layout import Layout
from search.elastic_server import Server
from search.elastic_writer import ElasticWriter
from search.index import Index, SearchUnavailable, open_index
from search.query import SearchQuery
from search.shelf import Shelf
from tests.engines import ACCESS, ELASTICSEARCH, remove_indices
from tests.search.conftest import NO_SERVER, OFFICER, PUBLIC, document, ids

pytestmark = NO_SERVER
VERSIONED = b', "version": 8, "version_type": "external_gte"'


@pytest.fixture
def index() -> Iterator[Index]:
    opened = open_index(ELASTICSEARCH, ACCESS)
    yield opened
    opened.close()
    remove_indices()


@pytest.fixture
def server() -> Iterator[Server]:
    opened = Server(ELASTICSEARCH, ACCESS)
    yield opened
    opened.close()


class LateWriter(ElasticWriter):
    """A leader that has read what stands, then hangs while another leads on, and comes back to write."""

    def __init__(self, server: Server, meanwhile: Callable[[], None]) -> None:
        super().__init__(server, Layout(server, ACCESS).alias)
        self._meanwhile = meanwhile

    def _shelf(self, ids: object) -> Shelf:
        shelf = super()._shelf(ids)  # type: ignore[arg-type]
        self._meanwhile()
        return shelf


class Unversioned(LateWriter):
    """Sends the same without the versions."""

    def _bulk(self, lines: list[Line]) -> dict[str, int]:
        return super()._bulk([Line(line.key, line.body.replace(VERSIONED, b"")) for line in lines])


def seen(index: Index, text: str = "", reader: tuple[str, ...] = PUBLIC) -> list[str]:
    index.commit()
    return ids(index.search(SearchQuery(text, reader=reader)))


def test_a_late_leader_does_not_write_over_the_next(index: Index, server: Server) -> None:
    late = LateWriter(server, lambda: put(index, document("a", "新名", version=9)))

    assert late.put([document("a", "旧名", version=8)]) == 0

    assert seen(index, "新名") == ["a"]
    assert seen(index, "旧名") == []


def test_a_late_leader_does_not_bring_back_what_the_next_deleted(index: Index, server: Server) -> None:
    index.put([document("a", "阀门", version=1)])
    late = LateWriter(server, lambda: index.delete(["a", "a#guarded"], version=9))

    late.put([document("a", "阀门", version=8), document("a", "阀门", guarded=True, version=8, audience=OFFICER[2:])])

    assert seen(index, reader=OFFICER) == []


def test_without_versions_the_late_leader_would_win(index: Index, server: Server) -> None:
    """The control: it is the server's comparison that keeps the two tests above."""
    late = Unversioned(server, lambda: put(index, document("a", "新名", version=9)))

    late.put([document("a", "旧名", version=8)])

    assert seen(index, "旧名") == ["a"]


def test_many_writers_at_once_leave_the_newest(index: Index) -> None:
    writers = [threading.Thread(target=write_all, args=(number,)) for number in range(4)]
    for one in writers:
        one.start()
    for one in writers:
        one.join()

    index.commit()
    assert dict(index.versions()) == {f"d{n}": 43 for n in range(20)}
    assert index.search(SearchQuery("第43版", reader=PUBLIC, size=30)).total == 20


def write_all(number: int) -> None:
    """The versions of the four interleave: 0, 4, 8 … and 1, 5, 9 …"""
    opened = open_index(ELASTICSEARCH, ACCESS)
    for version in range(number, 44, 4):
        opened.put([document(f"d{n}", f"第{version}版", version=version) for n in range(20)])
    opened.close()


def put(index: Index, *documents: Document) -> None:
    index.put(documents)


def test_an_index_of_another_layout_is_made_anew(server: Server) -> None:
    name = f"{ACCESS.prefix}-search-1"
    server.ask(lambda client: client.indices.create(index=name, aliases={f"{ACCESS.prefix}-search": {}}, mappings={"dynamic": "strict"}))

    opened = open_index(ELASTICSEARCH, ACCESS)

    assert (opened.count(), opened.is_filled) == (0, False)
    assert not server.ask(lambda client: client.indices.exists(index=name))
    opened.close()
    remove_indices()


def test_an_index_that_lost_its_alias_is_no_reason_to_start_without_one(server: Server) -> None:
    server.ask(lambda client: client.indices.create(index=f"{ACCESS.prefix}-search-1"))

    opened = open_index(ELASTICSEARCH, ACCESS)
    opened.put([document("a", "阀门")])

    assert (seen(opened), opened.is_filled) == (["a"], False)
    opened.begin_next().drop()
    assert not server.ask(lambda client: client.indices.exists(index=f"{ACCESS.prefix}-search-1"))
    opened.close()
    remove_indices()


def test_an_index_that_was_deleted_is_not_made_anew_by_a_write(index: Index, server: Server) -> None:
    remove_indices()

    with pytest.raises(SearchUnavailable, match=r"gone|404"):
        index.put([document("a")])
    with pytest.raises(SearchUnavailable):
        index.count()
    assert not server.ask(lambda client: client.indices.exists(index=f"{ACCESS.prefix}-search"))
