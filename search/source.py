"""A document as it is kept beside its tokens: for highlights, and for writing a face anew when its sibling changes."""

import json
from collections.abc import Mapping
from dataclasses import fields, replace
from datetime import datetime
from typing import cast

from search.document import Document

_PARTS = tuple(part.name for part in fields(Document))


def to_source(document: Document) -> bytes:
    """The document as it came; what UTF-8 can't say becomes a question mark."""
    return json.dumps({name: getattr(document, name) for name in _PARTS}, ensure_ascii=False, default=_plain).encode("utf-8", "replace")


def _plain(value: object) -> object:
    """What JSON doesn't know: times, and mappings that are no dict."""
    return value.isoformat() if isinstance(value, datetime) else dict(cast(Mapping[str, object], value))


def from_source(source: bytes) -> Document:
    """The document as it was put."""
    document = Document(**json.loads(source))
    return replace(
        document,
        audience=tuple(document.audience),
        facets={name: tuple(values) for name, values in document.facets.items()},
        published_at=_moment(document.published_at),
        ending_at=_moment(document.ending_at),
    )


def _moment(written: object) -> datetime | None:
    return datetime.fromisoformat(written) if isinstance(written, str) else None
