"""Titles as they sound: people type dianchi or dc where the input method gets in the way."""

from functools import cache, lru_cache

from pypinyin import lazy_pinyin

from search.analysis import is_han, plain_words

LONGEST = 48  # letters of one typed stretch; beyond that nobody spells
MOST_SPELLINGS = 8
_VOWELS = frozenset("aeiouv")


@lru_cache(maxsize=65_536)
def _of_word(word: str) -> tuple[str, ...]:
    """Words repeat, and looking up their sound is the slowest step of indexing."""
    return tuple(lazy_pinyin(word, errors="ignore")) if is_han(word) else (word,)


def syllables(folded: str) -> list[str]:
    """One syllable for each character, without tones; latin words as they are."""
    return [syllable for word in plain_words(folded) for syllable in _of_word(word)]


def initials(folded: str) -> list[str]:
    """The first letter of each syllable; latin words as they are."""
    return [s[:1] if is_han(word) else s for word in plain_words(folded) for s in _of_word(word)]


@cache
def known_syllables() -> frozenset[str]:
    """All syllables of the common characters (GB 2312)."""
    common = bytes(b for row in range(0xB0, 0xF8) for cell in range(0xA1, 0xFF) for b in (row, cell)).decode("gb2312", "ignore")
    return frozenset(s for s in lazy_pinyin(list(common)) if s.isascii() and _VOWELS & set(s))


def spellings(letters: str, unfinished: bool = False) -> list[tuple[str, ...]]:
    """The ways to read letters as syllables, fewest syllables first; `unfinished` lets the last be only begun."""
    if not letters.isascii() or not letters.isalpha() or len(letters) > LONGEST:
        return []
    found = _readings(letters, unfinished)
    return sorted(found, key=len)[:MOST_SPELLINGS]


def _readings(letters: str, unfinished: bool) -> list[tuple[str, ...]]:
    """From the end to the front, each rest is read once, so that long input stays cheap."""
    known = known_syllables()
    begun = {s[:i] for s in known for i in range(1, len(s))} if unfinished else set()
    readings: dict[int, list[tuple[str, ...]]] = {len(letters): [()]}
    for start in range(len(letters) - 1, -1, -1):
        ends = [end for end in range(min(start + 6, len(letters)), start, -1) if letters[start:end] in known]
        ways = [(letters[start:end], *rest) for end in ends for rest in readings[end]]
        if not ways and letters[start:] in begun:
            ways = [(letters[start:],)]
        readings[start] = sorted(ways, key=len)[:MOST_SPELLINGS]
    return readings[0]
