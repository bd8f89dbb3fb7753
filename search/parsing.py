"""What a reader typed, understood: words, "phrases" and -words. Both engines build their query from it."""

import re
from dataclasses import dataclass
from enum import StrEnum

from search.analysis import codes, cut, fold, is_han, runs
from search.synonyms import MOST_PIECES, NO_SYNONYMS, Listed, Synonyms

LONGEST_TEXT = 300  # characters that are read; what is longer is a pasted page
MOST_WORDS = 40
LONGEST_TOGETHER = 16
_SAID = re.compile(r'(?P<minus>(?<!\S)-)?(?:"(?P<phrase>[^"]*)"|(?P<word>[^\s"]+))')
_QUOTES = str.maketrans(dict.fromkeys("“”„‟«»「」『』", '"'))
_PARTICLES = frozenset("的了和与及或在之等是为把被将对中其吗呢要往里老几") | frozenset(
    ["怎么", "怎么办", "怎样", "如何", "什么", "为什么", "哪些", "有没有", "老是", "总是", "能否"]
)


class Form(StrEnum):
    """How a wanted thing is looked for."""

    WORD = "word"
    LATIN = "latin"
    CODE = "code"
    PHRASE = "phrase"


@dataclass(frozen=True, slots=True)
class Wanted:
    """One thing that was asked for, already folded. `others` mean the same; `pieces` are what it was cut into before it was known as one word."""

    form: Form
    text: str
    others: tuple["Wanted", ...] = ()
    pieces: tuple["Wanted", ...] = ()

    @property
    def words(self) -> tuple[str, ...]:
        """All by which it may be found, what was typed first."""
        return (self.text, *(one.text for one in (*self.pieces, *self.others)))


@dataclass(frozen=True, slots=True)
class Asked:
    """All that was asked for, and what must not be there."""

    wanted: tuple[Wanted, ...] = ()
    unwanted: tuple[Wanted, ...] = ()
    together: tuple[str, ...] = ()  # runs of several words: where they stand as typed, the hit is better

    @property
    def words(self) -> tuple[str, ...]:
        """What was understood, to be shown and highlighted."""
        return tuple(dict.fromkeys(word for item in self.wanted for word in item.words))

    @property
    def enough(self) -> int:
        """How many of the wanted must be there: both of two, else half. What holds them all comes first anyway."""
        return len(self.wanted) if len(self.wanted) <= 2 else -(-len(self.wanted) // 2)

    @property
    def has_latin(self) -> bool:
        """Whether it may have been meant as pinyin."""
        return any(item.form is Form.LATIN for item in self.wanted)


def understand(text: str, synonyms: Synonyms = NO_SYNONYMS) -> Asked:
    """Read a search text; never fails, whatever was typed. A "phrase" and a -word mean exactly what they say: no synonym widens them."""
    said: list[tuple[int, Wanted]] = []
    unwanted: list[Wanted] = []
    for place, chunk in enumerate(_SAID.finditer(fold(text[:LONGEST_TEXT].translate(_QUOTES)))):
        minus = bool(chunk["minus"])
        found = _phrase(chunk["phrase"]) if chunk["phrase"] is not None else _words(chunk["word"], minus, synonyms)
        unwanted.extend(found if minus else ())
        said.extend((place, item) for item in found if not minus)
    wanted = _widened(said, synonyms) if synonyms.listed else [item for _, item in said]
    return Asked(_without_particles(wanted), tuple(dict.fromkeys(unwanted))[:MOST_WORDS], _together(wanted))


def _widened(said: list[tuple[int, Wanted]], synonyms: Synonyms) -> list[Wanted]:
    """Neighbours that are one listed word become it, the longest first."""
    wanted: list[Wanted] = []
    at = 0
    while at < len(said):
        size, key = _longest(said[at : at + MOST_PIECES], synonyms)
        wanted.append(_known(key, said[at : at + size], synonyms.listed[key]) if size else said[at][1])
        at += max(size, 1)
    return wanted


def _longest(said: list[tuple[int, Wanted]], synonyms: Synonyms) -> tuple[int, str]:
    """Chinese that was written apart is not joined: whoever types a space means two words."""
    best, key, before = (0, ""), "", (-1, False)
    for size, (place, item) in enumerate(said, start=1):
        if item.form is Form.PHRASE:
            break
        here = (place, item.form is Form.WORD)
        key = f"{key}{'' if before == here and here[1] else ' '}{' '.join(runs(item.text))}".strip()
        best = (size, key) if key in synonyms.listed else best
        before = here
    return best


def _known(key: str, said: list[tuple[int, Wanted]], listed: Listed) -> Wanted:
    """A word that is only kept whole has no pieces any more."""
    items = [item for _, item in said]
    pieces = () if listed.whole else tuple(items if len(items) > 1 else _uncut(key))
    own = items[0] if len(items) == 1 else _one(key)
    return Wanted(own.form, own.text, tuple(map(_one, listed.finds)), pieces)


def _uncut(key: str) -> list[Wanted]:
    """What jieba would have made of a listed word of Chinese."""
    pieces = cut(key) if is_han(key) else []
    return [Wanted(Form.WORD, piece) for piece in pieces] if len(pieces) > 1 else []


def _one(key: str) -> Wanted:
    if is_han(key):
        return Wanted(Form.WORD, key)
    return Wanted(Form.PHRASE if " " in key else Form.LATIN, key)


def _together(wanted: list[Wanted]) -> tuple[str, ...]:
    """Neighbouring Chinese words, joined again; only of short texts, since a pasted sentence stands nowhere else."""
    words = [item.text for item in wanted if item.form is Form.WORD]
    joined = "".join(words)
    return (joined,) if 1 < len(words) == len(wanted) and len(joined) <= LONGEST_TOGETHER else ()


def _phrase(text: str) -> list[Wanted]:
    """What stands in quotes is looked for as it stands."""
    joined = " ".join(runs(text))
    return [Wanted(Form.PHRASE, joined)] if joined else []


def _words(chunk: str, whole: bool, synonyms: Synonyms) -> list[Wanted]:
    """A chunk may be a number, or words to be cut; an excluded chunk (`whole`) is not cut, else -锂电池 would exclude too much."""
    if len(runs(chunk)) > 1 and all(run.isascii() for run in runs(chunk)) and codes(chunk):
        return [Wanted(Form.CODE, chunk)]
    if whole:
        return _phrase(chunk)
    pieces = [word for run in runs(chunk) for word in (synonyms.cut(run) if is_han(run) else [run])]
    return [Wanted(Form.WORD if is_han(word) else Form.LATIN, word) for word in pieces]


def _without_particles(wanted: list[Wanted]) -> tuple[Wanted, ...]:
    """的 and its like, and how people ask (怎么办), are looked for only when nothing else is."""
    distinct = list(dict.fromkeys(wanted))
    telling = [item for item in distinct if item.text not in _PARTICLES]
    return tuple(telling or distinct)[:MOST_WORDS]
