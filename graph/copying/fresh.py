"""What was read again because it changed while the store was being copied: it stands for everything read of it before."""

from dataclasses import dataclass, field

from graph.connection import Transaction
from graph.copying.rows import CopiedNode, CopiedRelation, NodeKey, copied_labels
from graph.copying.store import read_hanging, read_incoming, read_nodes, read_outgoing
from graph.schema import Node, Ontology


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


@dataclass(frozen=True, slots=True)
class Things:
    """What some journal entries speak of, and the labels that it may have."""

    ids: frozenset[str]
    labels: tuple[Node, ...]
    ontology: Ontology


def read_footprint(tx: Transaction, of: Things, known: set[NodeKey]) -> Footprint:
    """`known` are the nodes that the copy has already."""
    if not of.ids:
        return Footprint(of.ids, (), ())
    nodes, relations = read_hanging(tx, of.ontology, of.ids), list[CopiedRelation]()
    for label in of.labels:
        found = read_nodes(tx, label, of.ids)
        nodes += found
        if keys := [one.key for one in found]:
            relations += read_outgoing(tx, label, keys)
            relations += (one for one in read_incoming(tx, label, keys) if one.source_key not in of.ids)
    have = {node.place for node in nodes}
    missing = {end for relation in relations for end in relation.ends if end not in known and end not in have}
    return Footprint(of.ids, (*nodes, *read_ends(tx, of.ontology, missing)), tuple(relations))


def read_ends(tx: Transaction, ontology: Ontology, missing: set[NodeKey]) -> list[CopiedNode]:
    """A file that came with a change says nowhere whose it is: its relation does."""
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
