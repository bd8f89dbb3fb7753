"""The one pen of an embedded index. A process takes it with its first change and holds it until it closes."""

from collections.abc import Iterable
from threading import RLock

import tantivy

from search.batches import batched
from search.document import GUARDED, Document
from search.errors import ReadOnlyIndex, SearchUnavailable
from search.shelf import Shelf
from search.source import from_source
from search.tantivy_query import QueryBuilder
from search.tantivy_schema import to_tantivy
from search.tantivy_vectors import VectorFile

HEAP = 64_000_000  # bytes that may wait in memory before a segment is written
BATCH = 1_000
MOST_PENDING = 20_000  # documents; then they are committed early, so that a rebuild needs little memory
MOST_GONE = 100_000  # deletions that are remembered


class TantivyWriter:
    """Writes faces so that an entity is found through one of them, and never an older version over a newer one."""

    def __init__(self, index: tantivy.Index, vectors: VectorFile | None = None) -> None:
        self._index = index
        self._vectors = vectors
        self._build = QueryBuilder(index.schema)
        self._lock = RLock()
        self._pen: tantivy.IndexWriter | None = None
        self._pending: dict[str, Document | None] = {}
        self._gone: dict[str, int] = {}

    def take_pen(self) -> tantivy.IndexWriter:
        """Raises ReadOnlyIndex while another process writes."""
        with self._lock:
            if self._pen is None:
                self._pen = self._open_pen()
            return self._pen

    def _open_pen(self) -> tantivy.IndexWriter:
        try:
            pen = self._index.writer(HEAP, 1)
        except ValueError as busy:
            raise ReadOnlyIndex("another process writes this index; this one may only read") from busy
        self._index.reload()
        return pen

    @property
    def is_writable(self) -> bool:
        """Takes the pen if it is free."""
        try:
            self.take_pen()
        except ReadOnlyIndex:
            return False
        return True

    def put(self, documents: Iterable[Document]) -> int:
        """Returns how many were newer than what stood there, or as new."""
        with self._lock:
            return sum(self._put_batch(batch) for batch in batched(documents, BATCH))

    def _put_batch(self, batch: list[Document]) -> int:
        shelf = self._shelf({document.id for document in batch})
        stood = frozenset(shelf.faces)
        taken = [document for document in batch if shelf.take(document)]
        if self._vectors:
            self._vectors.add(taken)
        self._write_shown(shelf, dict.fromkeys(document.id for document in taken), stood)
        return len(taken)

    def delete(self, keys: Iterable[str], version: int) -> None:
        """When a guarded face goes, its readers see the public one again."""
        with self._lock:
            gone = list(keys)
            shelf = self._shelf({key.removesuffix(GUARDED) for key in gone})
            stood = frozenset(shelf.faces)
            forgotten = [key for key in gone if shelf.forget(key, version)]
            for key in forgotten:
                self._remember(key, shelf.gone[key])
            taken = [key for key in forgotten if key in stood]
            for key in taken:
                self.take_pen().delete_documents_by_term("key", key)
                self._pending[key] = None
            self._write_shown(shelf, dict.fromkeys(key.removesuffix(GUARDED) for key in taken), stood)

    def _remember(self, key: str, version: int) -> None:
        """What is late can only come from this process, which holds the pen; so memory is enough."""
        self._gone.pop(key, None)
        self._gone[key] = version
        if len(self._gone) > MOST_GONE:
            del self._gone[next(iter(self._gone))]

    def _write_shown(self, shelf: Shelf, ids: Iterable[str], stood: frozenset[str]) -> None:
        for document, shadow in shelf.shown(ids):
            self._write(document, shadow, in_place_of_another=document.key in stood)
        if len(self._pending) > MOST_PENDING:
            self.commit()

    def _write(self, document: Document, shadow: tuple[str, ...], *, in_place_of_another: bool) -> None:
        """Made before the old one is deleted: what can't be written must not take anything away. Each deletion costs every segment a look."""
        written = to_tantivy(document, shadow)
        pen = self.take_pen()
        if in_place_of_another:
            pen.delete_documents_by_term("key", document.key)
        pen.add_document(written)
        self._pending[document.key] = document
        self._gone.pop(document.key, None)

    def _shelf(self, ids: Iterable[str]) -> Shelf:
        """What stands in the index or waits to be committed."""
        wanted = list(ids)
        self.take_pen()
        faces = self._committed(wanted)
        keys = [key for id in wanted for key in (id, id + GUARDED)]
        for key in (key for key in keys if key in self._pending):
            waiting = self._pending[key]
            if waiting is None:
                faces.pop(key, None)
            else:
                faces[key] = waiting
        return Shelf(faces, {key: self._gone[key] for key in keys if key in self._gone})

    def _committed(self, ids: list[str]) -> dict[str, Document]:
        searcher = self._index.searcher()
        if not ids or not searcher.num_docs:
            return {}
        found = searcher.search(self._build.keys_of(ids), 2 * len(ids), count=False)
        documents = [from_source(searcher.doc(address)["source"][0]) for _, address in found.hits]
        return {document.key: document for document in documents}

    def commit(self) -> None:
        """Nothing to do is no reason to take the pen. One that failed would drop what is written with it later: it is put down."""
        with self._lock:
            try:
                if self._pen is not None:
                    self._pen.commit()
                    self._index.reload()
            except (OSError, ValueError) as broken:
                self.close()
                raise SearchUnavailable(f"the index can't be written: {broken}") from broken
            self._pending.clear()

    def close(self) -> None:
        """Puts the pen down; what was not committed is lost."""
        with self._lock:
            self._pen = None
            self._pending.clear()
            self._gone.clear()
