"""What no page could use is turned away at the door: addresses without end, NUL and lone surrogates."""

import re
from collections.abc import Iterator
from typing import Any

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
    if any(UNSPEAKABLE.search(text) for text in _texts()):
        abort(400)


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
