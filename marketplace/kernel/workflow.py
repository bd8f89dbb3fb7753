"""One table a room: verb, from, to, permission, label. Buttons, guards, audit and tests are all made from it."""

from collections.abc import Collection
from dataclasses import dataclass, fields, replace
from datetime import datetime
from enum import StrEnum
from typing import Any, Generic, TypeVar

from marketplace.kernel.entity import node_properties
from marketplace.kernel.errors import Invalid, Refused
from marketplace.kernel.labels import Label, label
from marketplace.kernel.permission import Permission
from marketplace.kernel.permissions import allowed

T = TypeVar("T")


class Tells(StrEnum):
    """Whom the relay tells after the commit."""

    NOBODY = "nobody"
    MAKERS = "makers"
    OTHERS = "others"
    """The side across the table: who is asked, not who asks."""
    OFFICERS = "officers"
    INVITED = "invited"
    """Accounts that the thing names; each once, however often others are invited later."""


@dataclass(frozen=True, slots=True)
class Change(Generic[T]):
    """One verb on one thing. `version` is the one that the actor saw; saving compares with it."""

    verb: str
    before: T | None
    after: T
    version: int
    at: datetime

    @property
    def kind(self) -> str:
        return str(self._after.KIND)

    @property
    def id(self) -> str:
        return str(self._after.id)

    @property
    def _after(self) -> Any:
        return self.after

    @property
    def properties(self) -> dict[str, Any]:
        """The node's new properties, without those that SAVE itself counts."""
        return {name: value for name, value in node_properties(self.after).items() if name not in ("id", "version")}

    @property
    def fields(self) -> tuple[str, ...]:
        """Names of what differs, of a new thing what it says: all that the audit may hold of the content."""
        if self.before is None:
            return tuple(name for name in self._names if getattr(self._after, name) not in (None, "", ()))
        return tuple(name for name in self._names if self.touches(name))

    @property
    def _names(self) -> tuple[str, ...]:
        return tuple(one.name for one in fields(self._after) if one.name not in ("id", "version", "updated_at"))

    def touches(self, name: str) -> bool:
        return self.before is None or getattr(self.before, name) != getattr(self.after, name)


@dataclass(frozen=True, slots=True)
class Step:
    """`frm` → `to` by whoever `needs` allows; `reason` must be given where it is true."""

    name: str
    frm: frozenset[StrEnum]
    to: StrEnum
    needs: Permission
    label: Label
    done: Label
    reason: bool = False
    main: bool = False
    tells: Tells = Tells.NOBODY


class Workflow:
    """`field` is the status that the table moves; most entities have one, `status`."""

    def __init__(self, *steps: Step, field: str = "status") -> None:
        self.steps = {one.name: one for one in steps}
        self.field = field

    def step(self, name: str, entity: T, version: int, *, at: datetime, reason: str = "", **changes: Any) -> Change[T]:
        """Raises Refused when the table has no such arrow, Invalid when the reason is missing."""
        step = self.steps[name]
        if getattr(entity, self.field) not in step.frm:
            raise Refused(label("This step is not open any more: somebody may have been faster."))
        if step.reason and not reason.strip():
            raise Invalid({"reason": label("Give the reason: it is shown to those concerned.")})
        news = {self.field: step.to, "updated_at": at, "version": version + 1} | ({"reason": reason.strip()} if step.reason else {}) | changes
        return Change(name, entity, replace(entity, **news), version, at)  # type: ignore[type-var]

    def open_to(self, tokens: Collection[str], entity: Any) -> list[Step]:
        """The steps that this reader may take now, in the table's order."""
        here = getattr(entity, self.field)
        return [one for one in self.steps.values() if here in one.frm and allowed(tokens, one.needs, entity)]


def created(entity: T, *, at: datetime, verb: str = "create") -> Change[T]:
    return Change(verb, None, entity, 0, at)


REMOVE = "remove"


def removed(entity: T, *, at: datetime) -> Change[T]:
    """It is gone from the graph; the index, where it may still stand, has to follow at once."""
    return Change(REMOVE, entity, entity, getattr(entity, "version", 0), at)


def edited(before: T, version: int, *, at: datetime, verb: str = "edit", **changes: Any) -> Change[T]:
    """A change of content that leaves the status alone."""
    return Change(verb, before, replace(before, updated_at=at, version=version + 1, **changes), version, at)  # type: ignore[type-var]
