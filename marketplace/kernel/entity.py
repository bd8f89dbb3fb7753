"""What all things of the site have in common, and what of them is stored on their node."""

from dataclasses import field, fields
from typing import Any, ClassVar, Protocol

from graph.records import properties
from marketplace.kernel.permission import Permission
from marketplace.kernel.permissions import audience


class Entity(Protocol):
    """A frozen dataclass with an id and a version. READ compiles to the audience on its node."""

    KIND: ClassVar[str]
    READ: ClassVar[Permission]

    @property
    def id(self) -> str: ...

    @property
    def version(self) -> int: ...


def linked(**options: Any) -> Any:
    """A field that comes from relations, so that it is not stored on the node a second time."""
    return field(metadata={"linked": True}, **options)


def linked_names(entity: Any) -> frozenset[str]:
    return frozenset(one.name for one in fields(entity) if one.metadata.get("linked"))


def node_properties(entity: Any) -> dict[str, Any]:
    """What SAVE and CREATE write: the entity's own primitives and who may read it."""
    written = properties(entity, exclude=linked_names(entity))
    written["audience"] = audience(entity.READ, entity)
    if guarded := getattr(entity, "READ_GUARDED", None):
        written["guarded_audience"] = audience(guarded, entity)
    return written


def without_blanks(properties: dict[str, Any]) -> dict[str, Any]:
    """For a new node: what is blank reads as the field's default anyway, and an import of thousands is twice as fast without it."""
    return {name: value for name, value in properties.items() if value not in (None, "", [], ())}
