"""Where the words of a query stand in a text. Spans, not markup; over the text as it was written, whatever its form."""

import re
from dataclasses import dataclass
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


@dataclass(frozen=True, slots=True)
class Readable:
    """A text with its folded form, made once and asked for many words."""

    text: str
    folded: str
    places: tuple[int, ...] | None  # of each folded character, where folding changed lengths (㎏ → kg)

    def spans(self, words: tuple[str, ...]) -> list[tuple[int, int]]:
        """Half-open places of the words in the text, in order."""
        pattern = _pattern(words)
        found = _joined([match.span() for match in pattern.finditer(self.folded)]) if pattern else []
        if self.places is None:
            return found
        return [(self.places[start], self.places[end - 1] + 1) for start, end in found]

    def mark(self, words: tuple[str, ...]) -> Marks:
        """The whole text, marked."""
        return marks(self.text, self.spans(words))


def _joined(found: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Words that touch are one mark: people typed 石墨烯, whatever jieba cut."""
    joined: list[tuple[int, int]] = []
    for start, end in found:
        touching = joined and joined[-1][1] == start
        joined.append((joined.pop()[0] if touching else start, end))
    return joined


def readable(text: str) -> Readable:
    """Fold a text and remember where its characters came from."""
    whole = fold(text)
    if len(whole) == len(text):
        return Readable(text, whole, None)
    pieces = [(char, place) for place, written in enumerate(text) for char in fold(written)]
    return Readable(text, "".join(char for char, _ in pieces), tuple(place for _, place in pieces))


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


def snippet(summary: Readable, body: Readable, words: tuple[str, ...]) -> Marks:
    """The summary if the words stand there or nowhere else; else the piece of the body around the first of them."""
    found = summary.spans(words)
    in_body = [] if found else body.spans(words)
    if in_body:
        return _piece(body.text, in_body, max(0, in_body[0][0] - LEAD))
    return _piece(summary.text, found, 0) if summary.text else _piece(body.text, [], 0)


def _piece(text: str, found: list[tuple[int, int]], start: int) -> Marks:
    """A window on the text, with the marks that lie in it whole."""
    end = start + SNIPPET
    inside = [(a - start, b - start) for a, b in found if start <= a and b <= end]
    shown = marks(text[start:end], inside)
    return ((("…", False),) if start else ()) + shown + ((("…", False),) if end < len(text) else ())
