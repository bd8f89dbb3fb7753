"""Explore what is linked with what: a picture, a table, and the data of the picture."""

from collections import Counter
from typing import Any

from flask import Blueprint, jsonify, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from graph.ontology import ONTOLOGY
from marketplace.kernel.cards import Card, list_cards
from marketplace.kernel.errors import NotFound
from marketplace.kernel.permission import Permission
from marketplace.pages.network.repository import RELATIONS, Edge, Neighbourhood, Node, look_up, neighbourhood
from marketplace.pages.search.words import KINDS, facts_of
from marketplace.web.access import requires
from marketplace.web.door import read, show
from marketplace.web.forms import one_line
from marketplace.web.links import ROOMS, page_url, url_of
from marketplace.web.words import day, translated, word

room = Blueprint("network", __name__, url_prefix="/network")
PAGES = frozenset(ROOMS)
FARTHEST = 2


@room.get("/")
@requires(Permission.VISIT)
def index() -> ResponseReturnValue:
    text, kind = one_line(request.args.get("q"))[:60], request.args.get("kind", "")
    matches = [node_row(node) for node in read(look_up, text) if kind in ("", node.kind)] if text else []
    return show("network/index.html", centre=None, q=text, matches=matches, view="picture", **EMPTY)


EMPTY: dict[str, Any] = {
    "kinds": [], "relations": [], "steps": 1, "step_urls": [], "most": 150, "relation_groups": [], "rows": [], "node_count": 0,
    "edge_count": 0,
}  # fmt: skip


@room.get("/<kind>/<id>")
@requires(Permission.VISIT)
def detail(kind: str, id: str) -> ResponseReturnValue:
    found = _asked(kind, id)
    nodes = {node.id: node for node in found.nodes}
    card = next(iter(read(list_cards, [(kind, id)])), None)
    view = "table" if request.args.get("view") == "table" else "picture"
    return show(
        "network/index.html", centre=_centre(found.centre, card), q="", matches=[], view=view,
        data_url=url_for(".picture", kind=kind, id=id, steps=_steps(), relation=request.args.getlist("relation")), table_url=page_url(view="table"),
        picture_url=page_url(view=None), kinds=_kinds(found), relations=_relations(found), steps=_steps(), most=150,
        step_urls=[(count, page_url(steps=count)) for count in range(1, FARTHEST + 1)], relation_groups=_groups(found),
        rows=[edge_row(edge, nodes) for edge in found.edges], node_count=len(found.nodes), edge_count=len(found.edges),
    )  # fmt: skip


@room.get("/<kind>/<id>.json")
@requires(Permission.VISIT)
def picture(kind: str, id: str) -> ResponseReturnValue:
    found = _asked(kind, id)
    return jsonify(
        nodes=[node_row(node) for node in found.nodes],
        edges=[
            {"source": edge.source, "target": edge.target, "relation": edge.relation, "label": relation_words(edge.relation),
             "since": edge.since.isoformat() if edge.since else None, "until": edge.until.isoformat() if edge.until else None}
            for edge in found.edges
        ],
        more=found.more,
    )  # fmt: skip


def _steps() -> int:
    return min(max(request.args.get("steps", 1, int), 1), FARTHEST)


def _asked(kind: str, id: str) -> Neighbourhood:
    """Raises NotFound for what the reader may not see, or no such kind."""
    wanted = tuple(name for name in request.args.getlist("relation") if name in RELATIONS) or RELATIONS
    if kind not in KINDS and kind != "skill":
        raise NotFound(kind)
    return read(neighbourhood, kind, id, _steps(), wanted)


def relation_words(name: str) -> str:
    return word(ONTOLOGY.edge(name).words)


def kind_words(kind: str) -> str:
    return translated(KINDS[kind]) if kind in KINDS else word(ONTOLOGY.node("Skill").words)


def node_row(node: Node) -> dict[str, Any]:
    return {"id": node.id, "kind": node.kind, "label": node.label, "sub": kind_words(node.kind), "url": _page(node), "network_url": _network(node)}


def _page(node: Node) -> str:
    return url_of(node.kind, node.id) if node.kind in PAGES else _network(node)


def _network(node: Node) -> str:
    return url_for(".detail", kind=node.kind, id=node.id)


def _centre(node: Node, card: Card | None) -> dict[str, Any]:
    """With what its card says; a skill has none."""
    if card is None:
        return node_row(node) | {"facts": []}
    pairs = ((_("Number"), card.number), (_("Unit"), card.provider), (_("Sub-district"), card.area), (_("Facts"), "，".join(facts_of(card))))
    return node_row(node) | {"facts": [(words, value) for words, value in pairs if value]}


def _groups(found: Neighbourhood) -> list[dict[str, Any]]:
    """The centre's own relations, each with the kind at its other end: how many, and the way to see these alone."""
    kinds, centre = {node.id: node.kind for node in found.nodes}, found.centre.id
    ends = [
        (edge.relation, kinds[edge.target if edge.source == centre else edge.source]) for edge in found.edges if centre in (edge.source, edge.target)
    ]
    only = page_url(relation=None, view=None)
    return [
        {"kind": kind, "words": relation_words(relation), "kind_words": kind_words(kind), "count": count,
         "url": only if request.args.getlist("relation") == [relation] else page_url(relation=relation, view=None)}
        for (relation, kind), count in Counter(ends).most_common()
    ]  # fmt: skip


def edge_row(edge: Edge, nodes: dict[str, Node]) -> dict[str, Any]:
    """For the table: the same as the picture, line by line."""
    start, end = nodes[edge.source], nodes[edge.target]
    return {
        "kind": start.kind, "label": start.label, "url": _page(start), "name": edge.relation, "relation": relation_words(edge.relation),
        "other_kind": end.kind, "other_label": end.label, "other_url": _page(end), "since": day(edge.since) if edge.since else "",
        "until": day(edge.until) if edge.until else "",
    }  # fmt: skip


def _kinds(found: Neighbourhood) -> list[dict[str, Any]]:
    counts: dict[str, int] = {}
    for node in found.nodes:
        counts[node.kind] = counts.get(node.kind, 0) + 1
    return [{"name": kind, "words": kind_words(kind), "count": count, "chosen": True} for kind, count in counts.items()]


def _relations(found: Neighbourhood) -> list[dict[str, Any]]:
    counts: dict[str, int] = {}
    for edge in found.edges:
        counts[edge.relation] = counts.get(edge.relation, 0) + 1
    return [{"name": name, "words": relation_words(name), "count": count, "chosen": True} for name, count in counts.items()]
