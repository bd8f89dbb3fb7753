"""A node and a relation as they lie in a copy: plain values, times as text, named by keys that the application made."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from typing import Any

from graph.schema import Node, Ontology, Property

PASSING = frozenset({"Guard", "OutboxEvent", "FormKey", "Session", "PasswordReset", "Analysis", "Figure", "TalentGroup"})
"""What belongs to a running site, or is computed anew from its content."""
HANGING = ("entity_id", "owner_id")
"""Properties by which a node says that it belongs to another."""
NodeKey = tuple[str, str]
"""(label, key)"""


@dataclass(frozen=True, slots=True)
class CopiedNode:
    label: str
    key: str
    properties: dict[str, Any]

    @property
    def place(self) -> NodeKey:
        return self.label, self.key

    def saying(self, **changes: object) -> "CopiedNode":
        """With other properties; None takes one away."""
        said = self.properties | changes
        return replace(self, properties={name: value for name, value in said.items() if value is not None})

    def belongs_to(self, ids: frozenset[str]) -> bool:
        """Whether it is one of these things, or hangs on one by its property."""
        return self.key in ids or any(self.properties.get(name) in ids for name in HANGING)


@dataclass(frozen=True, slots=True)
class CopiedRelation:
    source: str
    source_key: str
    type: str
    target: str
    target_key: str
    properties: dict[str, Any]

    @property
    def ends(self) -> tuple[NodeKey, NodeKey]:
        return (self.source, self.source_key), (self.target, self.target_key)

    def touches(self, ids: frozenset[str]) -> bool:
        return self.source_key in ids or self.target_key in ids


def key_name(node: Node) -> str:
    """Terms of a taxonomy have a code, everything else an id."""
    return "id" if any(one.name == "id" for one in node.properties) else "code"


def copied_labels(ontology: Ontology) -> tuple[Node, ...]:
    """Content, label by label in the order of the map."""
    return tuple(node for node in ontology.nodes if node.name not in PASSING)


def find_declared(properties: Iterable[Property], name: str) -> Property | None:
    return next((one for one in properties if one.name == name), None)


def plain(properties: Mapping[str, Any]) -> dict[str, Any]:
    """As JSON takes it. Locks are no content. Milliseconds are what every engine keeps."""
    return {name: _plain_value(value) for name, value in properties.items() if name != "lock" and value is not None}


def _plain_value(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="milliseconds")
    return value.isoformat() if isinstance(value, date) else value
