"""A match: what was found, at which place, and the words that speak for it."""

from dataclasses import dataclass

from marketplace.kernel.cards import Card
from search.results import Hit, Marks


@dataclass(frozen=True, slots=True)
class Match:
    """`rank` counts from 1; `words` are those of the question that it holds, the weightiest first.

    `share` is its score in basis points of the best one's."""

    rank: int
    card: Card
    words: tuple[str, ...]
    title_marks: Marks
    score: float
    share: int


def match_of(rank: int, hit: Hit, card: Card, best: float) -> Match:
    return Match(rank, card, hit.words, hit.title_marks, hit.score, round(10_000 * hit.score / best) if best else 0)
