"""Where the words of a query stand in a text. Spans, not markup; over the text as it was written, whatever its form."""

import re
from collections.abc import Iterable
from functools import lru_cache

from search.analysis import fold, is_han
from search.results import Marks

SNIPPET = 120  # characters, about two lines of a result
LEAD = 20  # characters shown before the first word found


@lru_cache(maxsize=256)
def _pattern(words: tuple[str, ...]) -> re.Pattern[str] | None:
    """The longest word first, so that it wins over the words in it; latin words only whole."""
    ordered = sorted({word for word in words if word.strip()}, key=len, reverse=True)
    parts = [_spaced(word) if is_han(word) else rf"(?<![a-z0-9]){_spaced(word)}(?![a-z0-9])" for word in ordered]
    return re.compile("|".join(parts)) if parts else None


def _spaced(word: str) -> str:
    """A phrase is found across spaces and line ends, as the index finds it."""
    return r"\s*".join(re.escape(part) for part in word.split())


def _folded(text: str) -> tuple[str, list[int]]:
    """The folded text and, for each of its characters, the place it came from: folding may change lengths (㎏ → kg)."""
    whole = fold(text)
    if len(whole) == len(text):
        return whole, list(range(len(text)))
    places = [(char, place) for place, written in enumerate(text) for char in fold(written)]
    return "".join(char for char, _ in places), [place for _, place in places]


def spans(text: str, words: Iterable[str]) -> list[tuple[int, int]]:
    """Half-open places of the words in the text, in order."""
    pattern = _pattern(tuple(words))
    if pattern is None:
        return []
    folded, places = _folded(text)
    return [(places[found.start()], places[found.end() - 1] + 1) for found in pattern.finditer(folded)]


def marks(text: str, found: list[tuple[int, int]]) -> Marks:
    """The text in pieces, those that were found marked."""
    pieces: list[tuple[str, bool]] = []
    at = 0
    for start, end in found:
        if start < at:
            continue
        pieces += [(text[at:start], False), (text[start:end], True)]
        at = end
    pieces.append((text[at:], False))
    return tuple((piece, hit) for piece, hit in pieces if piece)


def mark(text: str, words: Iterable[str]) -> Marks:
    """The whole text, marked."""
    return marks(text, spans(text, words))


def snippet(summary: str, body: str, words: Iterable[str]) -> Marks:
    """The summary if the words stand there or nowhere else; else the piece of the body around the first of them."""
    wanted = tuple(words)
    in_body = [] if spans(summary, wanted) else spans(body, wanted)
    text, start = (body, max(0, in_body[0][0] - LEAD)) if in_body else (summary or body, 0)
    piece = text[start : start + SNIPPET]
    shown = ("…" if start else "") + piece + ("…" if start + SNIPPET < len(text) else "")
    return mark(shown, wanted)
