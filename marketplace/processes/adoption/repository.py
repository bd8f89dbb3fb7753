"""The adopter's word stands on the relation between the achievement and the enterprise that uses it."""

from dataclasses import replace
from typing import Any

from graph.connection import Transaction
from graph.records import properties, value
from marketplace.kernel.adoptions import Adoption, said_of
from marketplace.kernel.stored_file import StoredFile

HOLD = """
MATCH (a:Achievement {id: $id}) WHERE any(token IN a.audience WHERE token IN $reader)
SET a.lock = coalesce(a.lock, 0) + 1
RETURN a.version AS version
"""


def hold_achievement(tx: Transaction, id: str) -> int:
    """Its version, locked until the end of the transaction, so that an answer and a new text stand in a row. Raises NotFound."""
    return int(tx.one(HOLD, value("version"), id=id))


ANSWER = """
MATCH (:Achievement {id: $id})-[u:ADOPTED_BY {id: $use}]->(:Enterprise {id: $enterprise})
WITH u, u.position AS position
SET u = $said
SET u.position = position
RETURN u.id AS id
"""


def save_answer(tx: Transaction, id: str, use: Adoption, by: str) -> None:
    """Raises NotFound for a use that is no more named."""
    tx.one(ANSWER, value("id"), id=id, use=use.id, enterprise=use.enterprise_id, said=_said(use, by))


REPORT = """
MATCH (a:Achievement {id: $id}) MATCH (e:Enterprise {id: $enterprise})
CREATE (a)-[u:ADOPTED_BY]->(e) SET u = $said
RETURN u.id AS id
"""


def create_report(tx: Transaction, id: str, use: Adoption, by: str) -> None:
    tx.one(REPORT, value("id"), id=id, enterprise=use.enterprise_id, said=_said(use, by))


def _said(use: Adoption, by: str) -> dict[str, Any]:
    return said_of(replace(use, by=by)) | {"confirmed": use.confirmed}


ADD_FILE = """
MATCH (a:Achievement {id: $id})
CREATE (f:StoredFile)-[:EVIDENCE_OF]->(a) SET f = $properties
"""


def add_file(tx: Transaction, id: str, file: StoredFile) -> None:
    tx.run(ADD_FILE, id=id, properties=properties(file) | {"owner_id": id})
