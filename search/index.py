"""The protocol that both engines keep, and the one place that chooses between them by URL."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Protocol
from urllib.parse import unquote, urlsplit

from search.document import Document
from search.elastic_index import ElasticIndex
from search.elastic_server import Access
from search.embedding import Embedding
from search.errors import ReadOnlyIndex, SearchUnavailable
from search.meant import Meant
from search.query import SearchQuery
from search.results import Hit, Results, Suggestion, Terms
from search.tantivy_index import TantivyIndex

__all__ = ["Access", "Index", "Next", "ReadOnlyIndex", "SearchUnavailable", "Terms", "open_index"]


class Next(Protocol):
    """An index that is filled beside the one that is read; a killed process leaves only what the next attempt drops."""

    def put(self, documents: Iterable[Document]) -> int:
        """As `Index.put`."""
        ...

    def delete(self, keys: Iterable[str], version: int) -> None:
        """As `Index.delete`."""
        ...

    def versions(self) -> Iterator[tuple[str, int]]:
        """Each key with its version, all that was put."""
        ...

    def show(self) -> None:
        """Readers go over to it in one step; what they read before is dropped."""
        ...

    def drop(self) -> None:
        """It is not shown."""
        ...


class Index(Protocol):
    """Documents in, hits out. Every look-up takes the reader's audience tokens and shows nothing beyond them."""

    @property
    def is_writable(self) -> bool:
        """Whether this process is the one that writes."""
        ...

    @property
    def is_filled(self) -> bool:
        """Whether all that the graph knew was once written into it: one that was just made, of another layout perhaps, is not."""
        ...

    def note_filled(self) -> None:
        """For one that begins with nothing to be found."""
        ...

    def put(self, documents: Iterable[Document]) -> int:
        """Add or replace by key; an older version never replaces a newer one. Returns how many were taken. Raises ReadOnlyIndex."""
        ...

    def delete(self, keys: Iterable[str], version: int) -> None:
        """Forget these faces unless they are newer; what is put later with an older version stays away. Raises ReadOnlyIndex."""
        ...

    def commit(self) -> None:
        """Make what was put and deleted durable and visible to every reader."""
        ...

    def search(self, query: SearchQuery) -> Results:
        """One page of hits with facets and highlights."""
        ...

    def rank(
        self, terms: Terms, reader: tuple[str, ...], kinds: tuple[str, ...], size: int, without: frozenset[str] = frozenset(), meaning: str = ""
    ) -> list[Hit]:
        """The best matches of a weighted bag of words, as `matching.terms_of_need` makes it, and of what is meant, where there is an embedding."""
        ...

    def alike(
        self, text: str, reader: tuple[str, ...], kinds: tuple[str, ...] = (), size: int = 5, without: frozenset[str] = frozenset()
    ) -> list[Hit]:
        """What means nearly the same, whatever its words; nothing without an embedding."""
        ...

    def asked_in(self, tokens: Collection[str]) -> Mapping[str, int]:
        """In how many documents that ask each of these tokens stands, whoever may read them; what stands in none may be left out."""
        ...

    def suggest(
        self, prefix: str, reader: tuple[str, ...], size: int = 8, kinds: tuple[str, ...] = (), without: frozenset[str] = frozenset()
    ) -> list[Suggestion]:
        """Titles that go on from what was typed, by characters or by pinyin."""
        ...

    def numbered(self, text: str, reader: tuple[str, ...], without: frozenset[str] = frozenset()) -> list[Hit]:
        """The things whose own number the whole text is, with or without separators, ZL and a patent's check digit."""
        ...

    def meant(self, query: SearchQuery, found: int) -> Meant | None:
        """Another text by which the reader finds at least twice as much as the `found` of theirs, all filters left out."""
        ...

    def near_titles(
        self, title: str, reader: tuple[str, ...], kinds: tuple[str, ...], size: int = 5, without: frozenset[str] = frozenset()
    ) -> list[Hit]:
        """Titles that say nearly the same, with a score between 0 and 1, to warn of duplicates."""
        ...

    def versions(self) -> Iterator[tuple[str, int]]:
        """Each key with its version, to compare the index with the graph."""
        ...

    def documents(self) -> Iterator[Document]:
        """Each face as it stands, whoever may read it; for the operator's comparison only."""
        ...

    def count(self) -> int:
        """How many documents (faces) are visible to readers."""
        ...

    def begin_next(self) -> Next:
        """An empty one beside this, which nobody reads yet; what an earlier attempt left is dropped. Raises ReadOnlyIndex."""
        ...

    def close(self) -> None:
        """Commit nothing, let the writer's lock go. Calling it twice is no error."""
        ...


def open_index(url: str, access: Access | None = None, embedding: Embedding | None = None) -> Index:
    """A path or file:///… is the embedded engine; http(s)://…, or whatever comes with an access, an Elasticsearch.

    Raises SearchUnavailable, in one sentence, where it can't be opened.
    """
    parts = urlsplit(url)
    if access is not None or parts.scheme in ("http", "https"):
        return ElasticIndex(url, access or Access(), embedding)
    if parts.scheme not in ("", "file"):
        raise SearchUnavailable(f"the index must be a folder, file:///… or http(s)://host:port, not {parts.scheme}:…")
    return TantivyIndex(unquote(parts.path) if parts.scheme else url, embedding)
