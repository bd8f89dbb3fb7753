"""Objections in the graph. Whose line it is, and who else has one in the posting, follows from the ledger."""

from collections.abc import Iterable
from datetime import date

from graph.connection import Transaction
from graph.records import reader, value
from marketplace.domains.objections.model import Objection
from marketplace.kernel.entity import node_properties
from marketplace.kernel.guards import hold
from marketplace.kernel.workflow import Change

GET = """
UNWIND $ids AS id
MATCH (o:Objection {id: id}) WHERE any(token IN o.audience WHERE token IN $reader)
OPTIONAL MATCH (c:Contract {id: o.contract_id})
OPTIONAL MATCH (w:Worker {id: o.worker_id})
OPTIONAL MATCH (e:LedgerEntry {posting_id: o.posting_id}) WHERE e.account_kind = 'worker'
WITH o, c, w, collect(DISTINCT e.account_id) AS payees
RETURN o {.*} AS objection, c.title AS title, c.number AS contract_number, w.name AS worker_name, payees
"""


def get_objection(tx: Transaction, id: str) -> Objection:
    """Raises NotFound for everybody but the contributor, the unit, and the officers to whom it was passed on."""
    return tx.one(GET, reader(Objection, "objection"), ids=[id])


def get_objections(tx: Transaction, ids: list[str]) -> list[Objection]:
    return tx.all(GET, reader(Objection, "objection"), ids=ids) if ids else []


OF_CONTRACT = """
MATCH (o:Objection {contract_id: $id}) WHERE any(token IN o.audience WHERE token IN $reader) RETURN o.id AS id ORDER BY id
"""


def list_objections(tx: Transaction, contract_id: str) -> list[Objection]:
    return get_objections(tx, tx.all(OF_CONTRACT, value("id"), id=contract_id))


FIND = """
MATCH (o:Objection {entry_id: $entry}) RETURN o.id AS id
"""


def find_objection_to(tx: Transaction, entry_id: str) -> str | None:
    """Locked until the end of the transaction: to one line one objection."""
    hold(tx, f"objection:{entry_id}")
    return tx.find(FIND, value("id"), entry=entry_id)


CREATE = """
CREATE (o:Objection) SET o = $properties RETURN o.id AS id
"""


def create_objection_node(tx: Transaction, objection: Objection) -> None:
    tx.one(CREATE, value("id"), properties=node_properties(objection))


SAVE = """
MATCH (o:Objection {id: $id})
SET o.lock = coalesce(o.lock, 0) + 1
WITH o WHERE o.version = $version
SET o += $properties, o.version = $version + 1
RETURN o.version AS version
"""


def save_objection(tx: Transaction, change: Change[Objection]) -> None:
    tx.changed(SAVE, id=change.id, version=change.version, properties=change.properties)


DUE = """
MATCH (o:Objection {status: $status}) WHERE o.due_on < $today RETURN o.id AS id ORDER BY id LIMIT $limit
"""


def list_due_ids(tx: Transaction, status: str, today: date, limit: int) -> list[str]:
    return tx.all(DUE, value("id"), status=status, today=today, limit=limit)


WAITING = """
UNWIND $statuses AS status
MATCH (o:Objection {status: status}) WHERE any(token IN o.audience WHERE token IN $tokens)
RETURN o.id AS id ORDER BY o.due_on, id LIMIT 20
"""


def list_waiting(tx: Transaction, statuses: Iterable[str], tokens: Iterable[str]) -> list[Objection]:
    """In one of these states, and the reader's by one of these tokens."""
    return get_objections(tx, tx.all(WAITING, value("id"), statuses=list(statuses), tokens=list(tokens)))


LIST_IDS = """
MATCH (o:Objection) WHERE o.id > $after RETURN o.id AS id ORDER BY id LIMIT $limit
"""


def list_objection_ids(tx: Transaction, after: str, limit: int) -> list[str]:
    return tx.all(LIST_IDS, value("id"), after=after, limit=limit)
