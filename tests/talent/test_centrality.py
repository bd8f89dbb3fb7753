"""The figures of a network against slow and simple counting, by hand where it is small enough."""

from collections import deque
from itertools import permutations
from random import Random

import numpy as np
import pytest
import rustworkx

from marketplace.kernel.centrality import Links, bridging, group, influence, links_of, pivots_of, reach

Pairs = list[tuple[int, int]]


def made_up(count: int, links: int, seed: int) -> tuple[int, Pairs]:
    chance = Random(seed)
    return count, [(chance.randrange(count), chance.randrange(count)) for _ in range(links)]


def neighbours(links: Links) -> dict[int, set[int]]:
    near: dict[int, set[int]] = {number: set() for number in range(links.count)}
    for one, other in zip(links.ones.tolist(), links.others.tolist(), strict=True):
        near[one].add(other)
        near[other].add(one)
    return near


def shortest_paths(near: dict[int, set[int]], start: int, end: int) -> list[list[int]]:
    """All of them, written out."""
    found: list[list[int]] = []
    waiting = deque([[start]])
    while waiting:
        path = waiting.popleft()
        if found and len(path) > len(found[0]):
            break
        if path[-1] == end:
            found.append(path)
            continue
        waiting.extend([*path, step] for step in sorted(near[path[-1]]) if step not in path)
    return found


def slow_bridging(links: Links) -> list[float]:
    near, scores = neighbours(links), [0.0] * links.count
    for start, end in permutations(range(links.count), 2):
        paths = shortest_paths(near, start, end)
        for path in paths:
            for between in path[1:-1]:
                scores[between] += 1 / len(paths)
    return [score / ((links.count - 1) * (links.count - 2)) for score in scores]


def slow_influence(links: Links, damping: float) -> list[float]:
    """A walker follows a link or jumps anywhere; from a dead end they always jump."""
    near, count = neighbours(links), links.count
    now = [1 / count] * count
    for _round in range(400):
        lost = sum(now[number] for number in range(count) if not near[number])
        share = (1 - damping + damping * lost) / count
        now = [share + damping * sum(now[one] / len(near[one]) for one in near[number]) for number in range(count)]
    return now


@pytest.mark.parametrize("seed", range(4))
def test_figures_are_those_of_slow_counting(seed: int) -> None:
    links = links_of(*made_up(9, 12, seed))
    assert bridging(links, pivots_of(9, 100, 1)) == pytest.approx(slow_bridging(links))
    assert influence(links, damping=0.85) == pytest.approx(slow_influence(links, 0.85), abs=1e-6)


def test_figures_of_a_bridge_by_hand() -> None:
    """Two triangles, joined by one link: the link's ends carry all 3 × 3 paths across and back, less those that begin or end at them."""
    links = links_of(6, [(0, 1), (1, 2), (0, 2), (2, 3), (3, 4), (4, 5), (3, 5)])
    assert bridging(links, pivots_of(6, 10, 1)) == pytest.approx([0, 0, 12 / 20, 12 / 20, 0, 0])
    found = group(links, resolution=1.0, seed=1)
    assert found.groups.tolist() == [0, 0, 0, 1, 1, 1]
    assert found.modularity == pytest.approx(6 / 7 - 2 * (7 / 14) ** 2)
    assert [reach(links, found.groups, node) for node in range(6)] == [1, 1, 1, 1, 1, 1]


def test_bridging_is_the_librarys_where_every_node_is_a_starting_point() -> None:
    links = links_of(*made_up(300, 700, 7))
    graph = rustworkx.PyGraph(multigraph=False)
    graph.add_nodes_from(range(300))
    graph.extend_from_edge_list(list(zip(links.ones.tolist(), links.others.tolist(), strict=True)))
    expected = rustworkx.betweenness_centrality(graph)
    assert bridging(links, pivots_of(300, 300, 1)) == pytest.approx([expected[number] for number in range(300)])


def test_sample_comes_near_and_is_the_same_for_the_same_seed() -> None:
    links = links_of(*made_up(400, 1_200, 3))
    whole = bridging(links, pivots_of(400, 400, 1))
    sampled = bridging(links, pivots_of(400, 120, 1))
    assert np.corrcoef(whole, sampled)[0, 1] > 0.9
    assert sampled.tolist() == bridging(links, pivots_of(400, 120, 1)).tolist()
    assert sampled.tolist() != bridging(links, pivots_of(400, 120, 2)).tolist()


def test_same_seed_same_groups() -> None:
    links = links_of(*made_up(500, 1_500, 5))
    first, again = (group(links, resolution=1.0, seed=11) for _ in range(2))
    assert first.groups.tolist() == again.groups.tolist()
    sizes = np.bincount(first.groups)
    assert sizes.tolist() == sorted(sizes.tolist(), reverse=True)


def test_links_are_counted_once_and_nobody_links_with_themselves() -> None:
    links = links_of(4, [(1, 0), (0, 1), (2, 2), (3, 1)])
    assert list(zip(links.ones.tolist(), links.others.tolist(), strict=True)) == [(0, 1), (1, 3)]
    assert links.degrees.tolist() == [1, 2, 0, 1]


@pytest.mark.parametrize("count", [0, 1, 2, 5])
def test_network_without_links_has_figures_too(count: int) -> None:
    links = links_of(count, [])
    assert bridging(links, pivots_of(count, 10, 1)).tolist() == [0] * count
    assert influence(links, damping=0.85) == pytest.approx([1 / count] * count if count else [])
    assert group(links, resolution=1.0, seed=1).groups.tolist() == list(range(count))
