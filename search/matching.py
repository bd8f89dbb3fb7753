"""From a need to the achievements that may solve it: which of its words to ask for, and how much each weighs.

How the query is weighted mattered more than how it is cut. Measured on 123 real needs with 3,795 judgements (`benchmarks.relevance`, also on needs
that had no part in the choice): what many needs say, such as 公司 or 要求, tells nothing of one of them though it is rare in titles, and single
characters find what is called otherwise.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Mapping, Sequence
from heapq import nlargest
from math import log, sqrt
from typing import NamedTuple

from search.analysis import chars, fold, pairs, words
from search.document import TITLE, TITLE_CHARS, TITLE_PAIRS
from search.results import Terms
from search.tokens import EVERY

TITLE_WEIGHT = 4.0
LONGEST_NEED = 20_000  # characters; a need of many pages must not take seconds

AskedIn = Callable[[Collection[str]], Mapping[str, int]]
"""As `Index.asked_in`."""


class Way(NamedTuple):
    """One way to cut a text: the field that holds it, how much it counts, and how many of its tokens are asked for."""

    field: str
    cut: Callable[[str], list[str]]
    weight: float
    most: int


WAYS = (Way(TITLE, words, 1.0, 150), Way(TITLE_PAIRS, pairs, 1.0, 150), Way(TITLE_CHARS, chars, 2.0, 100))


def terms_of_need(title: str, body: str, asked_in: AskedIn, ways: Sequence[Way] = WAYS) -> Terms:
    """The need's words, pairs and characters by field, as `Index.rank` wants them. `ways` is there to be measured."""
    heading, content = fold(title), fold(body[:LONGEST_NEED])
    said = {way: _said(way.cut, heading, content) for way in ways}
    counts = asked_in({EVERY}.union(*said.values()))
    return {way.field: _weigh(way, weights, counts) for way, weights in said.items()}


def _said(cut: Callable[[str], list[str]], heading: str, content: str) -> dict[str, float]:
    """Each occurrence in the title counts four times one in the content, which counts 1 + ln(tf)."""
    weights: defaultdict[str, float] = defaultdict(float)
    for token, times in Counter(cut(content)).items():
        weights[token] += 1 + log(times)
    for token, times in Counter(cut(heading)).items():
        weights[token] += TITLE_WEIGHT * times
    return weights


def _weigh(way: Way, weights: Mapping[str, float], counts: Mapping[str, int]) -> dict[str, float]:
    """The heaviest, after each has been told how much it tells of this need."""
    every = counts.get(EVERY, 0)
    told = ((token, way.weight * weight * telling(counts.get(token, 0), every)) for token, weight in weights.items())
    return dict(nlargest(way.most, told, key=lambda item: item[1]))


def telling(count: int, every: int) -> float:
    """Between 0 and 1 for a token of `count` among `every` need: the root of its inverse frequency (as BM25 has it) over that of a token of none."""
    return sqrt(log(1 + (every - min(count, every) + 0.5) / (min(count, every) + 0.5)) / log(2 * every + 2))
