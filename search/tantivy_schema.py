"""The declared fields as a tantivy schema, and a document written into it."""

import json
from collections.abc import Mapping
from dataclasses import fields, replace
from datetime import datetime
from typing import cast

import tantivy

from search.analysis import chars, codes, fold, pairs, words
from search.document import (
    BODY,
    BODY_CHARS,
    BODY_PAIRS,
    FACETS,
    FIELDS,
    INITIALS,
    NUMBERS,
    PINYIN,
    TITLE,
    TITLE_CHARS,
    TITLE_PAIRS,
    Document,
    Field,
    FieldKind,
)  # fmt: skip
from search.pinyin import initials, syllables

SPACED = "spaced"  # our tokens are joined by spaces; tantivy only splits them again
SEPARATOR = "\x00"
_WITHOUT_POSITIONS = {TITLE, BODY}
_PARTS = tuple(part.name for part in fields(Document))


def build_schema() -> tantivy.Schema:
    """Translate the declarations once."""
    builder = tantivy.SchemaBuilder()
    for name, field in FIELDS.items():
        _add_field(builder, name, field)
    return builder.build()


def _add_field(builder: tantivy.SchemaBuilder, name: str, field: Field) -> None:
    match field.kind:
        case FieldKind.WORDS:
            option = "freq" if name in _WITHOUT_POSITIONS else "position"
            builder.add_text_field(name, tokenizer_name=SPACED, index_option=option)
        case FieldKind.EXACT:
            builder.add_text_field(name, fast=field.facet, tokenizer_name="raw", index_option="basic")
        case FieldKind.NUMBER:
            builder.add_integer_field(name, fast=True)
        case FieldKind.SOURCE:
            builder.add_bytes_field(name, stored=True)


def open_tantivy(path: str) -> tantivy.Index:
    """Make or open the index folder, with our tokeniser; the caller reloads when another process committed."""
    index = tantivy.Index(build_schema(), path=path)
    index.register_tokenizer(SPACED, tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace()).build())
    index.config_reader("manual")
    return index


def to_tantivy(document: Document, shadow: tuple[str, ...]) -> tantivy.Document:
    """All tokens of one face; `shadow` are the readers who are shown the guarded face instead."""
    title = fold(document.title)
    body = fold("\n".join((document.summary, document.body, document.number)))
    written = tantivy.Document()
    for name, tokens in _texts(title, body).items():
        written.add_text(name, " ".join(tokens))
    for name, values in _tokens(document, shadow, f"{title} {body}").items():
        for value in values:
            written.add_text(name, value.encode("utf-8", "replace").decode())
    for name, number in _numbers(document).items():
        if number is not None:
            written.add_integer(name, number)
    written.add_bytes("source", to_source(document))
    return written


def _texts(title: str, body: str) -> dict[str, list[str]]:
    return {
        TITLE: words(title), TITLE_PAIRS: pairs(title), TITLE_CHARS: chars(title),
        BODY: words(body), BODY_PAIRS: pairs(body), BODY_CHARS: chars(body),
        PINYIN: syllables(title), INITIALS: initials(title),
    }  # fmt: skip


def _tokens(document: Document, shadow: tuple[str, ...], text: str) -> dict[str, tuple[str, ...]]:
    facets = {name: document.facets[name] for name in FACETS if name in document.facets}
    return {
        "key": (document.key,), "id": (document.id,), "stamp": (f"{document.key}{SEPARATOR}{document.version}",),
        "audience": document.audience, "shadow": shadow, NUMBERS: tuple(codes(text)), **facets, "kind": (document.kind,),
    }  # fmt: skip


def _numbers(document: Document) -> dict[str, int | None]:
    return {
        "version": document.version, "used": document.used,
        "published_at": _seconds(document.published_at), "ending_at": _seconds(document.ending_at),
    }  # fmt: skip


def _seconds(moment: datetime | None) -> int | None:
    return None if moment is None else int(moment.timestamp())


def to_source(document: Document) -> bytes:
    """The document as it came, for highlights and for writing a face anew when its sibling changes."""
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
