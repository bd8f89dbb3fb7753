"""What no page could use is turned away at the door: addresses without end, NUL and lone surrogates."""

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import unquote_to_bytes

from flask import Flask, abort, request

LONGEST_QUERY = 8_192
MOST_PARTS = 1_000
MOST_TEXT = 2 * 1024 * 1024
"""Bytes of a form without its files."""
UNSPEAKABLE = re.compile("[\x00\ud800-\udfff\ufffd]")
"""The last one stands where a lone surrogate or broken UTF-8 was sent."""


def install_bounds(app: Flask, *, most_bytes: int) -> None:
    app.config["MAX_CONTENT_LENGTH"] = most_bytes
    app.config["MAX_FORM_PARTS"] = MOST_PARTS
    app.config["MAX_FORM_MEMORY_SIZE"] = MOST_TEXT
    app.before_request(refuse_unspeakable)


def refuse_unspeakable() -> None:
    """Raises 400 for what neither engine can keep and nobody can type, 413 for too much of it."""
    if len(request.query_string) > LONGEST_QUERY:
        abort(400)
    if not (is_text(request.query_string) and is_text(_plain_form())):
        abort(400)
    if any(UNSPEAKABLE.search(text) for text in _texts()):
        abort(400)


def is_text(encoded: bytes) -> bool:
    """What is no UTF-8 behind its percent signs would be kept as those signs, though nobody typed them."""
    try:
        unquote_to_bytes(encoded).decode()
    except UnicodeDecodeError:
        return False
    return True


def _plain_form() -> bytes:
    """The body of a form without files, as it was sent; one that is too long is refused when it is read."""
    small = (request.content_length or 0) <= MOST_TEXT
    return request.get_data() if small and request.mimetype == "application/x-www-form-urlencoded" else b""


def _texts() -> Iterator[str]:
    yield request.path
    yield from _strings(request.args.to_dict(flat=False))
    yield from _strings(request.form.to_dict(flat=False))
    yield from (str(file.filename) for file in request.files.values())
    if request.is_json:
        yield from _strings(request.get_json(silent=True))


def _strings(value: Any) -> Iterator[str]:
    """Every text in a body, however deep."""
    waiting = [value]
    while waiting:
        one = waiting.pop()
        if isinstance(one, str):
            yield one
        elif isinstance(one, dict):
            waiting += [*one, *one.values()]
        elif isinstance(one, list):
            waiting += one
