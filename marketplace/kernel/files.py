"""Bytes of evidence and uploads: allowed by extension and by opening them with the real parser, stored by content."""

import hashlib
import io
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import PurePath

import obstore
from obstore.store import ObjectStore
from PIL import Image, UnidentifiedImageError

from marketplace.kernel.errors import Invalid
from marketplace.kernel.labels import label

Image.MAX_IMAGE_PIXELS = 50_000_000
MOST_UNPACKED = 200 * 1024 * 1024
"""An office file that unpacks to more is a bomb, or nobody's evidence."""


@dataclass(frozen=True, slots=True)
class Checked:
    """A file that is what its name says; images are re-encoded, so that nothing hides in them."""

    name: str
    media_type: str
    content: bytes

    @property
    def digest(self) -> str:
        return hashlib.sha256(self.content).hexdigest()


def _image(form: str) -> Callable[[bytes], bytes]:
    def check(content: bytes) -> bytes:
        picture = Image.open(io.BytesIO(content), formats=[form])
        written = io.BytesIO()
        picture.convert("RGB" if form == "JPEG" else "RGBA").save(written, form)
        return written.getvalue()

    return check


def _pdf(content: bytes) -> bytes:
    if not content.startswith(b"%PDF-") or b"%%EOF" not in content[-2048:]:
        raise ValueError("no PDF")
    return content


def _office(inner: str) -> Callable[[bytes], bytes]:
    def check(content: bytes) -> bytes:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            sizes = sum(one.file_size for one in packed.infolist())
            if inner not in packed.namelist() or sizes > MOST_UNPACKED:
                raise ValueError("no such office file")
        return content

    return check


def _plain(content: bytes) -> bytes:
    text = content.decode("utf-8-sig")
    if "\x00" in text:
        raise ValueError("no text")
    return content


_OPEN_XML = "application/vnd.openxmlformats-officedocument."
KINDS: dict[str, tuple[str, Callable[[bytes], bytes]]] = {
    ".pdf": ("application/pdf", _pdf),
    ".jpg": ("image/jpeg", _image("JPEG")),
    ".jpeg": ("image/jpeg", _image("JPEG")),
    ".png": ("image/png", _image("PNG")),
    ".docx": (_OPEN_XML + "wordprocessingml.document", _office("word/document.xml")),
    ".xlsx": (_OPEN_XML + "spreadsheetml.sheet", _office("xl/workbook.xml")),
    ".csv": ("text/csv", _plain),
    ".txt": ("text/plain", _plain),
}


def checked_file(name: str, content: bytes, field: str = "files") -> Checked:
    """Raises Invalid at `field` when the extension is not allowed or the content is something else."""
    kind = KINDS.get(PurePath(name).suffix.lower())
    if kind is None:
        raise Invalid({field: label("%(name)s: only PDF, JPG, PNG, Word, Excel, CSV or text files are taken.")}, name=name)
    media_type, parse = kind
    try:
        return Checked(PurePath(name).name[:120], media_type, parse(content))
    except (ValueError, OSError, UnidentifiedImageError, zipfile.BadZipFile, Image.DecompressionBombError) as error:
        raise Invalid({field: label("%(name)s is not what its name says; it may be damaged.")}, name=name) from error


def place_of(digest: str) -> str:
    return f"{digest[:2]}/{digest}"


class FileStore:
    """Files by the digest of their content: the same file twice lies there once."""

    def __init__(self, store: ObjectStore) -> None:
        self._store = store

    def keep(self, file: Checked) -> str:
        """Returns the place to read it from. Written before the graph tells of it, so a reader never misses it."""
        place = place_of(file.digest)
        obstore.put(self._store, place, file.content)
        return place

    def fetch(self, place: str) -> bytes:
        return bytes(obstore.get(self._store, place).bytes())

    def list_places(self) -> Iterator[str]:
        return (one["path"] for some in obstore.list(self._store) for one in some)

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
