"""A copy is believed when every row of it was looked at: declared words, right kinds, both ends, as many as were counted."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from pathlib import Path
from typing import Any, TypeVar

from graph.copying.lines import as_node, as_relation, reading
from graph.copying.manifest import NODES, RELATIONS, Damaged, Manifest, compare_sums
from graph.copying.rows import CopiedNode, CopiedRelation, NodeKey
from graph.schema import Kind, Ontology, Property

R = TypeVar("R", CopiedNode, CopiedRelation)


def moment(value: Any) -> datetime:
    read = datetime.fromisoformat(value)
    if read.tzinfo is None:
        raise ValueError(value)
    return read


def exactly(*kinds: type) -> Callable[[Any], Any]:
    """A truth value is a whole number to Python, but not to the store."""

    def check(value: Any) -> Any:
        if type(value) not in kinds:
            raise TypeError(value)
        return value

    return check


def all_texts(value: Any) -> list[str]:
    return [exactly(str)(one) for one in exactly(list)(value)]


def all_whole(value: Any) -> list[int]:
    return [exactly(int)(one) for one in exactly(list)(value)]


READ: Mapping[Kind, Callable[[Any], Any]] = {
    Kind.TEXT: exactly(str), Kind.TEXTS: all_texts, Kind.INTEGER: exactly(int), Kind.NUMBER: exactly(int, float), Kind.BOOLEAN: exactly(bool),
    Kind.INTEGERS: all_whole, Kind.TIME: moment, Kind.DATE: date.fromisoformat,
}  # fmt: skip


Readers = dict[str, Callable[[Any], Any]]


def readers_of(properties: tuple[Property, ...]) -> Readers:
    return {one.name: READ[one.kind] for one in properties}


def agree(what: str, found: int, written: int) -> None:
    if found != written:
        raise Damaged(f"{found} {what}, {written} were written")


@dataclass
class Proof:
    """Reads rows with typed values. `nodes` and `relations` raise Damaged at the first one that can't be."""

    folder: Path
    manifest: Manifest
    ontology: Ontology
    _known: set[NodeKey] = field(default_factory=set)

    @cached_property
    def _readers(self) -> dict[str, Readers]:
        nodes = {node.name: readers_of(node.properties) for node in self.ontology.nodes}
        return nodes | {edge.name: readers_of(edge.properties) for edge in self.ontology.edges}

    def nodes(self) -> Iterator[CopiedNode]:
        return self._rows(NODES, as_node, lambda row: row.label)

    def relations(self) -> Iterator[CopiedRelation]:
        return self._rows(RELATIONS, as_relation, lambda row: row.type)

    def hold(self, see: Callable[[CopiedNode], None] = lambda node: None) -> None:
        """Look at everything before anything is written. Raises Damaged."""
        compare_sums(self.folder, self.manifest)
        for node in self.nodes():
            see(node)
            self._know(node)
        agree("nodes", len(self._known), self.manifest.nodes)
        agree("relations", sum(self._join(relation) for relation in self.relations()), self.manifest.relations)

    def _know(self, node: CopiedNode) -> None:
        if node.place in self._known:
            raise Damaged(f"{node.label} {node.key} stands there twice")
        self._known.add(node.place)

    def _join(self, relation: CopiedRelation) -> int:
        """Counts one."""
        edge = self.ontology.edge(relation.type)
        if (relation.source, relation.target) not in edge.ends:
            raise Damaged(f"({relation.source})-[{relation.type}]->({relation.target}) is not declared")
        for end in relation.ends:
            if end not in self._known:
                raise Damaged(f"{relation.type} ends at a missing {' '.join(end)}")
        return 1

    def _rows(self, name: str, read: Callable[[Any], R], word: Callable[[R], str]) -> Iterator[R]:
        ordinal = 0
        try:
            for row in reading(self.folder / name):
                ordinal += 1
                yield self._typed(read(row), word)
        except (KeyError, TypeError, ValueError, AttributeError, OSError, EOFError) as error:
            raise Damaged(f"{name}, line {ordinal}: {type(error).__name__} {error}") from error

    def _typed(self, row: R, word: Callable[[R], str]) -> R:
        readers = self._readers[word(row)]
        row.properties.update({name: readers[name](value) for name, value in row.properties.items()})
        return row
