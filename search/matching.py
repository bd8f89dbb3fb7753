"""From a need to the achievements that may solve it: which of its words to ask for, and how much each weighs.

Weights were measured on real needs and judgements (`benchmarks/relevance_score.py`): how the query is weighted mattered
more than how it is cut.
"""

from collections import Counter, defaultdict
from collections.abc import Callable
from heapq import nlargest
from math import log

from search.analysis import fold, pairs, words
from search.document import TITLE, TITLE_PAIRS
from search.results import Terms

TITLE_WEIGHT = 3.0
PAIRS_WEIGHT = 1.0
MOST_TERMS = 400  # of one field; a need of many pages must not take seconds
LONGEST_NEED = 20_000  # characters


def terms_of_need(title: str, body: str) -> Terms:
    """The need's words and pairs by field, as `Index.rank` wants them."""
    heading, content = fold(title), fold(body[:LONGEST_NEED])
    return {TITLE: _weigh(words, heading, content, 1.0), TITLE_PAIRS: _weigh(pairs, heading, content, PAIRS_WEIGHT)}


def _weigh(cut: Callable[[str], list[str]], heading: str, content: str, weight: float) -> dict[str, float]:
    """Each occurrence in the title counts three times one in the content, which counts 1 + ln(tf)."""
    weights: defaultdict[str, float] = defaultdict(float)
    for token, times in Counter(cut(content)).items():
        weights[token] += 1 + log(times)
    for token, times in Counter(cut(heading)).items():
        weights[token] += TITLE_WEIGHT * times
    heaviest = nlargest(MOST_TERMS, weights.items(), key=lambda item: item[1])
    return {token: weight * value for token, value in heaviest}
