"""What each question is answered with, and why: found in the graph, told by the ways that lead there."""

from collections.abc import Callable, Iterable
from itertools import islice

from graph.connection import Transaction
from graph.outbox import list_withheld
from marketplace.domains.needs.repository import get_need
from marketplace.kernel.cards import list_titles
from marketplace.kernel.rings import CONNECTING, SHOWN, ways_between
from marketplace.kernel.ways import MOST_WAYS, Link, Node, Way
from marketplace.pages.questions.model import Answer, Row
from marketplace.pages.questions.repository import MOST, list_makers, list_outside_studios, list_people, list_studios
from marketplace.pages.questions.state import Asked
from marketplace.processes.matching.service import rank_for_need, words_of_need
from search.index import Index
from search.results import Hit

PAGE_SIZE = 20
WORKED = ("EMPLOYED_BY", "CONTRIBUTED_TO", "PRODUCED_BY", "ADOPTED_BY", "MEMBER_OF", "HOSTED_BY")
ABLE = ("HAS_SKILL", "MEMBER_OF", "USES_SKILL", "PRODUCED_BY")
FEW_WAYS = 2
"""Reasons written in a row."""
SHORT, FAR = 4, 6
MATCHES, LIKE = 20, 0.4
"""Achievements that count as like a need: so many, and none far below the best one."""


def answer(tx: Transaction, index: Index, asked: Asked, skip: int = 0, limit: int = PAGE_SIZE) -> Answer:
    """Rows [skip, skip + limit). The parts were looked up in this very transaction, so both are one view. Raises SearchUnavailable."""
    if asked.question.name == "solved":
        return _page_of(_solvers(tx, index, asked), skip, limit)
    return ANSWERS[asked.question.name](tx, asked, skip, limit)


def _page_of(rows: list[Row], skip: int, limit: int, *, cut: bool = False) -> Answer:
    return Answer(tuple(rows[skip : skip + limit]), len(rows), cut)


def _worked_with(tx: Transaction, asked: Asked, skip: int, limit: int) -> Answer:
    firm, skill = asked.id("enterprise"), asked.id("skill")
    found = list_people(tx, level=asked.code("level"), skill=skill, area=asked.code("area"), enterprise=firm)
    people = found[:MOST][skip : skip + limit]
    because = _ways_from(tx, people, [asked.node("enterprise")], WORKED, 2) if firm else {}
    knows = _ways_from(tx, people, [asked.node("skill")], ("HAS_SKILL",), 1) if skill else {}
    rows = tuple(Row(one, (*because.get(one.id, ())[:FEW_WAYS], *knows.get(one.id, ()))) for one in people)
    return Answer(rows, min(len(found), MOST), len(found) > MOST)


def _outside_studios(tx: Transaction, asked: Asked, skip: int, limit: int) -> Answer:
    found = list_outside_studios(tx, level=asked.code("level"), skill=asked.id("skill"), area=asked.code("area"))
    return _explained(tx, found, asked.node("skill"), ("HAS_SKILL",), 1, skip, limit)


def _studios(tx: Transaction, asked: Asked, skip: int, limit: int) -> Answer:
    found = list_studios(tx, field=asked.code("field"), skill=asked.id("skill"))
    if not asked.id("skill"):
        return Answer(tuple(Row(one) for one in found[:MOST][skip : skip + limit]), min(len(found), MOST), len(found) > MOST)
    return _explained(tx, found, asked.node("skill"), ABLE, 2, skip, limit)


def _explained(tx: Transaction, found: list[Node], end: Node, relations: tuple[str, ...], steps: int, skip: int, limit: int) -> Answer:
    shown = found[:MOST][skip : skip + limit]
    ways = _ways_from(tx, shown, [end], relations, steps)
    rows = tuple(Row(one, ways.get(one.id, ())[:FEW_WAYS]) for one in shown)
    return Answer(rows, min(len(found), MOST), len(found) > MOST)


def _ways_from(tx: Transaction, starts: list[Node], ends: list[Node], relations: Iterable[str], steps: int) -> dict[str, tuple[Way, ...]]:
    """By the thing that they start from; what has ended is no reason any more where it is asked for today, so it comes last."""
    found = ways_between(tx, starts, ends, relations, steps, most=max(MOST_WAYS, 5 * len(starts))).found if starts else ()
    by: dict[str, tuple[Way, ...]] = {}
    for way in sorted(found, key=lambda one: any(link.until for link in one.links)):
        by[way.nodes[0].id] = (*by.get(way.nodes[0].id, ()), way)
    return by


def _connecting(tx: Transaction, asked: Asked, skip: int, limit: int) -> Answer:
    """Whoever stands on a way between the two: the shortest way first, then whom more ways lead over."""
    ways = ways_between(tx, [asked.node("a")], [asked.node("b")], CONNECTING, SHORT)
    over: dict[str, list[Way]] = {}
    people: dict[str, Node] = {}
    for way in ways.found:
        for node in way.between:
            if node.kind == "worker":
                people[node.id] = node
                over.setdefault(node.id, []).append(way)
    order = sorted(people.values(), key=lambda one: (over[one.id][0].steps, -len(over[one.id]), one.label, one.id))
    rows = [Row(one, tuple(over[one.id][:FEW_WAYS]), count=len(over[one.id])) for one in order]
    return _page_of(rows, skip, limit, cut=ways.cut)


def _path(tx: Transaction, asked: Asked, skip: int, limit: int) -> Answer:
    relations = SHOWN if asked.code("skills") or "skill" in (asked.node("a").kind, asked.node("b").kind) else CONNECTING
    ways = ways_between(tx, [asked.node("a")], [asked.node("b")], relations, FAR, shortest=True)
    return _page_of([Row(asked.node("b"), (way,)) for way in ways.found], skip, limit, cut=ways.cut)


def _solvers(tx: Transaction, index: Index, asked: Asked) -> list[Row]:
    """Each maker's score is that of the best matching work and half of what the others add."""
    ranked = _hits(tx, index, asked)
    hits = {hit.id: hit for hit in ranked if hit.score >= LIKE * ranked[0].score}
    titles = {id: title for (_, id), title in list_titles(tx, [("achievement", id) for id in hits]).items()}
    works = [id for id in hits if id in titles][:MATCHES]
    made: dict[str, list[str]] = {}
    nodes: dict[str, Node] = {}
    for work, maker in list_makers(tx, works):
        nodes[maker.id] = maker
        made.setdefault(maker.id, []).append(work)
    rank = {id: place for place, id in enumerate(works)}
    best = {maker: sorted(set(ids), key=rank.__getitem__) for maker, ids in made.items()}
    order = sorted(nodes.values(), key=lambda one: (-_score(hits, best[one.id]), one.kind != "worker", one.label, one.id))
    return [_solver(one, best[one.id], titles, hits) for one in order]


def _score(hits: dict[str, Hit], works: list[str]) -> float:
    return hits[works[0]].score + sum(hits[id].score for id in works[1:]) / 2


def _solver(maker: Node, works: list[str], titles: dict[str, str], hits: dict[str, Hit]) -> Row:
    relation = "CONTRIBUTED_TO" if maker.kind == "worker" else "PRODUCED_BY"
    ends = [(maker.id, id) if maker.kind == "worker" else (id, maker.id) for id in works[:FEW_WAYS]]
    ways = tuple(Way((maker, Node("achievement", id, titles[id])), (Link(*pair, relation),)) for id, pair in zip(works, ends, strict=False))
    words = dict.fromkeys(word for id in works[:FEW_WAYS] for word in hits[id].words)
    return Row(maker, ways, tuple(islice(words, 8)), len(works))


def _hits(tx: Transaction, index: Index, asked: Asked) -> list[Hit]:
    """A need's own words as far as the reader sees them, or those that were typed."""
    if not asked.id("about"):
        return rank_for_need(index, asked.typed["about"], "", tx.reader, ("achievement",), 2 * MATCHES, list_withheld(tx))
    need = get_need(tx, asked.id("about"))
    return rank_for_need(index, need.title, words_of_need(need), tx.reader, ("achievement",), 2 * MATCHES, list_withheld(tx))


ANSWERS: dict[str, Callable[[Transaction, Asked, int, int], Answer]] = {
    "worked-with": _worked_with, "connects": _connecting, "path": _path, "no-studio": _outside_studios, "studios": _studios,
}  # fmt: skip
