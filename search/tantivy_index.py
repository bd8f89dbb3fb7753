"""The embedded engine: tantivy in the process, one writer, any number of readers."""

from collections.abc import Iterable, Iterator
from pathlib import Path

from search.document import Document
from search.errors import ReadOnlyIndex, SearchUnavailable
from search.looking import Found, Look, Looking
from search.tantivy_reader import TantivyReader
from search.tantivy_schema import open_tantivy
from search.tantivy_writer import TantivyWriter


class TantivyIndex(Looking):
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
        """Let the pen go."""
        self._writer.close()
