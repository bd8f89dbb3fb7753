"""Evidence in the graph: what the file is and for whom; the bytes lie in the file store."""

from graph.connection import Transaction
from graph.records import properties, reader
from marketplace.kernel.stored_file import StoredFile

ADD_FILE = """
MATCH (a:Achievement {id: $id})
CREATE (f:StoredFile)-[:EVIDENCE_OF]->(a) SET f = $properties
"""


def add_file(tx: Transaction, id: str, file: StoredFile) -> None:
    tx.run(ADD_FILE, id=id, properties=properties(file) | {"owner_id": id})


GET_FILE = """
MATCH (f:StoredFile {id: $file})-[:EVIDENCE_OF]->(:Achievement {id: $id}) RETURN f {.*} AS file
"""


def get_file(tx: Transaction, id: str, file_id: str) -> StoredFile:
    return tx.one(GET_FILE, reader(StoredFile, "file"), id=id, file=file_id)


REMOVE_FILE = """
MATCH (f:StoredFile {id: $file})-[:EVIDENCE_OF]->(:Achievement {id: $id}) DETACH DELETE f
"""


def remove_file(tx: Transaction, id: str, file_id: str) -> None:
    tx.run(REMOVE_FILE, id=id, file=file_id)
