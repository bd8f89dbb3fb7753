"""The engine for more than one machine: an Elasticsearch, one index for all kinds behind an alias."""

from collections.abc import Iterable, Iterator
from contextlib import suppress

from search.document import Document
from search.elastic_layout import Layout
from search.elastic_reader import ElasticReader
from search.elastic_server import Access, Server
from search.elastic_writer import ElasticWriter
from search.errors import SearchUnavailable
from search.looking import Found, Look, Looking


class ElasticIndex(Looking):
    """Keeps the Index protocol over a server, whose index is made when it is missing."""

    def __init__(self, url: str, access: Access) -> None:
        """Raises SearchUnavailable, in one sentence, when it can't be reached, entered or used."""
        self._server = Server(url, access)
        layout = Layout(self._server, access)
        layout.ensure()
        self._reader = ElasticReader(self._server, layout.alias)
        self._writer = ElasticWriter(self._server, layout)

    @property
    def is_writable(self) -> bool:
        """Any process may write; who leads is decided elsewhere, and versions refuse what is late."""
        return True

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

    def versions(self) -> Iterator[tuple[str, int]]:
        """Each key with its version."""
        return self._reader.versions()

    def documents(self) -> Iterator[Document]:
        """Each face as it stands."""
        return self._reader.documents()

    def count(self) -> int:
        """How many faces readers may find."""
        return self._reader.count()

    def clear(self) -> None:
        """Forget everything, visible after commit."""
        self._writer.clear()

    def close(self) -> None:
        """What was written and not committed is seen after the next commit of anybody."""
        with suppress(SearchUnavailable):
            self._writer.close()
        self._server.close()


def remove_index(url: str, access: Access) -> None:
    """Takes away all that a site of this prefix has there, by exact names; for tests and measurements."""
    server = Server(url, access)
    Layout(server, access).remove()
    server.close()
