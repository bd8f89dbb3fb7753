"""What is scarce about a deal, and who was asked first."""

from datetime import date

from graph.connection import Transaction
from graph.records import reader, value
from marketplace.domains.contracts.model import Status
from marketplace.kernel.first_refusals import Answer, FirstRefusal
from marketplace.kernel.technology_contracts import ContractKind
from marketplace.kernel.workflow import Change

PENDING = {"drafted": Status.DRAFTED, "transfer": ContractKind.TRANSFER}
"""While a contract is in that state, and a transfer, somebody may answer."""
BECAME = """
MATCH (f:Offer {id: $id}) MATCH (k:Contract {id: $contract}) CREATE (f)-[:BECAME]->(k) RETURN k.id AS id
"""


def link_contract(tx: Transaction, offer_id: str, contract_id: str) -> None:
    tx.one(BECAME, value("id"), id=offer_id, contract=contract_id)


ASKED = """
WHERE any(token IN k.audience WHERE token IN $reader) OR 'maker:' + w.id IN $reader
RETURN k {.contract_kind, .sub_kind, .price_mode, .total_fen, .technology_fen, .royalty_bp, .royalty_course, .royalty_note, .region, .exclusive,
    .valid_from, .valid_until, .scope, .delivery, .acceptance, .stage_names, .stage_days, .stage_shares, .stage_proofs, .trial_days, .other, .number,
    .title} AS terms,
  k.id + '.' + w.id AS id, k.id AS contract_id, w.id AS worker_id, w.name AS name, r.asked_at AS asked_at, r.due_on AS due_on, r.answer AS answer,
  r.answered_at AS answered_at, coalesce(r.version, 1) AS version,
  k.status = $drafted AND k.contract_kind = $transfer AS is_pending, head([(k)-[:CAME_FROM]->(q:Enquiry) | q.id]) AS enquiry_id,
  head([(k)-[:CONCERNS]->(a:Achievement) | a.id]) AS achievement_id,
  [(k)-[:SOLD_BY]->(p) | p.id] + [(k)-[:BOUGHT_BY]->(p) | p.id] AS parties
"""
GET = (
    """
UNWIND $pairs AS pair
MATCH (k:Contract {id: pair.contract})-[r:OFFERED_FIRST_TO]->(w:Worker {id: pair.worker})
"""
    + ASKED
)


def get_first_refusal(tx: Transaction, id: str) -> FirstRefusal:
    """Raises NotFound for everybody but the person and the parties."""
    return tx.one(GET, reader(FirstRefusal, "terms"), pairs=_pairs([id]), **PENDING)


def get_first_refusals(tx: Transaction, ids: list[str]) -> list[FirstRefusal]:
    return tx.all(GET, reader(FirstRefusal, "terms"), pairs=_pairs(ids), **PENDING)


def _pairs(ids: list[str]) -> list[dict[str, str]]:
    parts = (id.partition(".") for id in ids)
    return [{"contract": contract, "worker": worker} for contract, _, worker in parts]


OF_CONTRACT = "MATCH (k:Contract {id: $id})-[r:OFFERED_FIRST_TO]->(w:Worker)\n" + ASKED


def list_first_refusals(tx: Transaction, contract_id: str) -> list[FirstRefusal]:
    """Whom a transfer was offered first, and what they said."""
    return tx.all(OF_CONTRACT, reader(FirstRefusal, "terms"), id=contract_id, **PENDING) if contract_id else []


TAKES_UP = """
MATCH (q:Enquiry {id: $id}) MATCH (k:Contract {id: $contract}) CREATE (q)-[:TAKES_UP]->(k) RETURN q.id AS id
"""


def link_taken_up(tx: Transaction, enquiry_id: str, contract_id: str) -> None:
    """In this conversation the person may buy, on those terms."""
    tx.one(TAKES_UP, value("id"), id=enquiry_id, contract=contract_id)


ANSWERED = """
MATCH (:Contract {id: $contract})-[r:OFFERED_FIRST_TO]->(:Worker {id: $worker}) WHERE coalesce(r.version, 1) = $version
SET r.answer = $answer, r.answered_at = $at
RETURN r.version AS version
"""


def save_answer(tx: Transaction, change: Change[FirstRefusal]) -> None:
    """Raises Stale for an answer to terms that have been changed since."""
    said = change.after
    tx.changed(ANSWERED, contract=said.contract_id, worker=said.worker_id, answer=said.answer, at=change.at, version=change.version)


SILENT = """
MATCH (k:Contract {status: $drafted, contract_kind: $transfer})-[r:OFFERED_FIRST_TO]->(w:Worker) WHERE r.answer = $asked AND r.due_on < $today
RETURN k.id + '.' + w.id AS id ORDER BY id LIMIT $limit
"""


def list_silent(tx: Transaction, today: date, limit: int) -> list[str]:
    """Whose last day has passed without an answer."""
    return tx.all(SILENT, value("id"), **PENDING, asked=Answer.ASKED, today=today, limit=limit)


LIST_IDS = """
MATCH (k:Contract)-[:OFFERED_FIRST_TO]->(w:Worker) WHERE k.id + '.' + w.id > $after
RETURN k.id + '.' + w.id AS id ORDER BY id LIMIT $limit
"""


def list_first_refusal_ids(tx: Transaction, after: str, limit: int) -> list[str]:
    return tx.all(LIST_IDS, value("id"), after=after, limit=limit)
