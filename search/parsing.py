"""What a reader typed, understood: words, "phrases" and -words. Both engines build their query from it."""

import re
from dataclasses import dataclass
from enum import StrEnum

from search.analysis import codes, fold, is_han, plain_words, runs

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
    """One thing that was asked for, already folded."""

    form: Form
    text: str


@dataclass(frozen=True, slots=True)
class Asked:
    """All that was asked for, and what must not be there."""

    wanted: tuple[Wanted, ...] = ()
    unwanted: tuple[Wanted, ...] = ()
    together: tuple[str, ...] = ()  # runs of several words: where they stand as typed, the hit is better

    @property
    def words(self) -> tuple[str, ...]:
        """What was understood, to be shown and highlighted."""
        return tuple(dict.fromkeys(item.text for item in self.wanted))

    @property
    def enough(self) -> int:
        """How many of the wanted must be there: both of two, else half. What holds them all comes first anyway."""
        return len(self.wanted) if len(self.wanted) <= 2 else -(-len(self.wanted) // 2)

    @property
    def has_latin(self) -> bool:
        """Whether it may have been meant as pinyin."""
        return any(item.form is Form.LATIN for item in self.wanted)


def understand(text: str) -> Asked:
    """Read a search text; never fails, whatever was typed."""
    wanted: list[Wanted] = []
    unwanted: list[Wanted] = []
    for said in _SAID.finditer(fold(text[:LONGEST_TEXT].translate(_QUOTES))):
        side = unwanted if said["minus"] else wanted
        side.extend(_phrase(said["phrase"]) if said["phrase"] is not None else _words(said["word"], bool(said["minus"])))
    return Asked(_without_particles(wanted), tuple(dict.fromkeys(unwanted))[:MOST_WORDS], _together(wanted))


def _together(wanted: list[Wanted]) -> tuple[str, ...]:
    """Neighbouring Chinese words, joined again; only of short texts, since a pasted sentence stands nowhere else."""
    words = [item.text for item in wanted if item.form is Form.WORD]
    joined = "".join(words)
    return (joined,) if 1 < len(words) == len(wanted) and len(joined) <= LONGEST_TOGETHER else ()


def _phrase(text: str) -> list[Wanted]:
    """What stands in quotes is looked for as it stands."""
    joined = " ".join(runs(text))
    return [Wanted(Form.PHRASE, joined)] if joined else []


def _words(chunk: str, whole: bool) -> list[Wanted]:
    """A chunk may be a number, or words to be cut; an excluded chunk (`whole`) is not cut, else -锂电池 would exclude too much."""
    if len(runs(chunk)) > 1 and all(run.isascii() for run in runs(chunk)) and codes(chunk):
        return [Wanted(Form.CODE, chunk)]
    if whole:
        return _phrase(chunk)
    return [Wanted(Form.WORD if is_han(word) else Form.LATIN, word) for word in plain_words(chunk)]


def _without_particles(wanted: list[Wanted]) -> tuple[Wanted, ...]:
    """的 and its like, and how people ask (怎么办), are looked for only when nothing else is."""
    distinct = list(dict.fromkeys(wanted))
    telling = [item for item in distinct if item.text not in _PARTICLES]
    return tuple(telling or distinct)[:MOST_WORDS]
