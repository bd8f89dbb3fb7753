"""The small language in which the map of the domain is declared, once, for forms, pages, index and store."""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TypeVar

T = TypeVar("T")

CAMEL = re.compile(r"[A-Z][a-z0-9]*(?:[A-Z][a-z0-9]*)*")
UPPER_SNAKE = re.compile(r"[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)*")
SNAKE = re.compile(r"[a-z][a-z0-9]*(?:_[a-z0-9]+)*")


class OntologyError(ValueError):
    """The map contradicts itself; raised while it is being built, so a broken one never runs."""


@dataclass(frozen=True, slots=True)
class Words:
    """A name in both languages of the site."""

    en: str
    zh: str


class Kind(StrEnum):
    """What a property can hold: the primitives that both engines store alike."""

    TEXT = "text"
    TEXTS = "texts"
    INTEGER = "integer"
    INTEGERS = "integers"
    NUMBER = "number"
    BOOLEAN = "boolean"
    TIME = "time"
    DATE = "date"


class Basis(StrEnum):
    """Why the law allows it (PIPL, articles 13 and 29)."""

    CONSENT = "consent"
    DUTY = "duty"
    CONTRACT = "contract"
    SEPARATE_CONSENT = "separate-consent"


class Since(StrEnum):
    """From when a time of keeping runs."""

    LEFT = "left"
    RECORDED = "recorded"
    CLOSED = "closed"
    ERASED = "erased"


@dataclass(frozen=True, slots=True)
class Keeping:
    """`days` after that moment it is removed; without days, as long as what it belongs to is there."""

    since: Since
    days: int | None = None


class Seen(StrEnum):
    """Who reads it."""

    SELF = "self"
    SELF_AND_ABOVE = "self-and-above"
    ABOVE = "above"
    SIGNED_IN = "signed-in"
    NOBODY = "nobody"


@dataclass(frozen=True, slots=True)
class Personal:
    """An entry of the registry: what a value about a person is for, why it may be kept, how long, who reads it, and whether it lies sealed.

    `drafted`: what is being typed of it may be kept for a while."""

    purpose: Words
    basis: Basis
    keeping: Keeping
    seen: Seen
    sealed: bool = False
    drafted: bool = False


@dataclass(frozen=True, slots=True)
class Property:
    """`unique` becomes a constraint, `lookup` an index; `searchable` is read by the index, `personal` by the registry of personal data."""

    name: str
    kind: Kind
    words: Words
    unique: bool = False
    lookup: bool = False
    searchable: bool = False
    personal: Personal | None = None


def find_property(properties: tuple[Property, ...], name: str) -> Property:
    """Raises KeyError for a name that is not declared."""
    for declared in properties:
        if declared.name == name:
            return declared
    raise KeyError(name)


@dataclass(frozen=True, slots=True)
class Node:
    name: str
    words: Words
    properties: tuple[Property, ...]
    glyph: str = ""

    def property(self, name: str) -> Property:
        return find_property(self.properties, name)


@dataclass(frozen=True, slots=True)
class Edge:
    """`ends` are the pairs (label it leaves, label it reaches) between which the relation may stand."""

    name: str
    words: Words
    ends: tuple[tuple[str, str], ...]
    properties: tuple[Property, ...] = ()

    def property(self, name: str) -> Property:
        return find_property(self.properties, name)


@dataclass(frozen=True, slots=True)
class Ontology:
    """The whole map. Creating it checks it, so that whoever holds one holds a sound one."""

    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]
    _nodes: dict[str, Node] = field(init=False, repr=False, compare=False)
    _edges: dict[str, Edge] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_nodes", {node.name: node for node in self.nodes})
        object.__setattr__(self, "_edges", {edge.name: edge for edge in self.edges})
        faults = [*_name_faults(self), *_end_faults(self), *_property_faults(self)]
        if faults:
            raise OntologyError("; ".join(faults))

    def node(self, name: str) -> Node:
        """Raises KeyError for a label that is not declared."""
        return self._nodes[name]

    def edge(self, name: str) -> Edge:
        """Raises KeyError for a relation that is not declared."""
        return self._edges[name]

    @property
    def labels(self) -> frozenset[str]:
        return frozenset(self._nodes)

    @property
    def relations(self) -> frozenset[str]:
        return frozenset(self._edges)

    @property
    def property_names(self) -> frozenset[str]:
        """Every property of every node and edge: the vocabulary that a statement may use after a dot."""
        declared = (*(node.properties for node in self.nodes), *(edge.properties for edge in self.edges))
        return frozenset(one.name for properties in declared for one in properties)


def _name_faults(ontology: Ontology) -> list[str]:
    labels = [node.name for node in ontology.nodes]
    relations = [edge.name for edge in ontology.edges]
    return [
        *(f"label {name} is not CamelCase" for name in labels if not CAMEL.fullmatch(name)),
        *(f"relation {name} is not UPPER_SNAKE" for name in relations if not UPPER_SNAKE.fullmatch(name)),
        *(f"label {name} is declared twice" for name in _doubles(labels)),
        *(f"relation {name} is declared twice" for name in _doubles(relations)),
        *(f"{name} names a label and a relation" for name in _doubles([*{n.upper() for n in labels}, *{n.upper() for n in relations}])),
    ]


def _end_faults(ontology: Ontology) -> list[str]:
    known = ontology.labels
    faults = [f"relation {edge.name} has no ends" for edge in ontology.edges if not edge.ends]
    faults += [f"relation {edge.name} repeats {ends}" for edge in ontology.edges for ends in _doubles(edge.ends)]
    named = {(edge.name, label) for edge in ontology.edges for ends in edge.ends for label in ends}
    return faults + [f"relation {name} ends at unknown {label}" for name, label in sorted(named) if label not in known]


def _property_faults(ontology: Ontology) -> list[str]:
    faults: list[str] = []
    owners: list[Node | Edge] = [*ontology.nodes, *ontology.edges]
    for owner in owners:
        names = [one.name for one in owner.properties]
        faults += [f"{owner.name}.{name} is declared twice" for name in _doubles(names)]
        faults += [f"{owner.name}.{name} is not snake_case" for name in names if not SNAKE.fullmatch(name)]
    bound = [(edge.name, one.name) for edge in ontology.edges for one in edge.properties if one.unique]
    return faults + [f"{edge}.{name} is unique, but relations have no constraints" for edge, name in bound]


def _doubles(names: Iterable[T]) -> list[T]:
    return [name for name, count in Counter(names).items() if count > 1]
