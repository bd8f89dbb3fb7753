"""A document and a tombstone as lines of a bulk request."""

import json
from dataclasses import dataclass
from typing import Any

from search.document import Document
from search.elastic_layout import GONE, VECTOR
from search.embedding import Embedding, text_of
from search.source import to_source
from search.tokens import numbers_of, values_of, words_of

EMPTY = "∅"
"""No text holds this token. Lucene counts the documents of a field that have any word there, the embedded engine counts all:
with it, both know equally many, and so weigh words alike."""


@dataclass(frozen=True, slots=True)
class Line:
    """One face to be written, as the server wants it."""

    key: str
    body: bytes


def line_of(document: Document, shadow: tuple[str, ...], embedding: Embedding | None = None) -> Line:
    """All tokens of one face, and its meaning. Raises OverflowError or ValueError for what can't be written."""
    words = {name: text or EMPTY for name, text in words_of(document).items()}
    meaning = {VECTOR: embedding.of(text_of(document)).tolist()} if embedding else {}
    body = {**words, **values_of(document, shadow), **numbers_of(document), **meaning, "source": to_source(document).decode()}
    return _line(document.key, document.version, body)


def tombstone(key: str, version: int) -> Line:
    """It stays where a face stood, so that an older write that comes late is refused."""
    return _line(key, version, {"version": version, GONE: True})


def _line(key: str, version: int, body: dict[str, Any]) -> Line:
    action = {"index": {"_id": key, "version": version, "version_type": "external_gte"}}
    return Line(key, b"".join(json.dumps(part, ensure_ascii=False).encode() + b"\n" for part in (action, body)))
