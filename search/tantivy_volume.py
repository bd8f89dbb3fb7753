"""One folder of an embedded index: the one that is read, or the one that is being filled beside it."""

from pathlib import Path

from search.errors import SearchUnavailable
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
        self.reader = TantivyReader(index, str(folder))
        self.writer = TantivyWriter(index)

    @property
    def is_filled(self) -> bool:
        """Whether all that the graph knew was once written here."""
        return (self.folder / FILLED).exists()

    def note_filled(self) -> None:
        """It survives the process, so that a filling that was killed is begun again."""
        (self.folder / FILLED).touch()
