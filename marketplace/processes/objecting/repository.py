"""What belongs to an objection and is read by whoever reads it: its files, the whole posting, and whom a correction may name."""

from dataclasses import dataclass

from graph.connection import Transaction
from graph.records import properties, reader, value
from marketplace.domains.ledger.model import LedgerEntry
from marketplace.kernel.stored_file import StoredFile

ADD_FILE = """
CREATE (f:StoredFile) SET f = $properties RETURN f.id AS id
"""


def add_file(tx: Transaction, owner_id: str, file: StoredFile) -> None:
    tx.one(ADD_FILE, value("id"), properties=properties(file) | {"owner_id": owner_id})


FILES = """
MATCH (o:Objection {id: $id}) WHERE any(token IN o.audience WHERE token IN $reader)
MATCH (f:StoredFile {owner_id: $id}) RETURN f {.*} AS file ORDER BY f.id
"""


def list_files(tx: Transaction, objection_id: str) -> list[StoredFile]:
    return tx.all(FILES, reader(StoredFile, "file"), id=objection_id)


@dataclass(frozen=True, slots=True)
class NamedEntry:
    entry: LedgerEntry
    name: str


POSTING = """
MATCH (o:Objection {id: $id}) WHERE any(token IN o.audience WHERE token IN $reader)
MATCH (e:LedgerEntry {posting_id: o.posting_id})
WHERE any(token IN e.audience WHERE token IN $reader) OR any(token IN o.audience WHERE token STARTS WITH 'officer:' AND token IN $reader)
OPTIONAL MATCH (w:Worker {id: e.account_id})
RETURN e {.*} AS entry, coalesce(w.name, '') AS name ORDER BY e.sequence
"""


def list_posting(tx: Transaction, objection_id: str) -> list[NamedEntry]:
    """The lines of the posting that it is about: the contributor's own, all of them for the unit, and for officers once it was passed on."""
    return tx.all(POSTING, reader(NamedEntry), id=objection_id)


@dataclass(frozen=True, slots=True)
class Candidate:
    worker_id: str
    name: str
    share: int = 0


CANDIDATES = """
MATCH (:Contract {id: $id})-[:CONCERNS]->(:Achievement)<-[c:CONTRIBUTED_TO]-(w:Worker) RETURN w.id AS worker_id, w.name AS name ORDER BY c.position
"""


def list_contributors(tx: Transaction, contract_id: str) -> list[Candidate]:
    """Who stands with the achievement now, for a correction that was to name somebody else."""
    return tx.all(CANDIDATES, reader(Candidate), id=contract_id)
