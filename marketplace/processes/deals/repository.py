"""What is scarce about a deal, and who was asked first."""

from datetime import date

from graph.connection import Transaction
from graph.records import reader, value
from marketplace.domains.contracts.model import Status
from marketplace.domains.offers.model import Person
from marketplace.kernel.workflow import Change
from marketplace.processes.deals.model import Answer, FirstRefusal

WITH_A_SHARE = """
MATCH (:Achievement {id: $id})<-[c:CONTRIBUTED_TO]-(w:Worker) WHERE c.share > 0 RETURN w.id AS id, w.name AS name, c.share AS share ORDER BY id
"""


def list_contributors_with_a_share(tx: Transaction, achievement_id: str) -> list[Person]:
    """Whom the law asks first, whether or not their cards are public."""
    return tx.all(WITH_A_SHARE, reader(Person), id=achievement_id)


BECAME = """
MATCH (f:Offer {id: $id}) MATCH (k:Contract {id: $contract}) CREATE (f)-[:BECAME]->(k) RETURN k.id AS id
"""


def link_contract(tx: Transaction, offer_id: str, contract_id: str) -> None:
    tx.one(BECAME, value("id"), id=offer_id, contract=contract_id)


ASK = """
UNWIND $rows AS row
MATCH (k:Contract {id: $contract}) MATCH (w:Worker {id: row.worker_id})
CREATE (k)-[r:OFFERED_FIRST_TO {asked_at: row.asked_at, due_on: row.due_on, answer: row.answer}]->(w)
"""


def ask_first(tx: Transaction, contract_id: str, asked: list[FirstRefusal]) -> None:
    rows = [{"worker_id": one.worker_id, "asked_at": one.asked_at, "due_on": one.due_on, "answer": one.answer} for one in asked]
    tx.run(ASK, contract=contract_id, rows=rows)


ASKED = """
WHERE any(token IN k.audience WHERE token IN $reader) OR 'maker:' + w.id IN $reader
RETURN k {.contract_kind, .sub_kind, .price_mode, .total_fen, .technology_fen, .royalty_bp, .royalty_course, .royalty_note, .region, .exclusive,
    .valid_from, .valid_until, .scope, .delivery, .acceptance, .stage_names, .stage_days, .stage_shares, .stage_proofs, .number, .title} AS terms,
  k.id + '.' + w.id AS id, k.id AS contract_id, w.id AS worker_id, w.name AS name, r.asked_at AS asked_at, r.due_on AS due_on, r.answer AS answer,
  r.answered_at AS answered_at, k.status = $drafted AS is_pending, head([(k)-[:CAME_FROM]->(q:Enquiry) | q.id]) AS enquiry_id,
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
    return tx.one(GET, reader(FirstRefusal, "terms"), pairs=_pairs([id]), drafted=Status.DRAFTED)


def get_first_refusals(tx: Transaction, ids: list[str]) -> list[FirstRefusal]:
    return tx.all(GET, reader(FirstRefusal, "terms"), pairs=_pairs(ids), drafted=Status.DRAFTED)


def _pairs(ids: list[str]) -> list[dict[str, str]]:
    parts = (id.partition(".") for id in ids)
    return [{"contract": contract, "worker": worker} for contract, _, worker in parts]


OF_CONTRACT = "MATCH (k:Contract {id: $id})-[r:OFFERED_FIRST_TO]->(w:Worker)\n" + ASKED


def list_first_refusals(tx: Transaction, contract_id: str) -> list[FirstRefusal]:
    """Whom a transfer was offered first, and what they said."""
    return tx.all(OF_CONTRACT, reader(FirstRefusal, "terms"), id=contract_id, drafted=Status.DRAFTED) if contract_id else []


ANSWERED = """
MATCH (:Contract {id: $contract})-[r:OFFERED_FIRST_TO]->(:Worker {id: $worker})
SET r.answer = $answer, r.answered_at = $at
RETURN r.answer AS answer
"""


def save_answer(tx: Transaction, change: Change[FirstRefusal]) -> None:
    said = change.after
    tx.one(ANSWERED, value("answer"), contract=said.contract_id, worker=said.worker_id, answer=said.answer, at=change.at)


SILENT = """
MATCH (k:Contract {status: $drafted})-[r:OFFERED_FIRST_TO]->(w:Worker) WHERE r.answer = $asked AND r.due_on < $today
RETURN k.id + '.' + w.id AS id ORDER BY id LIMIT $limit
"""


def list_silent(tx: Transaction, today: date, limit: int) -> list[str]:
    """Whose last day has passed without an answer."""
    return tx.all(SILENT, value("id"), drafted=Status.DRAFTED, asked=Answer.ASKED, today=today, limit=limit)


LIST_IDS = """
MATCH (k:Contract)-[:OFFERED_FIRST_TO]->(w:Worker) WHERE k.id + '.' + w.id > $after
RETURN k.id + '.' + w.id AS id ORDER BY id LIMIT $limit
"""


def list_first_refusal_ids(tx: Transaction, after: str, limit: int) -> list[str]:
    return tx.all(LIST_IDS, value("id"), after=after, limit=limit)
