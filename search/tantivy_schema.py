"""The declared fields as a tantivy schema, and a document written into it."""

import tantivy

from search.document import FIELDS, WITHOUT_POSITIONS, Document, Field, FieldKind
from search.source import to_source
from search.tokens import numbers_of, values_of, words_of

SPACED = "spaced"  # our tokens are joined by spaces; tantivy only splits them again
SEPARATOR = "\x00"
STAMP = "stamp"  # key and version in one term, so that all of them can be listed without reading a document


def build_schema() -> tantivy.Schema:
    """Translate the declarations once."""
    builder = tantivy.SchemaBuilder()
    for name, field in FIELDS.items():
        _add_field(builder, name, field)
    _add_field(builder, STAMP, Field(FieldKind.EXACT))
    return builder.build()


def _add_field(builder: tantivy.SchemaBuilder, name: str, field: Field) -> None:
    match field.kind:
        case FieldKind.WORDS:
            option = "freq" if name in WITHOUT_POSITIONS else "position"
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
    """All tokens of one face."""
    written = tantivy.Document()
    for name, text in words_of(document).items():
        written.add_text(name, text)
    for name, values in values_of(document, shadow).items():
        for value in values:
            written.add_text(name, value)
    written.add_text(STAMP, f"{document.key}{SEPARATOR}{document.version}")
    for name, number in numbers_of(document).items():
        written.add_integer(name, number)
    written.add_bytes("source", to_source(document))
    return written
