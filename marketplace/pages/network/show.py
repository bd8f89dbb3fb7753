"""What the pages of the explorer are given."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from flask import request, url_for

from marketplace.kernel.cards import Card
from marketplace.pages.network.asking import Journey, Span
from marketplace.pages.network.changes import HAPPENED, Change, count_by_year
from marketplace.pages.network.counting import Count
from marketplace.pages.network.model import AT_FIRST, KINDS, MOST_NODES, Edge, Network, Node, Ref, Way
from marketplace.pages.network.perspectives import LENSES
from marketplace.pages.network.rows import (
    MOST_LINES,
    card_facts,
    count_data,
    edge_row,
    group_words,
    kind_words,
    lines_of,
    more_of,
    node_row,
    relation_words,
    sentence,
    tally,
    undated_words,
)
from marketplace.pages.network.state import FARTHEST, SORTS, Opened, State, ref_of
from marketplace.pages.network.ways import MOST_STEPS, Search
from marketplace.web.words import day as day_words
from marketplace.web.words import translated


@dataclass(frozen=True, slots=True)
class Side:
    """The card at the side: what it says of one thing, and what could be opened there."""

    node: Node
    card: Card | None
    counts: tuple[Count, ...]


@dataclass(frozen=True, slots=True)
class Here:
    """The addresses that begin at the picture's own."""

    centre: Ref

    def to(self, state: State, endpoint: str = "network.detail", **more: Any) -> str:
        query: dict[str, Any] = {**state.query(), **more}
        return url_for(endpoint, kind=self.centre.kind, id=self.centre.id, **query)

    def at(self, state: State, ref: Ref) -> str:
        """With the card of another thing at the side."""
        return self.to(replace(state, at=ref))

    def adding(self, state: State, ref: str) -> str:
        return self.to(replace(state, added=tuple(dict.fromkeys((*state.added, ref_of(ref, "add"))))))


def beginning(text: str, kind: str, found: list[Node]) -> dict[str, Any]:
    """What is looked for at the left."""
    return {"q": text, "asked_kind": kind, "matches": [node_row(node) for node in found], "kinds_to_ask": [(one, kind_words(one)) for one in KINDS]}


def explored(network: Network, state: State, side: Side, lens: str, full: bool, today: date) -> dict[str, Any]:
    here = Here(network.centre.ref)
    shown = network.as_of(state.day)
    rows = lines_of(network, state)
    return {
        "here": here, "state": state, "full": full, "view": state.view, "centre": node_row(network.centre),
        "side": side_of(network, side, state, here),
        "data_url": here.to(state, "network.picture"), "picture_url": here.to(replace(state, view="picture")),
        "table_url": here.to(replace(state, view="table")), "kinds": kinds_of(shown), "relations": relations_of(shown),
        "rows": rows[:MOST_LINES], "all_rows": len(rows), "sorts": sorts_of(state, here), "groups": groups_of(network, state, here),
        "steps_urls": [(count, here.to(replace(state, steps=count))) for count in range(1, FARTHEST + 1)], "most": MOST_NODES,
        "lenses": lenses_of(state, here, lens), "undated": undated_words(network), "years": years_of(network, today),
        "today": today, "node_count": len(shown.nodes), "edge_count": len(shown.edges), "way": way_rows(network.way),
        "hidden_url": here.to(replace(state, hidden=())) if state.hidden else "", "changes_url": here.to(replace(state, view="picture"), CHANGES),
        "fields": hidden_fields(state), "no_state": State(), "most_steps": MOST_STEPS,
    }  # fmt: skip


CHANGES = "network.changes"


def side_of(network: Network, side: Side, state: State, here: Here) -> dict[str, Any]:
    """Each branch with how much of it is drawn, and the address that draws more, or none of it again."""
    drawn = {node.id for node in network.nodes}
    ends = {(edge.relation, _other(edge, side.node.id)) for edge in network.edges if side.node.id in (edge.source, edge.target)}
    kinds = {node.id: node.kind for node in network.nodes}
    opened = {one.branch for one in state.opened}
    rows = []
    for count in side.counts:
        here_of = sum(relation == count.branch.relation and kinds[id] == count.branch.kind for relation, id in ends if id in drawn)
        more = Opened(count.branch, min(max(here_of + AT_FIRST, AT_FIRST), MOST_NODES))
        rows.append(count_data(count) | {
            "drawn": here_of, "open_url": here.to(state.opening(more)) if here_of < min(count.total, MOST_NODES) else "",
            "close_url": here.to(state.closing(count.branch)) if count.branch in opened else "",
        })  # fmt: skip
    is_centre = side.node == network.centre
    hide_url = "" if is_centre else here.to(replace(state, at=None, hidden=(*state.hidden, side.node.ref)))
    return node_row(side.node) | {"facts": card_facts(side.card), "branches": rows, "is_centre": is_centre, "hide_url": hide_url}


def _other(edge: Edge, id: str) -> str:
    return edge.target if edge.source == id else edge.source


def kinds_of(network: Network) -> list[dict[str, Any]]:
    counts = tally(node.kind for node in network.nodes)
    return [{"name": kind, "words": kind_words(kind), "count": counts[kind]} for kind in KINDS if kind in counts]


def relations_of(network: Network) -> list[dict[str, Any]]:
    counts = tally(edge.relation for edge in network.edges)
    return [{"name": name, "words": relation_words(name), "count": count} for name, count in sorted(counts.items(), key=lambda one: -one[1])]


def sorts_of(state: State, here: Here) -> dict[str, str]:
    return {name: here.to(replace(state, sort="" if state.sort == name else name)) for name in SORTS}


def groups_of(network: Network, state: State, here: Here) -> list[dict[str, Any]]:
    labels = {node.ref: node.label for node in network.nodes}
    return [
        {"of": labels[group.branch.of], "of_kind": group.branch.of.kind, "relation": relation_words(group.branch.relation), "kind": group.branch.kind,
         "words": group_words(group), "url": here.to(state.opening(more)) if (more := more_of(group)) else ""}
        for group in network.groups
    ]  # fmt: skip


def lenses_of(state: State, here: Here, usual: str) -> list[tuple[str, str, bool]]:
    chosen = "" if state.relations else state.lens or usual
    return [(translated(words), here.to(replace(state, lens=name, relations=())), name == chosen) for name, words in LENSES.items()]


def years_of(network: Network, today: date) -> list[dict[str, Any]]:
    bars = count_by_year(network, today)
    most = max((count for _, count in bars), default=1)
    return [{"year": year, "count": count, "high": round(36 * count / max(most, 1), 1)} for year, count in bars]


def hidden_fields(state: State) -> list[tuple[str, str]]:
    """The state in a form that asks for something else."""
    return [(name, value) for name, values in state.query().items() if name not in ("only", "name") for value in values]


def way_rows(way: Way | None) -> list[dict[str, Any]]:
    """Step by step: from what, by which relation and since when, to what."""
    if way is None:
        return []
    nodes = {node.id: node for node in way.nodes}
    return [
        edge_row(edge, nodes) | {"sentence": sentence(edge, nodes), "number": number,
         "before": node_row(way.nodes[number - 1]), "after": node_row(way.nodes[number])}
        for number, edge in enumerate(way.edges, 1)
    ]  # fmt: skip


def changed(network: Network, state: State, span: Span, changes: Sequence[Change]) -> dict[str, Any]:
    here, nodes = Here(network.centre.ref), {node.id: node for node in network.nodes}
    rows = [
        edge_row(one.edge, nodes) | {"happened": one.happened, "words": translated(HAPPENED[one.happened]), "on": day_words(one.on)}
        for one in changes
    ]
    return {
        "centre": node_row(network.centre), "rows": rows[:MOST_LINES], "all_rows": len(rows), "errors": span.errors, "back_url": here.to(state),
        "start": request.args.get("from", "")[:20] or span.start or "", "end": request.args.get("to", "")[:20] or span.end or "",
        "fields": hidden_fields(state), "undated": sum(not edge.is_dated for edge in network.edges),
        "tallies": [(translated(words), sum(row["happened"] == name for row in rows)) for name, words in HAPPENED.items()],
    }  # fmt: skip


def journeyed(journey: Journey, nodes: list[Node], search: Search | None, text: str, kind: str, found: list[Node]) -> dict[str, Any]:
    rows = {node.ref: node_row(node) for node in nodes}
    way = search.way if search else None
    return {
        "journey": journey, "start": rows.get(journey.start) if journey.start else None, "goal": rows.get(journey.goal) if journey.goal else None,
        "search": search, "way": way_rows(way), "others": way.others if way else 0, "most": MOST_STEPS, "errors": journey.errors,
        "picture": picture_address(way), **beginning(text, kind, found),
    }  # fmt: skip


def picture_address(way: Way | None) -> tuple[str, str] | None:
    """(data, explorer) of a picture with nothing but the way at first."""
    if way is None or len(way.nodes) < 2:
        return None
    start, goal = way.nodes[0].ref, way.nodes[-1].ref
    state = State(way=(start, goal))
    here = Here(start)
    return here.to(state, "network.picture"), here.to(state)
