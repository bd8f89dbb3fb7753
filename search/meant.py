"""What was meant where little is found: words that sound the same, or are one letter apart, as they stand in what the reader may see.

No list of words is kept: the index is asked for titles that sound or look nearly so, and only what stands in a page that was found is offered.
So nothing can be offered that only hidden pages hold, and both engines offer the same.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import chain, combinations, islice, pairwise, product

from search.analysis import fold, is_han, plain_words, runs, words
from search.clauses import Clause, Misspelt, Phrase, Question, Some, Term
from search.document import BODY, PINYIN, TITLE, TITLE_CHARS
from search.page import Page
from search.pinyin import known_syllables, spellings, syllables

SHORTEST_LATIN = 4
LONGEST = 12  # characters of one word that may be mistyped
MOST_UNITS = 8  # words of a text that are tried
MOST_SOUNDS = 24  # of one word
MOST_OFFERED = 3  # for one word
EXCHANGED = (("zh", "z"), ("ch", "c"), ("sh", "s"), ("l", "n"), ("ang", "an"), ("eng", "en"), ("ing", "in"))
"""What sounds alike to many: an initial or a final for another."""

Ask = Callable[[Question], Iterable[Page]]


@dataclass(frozen=True, slots=True)
class Meant:
    """Another text, and how much the reader finds by it."""

    text: str
    total: int


def repaired(text: str, ask: Ask) -> Iterator[str]:
    """The text with one of its words replaced, the likeliest first."""
    folded = fold(text).strip()
    for unit in _units(folded):
        likely = _han(unit, ask) if is_han(unit) else _latin(unit, ask)
        yield from (folded.replace(unit, word) for word in islice(likely, MOST_OFFERED))


def _units(folded: str) -> list[str]:
    """Each run, then its words, then neighbours joined, since a mistyped word is often cut in two."""
    said = runs(folded)
    cuts = [plain_words(run) if is_han(run) else [] for run in said]
    joined = [one + other for cut in cuts for one, other in pairwise(cut) if len(one + other) <= 4]
    found = dict.fromkeys(chain(said, joined, chain.from_iterable(cuts)))
    return [unit for unit in found if _may_be_mistyped(unit)][:MOST_UNITS]


def _may_be_mistyped(unit: str) -> bool:
    if is_han(unit):
        return 1 < len(unit) <= LONGEST
    return unit.isascii() and unit.isalpha() and SHORTEST_LATIN <= len(unit) <= 24


def _han(unit: str, ask: Ask) -> list[str]:
    """Words of titles that sound the same come before those that only look nearly the same."""
    sound = tuple(syllables(unit))
    ways: list[Clause] = [Phrase(PINYIN, one, 1.0) for one in sounds_like(sound)]
    distinct = tuple(Term(TITLE_CHARS, char, 1.0) for char in dict.fromkeys(unit))
    ways.append(Some(distinct, len(distinct) - (len(unit) > 2)))
    found = _counted(word for page in ask(Question(Some(tuple(ways)))) for word in set(_standing(page, len(unit))) if word != unit)
    spoken = set(sounds_like(sound))
    alike = [word for word in found if tuple(syllables(word)) in spoken]
    return alike + [word for word in found if word not in alike and _is_one_edit(word, unit)]


def _latin(unit: str, ask: Ask) -> list[str]:
    """A word of any text, or Chinese words whose sound was meant."""
    found = _counted(word for page in ask(Question(Some((Misspelt(TITLE, unit), Misspelt(BODY, unit))))) for word in set(_latin_words(page)))
    near = [word for word in found if word != unit and _is_one_edit(word, unit)]
    spoken = list(islice(_spoken(unit), MOST_SOUNDS))
    pages = ask(Question(Some(tuple(Phrase(PINYIN, one, 1.0) for one in spoken)))) if spoken else ()
    sizes = {len(one) for one in spoken}
    heard = _counted(word for page in pages for size in sizes for word in set(_standing(page, size)) if tuple(syllables(word)) in spoken)
    return near + heard


def _spoken(letters: str) -> Iterator[tuple[str, ...]]:
    """Letters as syllables: as typed, as it sounds to others, then with two letters exchanged or one too many."""
    read = [one for one in spellings(letters) if len(one) > 1]
    swapped = [letters[:at] + letters[at + 1] + letters[at] + letters[at + 2 :] for at in range(len(letters) - 1)]
    dropped = [letters[:at] + letters[at + 1 :] for at in range(len(letters))]
    mended = [one for other in swapped + dropped for one in spellings(other)[:1] if 1 < len(one) <= len(letters) // 2]
    yield from dict.fromkeys(chain(chain.from_iterable(sounds_like(one) for one in read), mended))


def sounds_like(sound: tuple[str, ...]) -> list[tuple[str, ...]]:
    """The sound itself, then with one syllable as others hear it, then with two."""
    other = [_heard(syllable) for syllable in sound]
    changed = (
        tuple(dict(zip(places, new, strict=True)).get(at, syllable) for at, syllable in enumerate(sound))
        for many in (1, 2)
        for places in combinations(range(len(sound)), many)
        for new in product(*(other[place] for place in places))
    )
    return [sound, *islice(changed, MOST_SOUNDS - 1)] if len(sound) > 1 else []


def _heard(syllable: str) -> list[str]:
    """Other syllables that sound nearly the same."""
    found = []
    for one, other in chain(EXCHANGED, ((b, a) for a, b in EXCHANGED)):
        if syllable.startswith(one) and not syllable.startswith(other + "h"):
            found.append(other + syllable[len(one) :])
        if syllable.endswith(one):
            found.append(syllable[: -len(one)] + other)
    return [one for one in dict.fromkeys(found) if one in known_syllables() and one != syllable]


def _standing(page: Page, size: int) -> Iterator[str]:
    """Words of the title, and neighbours joined, of about this length: what begins or ends within a word is none."""
    for run in filter(is_han, runs(page.title.folded)):
        cut = plain_words(run)
        joined = ("".join(cut[begin:end]) for begin in range(len(cut)) for end in range(begin + 1, min(len(cut), begin + size) + 1))
        yield from (word for word in chain(words(run), joined) if abs(len(word) - size) <= (size > 3))


def _latin_words(page: Page) -> list[str]:
    return [run for text in (page.title, page.summary, page.body) for run in runs(text.folded) if not is_han(run)]


def _counted(found: Iterable[str]) -> list[str]:
    """The most frequent first."""
    return [word for word, _ in sorted(Counter(found).items(), key=lambda one: (-one[1], one[0]))]


def _is_one_edit(word: str, other: str) -> bool:
    """One more, one less, one other, or two neighbours exchanged; of three and fewer Chinese characters one other makes another word."""
    short, long = sorted((word, other), key=len)
    if len(long) - len(short) == 1:
        return len(long) > 3 and any(long[:at] + long[at + 1 :] == short for at in range(len(long)))
    if len(long) != len(short):
        return False
    apart = [at for at in range(len(long)) if long[at] != short[at]]
    if len(apart) == 1:
        return len(word) > 3
    return len(apart) == 2 and apart[1] == apart[0] + 1 and long[apart[0]] == short[apart[1]] and long[apart[1]] == short[apart[0]]
