"""What each part of the words' score is worth, and whether its weights hold on needs that nobody looked at when they were chosen.

The ways to cut a need (words, pairs, characters) add up, so each is asked for once, and every mixture of them is arithmetic.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from random import Random
from typing import Any

import numpy as np
from numpy.typing import NDArray

from benchmarks.relevance_score import Scores, mean, score_need
from marketplace.web.site import Site
from search.document import TITLE, TITLE_CHARS, TITLE_PAIRS
from search.matching import WAYS, AskedIn, terms_of_need

FOLDS = 5
MIXTURES = tuple(product((0.0, 1.0), (0.0, 0.5, 1.0), (0.0, 1.0, 2.0, 3.0)))
"""Weights of words, pairs and characters."""
CHOSEN = tuple(way.weight for way in WAYS)
NAMES = {TITLE: "words", TITLE_PAIRS: "pairs", TITLE_CHARS: "characters"}

Judge = Callable[[str, Sequence[str]], Scores]
"""(need, ids of the register in order) → how good that is"""
Points = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Asked:
    """One judged need: how many points each way (a row) gives each achievement (a column; `ids` are sorted, so that equal ones stand by id)."""

    need: str
    ids: Sequence[str]
    points: Points

    def ranked(self, weights: Sequence[float]) -> list[str]:
        total = np.asarray(weights) @ self.points
        order = np.argsort(-total, kind="stable")
        return [self.ids[at] for at in order[: np.count_nonzero(total)]]


def asked(site: Site, needs: Sequence[dict[str, Any]], theirs: Mapping[str, str], asked_in: AskedIn) -> list[Asked]:
    """Each way asked alone, at a weight of 1."""
    ids = sorted(theirs.values())
    column = {id: at for at, id in enumerate(ids)}

    def points_of(need: dict[str, Any]) -> Points:
        points = np.zeros((len(WAYS), len(ids)))
        for way, row in enumerate(points):
            for id, score in _found(site, need, theirs, way, asked_in):
                row[column[id]] = score
        return points

    return [Asked(need["id"], ids, points_of(need)) for need in needs]


def _found(site: Site, need: dict[str, Any], theirs: Mapping[str, str], way: int, asked_in: AskedIn) -> Iterator[tuple[str, float]]:
    terms = terms_of_need(need["title"], need["content"], asked_in, [WAYS[way]._replace(weight=1.0)])
    return ((theirs[hit.id], hit.score) for hit in site.index.rank(terms, ("public",), ("achievement",), len(theirs)))


def ablation(site: Site, needs: Sequence[dict[str, Any]], theirs: Mapping[str, str], judge: Judge) -> Iterator[tuple[str, Scores]]:
    """The score as it is, and without each of its parts."""
    with_all, blind = asked(site, needs, theirs, site.index.asked_in), asked(site, needs, theirs, lambda _tokens: {})
    yield "all", _mean(with_all, CHOSEN, judge)
    for number, way in enumerate(WAYS):
        yield f"without {NAMES[way.field]}", _mean(with_all, [0.0 if number == one else weight for one, weight in enumerate(CHOSEN)], judge)
    yield "without what needs have in common", _mean(blind, CHOSEN, judge)
    yield f"{FOLDS} folds, weights chosen on the others", cross_validated(with_all, judge)


def cross_validated(rows: Sequence[Asked], judge: Judge, seed: int = 1) -> Scores:
    """The mean over needs, each judged by weights that were chosen without it."""
    order = list(rows)
    Random(seed).shuffle(order)
    table = {weights: {row.need: judge(row.need, row.ranked(weights)) for row in order} for weights in MIXTURES if any(weights)}
    return mean(one for fold in range(FOLDS) for one in _held_out(table, [row.need for row in order], fold))


def _held_out(table: Mapping[tuple[float, ...], Mapping[str, Scores]], needs: list[str], fold: int) -> list[Scores]:
    seen = [need for at, need in enumerate(needs) if at % FOLDS != fold]
    best = max(table, key=lambda weights: mean(table[weights][need] for need in seen).dedup_ndcg)
    return [table[best][need] for need in needs[fold::FOLDS]]


def _mean(rows: Sequence[Asked], weights: Sequence[float], judge: Judge) -> Scores:
    return mean(judge(row.need, row.ranked(weights)) for row in rows)


def judge_by(judged: Mapping[str, Mapping[str, int]], titles: Mapping[str, str]) -> Judge:
    return lambda need, ranked: score_need(ranked, judged[need], titles)
