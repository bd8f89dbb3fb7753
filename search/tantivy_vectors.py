"""The vectors of an embedded index: a memory-mapped matrix beside it, to which the one writer appends.

Each row has a line that names its face and the text it was made of, so that a text is read by the model once. A later row of the same face takes
its place; what is no longer in the index is never asked for. A line is trusted only when it is complete, and its row was written before it.
"""

import hashlib
import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from threading import Lock

import numpy as np

from search.document import Document
from search.embedding import Embedding, Vectors, text_of

MATRIX, LINES, MODEL = "vectors.f32", "vectors.txt", "model"
WASTE = 10_000
"""Rows that were replaced may be as many as those in use, and so many more; then the writer packs them when it opens."""


class VectorFile:
    """Written under the pen of the index, read by any process."""

    def __init__(self, folder: Path, embedding: Embedding) -> None:
        self._matrix, self._lines = folder / MATRIX, folder / LINES
        self._embedding = embedding
        self._lock = Lock()
        self._keys: list[str] = []
        self._digests: list[str] = []
        self._row: dict[str, int] = {}
        self._read = 0
        self._inode = 0
        self._mended = False

    def add(self, documents: Iterable[Document]) -> None:
        """Durable on return: what the index commits later has its vector by then."""
        with self._lock:
            self._mend()
            self._refresh()
            new = [(one.key, _digest(text_of(one)), text_of(one)) for one in documents if not self._stands(one.key, _digest(text_of(one)))]
            if not new:
                return
            _append(self._matrix, self._embedding.of_all([text for _, _, text in new]).tobytes())
            _append(self._lines, "".join(f"{key}\t{digest}\n" for key, digest, _ in new).encode())

    def _stands(self, key: str, digest: str) -> bool:
        row = self._row.get(key)
        return row is not None and self._digests[row] == digest

    def _refresh(self) -> None:
        """Lines that another process, or this one, has written since."""
        try:
            said = self._lines.stat()
        except FileNotFoundError:
            return
        if said.st_ino != self._inode:
            self._keys, self._digests, self._row, self._read, self._inode = [], [], {}, 0, said.st_ino
        if said.st_size == self._read:
            return
        with self._lines.open("rb") as file:
            file.seek(self._read)
            fresh = file.read()
        complete = fresh[: fresh.rfind(b"\n") + 1]
        self._read += len(complete)
        for line in complete.decode().splitlines():
            key, digest = line.split("\t")
            self._row[key] = len(self._keys)
            self._keys.append(key)
            self._digests.append(digest)

    def nearest(self, vector: Vectors, keys: Iterable[str] | None = None) -> Iterator[tuple[float, str]]:
        """All faces, or those of `keys`, the nearest first, with their cosine."""
        with self._lock:
            self._refresh()
            wanted = list(self._row) if keys is None else [key for key in keys if key in self._row]
            rows = np.array([self._row[key] for key in wanted], np.int64)
        if not wanted:
            return
        matrix = np.memmap(self._matrix, np.float32, "r").reshape(-1, self._embedding.size)
        there = np.minimum(rows, len(matrix) - 1)
        near = (matrix @ vector)[there] if keys is None else matrix[there] @ vector
        cosines = np.where(rows < len(matrix), near, -1)
        for at in np.argsort(-cosines, kind="stable"):
            yield float(cosines[at]), wanted[at]

    def _mend(self) -> None:
        """Once, by the writer: what a killed one left half is cut off, and rows that were replaced are packed."""
        if self._mended:
            return
        self._mended = True
        self._refresh()
        if not self._keys:
            self._matrix.unlink(missing_ok=True)
            self._lines.unlink(missing_ok=True)
            self._inode = 0
        elif len(self._keys) > 2 * len(self._row) + WASTE:
            self._pack()
        else:
            os.truncate(self._matrix, len(self._keys) * 4 * self._embedding.size)
            os.truncate(self._lines, self._read)

    def _pack(self) -> None:
        """Into new files; readers keep the old ones until they look again. A reader between the two steps takes rows of the new for lines of the
        old for one look: their order is wrong, what may be seen is not."""
        width, rows = self._embedding.size, list(self._row.items())
        matrix = np.fromfile(self._matrix, np.float32).reshape(-1, width)[[row for _, row in rows]]
        fresh_matrix, fresh_lines = self._matrix.with_suffix(".new"), self._lines.with_suffix(".fresh")
        fresh_matrix.write_bytes(matrix.tobytes())
        fresh_lines.write_text("".join(f"{key}\t{self._digests[row]}\n" for key, row in rows), encoding="utf-8")
        fresh_matrix.replace(self._matrix)
        fresh_lines.replace(self._lines)
        self._refresh()


def _digest(text: str) -> str:
    return hashlib.blake2b(text.encode("utf-8", "replace"), digest_size=8).hexdigest()


def _append(place: Path, data: bytes) -> None:
    with place.open("ab") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
