"""The protocol that both engines keep, and the one place that chooses between them by URL."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Protocol

from search.document import Document
from search.query import SearchQuery
from search.results import Hit, Results, Suggestion

Terms = Mapping[str, Mapping[str, float]]  # field → token → weight


class SearchUnavailable(RuntimeError):
    """The index can't be reached or opened; reading and writing of the site go on without it."""


class ReadOnlyIndex(SearchUnavailable):
    """Another process writes this index; this one may only read."""


class Index(Protocol):
    """Documents in, hits out. Every look-up takes the reader's audience tokens and shows nothing beyond them."""

    @property
    def is_writable(self) -> bool:
        """Whether this process is the one that writes."""
        ...

    def put(self, documents: Iterable[Document]) -> int:
        """Add or replace by key; an older version never replaces a newer one. Returns how many were taken. Raises ReadOnlyIndex."""
        ...

    def delete(self, keys: Iterable[str]) -> None:
        """Forget these faces; unknown keys are no error. Raises ReadOnlyIndex."""
        ...

    def commit(self) -> None:
        """Make what was put and deleted durable and visible to every reader."""
        ...

    def search(self, query: SearchQuery) -> Results:
        """One page of hits with facets and highlights."""
        ...

    def rank(
        self, terms: Terms, reader: tuple[str, ...], kinds: tuple[str, ...], size: int, without: frozenset[str] = frozenset()
    ) -> list[Hit]:
        """The best matches of a weighted bag of words, as `matching.terms_of_need` makes it."""
        ...

    def suggest(self, prefix: str, reader: tuple[str, ...], size: int = 8, kinds: tuple[str, ...] = ()) -> list[Suggestion]:
        """Titles that go on from what was typed, by characters or by pinyin."""
        ...

    def near_titles(self, title: str, reader: tuple[str, ...], kinds: tuple[str, ...], size: int = 5) -> list[Hit]:
        """Titles that say nearly the same, with a score between 0 and 1, to warn of duplicates."""
        ...

    def versions(self) -> Iterator[tuple[str, int]]:
        """Each key with its version, to compare the index with the graph."""
        ...

    def count(self) -> int:
        """How many documents (faces) are visible to readers."""
        ...

    def clear(self) -> None:
        """Forget everything, visible after commit. Raises ReadOnlyIndex."""
        ...

    def close(self) -> None:
        """Commit nothing, let the writer's lock go. Calling it twice is no error."""
        ...
