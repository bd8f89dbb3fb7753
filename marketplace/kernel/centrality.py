"""Figures of a network's structure: groups, who is influential, who connects. Numbers in, numbers out; nothing here knows what a node is.

The same network and seed give the same figures, whatever else the site holds.
"""

import random
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

import graspologic_native
import numpy as np
import rustworkx
from numpy.typing import NDArray

Whole = NDArray[np.int64]
Real = NDArray[np.float64]


@dataclass(frozen=True)
class Links:
    """Undirected: `count` nodes numbered from 0, each linked pair once, the smaller number first, in order."""

    count: int
    ones: Whole
    others: Whole

    @cached_property
    def offsets(self) -> Whole:
        """Where the neighbours of each node begin in `targets`."""
        degrees = np.bincount(np.concatenate((self.ones, self.others)), minlength=self.count)
        return np.concatenate((np.zeros(1, np.int64), np.cumsum(degrees)))

    @cached_property
    def targets(self) -> Whole:
        both = np.concatenate((self.ones, self.others)), np.concatenate((self.others, self.ones))
        return both[1][np.argsort(both[0], kind="stable")]

    @property
    def degrees(self) -> Whole:
        return np.diff(self.offsets)


def links_of(count: int, pairs: Iterable[tuple[int, int]]) -> Links:
    """However often and in whichever direction a pair is named, it is one link; nobody is linked with themselves."""
    ends = np.fromiter((end for pair in pairs for end in pair), np.int64).reshape(-1, 2)
    low, high = ends.min(axis=1), ends.max(axis=1)
    keys = np.unique((low * count + high)[low != high])
    return Links(count, keys // max(count, 1), keys % max(count, 1))


@dataclass(frozen=True, slots=True)
class Grouping:
    """The group of each node, numbered from 0, the largest first; `modularity` says how far links stay within groups (0 to 1)."""

    groups: Whole
    modularity: float


def group(links: Links, *, resolution: float, seed: int) -> Grouping:
    """Leiden by modularity. A node without links is a group of its own."""
    if not len(links.ones):
        return Grouping(np.arange(links.count), 0.0)
    names = [str(number) for number in range(links.count)]
    edges = [(names[one], names[other], 1.0) for one, other in zip(links.ones.tolist(), links.others.tolist(), strict=True)]
    modularity, found = graspologic_native.leiden(
        edges, starting_communities=None, resolution=resolution, randomness=0.001, iterations=1, use_modularity=True, seed=seed, trials=1
    )
    lone = len(found)
    return Grouping(_by_size([found.get(name, lone + number) for number, name in enumerate(names)]), float(modularity))


def _by_size(labels: list[int]) -> Whole:
    """Numbered anew: the largest is 0, and of equal ones that whose first member has the smaller number."""
    _old, firsts, inverse, counts = np.unique(np.asarray(labels, np.int64), return_index=True, return_inverse=True, return_counts=True)
    order = np.lexsort((firsts, -counts))
    ranks = np.empty_like(order)
    ranks[order] = np.arange(len(order))
    return ranks[inverse]


def influence(links: Links, *, damping: float) -> Real:
    """PageRank; the sum over all nodes is 1."""
    graph = rustworkx.PyDiGraph(multigraph=False)
    graph.add_nodes_from([None] * links.count)
    ones, others = links.ones.tolist(), links.others.tolist()
    graph.extend_from_edge_list(list(zip(ones, others, strict=True)))
    graph.extend_from_edge_list(list(zip(others, ones, strict=True)))
    found = rustworkx.pagerank(graph, alpha=damping, tol=1e-9, max_iter=500) if links.count else {}
    return np.asarray([found[number] for number in range(links.count)], np.float64)


def pivots_of(count: int, most: int, seed: int) -> list[int]:
    """From whom shortest paths are counted: from everybody in a small network, else from a sample drawn by the seed."""
    if count <= most:
        return list(range(count))
    return random.Random(seed).sample(range(count), most)  # noqa: S311  a sample, not a secret  # nosec B311


def bridging(links: Links, pivots: list[int]) -> Real:
    """Betweenness: the share of all shortest paths that lead through a node, estimated from those that begin at `pivots` (Brandes and Pich, 2007)."""
    scores = np.zeros(links.count)
    for pivot in pivots:
        scores += _dependency(links, pivot)
    pairs = (links.count - 1) * (links.count - 2)
    return scores * (links.count / len(pivots) / pairs) if pivots and pairs > 0 else scores


def _dependency(links: Links, pivot: int) -> Real:
    """Brandes' sum over the paths from one node, a whole ring of neighbours at a time."""
    paths, seen = np.zeros(links.count), np.zeros(links.count, bool)
    paths[pivot], seen[pivot] = 1.0, True
    rings = list(_rings(links, pivot, paths, seen))
    through = np.zeros(links.count)
    for near, far in reversed(rings):
        through += np.bincount(near, weights=paths[near] / paths[far] * (1 + through[far]), minlength=links.count)
    through[pivot] = 0.0
    return through


def _rings(links: Links, pivot: int, paths: Real, seen: NDArray[np.bool_]) -> Iterator[tuple[Whole, Whole]]:
    """Links from each ring to the next one out; counts the shortest paths on the way."""
    ring = np.asarray([pivot], np.int64)
    while True:
        near, far = _outward(links, ring)
        new = ~seen[far]
        near, far = near[new], far[new]
        if not len(far):
            return
        paths += np.bincount(far, weights=paths[near], minlength=links.count)
        ring = np.unique(far)
        seen[ring] = True
        yield near, far


def _outward(links: Links, ring: Whole) -> tuple[Whole, Whole]:
    starts, counts = links.offsets[ring], links.offsets[ring + 1] - links.offsets[ring]
    within = np.arange(counts.sum()) - np.repeat(np.cumsum(counts) - counts, counts)
    return np.repeat(ring, counts), links.targets[np.repeat(starts, counts) + within]


def reach(links: Links, groups: Whole, node: int) -> int:
    """In how many other groups a node has somebody at most two links away."""
    near = _outward(links, np.asarray([node], np.int64))[1]
    around = np.concatenate((near, _outward(links, near)[1]))
    return len(np.setdiff1d(groups[around], groups[node : node + 1]))
