"""What stands around a contract: its patents, who confirmed it, whom it was offered to first, and its papers."""

from datetime import date

from graph.connection import Transaction
from graph.records import properties, reader, value
from marketplace.domains.contracts.model import Contract
from marketplace.domains.patents.repository import get_patents
from marketplace.kernel.contract_clauses import PatentFacts
from marketplace.kernel.guards import UNANSWERED
from marketplace.kernel.permissions import SYSTEM
from marketplace.kernel.stored_file import StoredFile
from marketplace.kernel.technology_contracts import ContractKind
from marketplace.processes.contract_papers.model import Checkable, Paperwork, Source

PATENTS = """
MATCH (:Contract {id: $id})-[:CONCERNS]->(:Achievement)-[:PROTECTED_BY]->(p:Patent) RETURN DISTINCT p.id AS id ORDER BY id
"""
NAMES = """
UNWIND $ids AS id MATCH (a:Account {id: id}) RETURN id, a.name AS name
"""


def gather(tx: Transaction, contract: Contract) -> Paperwork:
    """For whoever may read the contract: both sides see the same patents, whatever else each of them may read."""
    inside = tx.seen_by((SYSTEM,))
    found = get_patents(inside, inside.all(PATENTS, value("id"), id=contract.id))
    patents = (PatentFacts(one.id, one.title, one.patent_number, one.applicant, one.owner.name, one.filed_on, one.expires_on) for one in found)
    by = [id for id in (contract.seller_by, contract.buyer_by) if id]
    names = dict(inside.all(NAMES, lambda row: (str(row["id"]), str(row["name"])), ids=by))
    return Paperwork(contract, tuple(patents), names.get(contract.seller_by, ""), names.get(contract.buyer_by, ""))


OPEN_OFFERS = """
MATCH (c:Contract {id: $id, contract_kind: $transfer})-[first:OFFERED_FIRST_TO]->(w:Worker) WHERE first.answer = $asked AND first.due_on >= $today
RETURN w.name AS name ORDER BY name
"""


def list_open_offers(tx: Transaction, id: str, today: date) -> list[str]:
    """Civil Code, article 847: names of those who were offered it first and have not answered, while they may."""
    return tx.all(OPEN_OFFERS, value("name"), id=id, asked=UNANSWERED, transfer=ContractKind.TRANSFER, today=today)


SOURCE = """
MATCH (c:Contract {id: $id})-[:CAME_FROM]->(o)
WHERE any(token IN c.audience WHERE token IN $reader)
RETURN toLower(head(labels(o))) AS kind, o.id AS id, o.number AS number, o.created_at AS created_at
"""


def find_source(tx: Transaction, id: str) -> Source | None:
    return tx.find(SOURCE, reader(Source), id=id)


ADD_PAPER = """
MATCH (c:Contract {id: $id})
CREATE (f:StoredFile)-[:PAPER_OF]->(c) SET f = $properties
"""


def add_paper(tx: Transaction, id: str, file: StoredFile) -> None:
    tx.run(ADD_PAPER, id=id, properties=properties(file) | {"owner_id": id})


PAPER = """
MATCH (f:StoredFile {digest: $digest})-[:PAPER_OF]->(c:Contract {id: $id})
WHERE any(token IN c.audience WHERE token IN $reader) RETURN f {.*} AS file LIMIT 1
"""


def get_paper(tx: Transaction, id: str, digest: str) -> StoredFile:
    """Raises NotFound for everybody but the two parties."""
    return tx.one(PAPER, reader(StoredFile, "file"), id=id, digest=digest)


BY_CODE = """
MATCH (c:Contract {check_code: $code}) WHERE c.check_code <> ''
RETURN c.number AS number, c.status AS status, c.signed_on AS signed_on, c.paper_digest AS digest,
  [(f:StoredFile)-[:PAPER_OF]->(c) WHERE f.digest <> c.paper_digest | f.digest] AS older
"""


def get_checkable(tx: Transaction, code: str) -> Checkable:
    """For whoever holds the code, guests too. Raises NotFound for any other word."""
    return tx.one(BY_CODE, reader(Checkable), code=code)
