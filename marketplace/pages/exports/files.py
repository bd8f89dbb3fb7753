"""A piece of the network as CSV, JSON and GraphML. The reader's rights have been applied before: a file holds what the page holds."""

import json
import re
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any

from flask_babel import gettext as _
from rustworkx import GraphMLDomain, GraphMLKey, GraphMLType, PyDiGraph, digraph_write_graphml  # type: ignore[attr-defined]

from marketplace.kernel.tables import write_csv
from marketplace.kernel.ways import Link, Node
from marketplace.web.ways import kind_of, relation_note

NO_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Characters that XML 1.0 cannot hold, however they are written."""


@dataclass(frozen=True, slots=True)
class Piece:
    """`title` says what it is; `table` are the rows of an answer, with their header, where it is one."""

    title: str
    nodes: tuple[Node, ...]
    links: tuple[Link, ...]
    table: tuple[tuple[str, ...], ...] = ()


def piece_of(title: str, nodes: Iterable[Node], links: Iterable[Link], table: tuple[tuple[str, ...], ...] = ()) -> Piece:
    """Each thing once; only relations of which both ends are there."""
    by_id = {node.id: node for node in nodes}
    kept = {link.key: link for link in links if link.source in by_id and link.target in by_id}
    return Piece(title, tuple(by_id.values()), tuple(kept.values()), table)


def csv_of(piece: Piece) -> BytesIO:
    """An answer's rows; for a picture its relations, and what has none. Nothing in it begins a formula."""
    out = BytesIO()
    header, *rows = piece.table or _relations(piece)
    write_csv(out, header, rows)
    out.seek(0)
    return out


def _relations(piece: Piece) -> list[tuple[str, ...]]:
    by_id = {node.id: node for node in piece.nodes}
    header = (_("From"), _("Kind"), _("Relation"), _("To"), _("Kind"), _("Since"), _("Until"))
    rows = [
        (by_id[one.source].label, kind_of(by_id[one.source].kind), relation_note(one), by_id[one.target].label, kind_of(by_id[one.target].kind),
         _day(one.since), _day(one.until))
        for one in piece.links
    ]  # fmt: skip
    linked = {id for one in piece.links for id in (one.source, one.target)}
    return [header, *rows, *((node.label, kind_of(node.kind), "", "", "", "", "") for node in piece.nodes if node.id not in linked)]


def json_of(piece: Piece) -> BytesIO:
    """Ids, kinds and labels; relations by their names in the graph."""
    content = {
        "title": piece.title, "nodes": [{"id": node.id, "kind": node.kind, "label": node.label} for node in piece.nodes],
        "links": [_told(link) for link in piece.links],
    }  # fmt: skip
    return BytesIO(json.dumps(content, ensure_ascii=False, indent=1).encode())


def _told(link: Link) -> dict[str, Any]:
    told = {"source": link.source, "target": link.target, "relation": link.relation, "role": link.role}
    return told | {"since": _day(link.since), "until": _day(link.until)}


def _day(day: Any) -> str:
    return day.isoformat() if day else ""


NODE_KEYS, LINK_KEYS = ("kind", "label"), ("relation", "role", "since", "until")


def graphml_of(piece: Piece) -> BytesIO:
    """By the graph library's own writer; it knows files only, and escapes everything but what XML cannot hold at all."""
    graph: PyDiGraph[dict[str, str], dict[str, str]] = PyDiGraph()
    places = {one.id: graph.add_node({"id": one.id, "kind": one.kind, "label": NO_XML.sub("", one.label)}) for one in piece.nodes}
    for link in piece.links:
        told = {name: NO_XML.sub("", str(value)) for name, value in _told(link).items() if name in LINK_KEYS}
        graph.add_edge(places[link.source], places[link.target], told)
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder) / "network.graphml"
        digraph_write_graphml(graph, str(place), keys=_keys())
        return BytesIO(place.read_bytes())


def _keys() -> list[GraphMLKey]:
    """Names of their own for nodes and edges: the writer's guesses give both the same."""
    named = [(GraphMLDomain.Node, name) for name in NODE_KEYS] + [(GraphMLDomain.Edge, name) for name in LINK_KEYS]
    return [GraphMLKey(f"key_{name}", domain, name, GraphMLType.String, "") for domain, name in named]  # type: ignore[call-arg]
