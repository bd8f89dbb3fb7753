"""PDF files are opened by a parser; what would run, or unpack without end, is refused before."""

import io
import re
import zlib
from collections.abc import Iterator
from typing import Any

from pypdf import Configuration, PdfReader, apply_configuration

STREAM = re.compile(rb"(?<!end)stream\r?\n")
TWICE = re.compile(rb"/(?:FlateDecode|Fl)\s*/(?:FlateDecode|Fl|LZWDecode)\b")
PIECE = 65_536
MOST_UNPACKED = 500 * 1024 * 1024
"""Of all streams together: some twenty pages of scanned paper that nobody compressed well."""
MOST_PAGES = 5_000
DEEPEST = 60
BOUNDED = Configuration(
    zlib_maximum_output_length=20_000_000, lzw_maximum_output_length=20_000_000, run_length_maximum_output_length=20_000_000,
    array_based_stream_maximum_output_length=20_000_000,
)  # fmt: skip
"""What the parser itself unpacks to find its way: tables of the file's objects, never a page's picture."""
RUNS = ("/JavaScript", "/Launch", "/ImportData")


def sound_pdf(content: bytes) -> bytes:
    """Raises ValueError and the parser's errors."""
    if not content.startswith(b"%PDF-"):
        raise ValueError("no PDF")
    refuse_bombs(content)
    with apply_configuration(BOUNDED):
        root: Any = PdfReader(io.BytesIO(content)).trailer["/Root"].get_object()
        if not 0 < _count(root["/Pages"].get_object()) <= MOST_PAGES or _runs(root):
            raise ValueError("no PDF that is only read")
    return content


def refuse_bombs(content: bytes) -> None:
    """Inflates each stream piece by piece and keeps nothing of it."""
    if TWICE.search(content):
        raise ValueError("packed twice")
    total = 0
    for start in STREAM.finditer(content):
        for size in _inflated(content, start.end()):
            total += size
            if total > MOST_UNPACKED:
                raise ValueError("unpacks without end")


def _inflated(content: bytes, at: int) -> Iterator[int]:
    """Sizes of the pieces, read and written: beginnings within a stream would have it read again from each. Nothing for a stream of another
    kind, which a viewer reads by other means."""
    inflate = zlib.decompressobj()
    waiting = b""
    try:
        while not inflate.eof:
            if not waiting:
                waiting, at = content[at : at + PIECE], at + PIECE
                if not waiting:
                    return
            out, rest = inflate.decompress(waiting, PIECE), inflate.unconsumed_tail
            yield len(out) + len(waiting) - len(rest) - len(inflate.unused_data)
            waiting = rest
    except zlib.error:
        return


def _count(pages: Any, depth: int = 0) -> int:
    """Pages, counted and not believed; stops at the first too many."""
    if depth > DEEPEST:
        raise ValueError("a tree of pages without end")
    found = 0
    for kid in pages.get("/Kids", ()):
        one = kid.get_object()
        found += _count(one, depth + 1) if "/Kids" in one else 1
        if found > MOST_PAGES:
            break
    return found


def _runs(root: Any) -> bool:
    """What a viewer would carry out when the file is opened."""
    names = root.get("/Names", {})
    opening = root.get("/OpenAction", {})
    named = "/JavaScript" in (names.get_object() if hasattr(names, "get_object") else names)
    action = opening.get_object() if hasattr(opening, "get_object") else opening
    return named or "/AA" in root or (isinstance(action, dict) and action.get("/S") in RUNS)
