"""How good a ranking is against judgements: nothing but arithmetic, so that every ranking is measured alike.

A judgement gives an achievement a level from 1 (none) to 4 (strong) for one need; its gain is level - 1, unjudged is 0. Recall asks for those of
level 3 and 4; a need that has none of them says nothing of it.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from math import isnan, log2, nan
from random import Random

DEPTH = 10
RECALL_DEPTH = 100
GOOD = 2
"""The gain from which on staff called it a good match."""
RESAMPLED = 1_000


@dataclass(frozen=True, slots=True)
class Scores:
    """Of one need, or means over many, each between 0 and 1; recall is no number where nothing good was to be found."""

    ndcg: float
    dedup_ndcg: float
    judged_ndcg: float
    recall: float


def ndcg(gains: Sequence[float], ideal: Sequence[float], depth: int = DEPTH) -> float:
    """Linear gain, discount 1/log2(rank + 1); 0 where nothing could be gained."""
    best = _discounted(sorted(ideal, reverse=True)[:depth])
    return _discounted(gains[:depth]) / best if best else 0.0


def _discounted(gains: Sequence[float]) -> float:
    return sum(gain / log2(rank + 1) for rank, gain in enumerate(gains, start=1))


def score_need(ranked: Sequence[str], levels: Mapping[str, int], title_of: Mapping[str, str]) -> Scores:
    """One need: `ranked` ids best first, `levels` by id, and titles to tell the same achievement entered twice."""
    gain = {id: level - 1 for id, level in levels.items()}
    once = _gain_by_title(gain, title_of)
    titles = list(dict.fromkeys(title_of[id] for id in ranked))
    judged = [id for id in ranked if id in gain]
    return Scores(
        ndcg([gain.get(id, 0) for id in ranked], list(gain.values())),
        ndcg([once.get(title, 0) for title in titles], list(once.values())),
        ndcg([gain[id] for id in judged], list(gain.values())),
        _recall(ranked, {id for id, value in gain.items() if value >= GOOD}),
    )


def _gain_by_title(gain: Mapping[str, int], title_of: Mapping[str, str]) -> dict[str, int]:
    """Identical titles count once, with the best of their judgements."""
    once: dict[str, int] = {}
    for id, value in gain.items():
        title = title_of.get(id, id)
        once[title] = max(once.get(title, 0), value)
    return once


def _recall(ranked: Sequence[str], relevant: set[str], depth: int = RECALL_DEPTH) -> float:
    return len(relevant.intersection(ranked[:depth])) / len(relevant) if relevant else nan


def mean(scores: Iterable[Scores]) -> Scores:
    """The mean of each figure, over the needs that have it."""
    rows = list(scores)
    return Scores(*(_mean([getattr(row, field.name) for row in rows]) for field in fields(Scores)))


def _mean(values: list[float]) -> float:
    told = [value for value in values if not isnan(value)]
    return sum(told) / max(1, len(told))


def interval(scores: Sequence[Scores], seed: int = 1) -> tuple[Scores, Scores]:
    """Between which figures the mean lies for 95 of 100 collections of needs like these (bootstrap over needs)."""
    chance = Random(seed)
    means = [mean(chance.choices(scores, k=len(scores))) for _ in range(RESAMPLED)]
    columns = [sorted(getattr(one, field.name) for one in means) for field in fields(Scores)]
    low, high = RESAMPLED // 40, RESAMPLED - RESAMPLED // 40 - 1
    return Scores(*(column[low] for column in columns)), Scores(*(column[high] for column in columns))
