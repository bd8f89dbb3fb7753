"""Bytes of evidence and uploads: allowed by extension and by opening them with the real parser, stored by content."""

import hashlib
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import PurePosixPath
from typing import NamedTuple

import obstore
from obstore.store import ObjectStore
from PIL import Image, UnidentifiedImageError
from pypdf.errors import DependencyError, PyPdfError

from marketplace.kernel.errors import Invalid
from marketplace.kernel.labels import label
from marketplace.kernel.packed import sound_office
from marketplace.kernel.pdfs import sound_pdf
from marketplace.kernel.pictures import redrawn

LONGEST_NAME = 120
UNSOUND = (
    ValueError, OSError, LookupError, TypeError, AttributeError, SyntaxError, RecursionError, NotImplementedError, ArithmeticError, AssertionError,
    EOFError, UnidentifiedImageError, Image.DecompressionBombError, struct.error, zipfile.BadZipFile, zlib.error, PyPdfError, DependencyError,
)  # fmt: skip
"""What parsers raise for a file that is broken, on purpose or not."""


@dataclass(frozen=True, slots=True)
class Checked:
    """A file that is what its name says; images are re-encoded, so that nothing hides in them."""

    name: str
    media_type: str
    content: bytes

    @property
    def digest(self) -> str:
        return hashlib.sha256(self.content).hexdigest()


def _plain(content: bytes) -> bytes:
    if "\x00" in content.decode("utf-8-sig"):
        raise ValueError("no text")
    return content


_OPEN_XML = "application/vnd.openxmlformats-officedocument."
KINDS: dict[str, tuple[str, Callable[[bytes], bytes]]] = {
    ".pdf": ("application/pdf", sound_pdf),
    ".jpg": ("image/jpeg", partial(redrawn, form="JPEG")),
    ".jpeg": ("image/jpeg", partial(redrawn, form="JPEG")),
    ".png": ("image/png", partial(redrawn, form="PNG")),
    ".docx": (_OPEN_XML + "wordprocessingml.document", partial(sound_office, inner="word/document.xml")),
    ".xlsx": (_OPEN_XML + "spreadsheetml.sheet", partial(sound_office, inner="xl/workbook.xml")),
    ".csv": ("text/csv", _plain),
    ".txt": ("text/plain", _plain),
}


def checked_file(name: str, content: bytes, field: str = "files") -> Checked:
    """Raises Invalid at `field` when the extension is not allowed or the content is something else."""
    name = plain_name(name)
    kind = KINDS.get(PurePosixPath(name).suffix.lower())
    if kind is None:
        raise Invalid({field: label("%(name)s: only PDF, JPG, PNG, Word, Excel, CSV or text files are taken.")}, name=name)
    media_type, parse = kind
    try:
        return Checked(name, media_type, parse(content))
    except UNSOUND as error:
        raise Invalid({field: label("%(name)s is not what its name says; it may be damaged.")}, name=name) from error


def plain_name(sent: str) -> str:
    """Without folders of either system and without signs that turn the reading round or can't be seen; its ending stays when it is cut."""
    last = PurePosixPath(sent.replace("\\", "/")).name
    seen = PurePosixPath("".join(char for char in last if char.isprintable()).strip())
    return seen.stem[: LONGEST_NAME - len(seen.suffix)] + seen.suffix if len(seen.name) > LONGEST_NAME else seen.name


def place_of(digest: str) -> str:
    return f"{digest[:2]}/{digest}"


LEAVING = "leaving/"


class Leaving(NamedTuple):
    """A file that nothing named on that day; it can be read until it is discarded."""

    day: date
    place: str

    @property
    def path(self) -> str:
        return f"{LEAVING}{self.day}/{self.place}"


class FileStore:
    """Files by the digest of their content: the same file twice lies there once. What nothing names any more is put aside first, so that
    whoever sends the same file at that moment loses nothing."""

    def __init__(self, store: ObjectStore) -> None:
        self._store = store

    def keep(self, file: Checked) -> str:
        """Returns the place to read it from. Written before the graph tells of it, so a reader never misses it."""
        place = place_of(file.digest)
        obstore.put(self._store, place, file.content)
        return place

    def fetch(self, place: str) -> bytes:
        try:
            return bytes(obstore.get(self._store, place).bytes())
        except FileNotFoundError:
            aside = next((one for one in self.list_leaving() if one.place == place), None)
        try:
            return bytes(obstore.get(self._store, aside.path if aside else place).bytes())
        except FileNotFoundError:
            return bytes(obstore.get(self._store, place).bytes())

    def list_places(self) -> Iterator[str]:
        """All that can be read, each once. What is brought back between two looks is seen at the third."""
        return iter(dict.fromkeys([*self.list_kept(), *(one.place for one in self.list_leaving()), *self.list_kept()]))

    def list_kept(self) -> Iterator[str]:
        return (path for path in self._list("") if not path.startswith(LEAVING))

    def list_leaving(self) -> list[Leaving]:
        said = (path.removeprefix(LEAVING).partition("/") for path in self._list(LEAVING))
        return [Leaving(date.fromisoformat(day), place) for day, _, place in said]

    def put_aside(self, one: Leaving) -> None:
        obstore.rename(self._store, one.place, one.path)

    def bring_back(self, one: Leaving) -> None:
        obstore.rename(self._store, one.path, one.place)

    def discard(self, one: Leaving) -> None:
        """For good."""
        obstore.delete(self._store, one.path)

    def _list(self, under: str) -> Iterator[str]:
        return (one["path"] for some in obstore.list(self._store, under or None) for one in some)

    def find_sound(self, place: str) -> bytes | None:
        """None where the content is not what its place says."""
        content = self.fetch(place)
        return content if place_of(hashlib.sha256(content).hexdigest()) == place else None

    def copy(self, place: str, store: "FileStore") -> bool:
        """Into another store; false, and nothing is written, where it is not sound."""
        content = self.find_sound(place)
        if content is not None:
            obstore.put(store._store, place, content)
        return content is not None
