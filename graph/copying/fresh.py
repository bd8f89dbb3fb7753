"""What was read again because it changed while the store was being copied: it stands for everything read of it before."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from graph.connection import Transaction
from graph.copying.rows import CopiedNode, CopiedRelation, NodeKey, copied_labels
from graph.copying.store import read_hanging, read_incoming, read_nodes, read_outgoing
from graph.schema import Ontology


@dataclass(frozen=True, slots=True)
class Footprint:
    """Things, what hangs on them, their relations, and what lies at the other end where that is new."""

    ids: frozenset[str]
    nodes: tuple[CopiedNode, ...]
    relations: tuple[CopiedRelation, ...]

    @property
    def reaches(self) -> frozenset[str]:
        """Whoever changed one of these meanwhile may have changed what stands here."""
        ends = {key for relation in self.relations for _, key in relation.ends}
        return self.ids | ends | {node.key for node in self.nodes}


def read_footprint(tx: Transaction, ontology: Ontology, ids: frozenset[str], known: set[NodeKey]) -> Footprint:
    """`known` are the nodes that the copy has already."""
    if not ids:
        return Footprint(ids, (), ())
    nodes, relations = read_hanging(tx, ontology, ids), list[CopiedRelation]()
    for label in copied_labels(ontology):
        found = read_nodes(tx, label, ids)
        nodes += found
        if keys := [one.key for one in found]:
            relations += read_outgoing(tx, label, keys)
            relations += (one for one in read_incoming(tx, label, keys) if one.source_key not in ids)
    have = known | {node.place for node in nodes}
    return Footprint(ids, (*nodes, *read_ends(tx, ontology, relations, have)), tuple(relations))


def read_ends(tx: Transaction, ontology: Ontology, relations: Iterable[CopiedRelation], have: set[NodeKey]) -> list[CopiedNode]:
    """A file that came with a change says nowhere whose it is: its relation does."""
    missing = {end for relation in relations for end in relation.ends} - have
    return [
        one
        for label in copied_labels(ontology)
        if (keys := [key for name, key in missing if name == label.name])
        for one in read_nodes(tx, label, keys)
    ]


@dataclass(slots=True)
class Fresh:
    """`left` are ends of relations that are no more; what lay there may be gone, too."""

    ids: frozenset[str] = frozenset()
    nodes: dict[NodeKey, CopiedNode] = field(default_factory=dict)
    relations: list[CopiedRelation] = field(default_factory=list)
    left: set[NodeKey] = field(default_factory=set)

    def take(self, found: Footprint) -> None:
        self.ids |= found.ids
        self.nodes = {place: node for place, node in self.nodes.items() if not node.belongs_to(found.ids)} | {
            node.place: node for node in found.nodes
        }
        self.left |= {end for one in self.relations if one.touches(found.ids) for end in one.ends}
        self.relations = [one for one in self.relations if not one.touches(found.ids)] + list(found.relations)

    def replaces(self, node: CopiedNode) -> bool:
        return node.place in self.nodes or node.belongs_to(self.ids)
