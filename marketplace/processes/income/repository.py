"""What the pages of income read across rooms: a contract's money, whose a line is, and somebody's own lines."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from graph.connection import Transaction
from graph.records import properties, reader, value
from marketplace.domains.contracts.model import Contract
from marketplace.domains.contracts.repository import get_contract
from marketplace.domains.ledger.model import Book, LedgerEntry
from marketplace.domains.ledger.repository import get_book
from marketplace.kernel.contributions import Contribution
from marketplace.kernel.permissions import SYSTEM
from marketplace.kernel.stored_file import StoredFile


def get_deal(tx: Transaction, id: str) -> tuple[Contract, Book]:
    """Raises NotFound for whoever is neither a party nor acts for the legal person behind the seller."""
    book = get_book(tx, id)
    return get_contract(tx.seen_by((SYSTEM,)), id), book


NAMES = """
UNWIND $ids AS id MATCH (w:Worker {id: id}) OPTIONAL MATCH (w)-[:MERGED_INTO]->(k:Worker) RETURN id, coalesce(k.name, w.name, '') AS name
UNION
UNWIND $ids AS id MATCH (a:Account {id: id}) RETURN id, a.name AS name
UNION
UNWIND $ids AS id MATCH (s:Studio {id: id}) RETURN id, s.name AS name
UNION
UNWIND $ids AS id MATCH (e:Enterprise {id: id}) RETURN id, e.name AS name
UNION
UNWIND $ids AS id MATCH (t:Association {id: id}) RETURN id, t.name AS name
"""


def names_of(tx: Transaction, ids: Iterable[str]) -> dict[str, str]:
    """Of those who stand in lines that the reader may see, and of those who entered them."""
    return dict(tx.all(NAMES, lambda row: (str(row["id"]), str(row["name"] or "")), ids=sorted({id for id in ids if id})))


SHARES = """
MATCH (:Contract {id: $id})-[:CONCERNS]->(:Achievement)<-[c:CONTRIBUTED_TO]-(w:Worker)
RETURN w.id AS worker_id, w.name AS name, c.share AS share, c.answer AS answer, c.asked_at AS asked_at, c.answered_at AS answered_at
ORDER BY c.position
"""


def list_shares_now(tx: Transaction, contract_id: str) -> list[Contribution]:
    """What each has said of their share by now: what was held back may be free."""
    return tx.all(SHARES, reader(Contribution), id=contract_id)


@dataclass(frozen=True, slots=True)
class OwnLine:
    """One line of mine, with where it comes from."""

    entry: LedgerEntry
    number: str
    title: str
    buyer: str
    received_fen: int = 0
    net_fen: int = 0
    clause: str = ""
    is_undone: bool = False
    share_now: Contribution | None = None
    objection_id: str = ""
    objection_status: str = ""


MINE = """
MATCH (me:Worker {id: $worker})
WITH [me.id] + [(gone:Worker)-[:MERGED_INTO]->(me) | gone.id] AS ids
UNWIND ids AS id
MATCH (e:LedgerEntry {account_id: id}) WHERE e.account_kind = 'worker'
MATCH (c:Contract {id: e.contract_id})-[:BOUGHT_BY]->(buyer)
OPTIONAL MATCH (p:Posting {id: e.posting_id})
OPTIONAL MATCH (back:Posting {reverses: e.posting_id})
OPTIONAL MATCH (r:ShareRule {id: p.rule_id})
OPTIONAL MATCH (c)-[:CONCERNS]->(a:Achievement)
OPTIONAL MATCH (a)<-[s:CONTRIBUTED_TO]-(w:Worker {id: $worker})
OPTIONAL MATCH (o:Objection {entry_id: e.id})
RETURN e {.*} AS entry, c.number AS number, c.title AS title, buyer.name AS buyer, p.amount_fen AS received_fen,
  p.net_fen AS net_fen, r.clause AS clause, back IS NOT NULL AS is_undone,
  CASE WHEN s IS NULL THEN null ELSE {worker_id: w.id, share: s.share, answer: s.answer,
    asked_at: s.asked_at, answered_at: s.answered_at} END AS share_now,
  o.id AS objection_id, o.status AS objection_status
ORDER BY e.at, e.contract_id, e.sequence
"""


def list_own_lines(tx: Transaction, worker_id: str) -> list[OwnLine]:
    """Of all contracts, the oldest first; also what was entered for an entry that is one with mine now."""
    return tx.all(MINE, reader(OwnLine), worker=worker_id) if worker_id else []


@dataclass(frozen=True, slots=True)
class Year:
    lines: int
    contracts: int
    amount_fen: int


SUM = """
MATCH (me:Worker {id: $worker})
WITH [me.id] + [(gone:Worker)-[:MERGED_INTO]->(me) | gone.id] AS ids
UNWIND ids AS id
MATCH (e:LedgerEntry {account_id: id}) WHERE e.account_kind = 'worker' AND e.at >= $since
RETURN count(e) AS lines, count(DISTINCT e.contract_id) AS contracts, sum(e.amount_fen) AS amount_fen
"""


def sum_own_lines(tx: Transaction, worker_id: str, since: datetime) -> Year:
    """For the first page: as `list_own_lines`, without the lines themselves."""
    return tx.one(SUM, reader(Year), worker=worker_id, since=since)


ADD_FILE = """
CREATE (f:StoredFile) SET f = $properties RETURN f.id AS id
"""
FILES = """
MATCH (f:StoredFile {owner_id: $id}) RETURN f {.*} AS file ORDER BY f.id
"""


def add_file(tx: Transaction, owner_id: str, file: StoredFile) -> None:
    tx.one(ADD_FILE, value("id"), properties=properties(file) | {"owner_id": owner_id})


def list_files(tx: Transaction, owner_id: str) -> list[StoredFile]:
    """Of a thing that the caller has read: whoever may read it reads its files."""
    return tx.all(FILES, reader(StoredFile, "file"), id=owner_id)


WAITING_FOR_ME = """
MATCH (p:Payment {status: $recorded})-[:PAID_UNDER]->(c:Contract)-[s:SOLD_BY]->(seller) WHERE any(token IN p.audience WHERE token IN $own)
  AND (CASE WHEN seller:Studio OR seller:Association THEN 'lead:' + seller.id ELSE 'maker:' + seller.id END IN $own
    OR 'maker:' + coalesce(s.enterprise_id, '') IN $own)
RETURN p.id AS id, p.number AS number, c.id AS contract_id, c.title AS title, p.amount_fen AS amount_fen, p.created_at AS created_at
ORDER BY created_at, id LIMIT $limit
"""


@dataclass(frozen=True, slots=True)
class WaitingPayment:
    id: str
    number: str
    contract_id: str
    title: str
    amount_fen: int
    created_at: datetime


def list_waiting_for(tx: Transaction, own: Iterable[str], recorded: str, limit: int = 50) -> list[WaitingPayment]:
    """The longest first: recorded by a buyer and not answered by the seller, whose books the reader keeps."""
    return tx.all(WAITING_FOR_ME, reader(WaitingPayment), own=list(own), recorded=recorded, limit=limit)
