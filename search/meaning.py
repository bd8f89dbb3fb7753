"""Words and meaning in one score."""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import fmean, pstdev

from search.embedding import Vectors
from search.page import Page

MEANING = 1.0
"""How much the meaning counts beside the words; .75 and 1.25 were as good on real needs (`benchmarks.relevance`)."""


@dataclass(frozen=True, slots=True)
class Near:
    """What an engine is asked: the vector that a thing should be near to, who asks, and, where named, only among these faces."""

    vector: Vectors
    reader: tuple[str, ...]
    size: int
    kinds: tuple[str, ...] = ()
    without: frozenset[str] = frozenset()
    keys: tuple[str, ...] | None = None


def fused(by_words: Sequence[tuple[float, Page]], by_meaning: Sequence[tuple[float, Page]]) -> list[tuple[float, Page]]:
    """Each score as its distance from the mean in deviations, added. What the words did not find has the least that they gave."""
    pages = {page.key: page for _, page in (*by_words, *by_meaning)}
    words, meanings = {page.key: score for score, page in by_words}, {page.key: score for score, page in by_meaning}
    said, meant = _standard([words.get(key, min(words.values(), default=0.0)) for key in pages]), _standard([meanings.get(key, 0.0) for key in pages])
    scored = [(one + MEANING * other, page) for one, other, page in zip(said, meant, pages.values(), strict=True)]
    lowest = min((score for score, _ in scored), default=0.0)
    return sorted(((score - lowest, page) for score, page in scored), key=lambda one: (-one[0], one[1].id))


def _standard(scores: list[float]) -> list[float]:
    centre, deviation = (fmean(scores), pstdev(scores)) if scores else (0.0, 0.0)
    return [(score - centre) / deviation if deviation else 0.0 for score in scores]
