"""The engine for more than one machine: an Elasticsearch, one index for all kinds behind an alias."""

from collections.abc import Collection, Iterable, Iterator, Mapping

from search.document import Document
from search.elastic_layout import Layout
from search.elastic_reader import ElasticReader
from search.elastic_server import Access, Server
from search.elastic_writer import ElasticWriter
from search.embedding import Embedding
from search.looking import Found, Look, Looking
from search.meaning import Near
from search.page import Page


class ElasticIndex(Looking):
    """Keeps the Index protocol over a server, whose index is made when it is missing."""

    def __init__(self, url: str, access: Access, embedding: Embedding | None = None) -> None:
        """Raises SearchUnavailable, in one sentence, when it can't be reached, entered or used."""
        super().__init__(embedding)
        self._server = Server(url, access)
        layout = Layout(self._server, access, embedding)
        layout.ensure()
        self._reader = ElasticReader(self._server, layout.alias)
        self._layout = layout
        self._filled = False
        self._writer = ElasticWriter(self._server, layout.alias, embedding)

    @property
    def is_writable(self) -> bool:
        """Any process may write; who leads is decided elsewhere, and versions refuse what is late."""
        return True

    @property
    def is_filled(self) -> bool:
        """Whether all that the graph knew was once written into it. Once it was, whatever follows it is, too."""
        self._filled = self._filled or self._layout.is_filled
        return self._filled

    def note_filled(self) -> None:
        """For one that begins with nothing to be found."""
        self._layout.note_filled(self._layout.alias)

    def put(self, documents: Iterable[Document]) -> int:
        """Add or replace by key."""
        return self._writer.put(documents)

    def delete(self, keys: Iterable[str], version: int) -> None:
        """Forget these faces, unless they are newer."""
        self._writer.delete(keys, version)

    def commit(self) -> None:
        """Durable, and visible to every reader."""
        self._writer.commit()

    def find(self, look: Look) -> Found:
        """Asked by all that `Looking` offers."""
        return self._reader.find(look)

    def nearest(self, near: Near) -> list[tuple[float, Page]]:
        """Of all vectors, not by an approximate graph: both engines find the same."""
        return self._reader.nearest(near)

    def asked_in(self, tokens: Collection[str]) -> Mapping[str, int]:
        """As the shard counts, deleted ones until they are merged."""
        return self._reader.asked_in(tokens)

    def versions(self) -> Iterator[tuple[str, int]]:
        """Each key with its version."""
        return self._reader.versions()

    def documents(self) -> Iterator[Document]:
        """Each face as it stands."""
        return self._reader.documents()

    def count(self) -> int:
        """How many faces readers may find."""
        return self._reader.count()

    def begin_next(self) -> "NextElastic":
        """An empty one behind no alias; what an earlier attempt left is dropped."""
        self._layout.drop_others()
        return NextElastic(self._server, self._layout, self.embedding, self._reader.tombstones())

    def close(self) -> None:
        """What was written and not committed is seen after the next commit of anybody."""
        self._server.close()


class NextElastic:
    """Filled beside the one that is read. The name is its own: a deposed leader's attempt can't be taken for its successor's."""

    def __init__(self, server: Server, layout: Layout, embedding: Embedding | None, tombstones: Iterable[tuple[str, int]]) -> None:
        self._layout = layout
        self._name = name = layout.create_next()
        self._reader = ElasticReader(server, name)
        self._writer = ElasticWriter(server, name, embedding, is_alias=False)
        self._writer.bury(tombstones)

    def put(self, documents: Iterable[Document]) -> int:
        """Add or replace by key."""
        return self._writer.put(documents)

    def delete(self, keys: Iterable[str], version: int) -> None:
        """Forget these faces, unless they are newer."""
        self._writer.delete(keys, version)

    def versions(self) -> Iterator[tuple[str, int]]:
        """All that was put, made visible first."""
        self._writer.commit()
        return self._reader.versions()

    def show(self) -> None:
        """Readers go over to it in one step; what they read before is dropped."""
        self._writer.commit()
        self._layout.note_filled(self._name)
        self._layout.swap(self._name)

    def drop(self) -> None:
        """It is not shown."""
        self._layout.drop(self._name)


def remove_index(url: str, access: Access) -> None:
    """Takes away all that a site of this prefix has there, by exact names; for tests and measurements."""
    server = Server(url, access)
    Layout(server, access).remove()
    server.close()
