"""What is written of a document into the declared fields, the same in both engines."""

from datetime import datetime

from search.analysis import chars, codes, fold, pairs, words
from search.document import (  # fmt: skip
    ASKED,
    BODY,
    BODY_CHARS,
    BODY_PAIRS,
    FACETS,
    INITIALS,
    NUMBERS,
    PINYIN,
    TITLE,
    TITLE_CHARS,
    TITLE_PAIRS,
    Document,
)
from search.pinyin import initials, syllables

MOST_VERSION = 2**63 - 1
EVERY = "∀"
"""Stands in each document that asks: in as many as there are."""


def words_of(document: Document) -> dict[str, str]:
    """The fields of kind WORDS: tokens joined by spaces, which an engine only splits again."""
    title, body = _folded(document)
    tokens = {
        TITLE: words(title), TITLE_PAIRS: pairs(title), TITLE_CHARS: chars(title),
        BODY: words(body), BODY_PAIRS: pairs(body), BODY_CHARS: chars(body),
        PINYIN: syllables(title), INITIALS: initials(title), ASKED: [EVERY, *asked_tokens(title, body)] if document.asks else [],
    }  # fmt: skip
    return {name: " ".join(said) for name, said in tokens.items()}


def asked_tokens(title: str, body: str) -> set[str]:
    """Each word, pair and character of folded texts, once."""
    said = f"{title}\n{body}"
    return {*words(said), *pairs(said), *chars(said)}


def values_of(document: Document, shadow: tuple[str, ...]) -> dict[str, tuple[str, ...]]:
    """The fields of kind EXACT. `shadow` are the readers who are shown the guarded face instead."""
    title, body = _folded(document)
    facets = {name: document.facets[name] for name in FACETS if name in document.facets}
    said = {
        "key": (document.key,), "id": (document.id,), "audience": document.audience, "shadow": shadow,
        NUMBERS: tuple(codes(f"{title} {body}")), **facets, "kind": (document.kind,),
    }  # fmt: skip
    return {name: tuple(value.encode("utf-8", "replace").decode() for value in values) for name, values in said.items()}


def numbers_of(document: Document) -> dict[str, int]:
    """The fields of kind NUMBER, times in whole seconds. Raises OverflowError for a version that no engine can keep."""
    if not 0 <= document.version <= MOST_VERSION:
        raise OverflowError(f"a version must be between 0 and {MOST_VERSION}")
    said = {
        "version": document.version, "used": document.used, "works": document.works, "rank": document.rank,
        "published_at": _seconds(document.published_at), "ending_at": _seconds(document.ending_at),
    }  # fmt: skip
    return {name: number for name, number in said.items() if number is not None}


def _folded(document: Document) -> tuple[str, str]:
    return fold(document.title), fold("\n".join((document.summary, document.body, document.number)))


def _seconds(moment: datetime | None) -> int | None:
    return None if moment is None else int(moment.timestamp())
