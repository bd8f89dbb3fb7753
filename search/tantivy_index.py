"""The embedded engine: tantivy in the process, one writer, any number of readers."""

from collections.abc import Iterable, Iterator
from pathlib import Path

from search.document import Document
from search.errors import ReadOnlyIndex, SearchUnavailable
from search.query import SearchQuery
from search.results import Hit, Results, Suggestion, Terms
from search.tantivy_reader import TantivyReader
from search.tantivy_schema import open_tantivy
from search.tantivy_writer import TantivyWriter


class TantivyIndex:
    """Keeps the Index protocol over a folder, made when it is missing."""

    def __init__(self, folder: str) -> None:
        """Raises SearchUnavailable when the folder holds another layout (rebuild it) or can't be used."""
        try:
            Path(folder).mkdir(parents=True, exist_ok=True)
            index = open_tantivy(folder)
        except (OSError, ValueError) as broken:
            raise SearchUnavailable(f"the index in {folder} can't be opened; remove the folder and reindex: {broken}") from broken
        self._reader = TantivyReader(index, folder)
        self._writer = TantivyWriter(index)

    @property
    def is_writable(self) -> bool:
        """Takes the pen if it is free."""
        try:
            self._writer.take_pen()
        except ReadOnlyIndex:
            return False
        return True

    def put(self, documents: Iterable[Document]) -> int:
        """Add or replace by key."""
        return self._writer.put(documents)

    def delete(self, keys: Iterable[str]) -> None:
        """Forget these faces."""
        self._writer.delete(keys)

    def commit(self) -> None:
        """Durable, and visible to every reader."""
        self._writer.commit()

    def search(self, query: SearchQuery) -> Results:
        """One page of hits."""
        return self._reader.search(query)

    def rank(self, terms: Terms, reader: tuple[str, ...], kinds: tuple[str, ...], size: int, without: frozenset[str] = frozenset()) -> list[Hit]:
        """The best matches of a weighted bag of words."""
        return self._reader.rank(terms, reader, kinds, size, without)

    def suggest(
        self, prefix: str, reader: tuple[str, ...], size: int = 8, kinds: tuple[str, ...] = (), without: frozenset[str] = frozenset()
    ) -> list[Suggestion]:
        """Titles that go on from what was typed."""
        return self._reader.suggest(prefix, reader, size, kinds, without)

    def near_titles(
        self, title: str, reader: tuple[str, ...], kinds: tuple[str, ...], size: int = 5, without: frozenset[str] = frozenset()
    ) -> list[Hit]:
        """Titles that say nearly the same."""
        return self._reader.near_titles(title, reader, kinds, size, without)

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
        """Let the pen go."""
        self._writer.close()
