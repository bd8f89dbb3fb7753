"""From what was typed to what is looked for. Built from tokens, never parsed by an engine: it would find nothing in raw Chinese."""

from dataclasses import replace

from search.analysis import chars, codes, pairs_of, words
from search.clauses import Clause, Everything, Flat, Phrase, Question, Some, Term, Value
from search.document import BODY, BODY_CHARS, BODY_PAIRS, FIELDS, INITIALS, NUMBERS, PINYIN, TITLE, TITLE_CHARS, TITLE_PAIRS  # fmt: skip
from search.parsing import Asked, Form, Wanted
from search.pinyin import spellings
from search.results import Terms
from search.synonyms import AS_TYPED, SYNONYM_WEIGHT


def question_of(asked: Asked, by_sound: bool = False) -> Question:
    """Enough of what was wanted, nothing that was not; an empty text asks for everything."""
    wanted = tuple(_wanted(item, by_sound) for item in asked.wanted)
    better = tuple(_phrase(field, pairs_of(run)) for run in asked.together for field in (TITLE_PAIRS, BODY_PAIRS))
    never = tuple(_wanted(item, False) for item in asked.unwanted)
    return Question(Some(wanted, asked.enough) if wanted else Everything(), better, never)


def bag(terms: Terms) -> Question:
    """A weighted bag of words, of which any may match."""
    return Question(Some(tuple(Term(field, token, weight) for field, bag in terms.items() for token, weight in bag.items() if weight > 0)))


def like_title(tokens: list[str], enough: float) -> Question:
    """Titles that share at least this part of the pairs."""
    shared = tuple(_term(TITLE_PAIRS, token) for token in dict.fromkeys(tokens))
    return Question(Some(shared, max(1, int(len(shared) * enough))))


def _wanted(item: Wanted, by_sound: bool) -> Clause:
    """Any way will do: as it was typed, in all its pieces, or by a word that means the same and counts for less, however rare that is."""
    typed = _ways(item)
    ways = typed + (_parts(item.text) if item.form is Form.WORD else [])
    if item.form is Form.LATIN:
        ways += _sounds(item.text, by_sound)
    if item.pieces:
        ways.append(Some(tuple(Some(tuple(_ways(piece))) for piece in item.pieces), len(item.pieces)))
    if not item.others:
        return Some(tuple(ways))
    return Some((*ways, Flat(Some(tuple(typed)), AS_TYPED), *(_lighter(way) for other in item.others for way in _ways(other))))


def _ways(item: Wanted) -> list[Clause]:
    return {Form.WORD: _word, Form.LATIN: _latin, Form.CODE: _code, Form.PHRASE: _said}[item.form](item.text)


def _lighter(clause: Clause) -> Clause:
    return replace(clause, weight=clause.weight * SYNONYM_WEIGHT) if isinstance(clause, Term | Value | Phrase) else clause


def _word(word: str) -> list[Clause]:
    """Pairs decide whether a word is there, jieba's words add to the score."""
    if len(word) == 1:
        return [_term(field, word) for field in (TITLE_CHARS, BODY_CHARS)]
    found = [_phrase(field, pairs_of(word)) for field in (TITLE_PAIRS, BODY_PAIRS)]
    return found + [_term(field, word) for field in (TITLE, BODY)]


def _parts(word: str) -> list[Clause]:
    """What jieba takes for one word may stand apart: 行业协会 in 建设行业职工技术协会."""
    known = set(words(word)) if len(word) > 3 else set()
    halves = [(word[:at], word[at:]) for at in range(2, len(word) - 1) if {word[:at], word[at:]} <= known]
    return [Some(tuple(Some(tuple(_word(half))) for half in pair), 2) for pair in halves]


def _latin(word: str) -> list[Clause]:
    terms = [_term(field, word) for field in (TITLE, BODY)]
    return terms + _numbers(word)


def _code(text: str) -> list[Clause]:
    return _numbers(text) + _said(text)


def _numbers(text: str) -> list[Clause]:
    return [Value(NUMBERS, code, FIELDS[NUMBERS].boost) for code in codes(text)]


def _said(text: str) -> list[Clause]:
    return [_phrase(field, chars(text)) for field in (TITLE_CHARS, BODY_CHARS)]


def _sounds(letters: str, also_short: bool) -> list[Clause]:
    """Two syllables and more are surely meant as pinyin; shorter ones and initials only where nothing else was found."""
    spelled = [spelling for spelling in spellings(letters) if also_short or len(spelling) > 1]
    found = [_phrase(PINYIN, list(spelling)) for spelling in spelled]
    short = also_short and letters.isascii() and letters.isalpha() and 1 < len(letters) <= 16
    return [*found, _phrase(INITIALS, list(letters))] if short else found


def _term(field: str, token: str) -> Clause:
    """Weighted as the field is declared."""
    return Term(field, token, FIELDS[field].boost)


def _phrase(field: str, tokens: list[str]) -> Clause:
    if len(tokens) < 2:
        return _term(field, tokens[0]) if tokens else Some(())
    return Phrase(field, tuple(tokens), FIELDS[field].boost)
