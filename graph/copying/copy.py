"""A copy being made: every label once over, then what changed meanwhile, and the two read as one."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from graph.connection import Graph
from graph.copying.following import Entries, Journal, follow
from graph.copying.fresh import Fresh
from graph.copying.lines import as_node, as_relation, reading, writing
from graph.copying.rows import CopiedNode, CopiedRelation, NodeKey, copied_labels
from graph.copying.store import read_nodes
from graph.copying.walking import AS_SYSTEM, PATIENCE, walk
from graph.schema import Node

Told = Callable[[int], None]


@dataclass(slots=True)
class Copy:
    """`entries` are the journal's since the copy began; what is no part of `before` and of these did not happen for it."""

    graph: Graph
    journal: Journal
    folder: Path
    known: set[NodeKey] = field(default_factory=set)
    fresh: Fresh = field(default_factory=Fresh)
    entries: Entries = field(default_factory=dict)

    def read_once(self, told: Told) -> None:
        """`told` hears how many nodes were read."""
        for label in self.labels:
            self._take_label(label, told)

    def catch_up(self) -> None:
        """Without this, what was written during the reading is half there. Raises TooBusy."""
        self.entries = follow(self.graph, self.journal, self.known, self.fresh)
        self._forget_gone()

    @property
    def labels(self) -> tuple[Node, ...]:
        return copied_labels(self.journal.ontology)

    def nodes(self, label: str) -> Iterator[CopiedNode]:
        """As they are at the end of the copy."""
        for row in reading(self._spool(label, "nodes")):
            if not self.fresh.replaces(node := as_node(row)) and node.place not in self.fresh.left and self._happened(node):
                yield node
        yield from (node for node in self.fresh.nodes.values() if node.label == label and self._happened(node))

    def relations(self, label: str) -> Iterator[CopiedRelation]:
        """Those that leave nodes of this label. A relation to something that came later is no part of the copy."""
        rows = (as_relation(row) for row in reading(self._spool(label, "relations")))
        yield from (one for one in rows if not one.touches(self.fresh.ids))
        yield from (one for one in self.fresh.relations if one.source == label)

    def _take_label(self, label: Node, told: Told) -> None:
        with writing(self._spool(label.name, "nodes")) as nodes, writing(self._spool(label.name, "relations")) as relations:
            for some, leaving in walk(self.graph, label):
                for node in some:
                    nodes.write(node)
                for relation in leaving:
                    relations.write(relation)
                self.known |= {node.place for node in some}
                told(len(some))

    def _forget_gone(self) -> None:
        """Where a relation ended that is no more, the thing itself may be gone: `left` becomes what is gone indeed."""
        for label in self.labels:
            rows = (as_relation(row) for row in reading(self._spool(label.name, "relations")))
            self.fresh.left |= {end for one in rows if one.touches(self.fresh.ids) for end in one.ends}
        self.fresh.left -= {end for one in self.fresh.relations for end in one.ends}
        self.fresh.left -= self._standing()
        for place in self.fresh.left:
            self.fresh.nodes.pop(place, None)

    def _standing(self) -> set[NodeKey]:
        left = self.fresh.left
        asked = [(label, [key for name, key in left if name == label.name]) for label in self.labels]
        return {
            node.place
            for label, keys in asked
            if keys
            for node in self.graph.read(lambda tx, label=label, keys=keys: read_nodes(tx, label, keys), reader=AS_SYSTEM, patience=PATIENCE)  # type: ignore[misc]
        }

    def _happened(self, node: CopiedNode) -> bool:
        """Of journal entries that were read by chance only those that the copy stands for."""
        return node.label != self.journal.label or node.key in self.journal.before or node.key in self.entries

    def _spool(self, label: str, what: str) -> Path:
        return self.folder / f"{label}.{what}.gz"
