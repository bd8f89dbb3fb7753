"""The embedded engine: tantivy in the process, one writer, any number of readers."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from threading import Lock
from typing import TypeVar

from search.document import Document
from search.embedding import Embedding
from search.errors import ReadOnlyIndex, SearchUnavailable
from search.looking import Found, Look, Looking
from search.meaning import Near
from search.page import Page
from search.tantivy_folders import Folders
from search.tantivy_volume import Volume

T = TypeVar("T")


class TantivyIndex(Looking):
    """Keeps the Index protocol over a folder, made when it is missing, and made anew when it has another layout."""

    def __init__(self, folder: str, embedding: Embedding | None = None) -> None:
        """Raises SearchUnavailable when the folder can't be used."""
        super().__init__(embedding)
        self._folders = Folders(Path(folder))
        self._lock = Lock()
        try:
            with self._folders.one_at_a_time():
                self._volume = self._open()
        except OSError as broken:
            raise SearchUnavailable(f"the index in {folder} can't be opened: {broken}") from broken
        self._mark = self._folders.mark()

    def _open(self) -> Volume:
        """What can't be read is of no use to anybody: an empty one takes its place, and says that it is not filled."""
        standing = self._folders.current()
        if standing is not None and standing.is_dir():
            with suppress(SearchUnavailable):
                return Volume(standing, self.embedding)
        volume = Volume(self._folders.make_next(), self.embedding)
        self._folders.point_to(volume.folder)
        return volume

    def _standing(self) -> Volume:
        """Another process may have shown its next one."""
        if self._folders.mark() != self._mark:
            with self._lock:
                mark, folder = self._folders.mark(), self._folders.current()
                if folder is not None and folder != self._volume.folder:
                    self._go_over(Volume(folder, self.embedding))
                self._mark = mark
        return self._volume

    def _go_over(self, volume: Volume) -> None:
        old, self._volume = self._volume, volume
        old.writer.close()

    def _looked(self, look: Callable[[Volume], T]) -> T:
        """Once more where the folder went away because readers were to go over."""
        volume = self._standing()
        try:
            return look(volume)
        except SearchUnavailable:
            if self._standing() is volume:
                raise
            return look(self._standing())

    @property
    def is_writable(self) -> bool:
        """Takes the pen if it is free."""
        return self._standing().writer.is_writable

    @property
    def is_filled(self) -> bool:
        """Whether all that the graph knew was once written into it."""
        return self._standing().is_filled

    def note_filled(self) -> None:
        """For one that begins with nothing to be found."""
        self._standing().note_filled()

    def put(self, documents: Iterable[Document]) -> int:
        """Add or replace by key."""
        return self._standing().writer.put(documents)

    def delete(self, keys: Iterable[str], version: int) -> None:
        """Forget these faces, unless they are newer."""
        self._standing().writer.delete(keys, version)

    def commit(self) -> None:
        """Durable, and visible to every reader."""
        self._standing().writer.commit()

    def find(self, look: Look) -> Found:
        """Asked by all that `Looking` offers."""
        return self._looked(lambda volume: volume.reader.find(look))

    def nearest(self, near: Near) -> list[tuple[float, Page]]:
        """By the matrix of vectors beside it."""
        return self._looked(lambda volume: volume.reader.nearest(near))

    def asked_in(self, tokens: Collection[str]) -> Mapping[str, int]:
        """As the segments count, deleted ones until they are merged."""
        return self._looked(lambda volume: volume.reader.asked_in(tokens))

    def versions(self) -> Iterator[tuple[str, int]]:
        """Each key with its version."""
        return self._looked(lambda volume: volume.reader.versions())

    def documents(self) -> Iterator[Document]:
        """Each face as it stands."""
        return self._looked(lambda volume: volume.reader.documents())

    def count(self) -> int:
        """How many faces readers may find."""
        return self._looked(lambda volume: volume.reader.count())

    def begin_next(self) -> "NextTantivy":
        """An empty one, which nobody reads yet; what an earlier attempt left is dropped."""
        if not self.is_writable:
            raise ReadOnlyIndex("another process writes this index; this one may only read")
        self._folders.drop_others()
        return NextTantivy(self, Volume(self._folders.make_next(), self.embedding))

    def adopt(self, volume: Volume) -> None:
        """The pen of the next one is in this process already."""
        with self._lock:
            self._folders.point_to(volume.folder)
            self._go_over(volume)
            self._mark = self._folders.mark()
        self._folders.drop_others()

    def drop_others(self) -> None:
        """What is neither read nor being filled."""
        self._folders.drop_others()

    def close(self) -> None:
        """Let the pen go."""
        self._volume.writer.close()


class NextTantivy:
    """Filled beside the one that is read."""

    def __init__(self, index: TantivyIndex, volume: Volume) -> None:
        self._index = index
        self._volume = volume

    def put(self, documents: Iterable[Document]) -> int:
        """Add or replace by key."""
        return self._volume.writer.put(documents)

    def delete(self, keys: Iterable[str], version: int) -> None:
        """Forget these faces, unless they are newer."""
        self._volume.writer.delete(keys, version)

    def versions(self) -> Iterator[tuple[str, int]]:
        """All that was put, made durable first."""
        self._volume.writer.commit()
        return self._volume.reader.versions()

    def show(self) -> None:
        """Readers go over to it in one step; what they read before is dropped."""
        self._volume.writer.commit()
        self._volume.note_filled()
        self._index.adopt(self._volume)

    def drop(self) -> None:
        """It is not shown."""
        self._volume.writer.close()
        self._index.drop_others()
