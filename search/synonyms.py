"""Words that mean the same, and words that must not be cut: data of the site. What a reader typed is widened by them, never the index."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from search.analysis import cut, fold, is_han, runs

MOST_WAYS = 8
"""Further words for one that was typed; more would cost time and mean little."""
SYNONYM_WEIGHT = 0.7
"""What a hit by a synonym counts for, beside one by the word that was typed."""
AS_TYPED = 1_000.0
"""On top of its score for what holds the very word: a synonym that is rarer in all titles would outweigh it otherwise."""
SHORTEST_UNCUT = 3
"""A pair of characters may stand by chance across two words: it counts only where the text is cut there anyway."""
MOST_PIECES = 6
LONGEST_UNCUT = 20


def key_of(word: str) -> str:
    """The form in which words are compared: folded, without punctuation, one space between latin words."""
    return " ".join(runs(fold(word)))


@dataclass(frozen=True, slots=True)
class Group:
    """Each of `words`, where it is typed, finds `finds`, too: the group itself where all mean the same. Without any, they are only kept whole."""

    words: tuple[str, ...]
    finds: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Listed:
    """What is known of a word. One that has other words may also be found in its pieces; one that is only kept whole may not."""

    finds: tuple[str, ...] = ()
    whole: bool = False


@dataclass(frozen=True, slots=True)
class Synonyms:
    """The table, by key. An empty one changes nothing and costs nothing."""

    listed: Mapping[str, Listed] = field(default_factory=dict)
    longest: int = 0

    def cut(self, run: str) -> list[str]:
        """A run of Chinese into words: what is listed stays whole, the longest first, and jieba cuts the rest."""
        if not self.longest:
            return cut(run)
        words: list[str] = []
        begin = at = 0
        while at < len(run):
            if word := self._listed_at(run, at):
                words += [*cut(run[begin:at]), word]
                begin = at = at + len(word)
            else:
                at += 1
        return words + cut(run[begin:])

    def _listed_at(self, run: str, at: int) -> str:
        ends = range(min(len(run), at + self.longest), at + SHORTEST_UNCUT - 1, -1)
        return next((run[at:end] for end in ends if run[at:end] in self.listed), "")


NO_SYNONYMS = Synonyms()


def synonyms_of(groups: Iterable[Group]) -> Synonyms:
    """A word of several groups finds what each of them says, in their order, within MOST_WAYS."""
    listed: dict[str, Listed] = {}
    for group in groups:
        finds = [key for word in group.finds if (key := key_of(word))]
        for key in filter(None, map(key_of, group.words)):
            known = listed.get(key, Listed())
            ways = dict.fromkeys(one for one in (*known.finds, *finds) if one != key)
            listed[key] = Listed(tuple(ways)[:MOST_WAYS], known.whole or not finds)
    longest = max((len(key) for key in listed if is_han(key)), default=0)
    return Synonyms(listed, min(longest, LONGEST_UNCUT) if longest >= SHORTEST_UNCUT else 0)
