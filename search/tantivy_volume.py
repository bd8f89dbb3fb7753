"""One folder of an embedded index: the one that is read, or the one that is being filled beside it."""

from pathlib import Path

from search.embedding import Embedding
from search.errors import SearchUnavailable
from search.tantivy_folders import FILLED
from search.tantivy_reader import TantivyReader
from search.tantivy_schema import open_tantivy
from search.tantivy_vectors import MODEL, VectorFile
from search.tantivy_writer import TantivyWriter


class Volume:
    """A reader and a writer, whose pen is free until the first change."""

    def __init__(self, folder: Path, embedding: Embedding | None = None) -> None:
        """Raises SearchUnavailable for another layout, for the vectors of another model and for what can't be read."""
        self.folder = folder
        if not any(folder.iterdir()) and embedding:
            (folder / MODEL).write_text(embedding.name, encoding="ascii")
        if _model_of(folder) != (embedding.name if embedding else ""):
            raise SearchUnavailable(f"the index in {folder} has the vectors of another model")
        try:
            index = open_tantivy(str(folder))
        except (OSError, ValueError) as broken:
            raise SearchUnavailable(f"the index in {folder} can't be opened: {broken}") from broken
        vectors = VectorFile(folder, embedding) if embedding else None
        self.reader = TantivyReader(index, str(folder), vectors)
        self.writer = TantivyWriter(index, vectors)

    @property
    def is_filled(self) -> bool:
        """Whether all that the graph knew was once written here."""
        return (self.folder / FILLED).exists()

    def note_filled(self) -> None:
        """It survives the process, so that a filling that was killed is begun again."""
        (self.folder / FILLED).touch()


def _model_of(folder: Path) -> str:
    said = folder / MODEL
    return said.read_text(encoding="ascii") if said.exists() else ""
