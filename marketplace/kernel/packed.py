"""Word and Excel files are packed XML: each part is unpacked piece by piece and read by a parser, and nothing of it is kept."""

import io
import re
import zipfile
import zlib
from array import array
from collections.abc import Iterator, Mapping

from defusedxml.ElementTree import DefusedXMLParser

PIECE = 65_536
MOST_UNPACKED = 200 * 1024 * 1024
"""An office file that unpacks to more is a bomb, or nobody's evidence."""
MOST_TIMES = 100
FREE = 1024 * 1024
"""Beyond this size no part unpacks to a hundred times what it was: office programs don't write such parts, bombs are made of them."""
MOST_PARTS = 5_000
DEEPEST = 500
MOST_NAMES = 5_000
LONGEST_TOKEN = 4 * 1024 * 1024
LONGEST_CELL = 100_000
WIDEST = 1_000
MOST_CELLS = 3_000_000
"""Of the rectangle around a sheet's values: whoever reads the sheet makes room for all of it."""
MOST_TEXT = 50_000_000
"""Characters that a sheet shows: one text that a million cells share is read a million times."""
XML = (".xml", ".rels")
SHARED = "sharedstrings"
MACROS = ("vbaproject.bin", "vbadata.xml")
CELL = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")
HEADER = 30
TEXTS = (("c", 4), ("si", 2))
"""Where a cell, or a text that many cells share, begins: the name and how deep it stands."""


def sound_office(content: bytes, inner: str) -> bytes:
    """`inner` is the part that makes it what its name says. Raises ValueError, BadZipFile, zlib.error and the parser's SyntaxError."""
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        parts = packed.infolist()
    names = [one.filename.casefold() for one in parts]
    if inner.casefold() not in names or len(parts) > MOST_PARTS or len(set(names)) < len(names) or any(name.endswith(MACROS) for name in names):
        raise ValueError("no such office file")
    left, shared = MOST_UNPACKED, array("L")
    for one in sorted(parts, key=lambda part: SHARED not in part.filename.casefold()):
        left -= _read(content, one, left, shared)
    return content


def _read(content: bytes, part: zipfile.ZipInfo, most: int, shared: "array[int]") -> int:
    """The size that it really has; what the directory says of it is not believed."""
    reader = PartReader(shared) if part.filename.casefold().endswith(XML) else None
    size = 0
    for piece in _pieces(content, part):
        size += len(piece)
        if size > most or (size > FREE and size > part.compress_size * MOST_TIMES):
            raise ValueError("unpacks without end")
        if reader:
            reader.feed(piece)
    if size != part.file_size:
        raise ValueError("its directory lies")
    if reader:
        reader.close()
    return size


def _pieces(content: bytes, part: zipfile.ZipInfo) -> Iterator[bytes]:
    at = _beginning(content, part)
    raw = memoryview(content)[at : at + part.compress_size]
    if part.flag_bits & 1 or part.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise ValueError("packed in a way that no office program writes")
    if part.compress_type == zipfile.ZIP_STORED:
        yield from (bytes(raw[begin : begin + PIECE]) for begin in range(0, len(raw), PIECE))
        return
    inflate = zlib.decompressobj(-zlib.MAX_WBITS)
    for begin in range(0, len(raw), PIECE):
        waiting = bytes(raw[begin : begin + PIECE])
        while waiting and not inflate.eof:
            yield inflate.decompress(waiting, PIECE)
            waiting = inflate.unconsumed_tail
    while not inflate.eof and (rest := inflate.decompress(b"", PIECE)):
        yield rest
    if not inflate.eof:
        raise ValueError("cut off")


def _beginning(content: bytes, part: zipfile.ZipInfo) -> int:
    """Behind the part's own header, whose name and extra field have lengths of their own."""
    header = content[part.header_offset : part.header_offset + HEADER]
    if len(header) < HEADER or not header.startswith(b"PK\x03\x04"):
        raise ValueError("no part where the directory says")
    return part.header_offset + HEADER + int.from_bytes(header[26:28], "little") + int.from_bytes(header[28:30], "little")


class PartReader:
    """What one part of XML may be: no entities, not deep, not made of one endless word, and a sheet that fits into a table."""

    def __init__(self, shared: "array[int]") -> None:
        """`shared` are the lengths of the texts that cells share: filled by the part that holds them, read by sheets."""
        self._parser = DefusedXMLParser(target=self, forbid_dtd=True)
        self._shared = shared
        self._refers = False
        self._shown = 0
        self._value = ""
        self._names: set[str] = set()
        self._depth = self._quiet = self._text = self._row = self._column = 0
        self._cell: str | None = None
        self._rows = self._columns = 0
        self._is_table = False

    def feed(self, piece: bytes) -> None:
        self._quiet += len(piece)
        if self._quiet > LONGEST_TOKEN:
            raise ValueError("a word without end")
        self._parser.feed(piece)

    def close(self) -> None:
        """Asked by us and, in turn, by the parser."""
        if self._parser is not None:
            parser, self._parser = self._parser, None
            parser.close()

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        self._quiet = 0
        self._depth += 1
        self._names.add(tag)
        self._names.update(attributes)
        if self._depth > DEEPEST or len(self._names) > MOST_NAMES:
            raise ValueError("too deep, or too many names")
        self._judge(tag.rpartition("}")[2], attributes)

    def _judge(self, name: str, attributes: Mapping[str, str]) -> None:
        if self._depth == 1:
            self._is_table = name in ("worksheet", "sst")
        if (name, self._depth) in TEXTS:
            self._text, self._value, self._refers = 0, "", attributes.get("t") == "s"
        if name == "Relationship":
            refuse_outside(attributes)
        elif self._is_table and name in ("row", "c"):
            self._place(name, attributes.get("r"))
        elif self._is_table and name in ("v", "is", "f"):
            self._fill()

    def _place(self, name: str, said: str | None) -> None:
        """Where no place is said, it is the next one."""
        if name == "row":
            self._row, self._column = int(said) if said else self._row + 1, 0
        elif said is None:
            self._column += 1
        elif found := CELL.fullmatch(said):
            self._column, self._row = number_of(found[1]), int(found[2])
        else:
            raise ValueError("no place of a cell")

    def _fill(self) -> None:
        """Only what holds something makes the sheet larger."""
        self._rows, self._columns = max(self._rows, self._row), max(self._columns, self._column)
        if self._columns > WIDEST or self._rows * self._columns > MOST_CELLS:
            raise ValueError("a sheet without end")

    def data(self, text: str) -> None:
        self._quiet = 0
        self._text += len(text)
        if self._is_table and self._text > LONGEST_CELL:
            raise ValueError("a cell without end")
        if self._refers:
            self._value += text

    def end(self, tag: str) -> None:
        self._quiet = 0
        name = tag.rpartition("}")[2]
        if name == "si" and self._depth == 2:
            self._shared.append(self._text)
        elif self._is_table and name == "c" and self._depth == 4:
            self._show()
        self._depth -= 1

    def _show(self) -> None:
        said = self._value.strip()
        self._shown += self._shared[int(said)] if self._refers and said else self._text
        if self._shown > MOST_TEXT:
            raise ValueError("a table without end")


def number_of(letters: str) -> int:
    """A is 1, Z 26, AA 27."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


def refuse_outside(relationship: Mapping[str, str]) -> None:
    """A template or a picture elsewhere would be fetched by whoever opens the file; a link waits for a click."""
    if relationship.get("TargetMode") == "External" and not relationship.get("Type", "").endswith("/hyperlink"):
        raise ValueError("leads elsewhere")
