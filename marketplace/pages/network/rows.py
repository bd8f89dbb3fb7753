"""A network in words: for the table, for the data of the picture, for the card of one thing."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import Any

from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from graph.ontology import ONTOLOGY
from marketplace.kernel.cards import Card
from marketplace.kernel.labels import Label, label
from marketplace.pages.network.changes import count_by_year
from marketplace.pages.network.counting import Count
from marketplace.pages.network.model import MOST_NODES, Edge, Group, Network, Node, Way
from marketplace.pages.network.state import Opened, State
from marketplace.pages.search.words import KINDS as KIND_LABELS
from marketplace.pages.search.words import facts_of
from marketplace.web.links import ROOMS, url_of
from marketplace.web.words import day, translated, word

MOST_LINES = 1_000
"""So many lines of a table are read by nobody; a filter finds the right ones."""
ONE_MORE = 25
"""So many of a group come out at a time."""
GROUPS: dict[str, Label] = {
    "worker": label("%(n)s more people"), "studio": label("%(n)s more studios"), "association": label("%(n)s more associations"),
    "achievement": label("%(n)s more achievements"), "patent": label("%(n)s more patents"), "enterprise": label("%(n)s more enterprises"),
    "need": label("%(n)s more needs"), "listing": label("%(n)s more offers"), "skill": label("%(n)s more skills"),
}  # fmt: skip


SENTENCES: dict[str, Label] = {
    "PRODUCED_BY": label("%(one)s was made at %(other)s"), "CONTRIBUTED_TO": label("%(one)s worked on %(other)s"),
    "ADOPTED_BY": label("%(one)s is used at %(other)s"), "PROTECTED_BY": label("%(one)s is protected by %(other)s"),
    "OFFERS": label("%(one)s offers %(other)s"), "OFFERED_BY": label("%(one)s is offered by %(other)s"),
    "USES_SKILL": label("%(one)s makes use of %(other)s"), "POSTED_BY": label("%(one)s was posted by %(other)s"),
    "REQUIRES": label("%(one)s asks for %(other)s"), "INVENTED": label("%(one)s invented %(other)s"),
    "OWNED_BY": label("%(one)s belongs to %(other)s"),
    "MEMBER_OF": label("%(one)s is a member of %(other)s"), "HOSTED_BY": label("%(one)s is hosted by %(other)s"),
    "EMPLOYED_BY": label("%(one)s is employed by %(other)s"), "HAS_SKILL": label("%(one)s has the skill %(other)s"),
}  # fmt: skip
"""A relation as one says it aloud, for ways that are told step by step."""


def sentence(edge: Edge, nodes: dict[str, Node]) -> str:
    return translated(SENTENCES[edge.relation], one=nodes[edge.source].label, other=nodes[edge.target].label)


def relation_words(name: str) -> str:
    return word(ONTOLOGY.edge(name).words)


def kind_words(kind: str) -> str:
    return translated(KIND_LABELS[kind]) if kind in KIND_LABELS else word(ONTOLOGY.node("Skill").words)


def page_of(node: Node) -> str:
    """A skill has no page of its own: its surroundings are."""
    return url_of(node.kind, node.id) if node.kind in ROOMS else network_of(node)


def network_of(node: Node) -> str:
    return url_for("network.detail", kind=node.kind, id=node.id)


def node_row(node: Node) -> dict[str, Any]:
    return {
        "id": node.id, "kind": node.kind, "label": node.label, "sub": kind_words(node.kind), "ref": str(node.ref), "url": page_of(node),
        "network_url": network_of(node),
    }  # fmt: skip


def edge_row(edge: Edge, nodes: dict[str, Node]) -> dict[str, Any]:
    """For the table: the same as the picture, line by line."""
    start, end = nodes[edge.source], nodes[edge.target]
    return {
        "kind": start.kind, "label": start.label, "url": page_of(start), "ref": start.ref, "name": edge.relation,
        "relation": relation_words(edge.relation), "other_kind": end.kind, "other_label": end.label, "other_url": page_of(end), "other_ref": end.ref,
        "since": day(edge.since) if edge.since else "", "until": day(edge.until) if edge.until else "",
    }  # fmt: skip


def edge_data(edge: Edge) -> dict[str, Any]:
    return {
        "source": edge.source, "target": edge.target, "relation": edge.relation, "label": relation_words(edge.relation), "role": edge.role,
        "since": edge.since.isoformat() if edge.since else None, "until": edge.until.isoformat() if edge.until else None,
    }  # fmt: skip


def more_of(group: Group) -> Opened | None:
    """What opens the next of it; nothing where as much is drawn as one branch may have."""
    return Opened(group.branch, min(group.drawn + ONE_MORE, MOST_NODES)) if group.drawn < MOST_NODES else None


def group_words(group: Group) -> str:
    return translated(GROUPS[group.branch.kind], n=f"{group.rest}+" if group.at_least else group.rest)


def group_data(group: Group) -> dict[str, Any]:
    more = more_of(group)
    return {
        "of": group.branch.of.id, "branch": str(group.branch), "kind": group.branch.kind, "relation": group.branch.relation,
        "label": group_words(group), "sub": relation_words(group.branch.relation), "rest": group.rest, "at_least": group.at_least,
        "open": str(more) if more else None,
    }  # fmt: skip


def way_data(way: Way | None) -> dict[str, Any] | None:
    if way is None:
        return None
    nodes = {node.id: node for node in way.nodes}
    edges = [edge_data(edge) | {"sentence": sentence(edge, nodes)} for edge in way.edges]
    return {"nodes": [node.id for node in way.nodes], "edges": edges, "others": way.others}


def undated_words(network: Network) -> str:
    """What a day says nothing about."""
    count = sum(not edge.is_dated for edge in network.edges)
    return str(ngettext("%(num)s link has no date and is always shown", "%(num)s links have no date and are always shown", count))


def picture_of(network: Network, state: State, today: date) -> dict[str, Any]:
    return {
        "centre": network.centre.id, "nodes": [node_row(node) for node in network.nodes], "edges": [edge_data(edge) for edge in network.edges],
        "groups": [group_data(group) for group in network.groups], "more": network.more, "way": way_data(network.way), "state": state.query(),
        "undated": undated_words(network), "years": count_by_year(network, today),
    }  # fmt: skip


def count_data(count: Count) -> dict[str, Any]:
    branch = count.branch
    return {
        "branch": str(branch), "relation": branch.relation, "words": relation_words(branch.relation), "kind": branch.kind,
        "kind_words": kind_words(branch.kind), "total": count.total, "at_least": count.at_least,
    }  # fmt: skip


def card_facts(card: Card | None) -> list[tuple[str, str]]:
    """What the card of a thing says; a skill has none. How many are linked with it stands beside, counted under the reader's own rights."""
    if card is None:
        return []
    card = replace(card, used=0, saving_fen=None, patents=0, members=0)
    pairs = ((_("Number"), card.number), (_("Unit"), card.provider), (_("Sub-district"), card.area), (_("Facts"), "，".join(facts_of(card))))
    return [(words, value) for words, value in pairs if value]


COLUMNS = {"from": "label", "relation": "relation", "to": "other_label", "since": "since", "until": "until"}


def lines_of(network: Network, state: State) -> list[dict[str, Any]]:
    """Of the day, the relation and the name that are asked for, in the order asked for. A line without the date sorted by comes last."""
    shown = network.as_of(state.day)
    nodes = {node.id: node for node in network.nodes}
    rows = [edge_row(edge, nodes) for edge in shown.edges if state.only in ("", edge.relation)]
    rows = [row for row in rows if state.name.lower() in f"{row['label']}\n{row['other_label']}".lower()]
    column = COLUMNS.get(state.sort)
    return sorted(rows, key=lambda row: (not row[column], row[column])) if column else rows


def tally(kinds: Iterable[str]) -> dict[str, int]:
    counts: dict[str, int] = {}
    for kind in kinds:
        counts[kind] = counts.get(kind, 0) + 1
    return counts
