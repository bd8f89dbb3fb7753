"""Messages in the graph: each in its conversation, with its files, whose bytes lie in the file store."""

from collections.abc import Sequence

from graph.connection import Transaction
from graph.records import properties, reader, value
from marketplace.domains.contracts.model import LIVE, Status
from marketplace.kernel.entity import linked_names
from marketplace.kernel.stored_file import StoredFile
from marketplace.processes.conversation.model import Bargain, Message

CREATE = """
MATCH (q:Enquiry {id: $id}) MATCH (c:Account {id: $account})
CREATE (m:Message)-[:IN_THREAD]->(q) SET m = $properties
CREATE (m)-[:WRITTEN_BY]->(c)
RETURN m.id AS id
"""


def create_message_node(tx: Transaction, enquiry_id: str, message: Message) -> None:
    written = properties(message, exclude=linked_names(message))
    tx.one(CREATE, value("id"), id=enquiry_id, account=message.account_id, properties=written)


WITH_MESSAGE = """
UNWIND $files AS file MATCH (m:Message {id: $id}) CREATE (f:StoredFile)-[:SENT_WITH]->(m) SET f = file
"""
WITH_ANSWER = """
UNWIND $files AS file MATCH (q:Enquiry {id: $id}) CREATE (f:StoredFile)-[:SENT_WITH]->(q) SET f = file
"""


def attach_to_message(tx: Transaction, enquiry_id: str, message_id: str, files: Sequence[StoredFile]) -> None:
    tx.run(WITH_MESSAGE, id=message_id, files=_owned(enquiry_id, files))


def attach_to_answer(tx: Transaction, enquiry_id: str, files: Sequence[StoredFile]) -> None:
    tx.run(WITH_ANSWER, id=enquiry_id, files=_owned(enquiry_id, files))


def _owned(enquiry_id: str, files: Sequence[StoredFile]) -> list[dict[str, object]]:
    return [properties(file) | {"owner_id": enquiry_id} for file in files]


MESSAGES = """
MATCH (q:Enquiry {id: $id}) WHERE any(token IN q.audience WHERE token IN $reader)
MATCH (q)<-[:IN_THREAD]-(m:Message)-[:WRITTEN_BY]->(c:Account)
RETURN m {.*} AS message, c.id AS account_id, c.name AS name, [(f:StoredFile)-[:SENT_WITH]->(m) | f {.*}] AS files
ORDER BY m.created_at, m.id
"""


def list_messages(tx: Transaction, enquiry_id: str) -> list[Message]:
    """After the answer, the oldest first."""
    return tx.all(MESSAGES, reader(Message, "message"), id=enquiry_id)


ANSWER_FILES = """
MATCH (q:Enquiry {id: $id})<-[:SENT_WITH]-(f:StoredFile) WHERE any(token IN q.audience WHERE token IN $reader)
RETURN f {.*} AS file ORDER BY f.id
"""


def list_answer_files(tx: Transaction, enquiry_id: str) -> tuple[StoredFile, ...]:
    return tuple(tx.all(ANSWER_FILES, reader(StoredFile, "file"), id=enquiry_id))


GET_FILE = """
MATCH (f:StoredFile {id: $file}) MATCH (q:Enquiry {id: f.owner_id})
WHERE q.id = $id AND any(token IN q.audience WHERE token IN $reader)
RETURN f {.*} AS file
"""


def get_sent_file(tx: Transaction, enquiry_id: str, file_id: str) -> StoredFile:
    """Raises NotFound for everybody but the two parties."""
    return tx.one(GET_FILE, reader(StoredFile, "file"), id=enquiry_id, file=file_id)


STATE = """
MATCH (q:Enquiry {id: $id}) WHERE any(token IN q.audience WHERE token IN $reader)
OPTIONAL MATCH (q)<-[:OFFERED_IN]-(o:Offer)
WITH q, o ORDER BY o.ordinal DESC
WITH q, collect(o) AS offers
RETURN size(offers) AS offers, coalesce(head(offers).status, '') AS status,
  head(offers).holds_until AS holds_until,
  head([(q)<-[:CAME_FROM]-(c:Contract) WHERE c.status IN $came | c.id]) AS contract_id,
  head([(q)<-[:CAME_FROM]-(c:Contract) WHERE c.status IN $came | c.number]) AS contract_number
"""


def get_bargain(tx: Transaction, enquiry_id: str) -> Bargain:
    """How far the two are with offers."""
    return tx.one(STATE, reader(Bargain), id=enquiry_id, came=[*LIVE, Status.FULFILLED])
