"""One folder of an embedded index: the one that is read, or the one that is being filled beside it."""

from collections.abc import Iterable, Iterator
from pathlib import Path

from search.document import Document
from search.errors import ReadOnlyIndex, SearchUnavailable
from search.looking import Found, Look
from search.tantivy_folders import FILLED
from search.tantivy_reader import TantivyReader
from search.tantivy_schema import open_tantivy
from search.tantivy_writer import TantivyWriter


class Volume:
    """A reader and a writer, whose pen is free until the first change."""

    def __init__(self, folder: Path) -> None:
        """Raises SearchUnavailable for another layout and for what can't be read."""
        self.folder = folder
        try:
            index = open_tantivy(str(folder))
        except (OSError, ValueError) as broken:
            raise SearchUnavailable(f"the index in {folder} can't be opened: {broken}") from broken
        self._reader = TantivyReader(index, str(folder))
        self._writer = TantivyWriter(index)

    @property
    def is_writable(self) -> bool:
        """Takes the pen if it is free."""
        try:
            self._writer.take_pen()
        except ReadOnlyIndex:
            return False
        return True

    @property
    def is_filled(self) -> bool:
        """Whether all that the graph knew was once written here."""
        return (self.folder / FILLED).exists()

    def note_filled(self) -> None:
        """It survives the process, so that a filling that was killed is begun again."""
        (self.folder / FILLED).touch()

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

    def close(self) -> None:
        """Let the pen go."""
        self._writer.close()
