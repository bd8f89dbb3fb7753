"""Marks in the graph: a node without relations, its own guard, found by thing and version."""

from typing import LiteralString

from graph.connection import Transaction
from graph.records import reader
from marketplace.domains.repairs.model import MarkStatus, Repairable, RepairMark
from marketplace.kernel.entity import node_properties
from marketplace.kernel.revisions import CopyStatus, VersionStatus
from marketplace.kernel.workflow import Change

REVISED = """
WHERE any(token IN t.audience WHERE token IN $reader)
OPTIONAL MATCH (v:Version {entity_id: $id}) WHERE v.status = $published
WITH t, coalesce(max(v.ordinal), 0) AS ordinal
RETURN $kind AS kind, t.id AS thing_id, ordinal, t.revision <> $none AS has_copy,
  [token IN t.guarded_audience WHERE token STARTS WITH 'maker:' OR token STARTS WITH 'account:'] AS owners
"""
REVISED_ACHIEVEMENT = "MATCH (t:Achievement {id: $id})" + REVISED
REVISED_LISTING = "MATCH (t:Listing {id: $id})" + REVISED
REVISED_ONES: dict[str, LiteralString] = {"achievement": REVISED_ACHIEVEMENT, "listing": REVISED_LISTING}


def get_repairable(tx: Transaction, kind: str, id: str) -> Repairable:
    """Raises NotFound for what the reader may not see."""
    return tx.one(REVISED_ONES[kind], reader(Repairable), id=id, kind=kind, published=VersionStatus.PUBLISHED, none=CopyStatus.NONE)


HOLD_MARK = """
MATCH (m:RepairMark {key: $key}) SET m.lock = coalesce(m.lock, 0) + 1 RETURN m {.*} AS mark
"""
FIND_MARK = """
MATCH (m:RepairMark {key: $key}) WHERE any(token IN m.audience WHERE token IN $reader) RETURN m {.*} AS mark
"""
read_mark = reader(RepairMark, "mark")


def mark_key(thing_id: str, ordinal: int) -> str:
    return f"{thing_id}:{ordinal}"


def hold_mark(tx: Transaction, key: str) -> RepairMark | None:
    """Locked, so that a word of the publisher and the telling stand in a row."""
    return tx.find(HOLD_MARK, read_mark, key=key)


def find_mark(tx: Transaction, thing: Repairable) -> RepairMark | None:
    """What its publisher said of the version that they would speak of now."""
    return tx.find(FIND_MARK, read_mark, key=mark_key(thing.thing_id, thing.answering))


CREATE_MARK = """
CREATE (m:RepairMark) SET m = $properties
"""


def create_mark_node(tx: Transaction, mark: RepairMark) -> None:
    """The unique key makes a second, simultaneous one lose; its retry then finds this."""
    tx.run(CREATE_MARK, properties=node_properties(mark))


SAVE_MARK = """
MATCH (m:RepairMark {id: $id})
SET m.lock = coalesce(m.lock, 0) + 1
WITH m WHERE m.version = $version
SET m += $properties, m.version = $version + 1
RETURN m.version AS version
"""


def save_mark(tx: Transaction, change: Change[RepairMark]) -> None:
    tx.changed(SAVE_MARK, id=change.id, version=change.version, properties=change.properties)


DUE = """
MATCH (m:RepairMark {status: $marked})
OPTIONAL MATCH (v:Version {entity_id: m.thing_id}) WHERE v.status = $published
WITH m, coalesce(max(v.ordinal), 0) AS ordinal
OPTIONAL MATCH (c:Version {entity_id: m.thing_id}) WHERE c.status = $working
WITH m, ordinal, count(c) AS copies WHERE ordinal >= m.ordinal OR copies = 0
RETURN m.key AS key, ordinal >= m.ordinal AS public ORDER BY key LIMIT $limit
"""


def list_due_marks(tx: Transaction, limit: int) -> list[tuple[str, bool]]:
    """Keys of marks whose version is public, and of those whose version was given up: there is nothing to wait for."""
    row = {"marked": MarkStatus.MARKED, "published": VersionStatus.PUBLISHED, "working": VersionStatus.WORKING}
    return tx.all(DUE, lambda one: (str(one["key"]), bool(one["public"])), limit=limit, **row)
