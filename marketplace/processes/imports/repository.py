"""Batches in the graph, and what of each is still there."""

from collections.abc import Sequence
from datetime import datetime

from graph.connection import Transaction
from graph.records import reader, value
from marketplace.kernel.entity import node_properties
from marketplace.kernel.workflow import Change
from marketplace.processes.imports.model import ImportBatch, Kept

read_batch = reader(ImportBatch, "batch")

GET = """
MATCH (b:ImportBatch {id: $id}) WHERE any(token IN b.audience WHERE token IN $reader) RETURN b {.*} AS batch
"""


def get_batch(tx: Transaction, id: str) -> ImportBatch:
    """Raises NotFound, also for what the reader may not see."""
    return tx.one(GET, read_batch, id=id)


FIND_BY_NUMBER = """
MATCH (b:ImportBatch {number: $number}) WHERE any(token IN b.audience WHERE token IN $reader) RETURN b {.*} AS batch
"""


def find_batch(tx: Transaction, number: str) -> ImportBatch | None:
    return tx.find(FIND_BY_NUMBER, read_batch, number=number)


UPLOAD_KEYS = """
MATCH (b:ImportBatch) WHERE b.updated_at < $before AND b.status IN $ended AND b.place CONTAINS ':'
MATCH (k:PersonKey {id: split(b.place, ':')[0]}) RETURN k.id AS id LIMIT 100
"""


def list_upload_keys(tx: Transaction, before: datetime, ended: Sequence[str]) -> list[str]:
    """Of uploaded registers of which nothing more is asked."""
    return tx.all(UPLOAD_KEYS, value("id"), before=before, ended=list(ended))


LIST = """
MATCH (b:ImportBatch) WHERE any(token IN b.audience WHERE token IN $reader)
RETURN b {.*} AS batch ORDER BY b.created_at DESC, b.id SKIP $skip LIMIT $limit
"""
COUNT = """
MATCH (b:ImportBatch) WHERE any(token IN b.audience WHERE token IN $reader) RETURN count(b) AS total
"""


def list_batches(tx: Transaction, skip: int = 0, limit: int = 20) -> tuple[list[ImportBatch], int]:
    """The newest first, and how many there are."""
    return tx.all(LIST, read_batch, skip=skip, limit=limit), int(tx.one(COUNT, value("total")))


CREATE = """
CREATE (b:ImportBatch) SET b = $properties
"""


def create_batch_node(tx: Transaction, batch: ImportBatch) -> None:
    tx.run(CREATE, properties=node_properties(batch))


SAVE = """
MATCH (b:ImportBatch {id: $id})
SET b.lock = coalesce(b.lock, 0) + 1
WITH b WHERE b.version = $version
SET b += $properties, b.version = $version + 1
RETURN b.version AS version
"""


def save_batch(tx: Transaction, change: Change[ImportBatch]) -> None:
    """Lock, then compare: raises Stale when somebody else was faster."""
    tx.changed(SAVE, id=change.id, version=change.version, properties=change.properties)


ADVANCE = """
MATCH (b:ImportBatch {id: $id})
SET b.lock = coalesce(b.lock, 0) + 1
WITH b WHERE b.done = $done AND b.version = $version
SET b.done = b.done + $rows, b.created = b.created + $created, b.skipped = b.skipped + $unchanged, b.refused = b.refused + $refused,
    b.updated_at = $now
RETURN b.done AS done
"""


def advance(tx: Transaction, batch: ImportBatch, rows: int, created: int, unchanged: int, refused: int, now: object) -> None:
    """In the transaction that takes the rows in: raises Stale for a second runner of the same batch."""
    tx.changed(
        ADVANCE, id=batch.id, version=batch.version, done=batch.done, rows=rows, created=created, unchanged=unchanged, refused=refused, now=now
    )


LIST_KEPT = """
MATCH (n:Achievement {batch_id: $id}) RETURN 'achievement' AS kind, n.id AS id, n.title AS title, n.number AS number, n.version AS version
UNION ALL MATCH (n:Need {batch_id: $id}) RETURN 'need' AS kind, n.id AS id, n.title AS title, n.number AS number, n.version AS version
UNION ALL MATCH (n:Worker {batch_id: $id}) RETURN 'worker' AS kind, n.id AS id, n.name AS title, n.number AS number, n.version AS version
UNION ALL MATCH (n:Enterprise {batch_id: $id}) RETURN 'enterprise' AS kind, n.id AS id, n.name AS title, n.number AS number, n.version AS version
UNION ALL MATCH (n:Studio {batch_id: $id}) RETURN 'studio' AS kind, n.id AS id, n.name AS title, n.number AS number, n.version AS version
UNION ALL MATCH (n:Patent {batch_id: $id}) RETURN 'patent' AS kind, n.id AS id, n.title AS title, n.patent_number AS number, n.version AS version
"""


def list_kept(tx: Transaction, batch_id: str) -> list[Kept]:
    """Everything of the batch that still stands."""
    return sorted(tx.all(LIST_KEPT, reader(Kept), id=batch_id), key=lambda one: one.id)


LOCK_UNTOUCHED = """
UNWIND $ids AS id
CALL (id) {
  MATCH (n:Achievement {id: id}) RETURN n UNION ALL MATCH (n:Need {id: id}) RETURN n UNION ALL MATCH (n:Worker {id: id}) RETURN n
  UNION ALL MATCH (n:Enterprise {id: id}) RETURN n UNION ALL MATCH (n:Studio {id: id}) RETURN n UNION ALL MATCH (n:Patent {id: id}) RETURN n
}
SET n.lock = coalesce(n.lock, 0) + 1
WITH n WHERE n.version = 1 AND NOT EXISTS { MATCH (n)<--() } AND NOT EXISTS { MATCH (p:Report {entity_id: n.id}) }
  AND NOT EXISTS { MATCH (n)-[:PROTECTED_BY|ADOPTED_BY|MEMBER_OF|LEADS|CONTRIBUTED_TO|INVENTED]->() }
RETURN n.id AS id
"""


def lock_untouched(tx: Transaction, ids: list[str]) -> list[str]:
    """From here on nobody edits them. What somebody has edited, reported, or built upon since is not among them."""
    return tx.all(LOCK_UNTOUCHED, value("id"), ids=ids)


REMOVE = """
UNWIND $ids AS id
OPTIONAL MATCH (a:Achievement {id: id}) OPTIONAL MATCH (b:Need {id: id}) OPTIONAL MATCH (c:Worker {id: id})
OPTIONAL MATCH (d:Enterprise {id: id}) OPTIONAL MATCH (e:Studio {id: id}) OPTIONAL MATCH (f:Patent {id: id})
DETACH DELETE a, b, c, d, e, f
"""
REMOVE_VERSIONS = """
UNWIND $ids AS id MATCH (v:Version {entity_id: id}) DELETE v
"""


def remove_nodes(tx: Transaction, ids: list[str]) -> None:
    tx.run(REMOVE, ids=ids)
    tx.run(REMOVE_VERSIONS, ids=ids)
