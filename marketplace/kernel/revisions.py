"""Published things are never edited in place: a working copy is reviewed, and each published state is kept as a Version."""

from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import datetime
from enum import StrEnum
from functools import cache
from typing import Any, TypeVar

from pydantic import TypeAdapter

from graph.connection import Transaction
from graph.records import properties, reader, rows
from marketplace.kernel.labels import label
from marketplace.kernel.permission import Permission
from marketplace.kernel.unit_of_work import UnitOfWork
from marketplace.kernel.workflow import Step, Tells, Workflow

T = TypeVar("T")


class CopyStatus(StrEnum):
    """Where the working copy of a published thing stands; NONE when there is none."""

    NONE = "none"
    WORKING = "working"
    SUBMITTED = "submitted"
    RETURNED = "returned"


class VersionStatus(StrEnum):
    WORKING = "working"
    PUBLISHED = "published"


def revision_workflow(edit: Permission, review: Permission) -> Workflow:
    """The table that a working copy moves by, the same for every room that publishes."""
    return Workflow(
        Step("submit_revision", frozenset({CopyStatus.WORKING, CopyStatus.RETURNED}), CopyStatus.SUBMITTED, edit,
             label("Submit the new version"), label("New version submitted"), main=True, tells=Tells.OFFICERS),
        Step("publish_revision", frozenset({CopyStatus.SUBMITTED}), CopyStatus.NONE, review, label("Approve the new version"),
             label("New version published"), main=True, tells=Tells.MAKERS),
        Step("return_revision", frozenset({CopyStatus.SUBMITTED}), CopyStatus.RETURNED, review, label("Return the new version"),
             label("New version returned"), reason=True, tells=Tells.MAKERS),
        Step("discard_revision", frozenset({CopyStatus.WORKING, CopyStatus.RETURNED}), CopyStatus.NONE, edit,
             label("Discard the new version"), label("New version discarded")),
        field="revision",
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Version:
    """`body` is the JSON of what a form edits; a published one is never written again."""

    id: str
    entity_id: str
    kind: str
    ordinal: int
    status: VersionStatus
    body: str
    by: str
    created_at: datetime
    audience: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Difference:
    field: str
    before: Any
    after: Any


def text_of(entity: Any, text: type[T]) -> T:
    """The part of an entity that a form edits."""
    return text(**{one.name: getattr(entity, one.name) for one in fields(text)})  # type: ignore[arg-type]


def content_of(text: Any) -> dict[str, Any]:
    """The fields of a text as they are, for dataclasses.replace()."""
    return {one.name: getattr(text, one.name) for one in fields(text)}


def read_text(version: Version, text: type[T]) -> T:
    found: T = _adapter(text).validate_json(version.body)  # type: ignore[arg-type]
    return found


@cache
def _adapter(text: type[Any]) -> TypeAdapter[Any]:
    """Making one takes milliseconds; an import keeps thousands of versions."""
    return TypeAdapter(text)


def differences(before: Any, after: Any) -> list[Difference]:
    """Field by field, only what differs."""
    pairs = [(one.name, getattr(before, one.name), getattr(after, one.name)) for one in fields(after)]
    return [Difference(name, old, new) for name, old, new in pairs if old != new]


KEEP_VERSION = """
OPTIONAL MATCH (old:Version {entity_id: $id}) WHERE old.status = 'published'
WITH coalesce(max(old.ordinal), 0) + 1 AS ordinal
CREATE (v:Version) SET v = $properties, v.ordinal = ordinal
RETURN ordinal
"""


def _version(uow: UnitOfWork, entity: Any, text: Any, status: VersionStatus, ordinal: int = 0) -> Version:
    body = _adapter(type(text)).dump_json(text).decode()  # type: ignore[arg-type]
    history = (*(f"maker:{party}" for party in entity.makers), *(f"officer:{unit}" for unit in entity.units), "system")
    return Version(uow.new_id(), entity.id, entity.KIND, ordinal, status, body, uow.actor.name, uow.now, history)


def _keep(uow: UnitOfWork, entity: Any, text: Any, status: VersionStatus) -> None:
    """By the thing alone: asked for both at once, the embedded engine looks through every version of that status."""
    uow.tx.changed(KEEP_VERSION, id=entity.id, properties=properties(_version(uow, entity, text, status)))


def keep_version(uow: UnitOfWork, entity: Any, text: Any) -> None:
    """The state that the public sees from now on. Makers and officers above may read the history (DOMAIN, who sees what)."""
    _keep(uow, entity, text, VersionStatus.PUBLISHED)


KEEP_FIRST = """
UNWIND $rows AS row CREATE (v:Version) SET v = row
"""


def keep_first_versions(uow: UnitOfWork, entities: Iterable[Any], text: type[Any]) -> None:
    """Of things that were created public in this transaction, all in one statement."""
    versions = [_version(uow, one, text_of(one, text), VersionStatus.PUBLISHED, ordinal=1) for one in entities]
    uow.tx.run(KEEP_FIRST, rows=rows(versions))


DROP_WORKING = """
MATCH (v:Version {entity_id: $id}) WHERE v.status = 'working' DELETE v
"""


def keep_working_copy(uow: UnitOfWork, entity: Any, text: Any) -> None:
    drop_working_copy(uow, entity.id)
    _keep(uow, entity, text, VersionStatus.WORKING)


def drop_working_copy(uow: UnitOfWork, entity_id: str) -> None:
    uow.tx.run(DROP_WORKING, id=entity_id)


LIST_VERSIONS = """
MATCH (v:Version {entity_id: $id})
WHERE v.status = $status AND any(token IN v.audience WHERE token IN $reader)
RETURN v {.*} AS version ORDER BY v.ordinal DESC
"""


def list_versions(tx: Transaction, entity_id: str) -> list[Version]:
    """Published states, the newest first."""
    return tx.all(LIST_VERSIONS, reader(Version, "version"), id=entity_id, status=VersionStatus.PUBLISHED)


def find_working_copy(tx: Transaction, entity_id: str) -> Version | None:
    return tx.find(LIST_VERSIONS, reader(Version, "version"), id=entity_id, status=VersionStatus.WORKING)
