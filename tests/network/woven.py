"""Small networks written straight into the store, so that a story says only what is linked with what, since when, for whom. Who sees a person
sees all of them, their earlier employers too."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from graph.connection import Graph
from graph.copying.store import create_nodes, create_relations
from graph.ontology import ONTOLOGY
from marketplace.pages.network.model import KINDS, Ref

LABELS = {kind: kind.capitalize() for kind in KINDS}
PUBLIC, HIDDEN = ("public", "system"), ("system",)
Link = tuple[str, str, str] | tuple[str, str, str, date | None, date | None]
"""from, relation, to; with since and until where it has dates."""


def ref(id: str) -> Ref:
    """Ids are "worker-1": the kind stands before the first dash."""
    return Ref(id.partition("-")[0], id)


def weave(graph: Graph, ids: Iterable[str], links: Iterable[Link], hidden: Iterable[str] = ()) -> None:
    """`hidden` are for nobody but the system."""
    unseen, by_kind = set(hidden), dict[str, list[str]]()
    for id in ids:
        by_kind.setdefault(ref(id).kind, []).append(id)
    for kind, some in by_kind.items():
        name = {"achievement": "title", "need": "title", "listing": "title", "patent": "title", "skill": "zh"}.get(kind, "name")
        rows = [{"id": id, name: id.upper(), "audience": list(HIDDEN if id in unseen else PUBLIC), "status": "x", "version": 1} for id in some]
        rows = [{"id": row["id"], "zh": row["zh"]} for row in rows] if kind == "skill" else rows
        rows = [row | {"guarded_audience": row["audience"]} for row in rows] if kind == "worker" else rows
        graph.write(lambda tx, kind=kind, rows=rows: create_nodes(tx, ONTOLOGY.node(LABELS[kind]), rows))  # type: ignore[misc]
    by_ends = dict[tuple[str, str, str], list[dict[str, Any]]]()
    for a, name, b, *dates in links:
        known = {key: day for key, day in zip(("since", "until"), dates, strict=False) if day}
        by_ends.setdefault((ref(a).kind, name, ref(b).kind), []).append({"a": a, "b": b, "properties": known})
    for (a, name, b), rows in by_ends.items():
        ends = ONTOLOGY.node(LABELS[a]), ONTOLOGY.node(LABELS[b])
        graph.write(lambda tx, ends=ends, name=name, rows=rows: create_relations(tx, ends[0], name, ends[1], rows))  # type: ignore[misc]


def staff(count: int, firm: str = "enterprise-1") -> tuple[list[str], list[Link]]:
    """So many people, all employed there."""
    people = [f"worker-{number:04}" for number in range(count)]
    return [firm, *people], [(one, "EMPLOYED_BY", firm) for one in people]
