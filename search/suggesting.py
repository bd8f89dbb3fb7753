"""Titles that go on from what is being typed: in characters, by sound, by initials, or in all of them mixed."""

from collections.abc import Iterable
from itertools import islice, product

from search.analysis import chars, is_han, pairs_of, plain_words, runs
from search.clauses import Begun, Clause, Phrase, Question, Some, Term
from search.document import BODY_CHARS, FIELDS, INITIALS, PINYIN, TITLE_CHARS, TITLE_PAIRS
from search.page import Page
from search.pinyin import initials, spellings, syllables

LONGEST = 100  # characters that are read
MOST_READINGS = 8
AMONG = 4
"""So many times as many are looked at as are shown: a title that begins with what was typed goes before one that only holds it."""


def title_begins(typed: str) -> Question:
    """Titles in which the typed text stands, its last word perhaps unfinished."""
    said = runs(typed)
    ways: list[Clause] = [_stands(TITLE_CHARS, chars(typed))]
    if len(said) > 1:
        ways.append(_all(_run_stands(run) for run in said))
    if any(not is_han(run) for run in said) and all(is_han(run) or _is_letters(run) for run in said):
        ways += _by_sound(said)
    return Question(Some(tuple(ways)))


def text_begins(typed: str) -> Question:
    """For latin words: titles are Chinese, their English ones stand in the text."""
    return Question(_stands(BODY_CHARS, chars(typed)))


def best_first(pages: Iterable[Page], typed: str) -> list[Page]:
    """Those that begin with it, then those that hold it as it was typed; else as they came."""
    joined = "".join(runs(typed))

    def place(page: Page) -> int:
        title = "".join(runs(page.title.folded))
        return 0 if title.startswith(joined) else 1 if joined in title else 2

    return sorted(pages, key=place)


def _by_sound(said: list[str]) -> list[Clause]:
    """Characters among the letters must stand in the title as they are."""
    typed_as_are = [_phrase(TITLE_CHARS, chars(run)) for run in said if is_han(run)]
    readings = [[tuple(syllables(run))] if is_han(run) else spellings(run, unfinished=run is said[-1]) for run in said]
    spelled = [sum(reading, ()) for reading in islice(product(*readings), MOST_READINGS)]
    first = [letter for run in said for letter in (initials(run) if is_han(run) else run)]
    ways: list[Clause] = [_all([Begun(PINYIN, one), *typed_as_are]) for one in spelled]
    return [*ways, _all([_phrase(INITIALS, first), *typed_as_are])] if len(first) > 1 else ways


def _is_letters(run: str) -> bool:
    return run.isascii() and run.isalpha()


def _run_stands(run: str) -> Clause:
    """Every word of it somewhere in the title."""
    words = plain_words(run) if is_han(run) else [run]
    return _all(_phrase(TITLE_PAIRS, pairs_of(word)) if len(word) > 1 and is_han(word) else _stands(TITLE_CHARS, [word]) for word in words)


def _stands(field: str, tokens: list[str]) -> Clause:
    """A character is never unfinished, a latin word may be."""
    return _phrase(field, tokens) if tokens and is_han(tokens[-1]) else Begun(field, tuple(tokens))


def _phrase(field: str, tokens: list[str]) -> Clause:
    if len(tokens) == 1:
        return Term(field, tokens[0], FIELDS[field].boost)
    return Phrase(field, tuple(tokens), FIELDS[field].boost)


def _all(ways: Iterable[Clause]) -> Clause:
    every = tuple(ways)
    return every[0] if len(every) == 1 else Some(every, len(every))
