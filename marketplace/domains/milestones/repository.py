"""Milestones in the graph: stages of a contract, with the files that prove them."""

from collections.abc import Sequence
from datetime import date

from graph.connection import Transaction
from graph.records import properties, reader, value
from marketplace.domains.milestones.model import Milestone
from marketplace.kernel.entity import node_properties
from marketplace.kernel.stored_file import StoredFile
from marketplace.kernel.workflow import Change

read_milestone = reader(Milestone, "milestone")
BATCH = 200
RUNNING = "in-force"
"""The state of a contract whose milestones move."""

SHOWN = """
WHERE any(token IN m.audience WHERE token IN $reader)
MATCH (m)-[:STAGE_OF]->(c:Contract)-[:SOLD_BY]->(s) MATCH (c)-[:BOUGHT_BY]->(b)
RETURN m {.*} AS milestone, c.id AS contract_id, c.title AS contract_title, c.status = $running AS running, s.id AS seller_id,
  b.id AS buyer_id, (b:Studio OR b:Association) AS buyer_led,
  [(m)<-[:PROOF_OF]-(f:StoredFile) | f {.id, .name, .path, .media_type, .size, .digest, .access, .created_at}] AS files
"""
GET = "UNWIND $ids AS id MATCH (m:Milestone {id: id}) " + SHOWN
OF_CONTRACT = "MATCH (m:Milestone)-[:STAGE_OF]->(:Contract {id: $id}) WITH m " + SHOWN + " ORDER BY m.ordinal"


def get_milestone(tx: Transaction, id: str) -> Milestone:
    """Raises NotFound for everybody but the two parties."""
    return tx.one(GET, read_milestone, ids=[id], running=RUNNING)


def get_milestones(tx: Transaction, ids: list[str]) -> list[Milestone]:
    return tx.all(GET, read_milestone, ids=ids, running=RUNNING)


def list_milestones(tx: Transaction, contract_id: str) -> list[Milestone]:
    """Of one contract, in their order."""
    return tx.all(OF_CONTRACT, read_milestone, id=contract_id, running=RUNNING)


CREATE = """
UNWIND $rows AS row
MATCH (c:Contract {id: $contract})
CREATE (m:Milestone)-[:STAGE_OF]->(c) SET m = row
"""


def create_milestone_nodes(tx: Transaction, contract_id: str, milestones: Sequence[Milestone]) -> None:
    tx.run(CREATE, contract=contract_id, rows=[node_properties(one) for one in milestones])


DROP = """
MATCH (m:Milestone {id: $id}) OPTIONAL MATCH (m)<-[:PROOF_OF]-(f:StoredFile) DETACH DELETE m, f
"""


def drop_milestone(tx: Transaction, id: str) -> None:
    """Of a text that no longer holds; what was reported for it is in the audit."""
    tx.run(DROP, id=id)


SAVE = """
MATCH (m:Milestone {id: $id})
SET m.lock = coalesce(m.lock, 0) + 1
WITH m WHERE m.version = $version
SET m += $properties, m.version = $version + 1
RETURN m.version AS version
"""


def save_milestone(tx: Transaction, change: Change[Milestone]) -> None:
    """Lock, then compare: of a report and an end at once, one is first."""
    tx.changed(SAVE, id=change.id, version=change.version, properties=change.properties)


ADD_FILE = """
MATCH (m:Milestone {id: $id})
CREATE (f:StoredFile)-[:PROOF_OF]->(m) SET f = $properties
"""


def add_proof(tx: Transaction, id: str, file: StoredFile) -> None:
    tx.run(ADD_FILE, id=id, properties=properties(file) | {"owner_id": id})


GET_FILE = """
MATCH (f:StoredFile {id: $file})-[:PROOF_OF]->(:Milestone {id: $id}) RETURN f {.*} AS file
"""


def get_proof(tx: Transaction, id: str, file_id: str) -> StoredFile:
    return tx.one(GET_FILE, reader(StoredFile, "file"), id=id, file=file_id)


DUE = """
MATCH (m:Milestone {status: $open})-[:STAGE_OF]->(c:Contract {status: $running})
WHERE m.due_on <= $soon AND (m.reminded_on IS NULL OR (m.due_on < $today AND m.reminded_on <= m.due_on))
RETURN m.id AS id ORDER BY id LIMIT $limit
"""


def list_due(tx: Transaction, open: str, today: date, soon: date) -> list[str]:
    """Not reported: those due until `soon` that nobody was reminded of, and those whose day has passed since."""
    return tx.all(DUE, value("id"), open=open, running=RUNNING, today=today, soon=soon, limit=BATCH)


LIST_IDS = """
MATCH (m:Milestone) WHERE m.id > $after RETURN m.id AS id ORDER BY id LIMIT $limit
"""


def list_milestone_ids(tx: Transaction, after: str, limit: int) -> list[str]:
    return tx.all(LIST_IDS, value("id"), after=after, limit=limit)


RENEW = """
MATCH (m:Milestone {id: $id}) SET m.audience = $audience
"""


def renew_audience(tx: Transaction, milestone: Milestone) -> None:
    tx.run(RENEW, id=milestone.id, audience=node_properties(milestone)["audience"])


OF_THESE = """
UNWIND $ids AS id MATCH (:Contract {id: id})<-[:STAGE_OF]-(m:Milestone) RETURN m.id AS id
"""


def list_stages_of(tx: Transaction, ids: list[str]) -> list[tuple[str, str]]:
    """Who reads a milestone follows from the contract."""
    return tx.all(OF_THESE, lambda row: (Milestone.KIND, str(row["id"])), ids=ids)
